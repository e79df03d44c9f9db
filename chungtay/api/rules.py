"""What a token is and may, how often a caller may ask, and where a page of a long list ends; pure."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum

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
SECONDS = 60
"""What a caller did is counted over so many seconds of the clock."""


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


def counted(counts: Sequence[int], last: int, second: int, most: int) -> tuple[int, tuple[int, ...]]:
    """Return the seconds to wait (0: counted) and the counts of the last SECONDS, after one more act in a second of the clock.

    counts: by second, each at its number modulo SECONDS, as they stood in the second `last`. What is older is forgotten; a clock that went
    back counts as a new beginning.
    """
    kept = list(counts) if 0 <= second - last < SECONDS else [0] * SECONDS
    for past in range(last + 1, second + 1 if second - last < SECONDS else last):
        kept[past % SECONDS] = 0
    if sum(kept) >= most:
        left = sum(kept)
        for wait in range(1, SECONDS + 1):
            left -= kept[(second + wait) % SECONDS]
            if left < most:
                return wait, tuple(kept)
    kept[second % SECONDS] = min(kept[second % SECONDS] + 1, 65_535)
    return 0, tuple(kept)
