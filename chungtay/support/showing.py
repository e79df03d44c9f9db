"""How a month of support shows itself as the source of figures: its cases, cell by cell; they add up to the fact.

Nobody who was helped is named here: who may see a figure need not know whom it counts.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from chungtay.figures.registry import SourcePart, SourceView, register_source
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.support.facts import SOURCE, MonthMark, acceptances, cell_name, counted, given_until
from chungtay.support.models import Case


def register() -> None:
    """Tell the account how to show months of support as sources."""
    register_source(SOURCE, describe)


def describe(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how each month of a place shows itself, as its records stood then."""
    marks = [MonthMark.read(one) for one in ids]
    steps = {area_id: acceptances(area_id) for area_id in {mark.area_id for mark in marks}}
    found: dict[MonthMark, dict[tuple[UUID, str], int]] = {}
    days: dict[UUID, date] = {}
    for mark in marks:
        handovers = given_until(mark.area_id, mark.month)[: mark.handovers]
        sums = found.setdefault(mark, {})
        for one in counted(mark.month, handovers, steps[mark.area_id][: mark.acceptances]):
            key = (one.case_id, cell_name(one.cell))
            sums[key] = sums.get(key, 0) + one.value
            days[one.case_id] = one.day
    cases = Case.objects.in_bulk({case_id for sums in found.values() for case_id, _ in sums})
    return {
        str(mark): SourceView(
            title=f"Sổ hỗ trợ {places.name_on(mark.area_id, mark.month.last_day)}, {mark.month.label()}",
            detail=("Mỗi hồ sơ là một dòng, mở được đến biên bản, danh sách ký nhận và ảnh.",),
            url=f"{reverse('support-list')}?don_vi={mark.area_id}",
            version=f"{mark.handovers}.{mark.acceptances}",
            parts=tuple(_parts(sums, cases, days)),
            noun="tháng sổ hỗ trợ",
            locked=("case", mark.area_id),
        )
        for mark, sums in found.items()
    }


def _parts(sums: dict[tuple[UUID, str], int], cases: dict[UUID, Case], days: dict[UUID, date]) -> Iterator[SourcePart]:
    for (case_id, cell), value in sums.items():
        if value:
            case = cases[case_id]
            day = days[case_id]
            title = f"{case}, {case.of_kind.name.lower()}, ngày {date_text(day)}"
            yield SourcePart(title, cell, value, reverse("case-detail", args=[case_id]))
