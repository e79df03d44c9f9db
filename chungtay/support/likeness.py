"""Helped before, pure: the same household, or somebody of the same name at the same hamlet, with the same thing within some years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text


@dataclass(frozen=True)
class Help:
    """One help to one household or person: by which case (`label`), of which fund or sponsors (`payer`), how much (đồng).

    household: any id of its lineage, so that merged households are one; None for a person without a record.
    """

    case_id: UUID
    label: str
    kind: str
    name: str
    hamlet: str
    day: date
    amount: int
    payer: str = ""
    household: UUID | None = None


@dataclass(frozen=True)
class Alike:
    """An earlier help that looks like the new one, and how sure that is."""

    earlier: Help
    is_certain: bool

    @property
    def sentence(self) -> str:
        """What was found, in words."""
        who = (
            "Hộ này"
            if self.is_certain
            else f"Có người cùng tên “{self.earlier.name}” ở {self.earlier.hamlet or 'cùng địa bàn'}"
        )
        paid = f", {self.earlier.payer}" if self.earlier.payer else ""
        return (
            f"{who} đã được hỗ trợ theo hồ sơ {self.earlier.label} ngày {date_text(self.earlier.day)}: "
            f"{format_integer(self.earlier.amount)} đồng{paid}."
        )


def alike(new: Help, before: Iterable[Help], again_years: int) -> list[Alike]:
    """Return the helps of the same kind that count against a new one, surest and newest first.

    again_years: how far back, whatever fund paid; 0 looks at the same year only (two lists of one gift).
    """
    since = date(new.day.year - again_years, 1, 1) if again_years == 0 else _years_before(new.day, again_years)
    found = []
    for one in before:
        if one.case_id == new.case_id or one.kind != new.kind or not since <= one.day <= new.day:
            continue
        if new.household is not None and one.household is not None:
            if new.household == one.household:
                found.append(Alike(one, True))
        elif _same_person(new, one):
            found.append(Alike(one, False))
    return sorted(found, key=lambda one: (one.is_certain, one.earlier.day), reverse=True)


def _same_person(one: Help, other: Help) -> bool:
    return bool(fold(one.name)) and (fold(one.name), fold(one.hamlet)) == (fold(other.name), fold(other.hamlet))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
