"""Telling the plans below of a change: one row for the change, one for each plan that it concerns."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chungtay.audit import services as audit
from chungtay.places.rules import Actor
from chungtay.programmes.links import held_by, thing_of
from chungtay.programmes.models import Change, Programme, Proposal
from chungtay.programmes.registry import is_known


def propose(
    *,
    programme: Programme,
    kind: str,
    subject: str,
    label: str,
    before: str,
    after: str,
    basis: str,
    plans: Iterable[Programme] | None = None,
    held: Mapping[UUID, str] | None = None,
    now: datetime,
    by: Actor | None,
) -> Change | None:
    """Put a change of a programme before its plans (all of them, or `plans`); None when it concerns no plan or changes nothing.

    Runs within the caller's transaction, after the caller's own rights. held: what a plan had of it so far, by the plan's id,
    asked only the first time; else `before`. Raises KeyError for a kind that no room registered.
    """
    if not is_known(kind):
        raise KeyError(kind)
    below = programme.plans.all() if plans is None else programme.plans.filter(pk__in=[plan.pk for plan in plans])
    rows = list(below.select_for_update(of=("self",)).order_by("pk"))
    if before == after or not rows:
        return None
    change = Change.objects.create(
        programme=programme,
        kind=kind,
        subject=subject,
        label=label,
        before=before,
        after=after,
        basis=basis,
        recorded_at=now,
    )
    for plan in rows:
        known = held_by(plan, thing_of(change))
        first = (held or {}).get(plan.pk, before)
        Proposal.objects.create(
            change=change, plan=plan, number=plan.proposals.count() + 1, held=first if known is None else known
        )
    data = {"kind": kind, "subject": subject, "before": before, "after": after, "plans": [plan.code for plan in rows]}
    audit.record("programmes.change.proposed", obj=change, area_id=programme.area_id, data=data, now=now, by=by)
    return change
