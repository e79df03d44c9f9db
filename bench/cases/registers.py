"""Workload H: 100,000 households of fifteen communes, a tenth of them classed; pages of the list as people ask for them.

Each call asks the next of nine kinds of question through all of the list's own work: the page, its count, opening what is
shown masked. Names are invented. The check goes through every household in plain Python.
"""

import random
from collections.abc import Callable, Mapping
from datetime import date
from itertools import cycle
from pathlib import Path

from bench import workspace
from bench.harness import OURS, Goal

HOUSEHOLDS, COMMUNES = 100_000, 15
DAY = date(2023, 6, 1)
NAMES = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương", "Lý", "Đinh", "Mạc", "Tống", "Quách"),
    ("Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Ngọc", "Bích", "Quốc", "Xuân"),
    (
        "An", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hạnh", "Hương", "Khôi", "Lan", "Mỹ", "Nga",
        "Oanh", "Phúc", "Quyên", "Sơn", "Thảo", "Tuyết", "Uyên", "Vinh", "Yến",
    ),
)  # fmt: skip


class RegisterList:
    """A page of the register, by nine kinds of question in turn."""

    name = "register_list"
    title = "Register: a page of 100,000 households, nine kinds of question"
    rounds = 45
    goals = (Goal(OURS, p95_ms=150),)

    def prepare(self, folder: Path) -> None:
        workspace.open_workspace(folder)
        from django.db import transaction

        from chungtay.households.classifying import Decision, classify_all
        from chungtay.households.listing import Asked
        from chungtay.households.models import Need
        from chungtay.households.register import LegalGround, register_all
        from chungtay.households.rules import Ground, Kind, NeedKind, Personal
        from tests.cast import NOW, make_cast

        cast = make_cast(COMMUNES)
        dice = random.Random(50)
        ground = LegalGround(Ground.LAW, "Quyết định số 1/QĐ-UBND", date(2019, 12, 1))
        for area in cast.communes:
            people = [
                Personal(
                    " ".join(dice.choice(some) for some in NAMES),
                    f"Ấp {dice.randrange(1, 8)}",
                    dice.randrange(1, 8),
                    dice.randrange(1930, 2000),
                    f"Tổ {dice.randrange(1, 40)}",
                    f"09{n % 10**8:08d}",
                    f"087{dice.randrange(10**9):09d}",
                )
                for n in range(HOUSEHOLDS // COMMUNES)
            ]
            with transaction.atomic():
                rows = register_all(area, people, ground, now=NOW, by=cast.clerk)
                decision = Decision(Kind.POOR, date(2019, 12, 1), "1/QĐ-UBND", date(2019, 12, 1))
                classify_all([(row, decision) for row in rows[::10]], now=NOW, by=cast.clerk)
                needs = [
                    Need(
                        household=row,
                        root=row,
                        kind=NeedKind.HOUSING,
                        since=DAY,
                        recorded_at=NOW,
                        recorded_by=cast.clerk,
                    )
                    for row in rows[::25]
                ]
                Need.objects.bulk_create(needs, batch_size=500)
        workspace.settle()
        every, one = frozenset(area.pk for area in cast.communes), frozenset({cast.communes[3].pk})
        self.questions = (
            (Asked(every, DAY), 0),
            (Asked(every, DAY), HOUSEHOLDS - 1_000),
            (Asked(one, DAY), 6_000),
            (Asked(every, DAY, words="nguyen thi my"), 0),
            (Asked(every, DAY, words="tong quoc uyen to 39"), 0),
            (Asked(every, DAY, kind=Kind.POOR), 500),
            (Asked(every, DAY, need=NeedKind.HOUSING, words="le"), 0),
            (Asked(one, DAY, hamlet="Ấp 3", sort="ap"), 0),
            (Asked(every, DAY, sort="moi"), 0),
        )
        self.turn = cycle(self.questions)

    def check(self) -> str:
        from chungtay.households import listing
        from chungtay.households.models import Classification, Household, Need
        from chungtay.kernel.folding import fold

        poor = set(Classification.objects.values_list("household", flat=True))
        needy = set(Need.objects.values_list("household", flat=True))
        rows = list(Household.objects.all())
        for asked, _ in self.questions:
            wanted = [
                row
                for row in rows
                if row.area_id in asked.areas
                and all(word in fold(f"{row.head_name} {row.address} {row.hamlet}") for word in asked.words.split())
                and (not asked.hamlet or row.hamlet == asked.hamlet)
                and (asked.kind is None or row.pk in poor)
                and (asked.need is None or row.pk in needy)
            ]
            found = listing.find(asked)
            assert found.count == len(wanted)
            if asked.sort == "ten":
                first = sorted(wanted, key=lambda row: (row.sort_key, row.pk.hex))[: listing.ON_A_PAGE]
                page = found.page(0)
                assert [row.id for row in page] == [row.pk for row in first]
        return f"{len(self.questions)} questions over {len(rows):,} households, counts and first pages the same"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {OURS: self._ours}

    def _ours(self) -> object:
        from chungtay.households import listing

        asked, start = next(self.turn)
        return listing.find(asked).page(start)


CASES = [RegisterList()]
