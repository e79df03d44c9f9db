"""Faults that lists of units really contain, planted at random into the lists of a small invented nation.

Each planter changes cells of rows that no other fault has touched and says where what must be found.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from bench.nation_lists import MOVE_HEADS, UNIT_HEADS, NationLists, as_csv, make_lists
from chungtay.places.rules import Level
from chungtay.places.unit_atlas import Atlas, Unit
from chungtay.places.unit_findings import Kind
from chungtay.places.unit_list_checks import check_units
from chungtay.places.unit_lists import read_list

OLD_CODE, OLD_NAME, DISTRICT, PROVINCE, SHARE, BASIS, CODE, NAME, LEVEL, TOP, DAY, LAW = range(
    12
)  # columns of MOVE_HEADS
GONE = "90001"  # a code that was borne until 2019
EARLIER = "Xã Tên Xưa"  # whoever bore any code of the nation until 2019


@lru_cache(maxsize=1)
def nation() -> NationLists:
    """Return the lists of a small nation: 8 provinces, 40 districts, 420 communes -> 4 provinces, 130 units."""
    return make_lists(7, provinces=8, districts=40, communes=420, new_provinces=4, new_units=130, divided=12, islands=1)


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Return the map of that nation since 2020. Before, other places bore its codes, and one that is gone."""
    codes = [GONE, *(row[0] for row in nation().before if len(row[0]) == 5)]
    past = [
        Unit(UUID(int=number + 1), EARLIER, code, Level.COMMUNE, None, date(2010, 1, 1), date(2020, 1, 1))
        for number, code in enumerate(codes)
    ]
    rows = read_list("truoc.csv", as_csv(UNIT_HEADS, nation().before)).rows
    listed = check_units(rows, Atlas(past), date(2020, 1, 1))
    assert listed.findings == []
    return listed.atlas


