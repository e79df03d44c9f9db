"""What the account says of a text: every figure with its verdict, and what the text says against itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.checking.candidates import Scope, candidates_for, period_meant, units_named
from chungtay.checking.contradictions import Note, notes
from chungtay.checking.models import CheckedText, Choice
from chungtay.checking.pairing import Candidate, Finding, judge, signature, weights
from chungtay.checking.rules import Verdict, holds
from chungtay.figures import selectors as figures
from chungtay.figures.selectors import HistoryRow
from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.programmes.models import Programme
from chungtay.reading import read

__all__ = ["Checked", "Scope", "check", "text_for", "texts_visible_to", "was_right"]


class NoSuchText(DomainError):
    """There is no such text, or it is beyond the actor's reach."""

    def __init__(self) -> None:
        super().__init__("Không có văn bản này.")


@dataclass(frozen=True)
class Checked:
    """A text with what is said of it. `findings` and `notes` are in the order of the text."""

    text: str
    scope: Scope
    findings: Sequence[Finding]
    notes: Sequence[Note]

    def count(self, verdict: Verdict) -> int:
        """Return how many figures have a verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)


def check(text: str, scope: Scope) -> Checked:
    """Hold every figure of a text against the account. A choice of a person goes before what a machine would say."""
    found = list(read(text))
    named = units_named(text, found, scope)
    periods = {id(figure): period_meant(text, figure, scope.period) for figure in found}
    said = candidates_for(scope, list(periods.values()), [scope.area_id, *dict.fromkeys(named.values())])
    choices = choices_of(scope.programme)
    findings = []
    for figure in found:
        period, area_id = periods[id(figure)], named.get(figure.start, scope.area_id)
        candidates = _in_order(said, (period.code, scope.period.code), (area_id, scope.area_id))
        weight = weights({c.indicator: c.words for c in candidates}.values())
        mark = signature(figure, text)
        if mark in choices and choices[mark] is None:
            findings.append(Finding(figure, Verdict.NO_SOURCE, None, (), was_chosen=True))
        else:
            findings.append(judge(figure, text, candidates, weight, choices.get(mark)))
    return Checked(text, scope, findings, notes(text, findings))


def _in_order(
    said: dict[tuple[str, UUID], list[Candidate]], periods: Sequence[str], areas: Sequence[UUID]
) -> list[Candidate]:
    """Return the candidates of the period and place that are meant first; `judge` keeps this order among equals."""
    keys = dict.fromkeys((period, area) for area in areas for period in periods)
    return [candidate for key in keys for candidate in said.get(key, [])]


def choices_of(programme: Programme) -> dict[str, tuple[str, str] | None]:
    """Return what people said figures mean in texts of a programme: {signature: (indicator, dimension)}, None for nothing of it."""
    rows = Choice.objects.filter(programme=programme).select_related("indicator").order_by("id")
    return {row.signature: _pair(row.indicator, row.dimension) for row in rows}


def _pair(indicator: Indicator | None, dimension: str) -> tuple[str, str] | None:
    return None if indicator is None else (indicator.code, dimension)


def was_right(finding: Finding) -> HistoryRow | None:
    """Return the last state of the account in which a differing figure held, None when it never did."""
    if finding.verdict is not Verdict.DIFFERS or finding.paired is None:
        return None
    current = figures.trace(finding.paired.trace).figure
    scale = 10**current.decimals
    for row in reversed(figures.trace_history(finding.paired.trace)):
        if row.value is not None and holds(finding.figure, finding.figure.value.__class__(row.value, scale)):
            return row
    return None


def texts_visible_to(actor: User, *, on: datetime) -> "QuerySet[CheckedText]":
    """Return the checked texts of the areas in a person's reach, newest first."""
    areas = access.areas_for(actor, "view", "check", on=on.date())
    return CheckedText.objects.filter(area_id__in=areas).select_related("programme", "by").order_by("-at", "id")


def text_for(actor: User, text_id: UUID, *, on: datetime) -> CheckedText:
    """Return a checked text. Raises NoSuchText for a stranger."""
    found = texts_visible_to(actor, on=on).filter(pk=text_id).first()
    if found is None:
        raise NoSuchText
    return found
