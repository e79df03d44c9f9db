"""Community life at the size of a province: 100,000 groups counted three times each, 100,000 activities, fifteen communes.

Each call asks the next of many questions as the pages do: the directory of groups with its exact count, the tabs of kinds and the
headline totals of a day, or a page of activities with its count. Rows are written with SQL; names are invented. The check goes
through every row in plain Python.
"""

import random
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import workspace
from bench.harness import OURS, Goal

GROUPS, ACTIVITIES, COMMUNES = 100_000, 100_000, 15
ON_A_PAGE = 50
AT = "'2023-01-01 08:00:00'"
TODAY, BEFORE = date(2023, 6, 1), date(2021, 12, 31)
FIRST = date(2018, 1, 1)
KINDS = ("to-ndtq",) * 14 + ("nhom-gddt", "clb", "hoi-quan", "htx", "mo-hinh", "khong-gian-ddk")
WORDS = (
    "tan thuan",
    "hoa an",
    "my ngai",
    "tinh thoi",
    "phu trung",
    "an binh",
    "dong hoa",
    "tay thanh",
    "nam loc",
    "bac hung",
)
DONE = ("tuyen-truyen", "tham-hoi", "hoa-giai", "the-thao", "le-hoi")


class _Life(ABC):
    """A cast with fifteen communes, their groups with three counts each, and what was done."""

    rounds = 120
    goals = (Goal(OURS, p95_ms=150),)

    def prepare(self, folder: Path) -> None:
        workspace.open_workspace(folder)
        from django.db import transaction

        from tests.cast import make_cast

        self.cast = make_cast(COMMUNES)
        self.every = frozenset(area.pk for area in self.cast.communes)
        self.one = self.cast.communes[3].pk
        self.areas = [area.pk.hex for area in self.cast.communes]
        self.dice = random.Random(31)
        with transaction.atomic():
            self._put_groups()
            self._put_activities()
        workspace.settle()
        self.turn = cycle(self.questions())

    def _put_groups(self) -> None:
        groups, counts = [], []
        for number in range(GROUPS):
            pk, kind = f"{number + 1:032x}", self.dice.choice(KINDS)
            founded = FIRST + timedelta(days=self.dice.randrange(1_500))
            ended = founded + timedelta(days=self.dice.randrange(400, 2_000)) if number % 11 == 0 else None
            words = f"{kind.replace('-', ' ')} so {number} {self.dice.choice(WORDS)} {self.dice.choice(WORDS)}"
            days = [(founded + timedelta(days=300 * turn)).isoformat() for turn in range(3)]
            sizes = [20 + (number + turn) % 31 for turn in range(3)]
            of_households = kind in ("to-ndtq", "nhom-gddt")
            for day, size in zip(days, sizes, strict=True):
                told = (None, size) if of_households else (size, None)
                counts.append((pk, day, *told, len(counts) + 1, self.cast.clerk.pk.hex))
            last = (None, sizes[2]) if of_households else (sizes[2], None)
            lived = (founded.isoformat(), ended and ended.isoformat())
            groups.append((pk, kind, words, self.dice.choice(self.areas), *lived, words, days[2], *last))
        columns = "id, kind, name, area_id, founded_on, ended_on, words, last_count_on, last_members, last_households"
        fixed = {"details": "'{}'", "schedule": "''", "venue": "''", "revision": "1", "is_sample": "FALSE"}
        _put("group", columns, fixed, groups)
        fixed = {"is_merger": "FALSE", "note": "''", "at": AT}
        _put("groupcount", "group_id, as_of, members, households, position, by_id", fixed, counts)

    def _put_activities(self) -> None:
        done = []
        for number in range(ACTIVITIES):
            day = (FIRST + timedelta(days=self.dice.randrange(1_900))).isoformat()
            state = ("confirmed", "confirmed", "confirmed", "recorded", "draft", "withdrawn")[number % 6]
            words = f"sinh hoat dot {number} {self.dice.choice(WORDS)}"
            confirmed = self.cast.officer.pk.hex if state == "confirmed" else None
            what = (f"{number + 1:032x}", self.dice.choice(DONE), words, self.dice.choice(self.areas))
            done.append((*what, day, state, words, confirmed, self.cast.clerk.pk.hex, self.cast.clerk.pk.hex))
        columns = "id, kind, title, area_id, held_on, state, words, confirmed_by_id, written_by_id, changed_by_id"
        fixed = {"venue": "''", "counts": "'{}'", "note": "''", "revision": "1", "written_at": AT, "is_sample": "FALSE"}
        _put("activity", columns, fixed, done)

    @abstractmethod
    def questions(self) -> list[Any]:
        """Return what is asked in turn."""

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {OURS: lambda: self.ask(next(self.turn))}

    @abstractmethod
    def ask(self, asked: Any) -> Any:
        """Answer one question as the page does."""


