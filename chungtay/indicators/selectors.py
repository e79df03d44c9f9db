"""Reads of the dictionary. Definitions are public inside the house: no right is needed."""

from collections.abc import Iterable
from itertools import product

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import dimension_key
from chungtay.kernel.errors import DomainError


class UnknownIndicator(DomainError):
    """No indicator has this code."""


def indicator_by_code(code: str) -> Indicator:
    """Return the indicator. Raises UnknownIndicator."""
    try:
        return Indicator.objects.select_related("numerator", "denominator").get(code=code)
    except Indicator.DoesNotExist:
        raise UnknownIndicator(f"Không có chỉ tiêu nào mang mã “{code}”.") from None


def indicators_by_code(codes: Iterable[str]) -> dict[str, Indicator]:
    """Return the indicators keyed by code, in the order asked. Raises UnknownIndicator."""
    wanted = list(codes)
    found = {i.code: i for i in Indicator.objects.select_related("numerator", "denominator").filter(code__in=wanted)}
    for code in wanted:
        if code not in found:
            raise UnknownIndicator(f"Không có chỉ tiêu nào mang mã “{code}”.")
    return {code: found[code] for code in wanted}


def catalogue() -> list[Indicator]:
    """Return every indicator in reading order."""
    return list(Indicator.objects.select_related("numerator", "denominator").order_by("position", "code"))


def dimension_keys(indicator: Indicator) -> list[tuple[str, str]]:
    """Return (key, label) of every cell of the indicator's breakdown, or [("", "")] when it has none."""
    breakdowns = indicator.breakdowns.select_related("dimension").prefetch_related("dimension__values")
    axes = [
        sorted(b.dimension.values.all(), key=lambda v: v.position) for b in sorted(breakdowns, key=lambda b: b.position)
    ]
    return [(dimension_key(tuple(v.code for v in cell)), ", ".join(v.name for v in cell)) for cell in product(*axes)]