@dataclass
class Planting:
    """Rows of the list old → new with faults, and what must be found: (line, kinds of which one must be there)."""

    rng: random.Random
    rows: list[list[str]] = field(default_factory=lambda: [list(row) for row in nation().moves])
    expected: list[tuple[int, set[Kind]]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # codes of old units that must be called missing
    touched: set[str] = field(default_factory=set)  # codes, old and new, that a fault is about
    dropped: list[int] = field(default_factory=list)

    def choose(self, accept: Callable[[list[str], list[list[str]]], bool] = lambda row, group: True) -> list[str]:
        """Return a row of a commune whose old and new units no fault has touched; `group`: all rows of its new unit."""
        groups: dict[str, list[list[str]]] = defaultdict(list)
        for row in self.rows:
            groups[row[CODE]].append(row)
        free = [
            row
            for row in self.rows
            if len(row[OLD_CODE]) == 5
            and not {r[CODE] for r in groups[row[CODE]]} & self.touched
            and not {r[OLD_CODE] for r in groups[row[CODE]]} & self.touched
            and accept(row, groups[row[CODE]])
        ]
        row = self.rng.choice(free)
        self.touched |= {row[CODE]} | {r[OLD_CODE] for r in groups[row[CODE]]}
        return row

    def expect(self, row: list[str], *kinds: Kind) -> None:
        self.expected.append((self.line(row), set(kinds)))

    def line(self, row: list[str]) -> int:
        return next(number for number, other in enumerate(self.rows) if other is row) + 2

    def group(self, row: list[str]) -> list[list[str]]:
        return [other for other in self.rows if other[CODE] == row[CODE]]

    def content(self, delimiter: str = ",") -> bytes:
        return as_csv(MOVE_HEADS, self.rows, delimiter)


def whole(row: list[str], group: list[list[str]]) -> bool:
    return not row[SHARE]


def many(row: list[str], group: list[list[str]]) -> bool:
    return len(group) >= 3 and not any(one[SHARE] for one in group)


def bare_name(p: Planting) -> None:
    """A join by bare name: the name has several bearers."""
    counts: dict[str, int] = defaultdict(int)
    for one in nation().before:
        counts[one[1]] += 1
    row = p.choose(lambda row, group: counts[row[OLD_NAME]] > 1)
    row[OLD_CODE] = row[DISTRICT] = row[PROVINCE] = ""
    p.expect(row, Kind.AMBIGUOUS)


def code_that_is_gone(p: Planting) -> None:
    row = p.choose()
    row[OLD_CODE] = GONE
    p.expect(row, Kind.WRONG_ERA)


def name_of_another_era(p: Planting) -> None:
    row = p.choose()
    row[OLD_NAME] = EARLIER
    p.expect(row, Kind.WRONG_ERA)


def unknown_code(p: Planting) -> None:
    row = p.choose()
    row[OLD_CODE] = "77777"
    p.expect(row, Kind.UNKNOWN_UNIT)


def other_tone(p: Planting) -> None:
    """A tone is lost: another name, whether or not the code is given."""
    row = p.choose(lambda row, group: row[OLD_NAME].split()[1][:1].isalpha())
    words = row[OLD_NAME].split()
    words[-1] = f"{words[-1]}\u0301" if words[-1].isascii() else "".join(_bare(c) for c in words[-1])
    row[OLD_NAME] = " ".join(words)
    p.expect(row, Kind.OTHER_MARKS)


def other_name(p: Planting) -> None:
    row = p.choose()
    row[OLD_NAME] = "Xã Không Đâu"
    p.expect(row, Kind.OTHER_NAME)


def other_district(p: Planting) -> None:
    row = p.choose()
    row[DISTRICT] = "Huyện Không Đâu"
    p.expect(row, Kind.OTHER_ABOVE)


def lost_row(p: Planting) -> None:
    row = p.choose(whole)
    p.missing.append(row[OLD_CODE])
    row[:] = [""] * len(row)  # an empty line keeps the numbers of the others


def no_source(p: Planting) -> None:
    row = p.choose()
    row[OLD_CODE] = row[OLD_NAME] = ""
    p.expect(row, Kind.NO_SOURCE)


def wrong_sum(p: Planting) -> None:
    row = p.choose(lambda row, group: bool(row[SHARE]))
    row[SHARE] = "0,5"
    p.expect(row, Kind.SHARE_SUM)


def no_share(p: Planting) -> None:
    row = p.choose(lambda row, group: bool(row[SHARE]))
    row[SHARE] = ""
    p.expect(row, Kind.BAD_SHARE)


def odd_share(p: Planting) -> None:
    row = p.choose()
    row[SHARE] = p.rng.choice(["một nửa", "1,5", "0", "-0,2", "0,33333333"])
    p.expect(row, Kind.BAD_SHARE)


def repeated(p: Planting) -> None:
    row = p.choose()
    p.rows.append(list(row))
    p.expect(p.rows[-1], Kind.DUPLICATE)


def two_names(p: Planting) -> None:
    row = p.choose(many)
    row[NAME] = "Xã Tên Thứ Hai"
    p.expect(row, Kind.TWO_NAMES)


def two_tops(p: Planting) -> None:
    row = p.choose(many)
    row[TOP] = next(one[TOP] for one in p.rows if one[TOP] != row[TOP] and len(one[OLD_CODE]) == 5)
    p.expect(row, Kind.TWO_ANSWERS)


def two_codes(p: Planting) -> None:
    """One row of a new unit has a slip in its new code: a second unit of the same name."""
    row = p.choose(many)
    row[CODE] = str(55_000 + len(p.touched))
    p.touched.add(row[CODE])
    p.expect(row, Kind.TWO_CODES)


def no_parent(p: Planting) -> None:
    group = p.group(p.choose(many))
    for row in group:
        row[TOP] = "Tỉnh Không Đâu"
    p.expect(group[0], Kind.UNKNOWN_PARENT)


def odd_level(p: Planting) -> None:
    row = p.choose()
    row[LEVEL] = "bản"
    p.expect(row, Kind.BAD_LEVEL)


def odd_day(p: Planting) -> None:
    row = p.choose()
    row[DAY] = p.rng.choice(["45839", "31/02/2025", "1/7/25", "tháng 7/2025", ""])
    p.expect(row, Kind.BAD_DATE)


def no_law(p: Planting) -> None:
    row = p.choose()
    row[LAW] = ""
    p.expect(row, Kind.NO_LEGAL_BASIS)


def far_away(p: Planting) -> None:
    """A unit of another province stands among the sources, and the one that belongs there in its place."""
    row = p.choose(many)
    other = p.choose(lambda one, group: many(one, group) and one[PROVINCE] != row[PROVINCE])
    for column in (OLD_CODE, OLD_NAME, DISTRICT, PROVINCE):
        row[column], other[column] = other[column], row[column]
    p.expect(row, Kind.FAR_SOURCES, Kind.NOT_NEIGHBOURS)
    p.expect(other, Kind.FAR_SOURCES, Kind.NOT_NEIGHBOURS)


def other_spelling(p: Planting) -> None:
    """Another spelling: only a warning."""
    row = p.choose()
    word, rest = row[OLD_NAME].split(maxsplit=1)
    short = {"Xã": "X.", "Phường": "P.", "Thị": "TT"}[word]
    row[OLD_NAME] = f"{short} {rest.removeprefix('trấn ')}" if p.rng.random() < 0.5 else row[OLD_NAME].upper()
    p.expect(row, Kind.SPELLING)


def lost_zero(p: Planting) -> None:
    """A spreadsheet has taken the code for a number: only a warning, for the name agrees."""
    row = p.choose()
    row[OLD_CODE] = row[OLD_CODE].lstrip("0")
    p.expect(row, Kind.LEADING_ZERO)


ERRORS = (
    bare_name, code_that_is_gone, name_of_another_era, unknown_code, other_tone, other_name, other_district, lost_row,
    no_source, wrong_sum, no_share, odd_share, repeated, two_names, two_tops, two_codes, no_parent, odd_level, odd_day,
    no_law,
)  # fmt: skip
WARNINGS = (other_spelling, lost_zero, far_away)


def _bare(letter: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", letter) if unicodedata.category(c) != "Mn")
