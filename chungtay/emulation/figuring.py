"""Points that figures give: asked of the account once for a whole contest, each with its text, coverage and where it opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.emulation.models import Contest, Criterion, Sheet
from chungtay.emulation.models.contests import decimals_of
from chungtay.emulation.scoring import How, points_of, short_text
from chungtay.figures import selectors as figures
from chungtay.figures.rules import Figure
from chungtay.figures.wording import coverage_text, in_full_with_unit
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.programmes import selectors as programmes


@dataclass(frozen=True)
class Counted:
    """What a formula made of a figure: points (None: no figure yet), the figure as printed, its coverage, its trace, the target."""

    points: int | None
    text: str
    coverage: str
    trace: str
    target: str = ""

    @property
    def url(self) -> str:
        """Where the figure opens."""
        return reverse("figure-trace", args=[self.trace]) if self.trace else ""

    def as_json(self) -> dict[str, Any]:
        """Return what is kept beside the points."""
        return {"text": self.text, "coverage": self.coverage, "trace": self.trace, "target": self.target}


NOT_KNOWN = Counted(None, "Chưa có số", "", "")


def count(contest: Contest, criteria: Sequence[Criterion], sheets: Iterable[Sheet]) -> dict[UUID, dict[str, Counted]]:
    """Return {sheet: {criterion number: what its formula gives}} of the criteria that figures score.

    One question to the account for all sheets. A sheet of a group has no figures of its own.
    """
    by_figure = [one for one in criteria if one.indicator_id is not None]
    listed = list(sheets)
    found: dict[UUID, dict[str, Counted]] = {sheet.pk: {one.number: NOT_KNOWN for one in by_figure} for sheet in listed}
    bodies = [sheet for sheet in listed if sheet.body_id is not None]
    if not by_figure or not bodies:
        return found
    known = _figures(contest, by_figure, {sheet.area_id for sheet in bodies})
    targets = _targets(contest, by_figure, bodies)
    for sheet in bodies:
        for one in by_figure:
            figure = known.get((one.item.indicator, sheet.area_id))
            if figure is not None and figure.is_known and one.indicator is not None:
                target = targets.get((one.item.indicator, sheet.area_id))
                found[sheet.pk][one.number] = _counted(one, one.indicator, figure, target)
    return found


def _figures(contest: Contest, criteria: Sequence[Criterion], areas: set[UUID]) -> dict[tuple[str, UUID], Figure]:
    codes = sorted({one.item.indicator for one in criteria})
    period = parse_period(contest.period_code)
    # Units that were formed after the period take part with what those before them did: on the map of the contest.
    is_there = areas <= {node.area_id for node in places.tree_on(period.last_day)}
    on_map = None if is_there else localdate(contest.written_at)
    try:
        rows = figures.consolidate(indicators=codes, area_ids=sorted(areas), periods=[period], on_map=on_map)
    except DomainError:  # a place or period without a map: every page says that there is no figure
        return {}
    return {(one.indicator_code, one.area_id): one for one in rows}


def _targets(contest: Contest, criteria: Sequence[Criterion], sheets: Sequence[Sheet]) -> dict[tuple[str, UUID], int]:
    """What the programme's plan asks of each unit, where a criterion takes it from there."""
    codes = {one.item.indicator for one in criteria if one.how == How.SHARE and one.target is None}
    if not codes or contest.programme is None:
        return {}
    areas = {sheet.area_id for sheet in sheets}
    return {
        (target.indicator.code, target.area_id): target.value
        for target in programmes.targets_of(contest.programme)
        if target.indicator.code in codes
        and target.area_id in areas
        and target.period_code == contest.period_code
        and target.value is not None
    }


def _counted(criterion: Criterion, indicator: Indicator, figure: Figure, target: int | None) -> Counted:
    is_ratio = indicator.kind == Kind.RATIO
    if is_ratio:
        value = None if figure.ratio is None else figure.ratio * indicator.times * 10 ** decimals_of(indicator)
    else:
        value = None if figure.value is None else Fraction(figure.value)
    names = places.names_on(figure.missing, figure.on_map or figure.period.last_day) if figure.missing else {}
    asked = criterion.target if criterion.target is not None else target
    wanted = "" if asked is None else f"{short_text(asked, decimals_of(indicator))} {indicator.unit}"
    return Counted(
        points_of(criterion.item, value, None if target is None else Fraction(target)),
        in_full_with_unit(figure, indicator),
        coverage_text(figure, [names[key] for key in figure.missing]),
        figure.trace,
        wanted if criterion.how == How.SHARE else "",
    )
