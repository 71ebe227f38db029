"""The way between a phone and the office, and everything that goes wrong on it.

A real proxy on a real socket: the browser speaks to it as to the office. It reads requests as
HTTP/1.1, one per connection, passes their bytes on at the link's pace and does what the faults say.
"""

import asyncio
import contextlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_PIECE: Final = 1 << 13
_HEAD_LIMIT: Final = 1 << 16
_GIVE_UP_SECONDS: Final = 10

LOGIN_PAGE: Final = "<!doctype html><title>Wi-Fi</title><form><input name=phone></form>"


class CutError(Exception):
    """The line broke here."""


@dataclass(frozen=True)
class Given:
    """An answer that does not come from the office."""

    status: int
    body: str = LOGIN_PAGE
    kind: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def problem(cls, status: int, code: str, **headers: str) -> "Given":
        """A refusal in the form that the office uses."""
        body = json.dumps({"type": "about:blank", "status": status, "code": code})
        return cls(status, body, "application/problem+json", headers)

    def encoded(self) -> bytes:
        """The answer as it goes over the wire."""
        lines = {
            "Content-Type": self.kind,
            "Content-Length": str(len(self.body.encode())),
            "Connection": "close",
            **self.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} Given\r\n{head}\r\n{self.body}".encode()


@dataclass
class Fault:
    """What happens to requests of a method whose path matches, `times` times (None: always).

    Attributes:
        cut_after: the line breaks when so many bytes of the body have reached the office.
        lose_answer: the office gets the whole request, the phone no answer.
        given: an answer by something in between; the office hears nothing.
        twice: the office gets the same request again before its first answer goes back.
        again_after: seconds after which a copy that took another way arrives as well.
        delay: seconds before anything is passed on.
        without_token: the bearer token is spoiled, as if it had run out.
        rewrite: changes the body of the office's answer.
    """

    path: str = ""
    method: str = ""
    times: int | None = 1
    cut_after: int | None = None
    lose_answer: bool = False
    given: Given | None = None
    twice: bool = False
    again_after: float | None = None
    delay: float = 0.0
    without_token: bool = False
    rewrite: Callable[[bytes], bytes] | None = None

    def takes(self, method: str, path: str) -> bool:
        """Whether this request is one of those; counts it."""
        if self.times == 0 or (self.method and method != self.method):
            return False
        if not re.search(self.path, path):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Link:
    """The line itself: bytes per second (None: as quick as it can), dead or alive.

    Attributes:
        shared: all connections together get the rate, as on one line; else each of them.
        dies_every: seconds after which it dies, whatever goes on.
        dies_after: bytes after which it dies, however long they take on a busy machine.
        dead_for: seconds until it lives again.
    """

    rate: float | None = None
    shared: bool = False
    dead: bool = False
    dies_every: float | None = None
    dies_after: int | None = None
    dead_for: float = 0.3


@dataclass(frozen=True)
class Request:
    """A request's head as it came, and how much body follows."""

    method: str
    path: str
    head: bytes
    length: int

    def changed(self, pattern: bytes, by: bytes) -> "Request":
        """The same with a header line changed."""
        head = re.sub(pattern, by, self.head, flags=re.IGNORECASE)
        return Request(self.method, self.path, head, self.length)


