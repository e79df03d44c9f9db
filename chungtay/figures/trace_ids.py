"""The id of a figure says which figure it is, so that no table of ids is needed and an old link opens for ever.

Form: base64url of version byte, area (16 bytes), the other fields as UTF-8 lines, and a 4-byte checksum that catches a
link cut or mistyped. It is no secret: whoever opens it still needs the right to see the area.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2s
from uuid import UUID

from chungtay.kernel.errors import DomainError

_VERSION = b"\x01"
_CHECK_BYTES = 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UnknownTrace(DomainError):
    """The id names no figure."""

    def __init__(self) -> None:
        super().__init__(
            "Đường dẫn đến nguồn của con số này không đúng hoặc bị cắt ngắn: hãy mở lại từ trang có con số đó."
        )


@dataclass(frozen=True, slots=True)
class TraceKey:
    """Everything that a figure depends on. `dimension` is "" for the total, `known_at` None for "as known now"."""

    indicator_code: str
    dimension: str
    area_id: UUID
    period_code: str
    status: str
    known_at: datetime | None
    on_map: date | None


def encode_trace(key: TraceKey) -> str:
    """Return the URL-safe id of a figure (letters, digits, "-" and "_")."""
    known_at = "" if key.known_at is None else str((key.known_at - _EPOCH) // _MICROSECOND)
    on_map = "" if key.on_map is None else key.on_map.isoformat()
    lines = (key.indicator_code, key.dimension, key.period_code, key.status, known_at, on_map)
    body = _VERSION + key.area_id.bytes + "\n".join(lines).encode()
    return base64.urlsafe_b64encode(body + _check(body)).rstrip(b"=").decode()


def decode_trace(text: str) -> TraceKey:
    """Return what an id names. Raises UnknownTrace for anything that `encode_trace` did not write."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body = raw[:-_CHECK_BYTES]
        if not body.startswith(_VERSION) or _check(body) != raw[-_CHECK_BYTES:]:
            raise UnknownTrace
        indicator_code, dimension, period_code, status, known_at, on_map = body[17:].decode().split("\n")
        key = TraceKey(
            indicator_code,
            dimension,
            UUID(bytes=body[1:17]),
            period_code,
            status,
            _EPOCH + int(known_at) * _MICROSECOND if known_at else None,
            date.fromisoformat(on_map) if on_map else None,
        )
    except (ValueError, OverflowError, binascii.Error):
        raise UnknownTrace from None
    if encode_trace(key) != text:
        raise UnknownTrace
    return key


def _check(body: bytes) -> bytes:
    return blake2s(body, digest_size=_CHECK_BYTES).digest()
