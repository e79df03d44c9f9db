"""The hash chain, pure: what is hashed, how a row is sealed to the one before, and how a break is found and named."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from chungtay.kernel.errors import Problem

GENESIS = "0" * 64
MOST_PROBLEMS = 20  # after that many the reader knows enough


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many events it has and the last one's hash (GENESIS when empty).

    `day` None means all days.
    """

    day: date | None
    count: int
    hash: str


@dataclass(frozen=True)
class Row:
    """An event as read back.

    Values that cannot be understood any more arrive as they are, so that their hash differs.
    """

    id: Any
    at: Any
    day: Any
    actor_id: Any
    actor_name: Any
    code: Any
    object_type: Any
    object_id: Any
    area_id: Any
    data: Any = field(default_factory=dict)
    previous_hash: Any = ""
    hash: Any = ""


def plain(value: Any) -> Any:
    """Return `value` as what JSON gives back on every database.

    Raises TypeError for floats: figures are integers or text.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value.value) if isinstance(value, Enum) else str(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    raise TypeError(f"An audit event cannot keep a {type(value).__name__}")


def instant(at: datetime) -> str:
    """Return an aware datetime as UTC text to the microsecond. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("An audit event needs an aware datetime")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(row: Row) -> str:
    """Return the one text that is hashed for an event: JSON, sorted keys, no spaces, without the hashes."""
    fields = {
        "id": row.id,
        "at": instant(row.at) if isinstance(row.at, datetime) else repr(row.at),
        "day": str(row.day),
        "actor_id": str(row.actor_id or ""),
        "actor_name": row.actor_name,
        "code": row.code,
        "object_type": row.object_type,
        "object_id": row.object_id,
        "area_id": str(row.area_id or ""),
        "data": row.data,
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)


def seal(previous_hash: str, row: Row) -> str:
    """Return the hash of a row that follows `previous_hash`: 64 hexadecimal digits of SHA-256."""
    return hashlib.sha256((previous_hash + canonical(row)).encode("utf-8", "surrogatepass")).hexdigest()


def find_breaks(
    rows: Iterable[Row], before: Head, after: Callable[[], Head], published: Iterable[str] = ()
) -> list[Problem]:
    """Return what is wrong with a chain, first bad row first; [] when it is whole.

    `rows` are in order of id. `before` is the head that writers keep, as it was before the rows were read, and `after` reads
    it again once they are: others may write meanwhile. `published` are hashes that were once given out: each must be the
    hash of a row, else the chain was cut or written anew before it.
    """
    problems: list[Problem] = []
    awaited = {value.strip().lower() for value in published} - {GENESIS}
    count, last_hash = 0, GENESIS
    for row in rows:
        if len(problems) >= MOST_PROBLEMS:
            return problems
        if sentence := _break_at(row, count, last_hash):
            problems.append(_problem(count + 1, sentence))
        elif count + 1 == before.count and row.hash != before.hash:
            problems.append(_problem(before.count, f"Dòng nhật ký số {before.count} không khớp đầu chuỗi đã ghi."))
        count = row.id if isinstance(row.id, int) else count + 1
        last_hash = row.hash
        awaited.discard(last_hash)
    problems.extend(_break_at_end(count, last_hash, before, after()))
    problems.extend(
        Problem(f"Mã băm đã công bố {value} không có trong nhật ký: nhật ký đã bị cắt hoặc ghi lại từ trước điểm đó.")
        for value in sorted(awaited)
    )
    return problems


def _break_at(row: Row, count: int, last_hash: str) -> str:
    """Return what is wrong with the row that follows row `count`, "" when nothing is."""
    number = count + 1
    if row.id != number:
        if isinstance(row.id, int) and row.id > number:
            return f"Thiếu dòng nhật ký số {number}: sau dòng số {count} là dòng số {row.id}."
        return f"Dòng nhật ký số {number} sai thứ tự: chỗ đó là dòng số {row.id}."
    if row.previous_hash != last_hash:
        return f"Dòng nhật ký số {number} không nối tiếp dòng trước nó: có dòng bị thay hoặc đổi chỗ."
    if row.hash != seal(row.previous_hash, row):
        return f"Dòng nhật ký số {number} đã bị sửa: nội dung không khớp mã băm khi ghi."
    return ""


def _break_at_end(count: int, last_hash: str, before: Head, after: Head) -> Iterable[Problem]:
    """Compare the last row with the head that writers keep, which may have moved on while the rows were read."""
    if count < before.count:
        lost = f"đã ghi {before.count} dòng, chỉ còn {count}"
        yield _problem(count + 1, f"Nhật ký bị cắt đuôi từ dòng số {count + 1}: {lost}.")
    elif count > after.count or (count == after.count and last_hash != after.hash):
        added = "dòng này được thêm hoặc ghi lại ngoài phần mềm"
        yield _problem(count, f"Đầu chuỗi không khớp dòng cuối (số {count}): {added}.")


def _problem(number: int, sentence: str) -> Problem:
    return Problem(sentence, where=f"nhật ký, dòng {number}")
