"""Ceilings, days of posting and years between two helps, pure: dated rows with their basis, the nearest and newest counts."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from uuid import UUID

from chungtay.kernel.numerals import format_integer


@dataclass(frozen=True)
class Limit:
    """What holds for a kind (and way of working) during [valid_from, valid_to).

    most, least: what a fund may bear of one case, or of one package of a list, integer đồng, None for no bound. days: of posting at the
    hamlet, 0 for none. again_years: for so long a household is not helped a second time with the same, 0 for no such rule. area_id:
    the place whose rule it is, None for everywhere; nearness: how far down the map that place stands, 0 for everywhere.
    """

    kind: str
    work: str
    most: int | None
    least: int | None
    days: int
    again_years: int
    valid_from: date
    valid_to: date | None
    legal_basis: str
    is_verified: bool = False
    area_id: UUID | None = None
    nearness: int = 0

    @property
    def basis(self) -> str:
        """The basis in words, with the mark of what nobody has checked yet."""
        return self.legal_basis if self.is_verified else f"{self.legal_basis}, chưa đối chiếu văn bản"


NOTHING = date(1900, 1, 1)


def limit_on(limits: Iterable[Limit], kind: str, work: str, day: date) -> Limit:
    """Return the row that holds on a day: the nearest place's, then a way's own before the kind's, then the newest.

    Of two rows of one place and first day the later one in `limits` holds: so a wrong one is corrected.
    """
    live = [
        (one, at)
        for at, one in enumerate(limits)
        if one.kind == kind
        and one.work in ("", work)
        and one.valid_from <= day
        and (one.valid_to is None or day < one.valid_to)
    ]
    nothing = Limit(kind, work, None, None, 0, 0, NOTHING, None, "Chưa có quy định")
    return max(live, key=_rank, default=(nothing, 0))[0]


def _rank(found: tuple[Limit, int]) -> tuple[object, ...]:
    one, at = found
    return one.nearness, one.work != "", one.valid_from, at


def ceiling_problems(limit: Limit, amounts: Iterable[int], unit: str) -> list[str]:
    """Return a sentence for each different amount of the fund for one `unit` that lies outside of the bounds."""
    wrong = []
    for amount in sorted(set(amounts)):
        said = f"Quỹ chi {format_integer(amount)} đồng một {unit}"
        if limit.most is not None and amount > limit.most:
            wrong.append(f"{said}, vượt mức tối đa {format_integer(limit.most)} đồng ({limit.basis}).")
        if limit.least is not None and 0 < amount < limit.least:
            wrong.append(f"{said}, thấp hơn mức tối thiểu {format_integer(limit.least)} đồng ({limit.basis}).")
    return wrong


@cache
def built_in() -> tuple[Limit, ...]:
    """Return the rows that come with the software: working values until an office sets its own."""
    text = files("chungtay.support").joinpath("data", "limits.csv").read_text(encoding="utf-8")
    return tuple(
        Limit(
            kind=row["kind"],
            work=row["work"],
            most=int(row["most"]) if row["most"] else None,
            least=int(row["least"]) if row["least"] else None,
            days=int(row["days"]),
            again_years=int(row["again_years"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_basis=row["legal_basis"],
            is_verified=row["is_verified"] == "1",
        )
        for row in csv.DictReader(text.splitlines())
    )
