"""An installation whose processes can be killed and started again: web, worker, database, Redis."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from support.demonstration import put_demonstration
from support.e2e_server import Anfang
from support.postgres import find_binaries, free_port

_READY_SECONDS = 120


def until(condition: Callable[[], bool], seconds: float = _READY_SECONDS) -> None:
    """Wait for a condition; fails when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, condition
        time.sleep(0.1)


def kill_tree(process: "subprocess.Popen[bytes]") -> None:
    """SIGKILL a process and all below it, each in a group of its own, and see them gone."""
    below = descendants(process.pid)
    kill(process.pid, *below)
    process.wait(10)
    until(lambda: all(not Path(f"/proc/{pid}/fd").exists() or _is_zombie(pid) for pid in below))


def descendants(pid: int) -> list[int]:
    """The processes below one, deepest last."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def kill(*pids: int) -> None:
    """SIGKILL; one that has just ended by itself is no fault."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@dataclass
class Postgres:
    """A durable PostgreSQL of its own (fsync on): what it acknowledges must survive."""

    folder: Path
    port: int = field(default_factory=free_port)
    pid: int = 0

    def __post_init__(self) -> None:
        found = find_binaries()
        assert found is not None
        self.binaries = found
        owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.owner = owner.pw_uid if os.geteuid() == 0 else None
        self.folder.mkdir(mode=0o755)
        os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        self._run("initdb", "-D", str(self.data), *options)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it; what a killed server left (a port, shared memory) may take a moment to go."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        # Where nobody buries the dead, PostgreSQL takes its predecessor for alive.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for _ in range(20):
            try:
                self._start(options)
                self.pid = int((self.data / "postmaster.pid").read_text().split()[0])
                return
            except subprocess.CalledProcessError:
                time.sleep(0.5)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def _start(self, options: str) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-o", options, "-l", str(self.folder / "log"),
                  "-w", "-t", "60", "start")  # fmt: skip

    def kill(self) -> None:
        below = descendants(self.pid)
        kill(self.pid, *below)
        for pid in (self.pid, *below):
            until(lambda pid=pid: not Path(f"/proc/{pid}").exists() or _is_zombie(pid))

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / program), *arguments], check=True, cwd=self.folder,
            user=self.owner, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip


@dataclass
class Redis:
    """A Redis that keeps its queue on disk."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir",
             str(self.folder), "--appendonly", "yes"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)


@dataclass
class Site:
    """`anfang serve` with what it stands on."""

    folder: Path
    postgres: Postgres | None = None
    redis: Redis | None = None
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("ANFANG_")}
        made = {
            "ANFANG_DATA": str(self.folder / "data"),
            "ANFANG_ORIGIN": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "ANFANG_LOG_LEVEL": "WARNING",
        }
        if self.postgres:
            made["ANFANG_DATABASE_URL"] = self.postgres.url
        if self.redis:
            made["ANFANG_REDIS_URL"] = f"redis://127.0.0.1:{self.redis.port}/0"
        return inherited | made

    @property
    def anfang(self) -> Anfang:
        origin = f"http://127.0.0.1:{self.port}"
        return Anfang(origin, self.folder / "data", self.environment, {})

    def put_demonstration(self) -> None:
        """Load the demonstration; it is on the disk afterwards, not on its way there."""
        put_demonstration(self.environment, anew=self.postgres is not None)
        os.sync()

    def start(self) -> None:
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "anfang.cli", "serve"],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        until(self.is_ready)

    def is_ready(self) -> bool:
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=3)
        except httpx.TransportError:
            return False
        return answer.is_success

    def kill_everything(self) -> None:
        assert self.process is not None
        kill_tree(self.process)

    def kill_web_worker(self) -> None:
        """One of gunicorn's processes; its master starts another."""
        kill(self._named("gunicorn: worker")[-1])

    def kill_worker(self) -> None:
        """The process that runs the jobs; `anfang serve` starts another."""
        kill(*self._named("anfang worker"))

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait(60) == 0

    def _named(self, name: str) -> list[int]:
        assert self.process is not None
        every = descendants(self.process.pid)
        return sorted(pid for pid in every if _command(pid).startswith(name.encode()))


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0")
    except FileNotFoundError:
        return b""


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
