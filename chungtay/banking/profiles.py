"""How one account's files are laid out: guessed from a file, corrected by people, kept as JSON for the next file."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from chungtay.banking.cells import Cell, DateStyle, NumberStyle, plain
from chungtay.banking.columns import ALIASES, DAYS, Field, words
from chungtay.banking.headers import Layout, locate
from chungtay.kernel.errors import DomainError

STOP_WORDS = (
    "tong cong",
    "tong phat sinh",
    "tong so",
    "tong tien",
    "tong ghi",
    "tong",
    "cong phat sinh",
    "cong so phat sinh",
    "cong trang",
    "cong ngay",
    "cong",
    "luy ke",
    "so du cuoi",
    "so du dau",
    "du dau",
    "du cuoi",
    "total",
    "total amount",
    "grand total",
    "opening balance",
    "closing balance",
    "ending balance",
)
"""How rows begin that are no movements, folded. One word must be the whole cell: "Công ty …" is a giver."""
HEADER_WITHIN = 40
_SAMPLED = 200


class InvalidProfile(DomainError):
    """A stored profile that is not one."""


@dataclass(frozen=True)
class Profile:
    """One layout. `aliases` map folded header names to fields; `header_row` (from 1) fixes the header's place if needed.

    Two columns or one signed amount, and a day with the document's number in one cell, follow from the fields found;
    `plus_is_in` says what a positive single amount is: money in, or (False) money out.
    """

    name: str
    aliases: Mapping[str, Field] = field(default_factory=lambda: dict(ALIASES))
    numbers: NumberStyle = NumberStyle.AUTO
    dates: DateStyle = DateStyle.DAY_FIRST
    header_within: int = HEADER_WITHIN
    header_row: int | None = None
    stop_words: tuple[str, ...] = STOP_WORDS
    plus_is_in: bool = True

    def locate(self, rows: Sequence[Sequence[Cell]]) -> Layout | None:
        """Return where this profile's columns stand in a file that begins with these rows, None when they do not."""
        only = None if self.header_row is None else self.header_row - 1
        return locate(rows, self.aliases, self.header_within, only)

    def to_json(self) -> str:
        """Return the profile as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Profile":
        """Return the profile that `to_json` wrote. Raises InvalidProfile for anything else."""
        try:
            data: dict[str, Any] = json.loads(text)
            return cls(
                name=str(data["name"]),
                aliases={words(str(key)): Field(value) for key, value in data["aliases"].items()},
                numbers=NumberStyle(data["numbers"]),
                dates=DateStyle(data["dates"]),
                header_within=int(data["header_within"]),
                header_row=None if data["header_row"] is None else int(data["header_row"]),
                stop_words=tuple(map(str, data["stop_words"])),
                plus_is_in=bool(data["plus_is_in"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidProfile("Cách đọc cột đã lưu không dùng được; hãy chỉ lại các cột của tệp.") from error


def stop_pattern(stop_words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that matches the folded beginning of a row of totals or balances, and no "tong cong ty …"."""
    several = "|".join(re.escape(each) for each in stop_words if " " in each)
    single = "|".join(re.escape(each) for each in stop_words if each and " " not in each)
    return re.compile(rf"(?:{several or '(?!)'})\b(?! ty\b)|(?:{single or '(?!)'})\s*(?:[:/(]|\Z)")


GENERIC = Profile("Chung")
"""Every name of a column that we have met, whatever the bank."""


def guess(rows: Sequence[Sequence[Cell]]) -> Profile | None:
    """Return a profile for a file that begins with these rows, None when no header is found in the first 40.

    It holds only the names this file uses, so that the next file of the account is read in just the same way.
    """
    layout = GENERIC.locate(rows)
    if layout is None:
        return None
    used = {words(layout.titles[column]): found for found, column in layout.columns.items()}
    return Profile("Tự nhận dạng", aliases=used, dates=_date_style(rows, layout))


def _date_style(rows: Sequence[Sequence[Cell]], layout: Layout) -> DateStyle:
    """Month first only when the numbers prove it: some second number is above 12 and no first one is."""
    first_above = second_above = False
    columns = [layout.columns[field] for field in DAYS if field in layout.columns]
    for row in islice(rows, layout.body, layout.body + _SAMPLED):
        for column in columns:
            pieces = plain(row[column] if column < len(row) else "").replace("-", "/").split("/")
            if len(pieces) > 2 and pieces[0].isdecimal() and pieces[1].isdecimal() and len(pieces[0]) < 3:
                first_above |= int(pieces[0]) > 12
                second_above |= int(pieces[1]) > 12
    return DateStyle.MONTH_FIRST if second_above and not first_above else DateStyle.DAY_FIRST
