"""Which licence holds on a day: the newest word of the office; until it has spoken, none is given and the mark says so.

The licences to choose from come with the software; which one an office may give is for the office to find out.
"""

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chungtay.opendata.models import Licence

NONE = "notspecified"
UNVERIFIED = "chưa kiểm chứng"


@dataclass(frozen=True)
class Known:
    """A licence to choose: its code in the Open Definition's list, name, address of its text, and what it means in a sentence."""

    code: str
    name: str
    url: str
    note: str


@dataclass(frozen=True)
class Given:
    """A licence as a release bears it. `is_verified`: somebody has held the basis against its text."""

    code: str
    name: str
    url: str
    note: str
    basis: str
    is_verified: bool

    @property
    def said(self) -> dict[str, Any]:
        """As a release keeps it."""
        return asdict(self)


@cache
def known_licences() -> Mapping[str, Known]:
    """Return the licences that come with the software, by code."""
    text = files("chungtay.opendata").joinpath("data/licences.csv").read_text(encoding="utf-8")
    return {row["code"]: Known(**row) for row in csv.DictReader(text.splitlines())}


def licence_on(day: date) -> Given:
    """Return the licence of a day: that of the office's newest word, of two for one day the one written last."""
    row = Licence.objects.filter(valid_from__lte=day).order_by("-valid_from", "-id").first()
    if row is None:
        none = known_licences()[NONE]
        return Given(
            none.code, none.name, none.url, none.note, "Cơ quan chủ quản cổng chưa quyết định giấy phép.", False
        )
    note = known_licences()[row.code].note if row.code in known_licences() else ""
    return Given(row.code, row.name, row.url, note, row.basis, row.is_verified)
