"""Support at the size of a province: 1,000,000 packages handed over in 40,000 cases; each call asks the next of many questions.

Ours asks what the pages ask: a page of packages with its exact count and sum, or a page of cases with the counts of every step. The
oracle adds the same up with SQL. Rows are written with SQL; names are invented.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from bench import workspace
from bench.harness import OURS, Goal

PACKAGES, LISTS = 1_000_000, 40_000
FIRST = date(2023, 1, 1)
DAYS = 1_000
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLES = ("Văn", "Thị", "Hữu", "Minh", "Ngọc")
WORDS = "l.name_key || ' ' || lower(replace(h.hamlet, 'ó', 'o')) || ' ht-' || c.year || '-' || substr('0000' || c.number, -5)"
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Hương", "Khôi", "Lan", "Nga", "Phúc", "Sơn", "Thảo", "Yến")


class _Province:
    """A cast with fifteen communes, its cases and what they gave."""

    rounds = 200

    def prepare(self, folder: Path) -> None:
        workspace.open_workspace(folder)
        from django.db import connection, transaction

        from chungtay.kernel.folding import fold
        from chungtay.support.models import HandoverHead
        from tests.cast import make_cast

        self.cast = make_cast(15)
        dice = random.Random(5)
        areas = [area.pk.hex for area in self.cast.communes]
        by = self.cast.clerk.pk.hex
        states = ("proposed", "verified", "posted", "approved", "funded", "delivered", "accepted", "cancelled")
        at = datetime(2025, 6, 1, 8).isoformat(" ")
        cases, lines, given = [], [], []
        each = PACKAGES // LISTS
        for number in range(LISTS):
            case, area = f"{number + 1:032x}", areas[number % len(areas)]
            day = (FIRST + timedelta(days=number * DAYS // LISTS)).isoformat()
            title = f"Quà đợt {number} tại khóm {number % 9}"
            cases.append(
                (
                    *(case, area, 2023 + number // 15_000, number, title, f"Khóm {number % 9}", day, each * 500_000),
                    *(states[number % 8], fold(f"HT-{number:05d} quà {title}"), f"{at}.{number:06d}"),
                )
            )
            for place in range(1, each + 1):
                pk = number * each + place
                name = f"{dice.choice(SURNAMES)} {dice.choice(MIDDLES)} {dice.choice(GIVEN)}"
                lines.append((pk, case, place, name, f"Khóm {place % 9}", fold(name), day))
                given.append((pk, pk, case, area, day, name, f"Khóm {place % 9}", 500_000 + pk % 7 * 100_000))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO support_case (id, area_id, year, number, kind, work, title, hamlet, details, need, proposed_by, proposed_on, "
                "total, fund_share, state, approved_on, revision, version, writers, words, is_sample, minutes_number, recorded_at, "
                "changed_at) VALUES (%s, %s, %s, %s, 'gift', '', %s, %s, '{}', 'x', 'x', %s, %s, 0, %s, '2023-01-01', 1, 1, '[]', %s, "
                f"FALSE, '', '{at}', %s)",
                cases,
            )
            cursor.executemany(
                "INSERT INTO support_packageline (id, case_id, position, name, hamlet, quantity, value, note, name_key, is_struck, "
                "given_on) VALUES (%s, %s, %s, %s, %s, 1, 500000, '', %s, FALSE, %s)",
                lines,
            )
            cursor.executemany(
                "INSERT INTO support_handover (id, line_id, case_id, area_id, kind, day, name, hamlet, quantity, amount, at, by_id) "
                f"VALUES (%s, %s, %s, %s, 'gift', %s, %s, %s, 1, %s, '{at}', '{by}')",
                given,
            )
        HandoverHead.objects.create(id=1, last=PACKAGES)
        workspace.settle()


class PackageSearch(_Province):
    """A page of what was handed over: words without marks, a place, days, values."""

    name = "support-packages"
    title = f"Support: one page of {PACKAGES:,} packages with exact count and sum"
    goals = (Goal(OURS, p95_ms=150),)

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        dice = random.Random(8)
        unit = str(self.cast.communes[3].pk)
        self.asked: list[dict[str, Any]] = [
            {},
            {"don_vi": unit},
            {"q": "nguyen"},
            {"q": "khom 3 le thi"},
            {"xep": "lon"},
        ]
        for _ in range(15):
            name = f"{dice.choice(SURNAMES)} {dice.choice(MIDDLES)} {dice.choice(GIVEN)}"
            start = FIRST + timedelta(days=dice.randrange(DAYS - 60))
            self.asked += [{"q": name}, {"q": name, "don_vi": unit}, {"tu": start, "den": start + timedelta(days=30)}]
        self.next = cycle(self.asked)

    def check(self) -> str:
        for asked in self.asked[:12]:
            found = self._find(asked)
            assert (found.count, found.total) == self._sql(asked), asked
        return "12 questions: count and sum equal to SQL's"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {OURS: lambda: self._find(next(self.next)), "sqlite, like": lambda: self._sql(next(self.next))}

    def _find(self, asked: dict[str, Any]) -> Any:
        from chungtay.support.finding import find_handovers

        return find_handovers([area.pk for area in self.cast.communes], asked)

    def _sql(self, asked: dict[str, Any]) -> tuple[int, int]:
        from django.db import connection

        from chungtay.kernel.folding import fold

        where, values = ["1=1"], []
        for word in fold(asked.get("q", "")).split():
            where.append(f"({WORDS}) LIKE %s")
            values.append(f"%{word}%")
        if "don_vi" in asked:
            where.append("h.area_id = %s")
            values.append(asked["don_vi"].replace("-", ""))
        if "tu" in asked:
            where.append("h.day BETWEEN %s AND %s")
            values += [asked["tu"].isoformat(), asked["den"].isoformat()]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), coalesce(sum(h.amount), 0) FROM support_handover h JOIN support_packageline l ON l.id = h.line_id "
                "JOIN support_case c ON c.id = h.case_id "
                f"WHERE {' AND '.join(where)}",
                values,
            )
            return tuple(cursor.fetchone())


class CaseBoard(_Province):
    """A page of the board with the counts of every step, as its view asks for them."""

    name = "support-board"
    title = f"Support: the board over {LISTS:,} cases, counts of every step and one page"
    goals = (Goal(OURS, p95_ms=150),)

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        unit = str(self.cast.communes[2].pk)
        self.asked: list[dict[str, Any]] = [
            {},
            {"don_vi": unit},
            {"q": "qua dot 12"},
            {"q": "khom 4", "xep": "gia-tri"},
        ]
        self.asked += [
            {"buoc": "posted"},
            {"nam": 2024, "q": "qua"},
            {"loai": "gift", "buoc": "accepted"},
            {"xep": "cu"},
            {"page": 200},
            {"page": 200, "xep": "gia-tri", "nam": 2024},
            {"page": 120, "xep": "so", "loai": "gift"},
        ]
        self.next = cycle(self.asked)

    def check(self) -> str:
        from chungtay.support.models import Case

        rows = list(Case.objects.all())
        for asked in self.asked:
            counts, page = self._ask(asked)
            wanted = [row for row in rows if self._is_meant(row, asked)]
            assert counts == Counter(row.state for row in wanted) | dict.fromkeys(
                set(counts) - {r.state for r in wanted}, 0
            )
            meant = [row for row in wanted if row.state == asked.get("buoc", row.state)]
            meant.sort(key=self._orders[asked.get("xep", "moi")])
            start = min(asked.get("page", 1) - 1, (min(len(meant), 10_000) - 1) // 50) * 50
            assert [row.pk for row in page] == [row.pk for row in meant[start : start + 50]], asked
        return f"{len(self.asked)} questions over {len(rows):,} cases, counts of every step and pages the same"

    _orders: Mapping[str, Callable[[Any], Any]] = {
        "moi": lambda row: (-row.changed_at.timestamp(), row.pk),
        "cu": lambda row: (row.changed_at, row.pk),
        "gia-tri": lambda row: (-row.total, row.pk),
        "so": lambda row: (row.year, row.number, row.pk),
    }

    def _is_meant(self, row: Any, asked: dict[str, Any]) -> bool:
        return (
            all(word in row.words for word in asked.get("q", "").split())
            and str(row.area_id) == asked.get("don_vi", str(row.area_id))
            and row.year == asked.get("nam", row.year)
            and row.kind == asked.get("loai", row.kind)
        )

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {OURS: lambda: self._ask(next(self.next))}

    def _ask(self, asked: dict[str, Any]) -> tuple[dict[Any, int], list[Any]]:
        from chungtay.support import selectors
        from chungtay.support.models import Case
        from chungtay.web.paging import LongPaginator

        seen = Case.objects.filter(area_id__in=[area.pk for area in self.cast.communes])
        counts = selectors.counts_by_state(selectors.cases_like(seen, asked | {"buoc": ""}))
        pages = LongPaginator(selectors.cases_like(seen, asked), 50, most=selectors.COUNTED_UP_TO)
        return counts, list(pages.get_page(asked.get("page", 1)).object_list)


CASES = [PackageSearch(), CaseBoard()]
