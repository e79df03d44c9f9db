"""Finds the row that names the columns among title rows, in one row or two, and which column holds what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chungtay.banking.cells import Cell, day, plain
from chungtay.banking.columns import ALIASES, DAYS, MONEY, Field, field_of, holds_day_and_ref, words

_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?(?:=.*)?")
_LONGEST_TITLE = 120  # a longer cell is a note or a memo, never the name of a column


@dataclass(frozen=True)
class Layout:
    """Where things stand: `columns` by field (zero-based), `titles` as written, `body` the first row below (zero-based)."""

    columns: Mapping[Field, int]
    titles: tuple[str, ...]
    body: int
    day_with_ref: bool

    def title(self, field: Field) -> str:
        """The column's name in one line, for people; "" when the file has no such column."""
        return plain(self.titles[self.columns[field]]) if field in self.columns else ""


def locate(
    rows: Sequence[Sequence[Cell]], aliases: Mapping[str, Field], within: int = 40, only: int | None = None
) -> Layout | None:
    """Return the layout of the header with the most fields in the first `within` rows, None when there is none.

    `only` names the header's row (zero-based) where it is known. A header needs a day, and money in one or two columns.
    """
    best: tuple[int, Layout] | None = None
    places = range(min(within, len(rows))) if only is None else [only]
    for place in places:
        if place >= len(rows) or not _may_be_header(rows[place]):
            continue
        for height in (1, 2):
            layout = _read(rows, place, height, aliases)
            if layout is None:
                continue
            score = len(layout.columns)
            if best is None or score > best[0]:
                best = (score, layout)
    return None if best is None else best[1]


def _read(rows: Sequence[Sequence[Cell]], place: int, height: int, aliases: Mapping[str, Field]) -> Layout | None:
    titles = _titles(rows[place])
    if height == 1:
        columns = _columns([field_of(title, aliases) for title in titles])
    else:
        if place + 1 >= len(rows) or not _may_be_header(rows[place + 1]):
            return None
        low = _titles(rows[place + 1])
        titles, columns = _two_rows(titles, low, aliases)
        if len(_columns([field_of(title, aliases) for title in low])) >= len(columns):
            return None  # the lower row is the whole header; a title stands above it
    if not any(field in columns for field in DAYS) or not any(field in columns for field in MONEY):
        return None
    body = place + height
    known = {**ALIASES, **aliases}  # a stored profile does not know the second language's names
    while body < len(rows) and _continues(rows[body], known):
        body += 1
    days = [columns[field] for field in DAYS if field in columns]
    merged = Field.REF not in columns and any(holds_day_and_ref(titles[column], aliases) for column in days)
    return Layout(columns, tuple(titles), body, merged)


def _two_rows(top: list[str], low: list[str], aliases: Mapping[str, Field]) -> tuple[list[str], dict[Field, int]]:
    """Join a merged header: a cell merged over several columns counts for each of them ("Phát sinh" over "Nợ", "Có")."""
    width = max(len(top), len(low))
    top, low = top + [""] * (width - len(top)), low + [""] * (width - len(low))
    titles, found, above = [], [], ""
    for upper, lower in zip(top, low, strict=True):
        above = upper or (above if lower else "")
        title = "\n".join(part for part in (above, lower) if part)
        whole = aliases.get(words(title))
        titles.append(title)
        found.append((whole, 2000) if whole else field_of(lower, aliases) or field_of(title, aliases))
    return titles, _columns(found)


def _columns(found: Sequence[tuple[Field, int] | None]) -> dict[Field, int]:
    """Each field's surest column; of equals the first."""
    sure: dict[Field, tuple[int, int]] = {}
    for column, match in enumerate(found):
        if match and match[0] is not Field.IGNORED and match[1] > sure.get(match[0], (0, 0))[0]:
            sure[match[0]] = (match[1], column)
    return {field: column for field, (_, column) in sure.items()}


def _titles(row: Sequence[Cell]) -> list[str]:
    return [cell.strip() if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE else "" for cell in row]


def _may_be_header(row: Sequence[Cell]) -> bool:
    """Names only: at least two texts, no day, no plain number."""
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    numbers = [cell for cell in row if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    return len(texts) > 1 and not numbers and not any(day(text) for text in texts)


def _continues(row: Sequence[Cell], aliases: Mapping[str, Field]) -> bool:
    """Whether a row below the header still belongs to it: the names in a second language, or "(1) (2) (3)"."""
    texts = [plain(cell) for cell in row if plain(cell)]
    if len(texts) > 2 and all(_NUMBERING.fullmatch(text) for text in texts):
        return True
    return _may_be_header(row) and len(_columns([field_of(title, aliases) for title in _titles(row)])) > 2