class FaultProxy:
    """A listening proxy in a thread of its own; use as a context manager."""

    def __init__(self, port: int, office_port: int) -> None:
        self.port, self.office_port = port, office_port
        self.faults: list[Fault] = []
        self.link = Link()
        self._turn = asyncio.Lock()
        self.requests: list[str] = []
        """Every request that came from the phone, as “METHOD path”."""
        self.pushed = 0
        """Bytes of PATCH bodies that left the phone over this line."""
        self.cuts = 0
        """How often a PATCH was broken off."""
        self._carried = 0
        """Bytes since the line last died."""
        self._loop = asyncio.new_event_loop()
        self._lines: set[asyncio.StreamWriter] = set()
        self._copies: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "FaultProxy":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(_GIVE_UP_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(_GIVE_UP_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_GIVE_UP_SECONDS)
        self._loop.close()

    def put(self, *faults: Fault, link: Link | None = None) -> None:
        """Replace all faults (none: a sound way) and the line; counts begin anew."""
        self.faults = list(faults)
        self.link = link or Link()
        self.requests, self.pushed, self.cuts = [], 0, 0

    def cut_everything(self) -> None:
        """Break off every line that stands."""
        self._loop.call_soon_threadsafe(self._cut_now)

    def asked(self, pattern: str) -> int:
        """How many requests matched."""
        return sum(re.search(pattern, one) is not None for one in self.requests)

    # --- inside the loop -------------------------------------------------------------------

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=_PIECE)
        self._dying = asyncio.create_task(self._die_now_and_then())

    async def _end(self) -> None:
        self._dying.cancel()
        self._server.close()
        self._cut_now()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _die_now_and_then(self) -> None:
        alive = 0.0
        while True:
            await asyncio.sleep(0.05)
            link = self.link
            alive = alive + 0.05 if link.dies_every else 0.0
            if link.dies_every and alive >= link.dies_every:
                alive = 0.0
                await self._die(link)

    async def _die(self, link: Link) -> None:
        link.dead, self._carried = True, 0
        self._cut_now()
        await asyncio.sleep(link.dead_for)
        link.dead = False

    def _cut_now(self) -> None:
        for line in self._lines:
            line.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            if not self.link.dead:
                await self._exchange(reader, writer)
            writer.close()
        except (OSError, EOFError, CutError):
            writer.transport.abort()
        finally:
            self._lines.discard(writer)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await _request(reader)
        self.requests.append(f"{request.method} {request.path}")
        found = [one for one in self.faults if one.takes(request.method, request.path)]
        fault = found[0] if found else Fault()
        if fault.without_token:
            request = request.changed(rb"(authorization: bearer )", rb"\1spoiled-")
        if fault.rewrite:
            request = request.changed(rb"accept-encoding:[^\r]*", b"Accept-Encoding: identity")
        await asyncio.sleep(fault.delay)
        if fault.given:
            await reader.readexactly(request.length)
            writer.write(fault.given.encoded())
            await writer.drain()
            return
        body, answer = await self._ask(request, reader, writer, fault)
        if fault.twice:
            answer = await self._repeat(request, body)
        if fault.again_after is not None:
            copy = asyncio.create_task(self._later(request, body, fault.again_after))
            self._copies.add(copy)
        if fault.lose_answer:
            raise CutError
        await self._paced(writer, _rewritten(answer, fault.rewrite) if fault.rewrite else answer)

    async def _ask(
        self,
        request: Request,
        reader: asyncio.StreamReader,
        line: asyncio.StreamWriter,
        fault: Fault,
    ) -> tuple[bytes, bytes]:
        """Pass a request on as it comes; returns its body and the office's answer."""
        upstream, office = await asyncio.open_connection("127.0.0.1", self.office_port)
        passed = bytearray()
        try:
            office.write(request.head)
            while len(passed) < request.length:
                most = min(_PIECE, request.length - len(passed))
                if fault.cut_after is not None:
                    most = min(most, fault.cut_after - len(passed))
                piece = await reader.read(most) if most else b""
                if not piece or line.is_closing():
                    raise CutError
                passed += piece
                self.pushed += len(piece) if request.method == "PATCH" else 0
                await self._paced(office, piece)
            answer = await upstream.read()
            if line.is_closing():
                raise CutError
            return bytes(passed), answer
        except (OSError, CutError):
            self.cuts += request.method == "PATCH"
            raise
        finally:
            # What arrived stays arrived: the office reads it to its end.
            office.close()

    async def _repeat(self, request: Request, body: bytes) -> bytes:
        upstream, office = await asyncio.open_connection("127.0.0.1", self.office_port)
        office.write(request.head + body)
        answer = await upstream.read()
        office.close()
        return answer

    async def _later(self, request: Request, body: bytes, seconds: float) -> None:
        await asyncio.sleep(seconds)
        with contextlib.suppress(OSError):
            await self._repeat(request, body)

    async def _paced(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            if self.link.rate:
                async with self._turn if self.link.shared else contextlib.nullcontext():
                    await asyncio.sleep(len(piece) / self.link.rate)
            writer.write(piece)
            await writer.drain()
            self._carried += len(piece)
            if self.link.dies_after and self._carried >= self.link.dies_after:
                await self._die(self.link)


async def _request(reader: asyncio.StreamReader) -> Request:
    head = await reader.readuntil(b"\r\n\r\n")
    if len(head) > _HEAD_LIMIT:
        raise CutError
    method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    stated = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    # One request a connection: then the end of an answer needs no reading.
    head = re.sub(rb"\r\nconnection:[^\r]*", b"", head, flags=re.IGNORECASE)
    head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    return Request(method, path, head, int(stated[1]) if stated else 0)


def _rewritten(answer: bytes, by: Callable[[bytes], bytes]) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    changed = by(body)
    length = f"\r\nContent-Length: {len(changed)}".encode()
    head = re.sub(rb"\r\ncontent-length:[^\r]*", length, head, flags=re.IGNORECASE)
    return head + b"\r\n\r\n" + changed
