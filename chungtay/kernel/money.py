"""Money is an integer number of đồng; this is the one range every amount must lie in."""

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer

MAX_VND = 10**15
"""One million tỷ đồng: sums of many amounts still fit a 64-bit column."""


class AmountOutOfRange(DomainError):
    """An amount below zero or above MAX_VND."""

    def __init__(self, vnd: int) -> None:
        super().__init__(
            f"Số tiền {format_integer(vnd)} đồng không hợp lệ: "
            f"chỉ nhận từ 0 đến {format_integer(MAX_VND)} đồng, hãy kiểm tra lại số chữ số."
        )


def check_vnd(vnd: int) -> int:
    """Return the amount (integer đồng) when 0 <= vnd <= MAX_VND. Raises AmountOutOfRange."""
    if not 0 <= vnd <= MAX_VND:
        raise AmountOutOfRange(vnd)
    return vnd
