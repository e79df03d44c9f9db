"""Claims as pages show them: what is said by whom, what the account says, the difference in words, and where both come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from chungtay.access.selectors import Keys
from chungtay.figures.claims import Discrepancy, Standing, open_ones
from chungtay.figures.registry import SourceView, describe_sources
from chungtay.figures.rules import Figure
from chungtay.figures.selectors import discrepancies
from chungtay.figures.wording import coverage_text
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import indicators_by_code, key_labels
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.text import NBSP
from chungtay.places import selectors as places

WORDS = {
    Standing.OPEN: ("discrepancy", "Chưa giải trình"),
    Standing.EXPLAINED: ("explain", "Đã giải trình"),
    Standing.MATCHED: ("matched", "Khớp"),
}


@dataclass(frozen=True)
class ClaimRow:
    """One claim beside the figure. `place` and `period` say where and when, `trace_url` is "" when there is no figure."""

    one: Discrepancy
    url: str
    name: str
    place: str
    period: str
    claimed: str
    derived: str
    trace_url: str
    difference: str
    coverage: str
    state: str
    state_label: str
    source: SourceView | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an explanation."""
        return self.one.is_open


def claims_in_reach(keys: Keys) -> list[Discrepancy]:
    """Return the claims about figures of areas whose claims the person may view."""
    mine = keys.areas_for("view", "claim")
    return discrepancies(area_ids=mine) if mine else []


def claims_about(figure: Figure) -> list[Discrepancy]:
    """Return the claims about a figure as it is known now; none for one as known on an earlier day."""
    if figure.known_at is not None:
        return []
    found = discrepancies(area_ids=[figure.area_id], indicators=[figure.indicator_code], periods=[figure.period.code])
    about = (figure.dimension, figure.period.start, figure.period.end)
    return [one for one in found if (one.claimed.dimension, one.claimed.period.start, one.claimed.period.end) == about]


def open_count(keys: Keys) -> int:
    """Return how many claims wait for an explanation that the person may give (two queries when there are none)."""
    mine = keys.areas_for("explain", "claim")
    found = open_ones(discrepancies(area_ids=mine)) if mine else []
    return sum(keys.can("explain", one.claimed) for one in found)


def under(found: Sequence[Discrepancy], area_id: UUID, *, on: date) -> list[Discrepancy]:
    """Keep the claims about an area and what is below it on a day, also about units that came to be part of it."""
    ways = places.ways_on(on)
    return [
        one
        for one in found
        if area_id in ways.own.get(one.claimed.area_id, ())
        or any(area_id in way for way in ways.inherited.get(one.claimed.area_id, ()))
    ]


def rows_of(found: Sequence[Discrepancy]) -> list[ClaimRow]:
    """Return the claims as rows, in their order; the open ones are not moved."""
    if not found:
        return []
    indicators = indicators_by_code(dict.fromkeys(one.claimed.indicator_code for one in found))
    labels = {
        code: key_labels(indicator)
        for code, indicator in indicators.items()
        if any(one.claimed.dimension and one.claimed.indicator_code == code for one in found)
    }
    sources = describe_sources({(one.claimed.source_kind, one.claimed.source_id) for one in found})
    return [_row(one, indicators[one.claimed.indicator_code], labels, sources) for one in found]


def _row(
    one: Discrepancy,
    indicator: Indicator,
    labels: Mapping[str, Mapping[str, str]],
    sources: Mapping[tuple[str, str], SourceView],
) -> ClaimRow:
    claimed, figure = one.claimed, one.figure
    part = labels.get(indicator.code, {}).get(claimed.dimension, "")
    state, label = WORDS[one.standing]
    last_day = claimed.period.last_day
    missing = list(places.names_on(figure.missing, last_day).values()) if figure is not None and figure.missing else []
    return ClaimRow(
        one=one,
        url=reverse("claim-detail", args=[claimed.claim_id]),
        name=f"{indicator.name}, {part.lower()}" if part else indicator.name,
        place=places.name_on(claimed.area_id, last_day),
        period=claimed.period.short(),
        claimed=_said(claimed.value, indicator),
        derived="chưa có số" if one.derived is None else _said(one.derived, indicator),
        trace_url="" if figure is None else reverse("figure-trace", args=[figure.trace]),
        difference=difference_words(one, indicator),
        coverage=coverage_text(figure, missing) if figure is not None else "",
        state=state,
        state_label=label,
        source=sources.get((claimed.source_kind, claimed.source_id)),
    )


def difference_words(one: Discrepancy, indicator: Indicator) -> str:
    """Say how far the claim lies from the figure: "nhiều hơn 3 căn", "ít hơn …", "" when it matches."""
    gap = one.difference
    if gap is None:
        return "chưa có số tổng hợp"
    if gap == 0:
        return ""
    return f"{'nhiều hơn' if gap > 0 else 'ít hơn'} {_said(abs(gap), indicator)}"


def _said(value: int, indicator: Indicator) -> str:
    return f"{scaled_text(value, indicator.decimals)}{NBSP}{indicator.unit}"
