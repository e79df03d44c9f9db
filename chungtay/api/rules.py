"""What a token is and may, how often a caller may ask, and where a page of a long list ends; pure."""

import base64
import hashlib
import json
import secrets
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock

from chungtay.kernel.errors import DomainError

PREFIX = "ct_"
SECRET_BYTES = 32
SIGN_IN_LIFE = timedelta(hours=12)
"""How long the token lives that a name and a password open."""
MOST_DAYS = 366
"""The longest life that a person may give a token."""
MOST_TOKENS = 20
"""Live tokens of one person."""
KEPT_FOR = timedelta(days=90)
"""How long the answer to a key is kept."""
WINDOW = timedelta(minutes=1)


class Scope(StrEnum):
    """What a token is for; its person's rights bound it all the same."""

    READ = "read"
    RETURNS = "returns.write"
    FUNDS = "funds.write"
    RECOMMENDATIONS = "recommendations.write"
    EXCHANGE = "exchange.write"


SCOPE_LABELS = {
    Scope.READ: "xem mọi thứ mà người có mã được xem",
    Scope.RETURNS: "nhập và trình ký báo cáo",
    Scope.FUNDS: "lập chứng từ và ghi sổ quỹ",
    Scope.RECOMMENDATIONS: "soạn trả lời kiến nghị",
    Scope.EXCHANGE: "nạp số liệu từ hệ thống khác",
}


class UnknownScope(DomainError):
    """A scope that does not exist."""

    def __init__(self, said: str) -> None:
        super().__init__(f"Không có phạm vi “{said}”. Các phạm vi: {', '.join(scope.value for scope in Scope)}.")


class BadCursor(DomainError):
    """A cursor that this list did not give out."""

    def __init__(self) -> None:
        super().__init__("Con trỏ trang không đúng. Hãy dùng đúng giá trị “next” của trang trước, với cùng bộ lọc.")


def read_scopes(said: Iterable[str]) -> tuple[Scope, ...]:
    """Return scopes in their own order, each once. Raises UnknownScope."""
    found = set()
    for word in said:
        try:
            found.add(Scope(word))
        except ValueError:
            raise UnknownScope(word) from None
    return tuple(scope for scope in Scope if scope in found)


def new_secret() -> str:
    """Return a token that nobody guesses: 256 bits, URL-safe."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """Return what is kept of a token: SHA-256, 64 hexadecimal digits. It holds 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def body_hash(*parts: object) -> str:
    """Return the SHA-256 of what was sent, whatever the order of its fields."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def write_cursor(kind: str, key: Sequence[str | int]) -> str:
    """Return the opaque place after an item: the list's name and the item's key, with a check against slips."""
    body = json.dumps([kind, *key], ensure_ascii=False, separators=(",", ":")).encode()
    check = hashlib.blake2s(body, digest_size=4).digest()
    return base64.urlsafe_b64encode(body + check).rstrip(b"=").decode()


def read_cursor(kind: str, text: str) -> list[str | int]:
    """Return the key in a cursor of a list. Raises BadCursor for anything that `write_cursor` did not write for it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body = raw[:-4]
        said = json.loads(body)
    except ValueError:
        raise BadCursor from None
    if not isinstance(said, list) or not said or said[0] != kind or write_cursor(kind, said[1:]) != text:
        raise BadCursor
    return said[1:]


class Meter:
    """Counts what each caller did in the last window, in this process; `most` per window and caller.

    Forgets who has not come for a window; of more than `callers` the oldest are forgotten, so that memory stays bounded.
    """

    def __init__(self, window: timedelta = WINDOW, callers: int = 10_000) -> None:
        self._window, self._callers = window, callers
        self._seen: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, caller: str, most: int, now: datetime) -> int:
        """Count one act and return 0; beyond `most` count nothing and return the seconds to wait."""
        with self._lock:
            times = self._seen.pop(caller, deque())
            while times and times[0] <= now - self._window:
                times.popleft()
            self._seen[caller] = times
            while len(self._seen) > self._callers:
                self._seen.pop(next(iter(self._seen)))
            if len(times) >= most:
                return max(1, -int(-(times[0] + self._window - now).total_seconds() // 1))
            times.append(now)
            return 0
