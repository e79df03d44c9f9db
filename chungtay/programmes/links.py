"""Reads of what passes between a programme and its plans: how each proposal stands, and what a plan shows because of which rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from chungtay.programmes.link_rules import Row, Stand, Way, shown, stand_of
from chungtay.programmes.models import Answer, Change, Decision, Programme, Proposal

Thing = tuple[UUID, str, str]
"""What the changes of one thing share: programme above, kind, subject."""


@dataclass(frozen=True)
class Standing:
    """A proposal with its answers: `last` is the newest draft, `holding` the one that somebody else let hold."""

    proposal: Proposal
    stand: Stand
    answers: tuple[Answer, ...]
    last: Answer | None
    holding: Answer | None

    @property
    def change(self) -> Change:
        """What was changed above."""
        return self.proposal.change

    @property
    def row(self) -> Row:
        """The proposal as the rule of what a plan shows needs it."""
        if self.holding is None:
            return Row(self.proposal.held)
        return Row(self.proposal.held, Way(self.holding.way), self.holding.value)


@dataclass(frozen=True)
class Shown:
    """One thing as a plan shows it, with every proposal that explains it, oldest first."""

    change: Change
    value: str
    because: tuple[Standing, ...]


def decision_of(answer: Answer) -> Decision | None:
    """Return the decision on a drafted answer."""
    return getattr(answer, "decision", None)


def thing_of(change: Change) -> Thing:
    """Return what the change is of."""
    return change.programme_id, change.kind, change.subject


def standings_of(plans: Iterable[Programme]) -> list[Standing]:
    """Return every proposal that came to these plans, in each plan's order (three queries)."""
    rows = list(_rows().filter(plan__in=[plan.pk for plan in plans]).order_by("plan_id", "number"))
    newest = {(row.plan_id, thing_of(row.change)): row.pk for row in rows}
    return [_standing(row, has_later=newest[row.plan_id, thing_of(row.change)] != row.pk) for row in rows]


def standing_of(proposal: Proposal) -> Standing:
    """Return how one proposal stands, read anew."""
    [found] = [one for one in standings_of([proposal.plan]) if one.proposal.pk == proposal.pk]
    return found


def shown_by(plan: Programme) -> list[Shown]:
    """Return what a plan shows of everything that was ever changed above it."""
    things: dict[Thing, list[Standing]] = {}
    for one in standings_of([plan]):
        things.setdefault(thing_of(one.change), []).append(one)
    return [Shown(found[-1].change, shown(one.row for one in found) or "", tuple(found)) for found in things.values()]


def held_by(plan: Programme, thing: Thing) -> str | None:
    """Return what a plan shows of one thing, None when it never came before it."""
    return next((one.value for one in shown_by(plan) if thing_of(one.change) == thing), None)


def changes_of(programme: Programme) -> list[tuple[Change, list[Standing]]]:
    """Return the changes of a programme, newest first, each with how every plan below stands to it."""
    plans = list(programme.plans.order_by("signed_on", "code"))
    by_change: dict[UUID, list[Standing]] = {}
    for one in standings_of(plans):
        by_change.setdefault(one.proposal.change_id, []).append(one)
    found = Change.objects.filter(programme=programme).select_related("programme").order_by("-recorded_at", "-id")
    return [(change, by_change.get(change.pk, [])) for change in found]


def _rows() -> QuerySet[Proposal]:
    related = ("change__programme", "plan__area", "plan__parent")
    return Proposal.objects.select_related(*related).prefetch_related("answers__by", "answers__decision__by")


def _standing(proposal: Proposal, *, has_later: bool) -> Standing:
    answers = tuple(sorted(proposal.answers.all(), key=lambda answer: answer.number))
    last = answers[-1] if answers else None
    decided = decision_of(last) if last else None
    holding = last if decided is not None and decided.holds else None
    is_drafted = last is not None and decided is None
    stand = stand_of(has_later=has_later, is_drafted=is_drafted, is_answered=holding is not None)
    return Standing(proposal, stand, answers, last, holding)