class GroupDirectory(_Life):
    """A page of the directory with its count, the tabs of kinds and the totals above it, today and on an earlier day."""

    name = "community-groups"
    title = f"Community: the directory of {GROUPS:,} groups on any day, with counts by kind and headline totals"

    def questions(self) -> list[Any]:
        one = {"don_vi": str(self.one)}
        return [
            ({}, TODAY, 1),
            ({}, TODAY, 1_800),
            ({}, BEFORE, 1),
            ({"xep": "moi"}, TODAY, 900),
            ({"xep": "cu", "ca_da_ket_thuc": True}, TODAY, 1_990),
            ({"loai": "to-ndtq"}, TODAY, 1),
            ({"loai": "to-ndtq", "xep": "cu"}, BEFORE, 700),
            ({"loai": "hoi-quan"}, TODAY, 60),
            ({"q": "so 77 hoa an"}, TODAY, 1),
            ({"q": "tan thuan", "xep": "moi"}, TODAY, 200),
            (one, TODAY, 1),
            (one | {"q": "hoa an"}, BEFORE, 1),
        ]

    def ask(self, asked: Any) -> Any:
        from chungtay.community import selectors
        from chungtay.community.models import Group
        from chungtay.web.paging import LongPaginator

        said, day, number = asked
        where = [self.one] if "don_vi" in said else self.every
        read = selectors.with_counts(Group.objects.all(), day)
        page = LongPaginator(selectors.groups_like(self.every, day, said), ON_A_PAGE, read=read).get_page(number)
        tabs = selectors.kind_counts(where, day)
        totals = [
            selectors.total_of(code, where, day) for code in ([said["loai"]] if "loai" in said else ("hoi-quan", "htx"))
        ]
        return page.paginator.count, list(page.object_list), tabs, totals

    def check(self) -> str:
        from chungtay.community.models import Group, GroupCount

        rows = list(Group.objects.all())
        counts: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
        for group, on, members, households in GroupCount.objects.values_list("group", "as_of", "members", "households"):
            counts[group].append((on, members or households))
        for asked in self.questions():
            said, day, number = asked
            stands = [row for row in rows if row.founded_on <= day and (row.ended_on is None or row.ended_on > day)]
            here = [row for row in stands if "don_vi" not in said or row.area_id == self.one]
            wanted = [
                row
                for row in (rows if said.get("ca_da_ket_thuc") else here)
                if said.get("loai", row.kind) == row.kind
                and all(word in row.words for word in said.get("q", "").split())
            ]
            wanted.sort(key={"ten": _by_name, "moi": _newest_first, "cu": _oldest_first}[said.get("xep", "ten")])
            count, page, tabs, totals = self.ask(asked)
            assert count == len(wanted), asked
            start = min((number - 1) * ON_A_PAGE, (len(wanted) - 1) // ON_A_PAGE * ON_A_PAGE)
            assert [row.pk for row in page] == [row.pk for row in wanted[start : start + ON_A_PAGE]], asked
            assert tabs == Counter(row.kind for row in here) | dict.fromkeys(set(tabs) - {r.kind for r in here}, 0)
            for total in totals:
                sizes = [_last(counts[row.pk], day) for row in here if row.kind == total.kind]
                assert (total.groups, total.members + total.households) == (len(sizes), sum(sizes)), asked
            for row in page:
                assert (row.members or row.households) == _last(counts[row.pk], min(day, TODAY)), asked
        return f"{len(self.questions())} questions over {len(rows):,} groups: counts, pages, tabs and totals the same"


class ActivityList(_Life):
    """A page of activities with its count."""

    name = "community-activities"
    title = f"Community: a page of {ACTIVITIES:,} activities with its count"

    def questions(self) -> list[Any]:
        one = {"don_vi": str(self.one)}
        return [
            ({}, 1),
            ({}, 1_600),
            ({"xep": "cu"}, 800),
            ({"loai": "hoa-giai"}, 300),
            ({"trang_thai": "recorded"}, 200),
            ({"trang_thai": "withdrawn", "loai": "le-hoi"}, 1),
            ({"tu": date(2022, 1, 1), "den": date(2022, 3, 31)}, 40),
            ({"q": "sinh hoat dot 4242"}, 1),
            ({"q": "hoa an"}, 100),
            (one, 1),
            (one | {"q": "tan thuan", "loai": "the-thao"}, 1),
        ]

    def ask(self, asked: Any) -> Any:
        from chungtay.community import selectors
        from chungtay.community.models import Activity
        from chungtay.web.paging import LongPaginator

        said, number = asked
        read = Activity.objects.select_related("hamlet", "group")
        page = LongPaginator(selectors.activity_list(self.every, said), ON_A_PAGE, read=read).get_page(number)
        return page.paginator.count, list(page.object_list)

    def check(self) -> str:
        from chungtay.community.models import Activity

        rows = list(Activity.objects.all())
        for asked in self.questions():
            said, number = asked
            wanted = [
                row
                for row in rows
                if (row.state == said["trang_thai"] if "trang_thai" in said else row.state != "withdrawn")
                and said.get("loai", row.kind) == row.kind
                and ("don_vi" not in said or row.area_id == self.one)
                and said.get("tu", date.min) <= row.held_on <= said.get("den", date.max)
                and all(word in row.words for word in said.get("q", "").split())
            ]
            if said.get("xep") == "cu":
                wanted.sort(key=lambda row: (row.held_on, -row.pk.int))
            else:
                wanted.sort(key=lambda row: (-row.held_on.toordinal(), row.pk))
            count, page = self.ask(asked)
            assert count == len(wanted), asked
            start = min((number - 1) * ON_A_PAGE, (len(wanted) - 1) // ON_A_PAGE * ON_A_PAGE)
            assert [row.pk for row in page] == [row.pk for row in wanted[start : start + ON_A_PAGE]], asked
        return f"{len(self.questions())} questions over {len(rows):,} activities: counts and pages the same"


def _put(table: str, columns: str, fixed: Mapping[str, str], rows: list[tuple[Any, ...]]) -> None:
    """Write rows with SQL; what is the same in all of them is `fixed`."""
    from django.db import connection

    marks = ", ".join(["%s"] * len(rows[0]))
    names, values = ", ".join([columns, *fixed]), ", ".join([marks, *fixed.values()])
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO community_{table} ({names}) VALUES ({values})", rows)


def _last(counts: list[tuple[date, int]], day: date) -> int:
    return max((one for one in counts if one[0] <= day), default=(day, 0))[1]


def _by_name(row: Any) -> Any:
    return row.words, row.pk


def _newest_first(row: Any) -> Any:
    return -row.founded_on.toordinal(), -row.pk.int


def _oldest_first(row: Any) -> Any:
    return row.founded_on, row.pk


CASES = [GroupDirectory(), ActivityList()]
