"""Rate limits: so many calls a minute of one phone, one account, one address, whoever counts.

Every process counts in the same place: Redis where there is one, else a small file beside the
database. The file is no evidence: it is written without syncing, and made anew when damaged. Where
the counters cannot be reached, calls are let through: a limit must not hold up evidence.
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import structlog
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from anfang.kit.errors import TooManyRequests

OFF: Final = "off"
_TIDY_SECONDS: Final = 20
_COUNT_UP: Final = """
INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN ends <= ? THEN excluded.count ELSE count + excluded.count END,
  ends = CASE WHEN ends <= ? THEN excluded.ends ELSE ends END
RETURNING count
"""


def read_rate(text: str) -> RateLimitItem | None:
    """Read a rate such as `600/minute`; None for `off`; raises ValueError for anything else."""
    return None if text == OFF else parse(text)


class Limits:
    """What is counted, and where.

    Args:
        rates: by kind of caller; a kind that is left out, or None, is not counted.
        redis_url: where the counters of several machines are.
        file: where those of one machine are.
    """

    def __init__(
        self, rates: Mapping[str, RateLimitItem | None], *, redis_url: str | None, file: Path
    ) -> None:
        self._rates = rates
        self._store = _redis(redis_url) if redis_url else FileCounters(file)
        self._limiter = FixedWindowRateLimiter(self._store)

    def require(self, kind: str, subject: str) -> None:
        """Count one call; raises TooManyRequests if it is one too many."""
        wait = self.wait_of(kind, subject)
        if wait is not None:
            raise TooManyRequests(retry_after=wait)

    def wait_of(self, kind: str, subject: str) -> int | None:
        """Count one call; seconds to wait if it is one too many, else None."""
        rate = self._rates.get(kind)
        if rate is None:
            return None
        # Hashed, so that the counters list nobody; they forget after a window.
        key = hashlib.sha256(f"{kind} {subject}".encode()).hexdigest()
        try:
            if self._limiter.hit(rate, key):
                return None
            reset = self._limiter.get_window_stats(rate, key).reset_time
        except StorageError as error:
            structlog.get_logger().error("counters unreachable", exc_info=error)
            return None
        return max(1, round(reset - time.time()))


class FileCounters(Storage):
    """Counters in an SQLite file that the processes of one machine share."""

    STORAGE_SCHEME = None

    def __init__(self, path: Path) -> None:
        super().__init__(wrap_exceptions=True)
        self._path = path

    @property
    def base_exceptions(self) -> type[Exception]:
        """What `limits` calls a failing store."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count up and return the count; a count that has run out begins again."""
        now = time.time()
        with self._opened() as file:
            row = file.execute(_COUNT_UP, (key, amount, now + expiry, now, now)).fetchone()
            if now % _TIDY_SECONDS < 1:
                file.execute("DELETE FROM counts WHERE ends <= ?", (now,))
        return int(row[0])

    def get(self, key: str) -> int:
        """Return a count, 0 where none is kept."""
        with self._opened() as file:
            row = file.execute(
                "SELECT count FROM counts WHERE key = ? AND ends > ?", (key, time.time())
            ).fetchone()
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when a count runs out, in seconds since the epoch."""
        with self._opened() as file:
            row = file.execute("SELECT ends FROM counts WHERE key = ?", (key,)).fetchone()
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        """Whether the file can be used."""
        with suppress(sqlite3.Error), self._opened():
            return True
        return False

    def reset(self) -> int | None:
        """Forget every count."""
        with self._opened() as file:
            return file.execute("DELETE FROM counts").rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._opened() as file:
            file.execute("DELETE FROM counts WHERE key = ?", (key,))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give the file, made where it is missing; a damaged one is thrown away."""
        try:
            with closing(_connected(self._path)) as connection:
                yield connection
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):
                self._path.unlink(missing_ok=True)
            raise


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS counts"
        " (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL) WITHOUT ROWID"
    )
    return connection


def _redis(url: str) -> Storage:
    return RedisStorage(url, wrap_exceptions=True)
