"""Numbers of vouchers: one gap-free series per body, fund, prefix and year, "PT-2025-000123".

Which prefix a kind of voucher bears is the caller's choice; kinds that share a prefix share the series.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from chungtay.kernel.errors import DomainError

WIDTH = 6
_PREFIX = re.compile(r"[A-ZĐ][A-ZĐ0-9]{0,9}")
_LABEL = re.compile(rf"({_PREFIX.pattern})-([0-9]{{4}})-([0-9]{{{WIDTH},}})")


class BadVoucherNumber(DomainError):
    """A text that is no number of a voucher, or parts that make none."""


class Series(NamedTuple):
    """What is counted through from 1: the vouchers of one body and fund under one prefix in one year."""

    body: str
    fund: str
    prefix: str
    year: int


class Gap(NamedTuple):
    """Numbers that are missing in a series, both ends included."""

    first: int
    last: int


def format_number(prefix: str, year: int, number: int) -> str:
    """Write the number of a voucher: ("PT", 2025, 123) -> "PT-2025-000123". Raises BadVoucherNumber."""
    if not _PREFIX.fullmatch(prefix):
        raise BadVoucherNumber(
            f"Ký hiệu chứng từ “{prefix}” không hợp lệ: chỉ dùng chữ in hoa và chữ số, tối đa 10 ký tự."
        )
    if not 1000 <= year <= 9999 or number < 1:
        raise BadVoucherNumber(f"Số chứng từ {number} năm {year} không hợp lệ: số đếm từ 1, năm có bốn chữ số.")
    return f"{prefix}-{year}-{number:0{WIDTH}d}"


def parse_number(label: str) -> tuple[str, int, int]:
    """Return (prefix, year, number) of a label as `format_number` writes it. Raises BadVoucherNumber."""
    found = _LABEL.fullmatch(label)
    if found is None or (parts := (found[1], int(found[2]), int(found[3])))[2] < 1 or format_number(*parts) != label:
        raise BadVoucherNumber(f"“{label}” không phải là số chứng từ, ví dụ số đúng: PT-2025-000123.")
    return parts


def gaps(numbers: Iterable[int]) -> list[Gap]:
    """Return the spans of numbers that are missing between 1 and the largest, in order; [] when there are none."""
    found, awaited = [], 1
    for number in sorted(set(numbers)):
        if number > awaited:
            found.append(Gap(awaited, number - 1))
        awaited = max(awaited, number + 1)
    return found


def repeats(numbers: Iterable[int]) -> list[int]:
    """Return the numbers that were given more than once, in order."""
    return sorted(number for number, times in Counter(numbers).items() if times > 1)
