"""The service as `make run` starts it: demonstration loaded, web server and worker running."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

from support.demonstration import ANFANG, put_demonstration
from support.house import ROOT
from support.postgres import free_port

_START_SECONDS = 120
_COMMAND_SECONDS = 240


@dataclass(frozen=True)
class SignIn:
    """An account of the demonstration."""

    username: str
    password: str


@dataclass(frozen=True)
class Anfang:
    """A running installation, with the command line that works on the same folder."""

    origin: str
    data: Path
    environment: dict[str, str]
    demonstration: dict[str, Any]
    desks: dict[str, "Desk"] = field(default_factory=dict)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `anfang …` in a process of its own; the caller looks at the exit code."""
        return subprocess.run(
            [str(ANFANG), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
        )

    def asked(self, *arguments: str) -> dict[str, Any]:
        """Run a command that answers in JSON."""
        run = self.command(*arguments, "--json")
        assert run.returncode == 0, run.stderr
        answer: dict[str, Any] = json.loads(run.stdout)
        return answer

    def sign_in_of(self, username: str) -> SignIn:
        for entry in self.demonstration["sign_ins"]:
            if entry["username"] == username:
                return SignIn(username, entry["password"])
        raise KeyError(username)

    def desk(self, username: str) -> "Desk":
        """An account at the API, signed in once."""
        if username not in self.desks:
            self.desks[username] = Desk.signed_in(self.origin, self.sign_in_of(username))
        return self.desks[username]


@dataclass(frozen=True)
class Desk:
    """An office account at the API: for facts that no page shows."""

    client: httpx.Client

    @classmethod
    def signed_in(cls, origin: str, who: SignIn) -> Self:
        client = httpx.Client(base_url=f"{origin}/api/v1", timeout=30)
        answer = client.post("/session", json={"username": who.username, "password": who.password})
        answer.raise_for_status()
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return cls(client)

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(path, params=query)
        assert answer.is_success, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()


def built_pwa() -> None:
    """Build the PWA unless its build is fresh; ANFANG_PWA names another build to use."""
    if "ANFANG_PWA" not in os.environ:
        subprocess.run([str(ROOT / "tools" / "pwa.sh"), "build"], check=True, timeout=300)


@contextmanager
def running_anfang(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Anfang]:
    """Put the demonstration into `folder` and serve it until the end.

    Args:
        settings: environment variables beside those of the folder and the port; they may move
            what is stored elsewhere, so the demonstration is then loaded anew.
    """
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ANFANG_") or name == "ANFANG_PWA"
    }
    environment = {
        **inherited,
        "ANFANG_DATA": str(folder),
        "ANFANG_ORIGIN": origin,
        "PORT": str(port),
        **(settings or {}),
    }
    demonstration = put_demonstration(environment, anew=bool(settings))
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [str(ANFANG), "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(server, origin)
            anfang = Anfang(origin, folder, environment, demonstration)
            yield anfang
            for desk in anfang.desks.values():
                desk.client.close()
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_until_ready(server: "subprocess.Popen[bytes]", origin: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        assert server.poll() is None, "the server ended by itself; see serve.log"
        try:
            if httpx.get(f"{origin}/readyz", timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline, "the server is not ready"
        time.sleep(0.2)
