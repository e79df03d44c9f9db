"""Writes a reorganisation down: versions end and begin, successions, bodies, and the audit event, in one transaction.

Nothing is edited. A correction supersedes what the earlier reorganisation recorded and records anew.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from chungtay.kernel.errors import DomainError, Problem, Severity
from chungtay.places import registry
from chungtay.places.grounds import Rehearsal, as_place, rehearse
from chungtay.places.histories import preview_reorganisation
from chungtay.places.models import Area, AreaVersion, Body, Reorganisation, Succession
from chungtay.places.plan_json import plan_to_json
from chungtay.places.plans import Plan
from chungtay.places.previews import Preview
from chungtay.places.reorganising import Outcome
from chungtay.places.rules import BODY_LABELS, RANKS, Actor, BodyKind, Place
from chungtay.places.versions import as_ended, stamp_map, supersede

_SHOWN = 12  # reasons in the sentence of a refusal; `problems` has them all
_AT_ONCE = 500


class PlanRefused(DomainError):
    """A plan that would break the map or its history; `problems` has every reason, `number` says which of several (from 1)."""

    def __init__(self, problems: Iterable[Problem], number: int = 1) -> None:
        self.problems = tuple(found for found in problems if found.severity is Severity.WRONG)
        self.number = number
        lines = [f"- {found.where}: {found.sentence}" for found in self.problems[:_SHOWN]]
        more = len(self.problems) - _SHOWN
        lines += [f"- và {more} lỗi khác"] if more > 0 else []
        super().__init__("\n".join(["Đợt sắp xếp chưa được ghi nhận vì:", *lines]))


@transaction.atomic
def reorganise(*, plan: Plan, now: datetime, by: Actor | None) -> Reorganisation:
    """Record a reorganisation of the map; one that corrects another (`plan.corrects`) replaces what that one recorded.

    Raises PlanRefused with every reason, UnknownReorganisation, AlreadyCorrected.
    """
    stamp_map()  # first: its row is the lock of every change of the map
    rehearsal = rehearse(plan)
    if rehearsal.outcome.is_refused:
        raise PlanRefused(rehearsal.outcome.problems)
    act = Reorganisation.objects.create(
        kind=plan.kind,
        effective_on=plan.effective_on,
        legal_basis=plan.legal_basis.strip(),
        note=plan.note,
        plan=json.dumps(plan_to_json(plan), ensure_ascii=False),
        recorded_at=now,
        recorded_by_id=by.id if by else None,
        recorded_by_name=by.full_name if by else "",
        replaces_id=plan.corrects,
    )
    _write_versions(act, rehearsal, now)
    outcome = rehearsal.outcome
    Succession.objects.bulk_create(
        [
            Succession(
                reorganisation=act,
                from_area_id=handing.from_area,
                to_area_id=handing.to_area,
                share_ppm=handing.share_ppm,
                back_share_ppm=handing.back_share_ppm,
                basis=handing.basis,
            )
            for handing in outcome.handings
        ],
        batch_size=_AT_ONCE,
    )
    _rename_bodies(rehearsal)
    _write_bodies(outcome)
    registry.inherit(_heirs(outcome), act.effective_on, now)
    _record(act, outcome, now, by)
    return act


def correct_reorganisation(*, earlier: Reorganisation, plan: Plan, now: datetime, by: Actor | None) -> Reorganisation:
    """Replace what a reorganisation recorded by what `plan` says; its units of the same code stay the same units.

    Raises PlanRefused (also when a later change stands on its units), AlreadyCorrected.
    """
    return reorganise(plan=replace(plan, corrects=earlier.id), now=now, by=by)


@transaction.atomic
def reorganise_all(*, plans: Sequence[Plan], now: datetime, by: Actor | None) -> list[Reorganisation]:
    """Record several reorganisations, all or none. Raises PlanRefused, whose `number` says which plan is wrong."""
    done = []
    for number, plan in enumerate(plans, start=1):
        try:
            done.append(reorganise(plan=plan, now=now, by=by))
        except PlanRefused as refusal:
            raise PlanRefused(refusal.problems, number) from None
    return done


@dataclass(frozen=True)
class Carried:
    """Plans carried out one after the other: what each does (the last may be the one that is refused), and what was recorded."""

    previews: tuple[Preview, ...]
    acts: tuple[Reorganisation, ...]

    @property
    def is_refused(self) -> bool:
        return any(preview.is_refused for preview in self.previews)


@transaction.atomic
def carry_out(*, plans: Sequence[Plan], is_rehearsal: bool, now: datetime, by: Actor | None) -> Carried:
    """Record several reorganisations, all or none, and return what each does; a rehearsal records none.

    Stops at the first plan that must be refused, with everything that is wrong with it. Raises UnknownReorganisation,
    AlreadyCorrected.
    """
    previews: list[Preview] = []
    acts: list[Reorganisation] = []
    for plan in plans:
        previews.append(preview_reorganisation(plan))
        if previews[-1].is_refused:
            break
        acts.append(reorganise(plan=plan, now=now, by=by))
    is_kept = len(acts) == len(plans) and not is_rehearsal
    if not is_kept:
        transaction.set_rollback(True)
    return Carried(tuple(previews), tuple(acts) if is_kept else ())


@contextmanager
def rehearsal(*, plans: Sequence[Plan], now: datetime, by: Actor | None) -> Iterator[list[Reorganisation]]:
    """Record reorganisations for the length of a `with` block and take them back at its end, whatever happens in it.

    Inside, every question is answered on the new maps. Raises PlanRefused.
    """
    with transaction.atomic():
        done = reorganise_all(plans=plans, now=now, by=by)
        try:
            yield done
        finally:
            transaction.set_rollback(True)


def _write_versions(act: Reorganisation, rehearsal: Rehearsal, now: datetime) -> None:
    outcome, undone = rehearsal.outcome, rehearsal.undone
    changed = {*outcome.ended, *outcome.revised}
    reopened = {row.area_id: row for row in undone.reopened}
    open_rows = list(_open_versions(changed - reopened.keys()))
    supersede([*undone.rows, *open_rows], now=now)
    ended = [as_ended(row, act.effective_on, by=act, now=now) for row in open_rows]
    for area_id, row in reopened.items():
        day = act.effective_on if area_id in changed else None
        ended.append(as_ended(row, day, by=act if day else None, now=now))
    known = set(Area.objects.filter(id__in=[row.area_id for row in undone.formed]).values_list("id", flat=True))
    Area.objects.bulk_create([Area(id=one) for one in outcome.begun if one not in known], batch_size=_AT_ONCE)
    begun = [_version(place, act, now) for place in (*outcome.begun.values(), *outcome.revised.values())]
    AreaVersion.objects.bulk_create([*ended, *begun], batch_size=_AT_ONCE)


def _open_versions(area_ids: Iterable[UUID]) -> Iterator[AreaVersion]:
    wanted = sorted(area_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = AreaVersion.objects.known().filter(valid_to__isnull=True)
        yield from rows.select_for_update().filter(area_id__in=wanted[start : start + _AT_ONCE])


def _version(place: Place, act: Reorganisation, now: datetime) -> AreaVersion:
    return AreaVersion(
        area_id=place.area_id,
        name=place.name,
        code=place.code,
        level=place.level,
        parent_id=place.parent_id,
        valid_from=act.effective_on,
        legal_basis=act.legal_basis,
        reorganisation=act,
        recorded_at=now,
    )


def _write_bodies(outcome: Outcome) -> None:
    """Give units that begin the bodies that their predecessors have; UBND and MTTQ to those that stem from none."""
    kinds: dict[UUID, set[BodyKind]] = defaultdict(set)
    standing: dict[UUID, set[BodyKind]] = defaultdict(set)
    for area_id, kind in _bodies({*outcome.ended, *outcome.begun}):
        standing[area_id].add(kind)
    for handing in outcome.handings:
        if handing.to_area in outcome.begun:
            kinds[handing.to_area] |= standing[handing.from_area]
    missing = []
    for area_id, place in outcome.begun.items():
        wanted = kinds.get(area_id, {BodyKind.UBND, BodyKind.MTTQ})
        missing += [
            Body(area_id=area_id, kind=kind, name=_body_name(kind, place))
            for kind in BodyKind
            if kind in wanted - standing[area_id]
        ]
    Body.objects.bulk_create(missing, batch_size=_AT_ONCE)


def _rename_bodies(rehearsal: Rehearsal) -> None:
    """Give the bodies of units whose name is corrected the name that goes with it."""
    for row in rehearsal.undone.formed:
        place = rehearsal.outcome.begun.get(row.area_id)
        if place is None or place.name == row.name:
            continue
        for kind in BodyKind:
            bodies = Body.objects.filter(area_id=row.area_id, kind=kind, name=_body_name(kind, as_place(row)))
            bodies.update(name=_body_name(kind, place))


def _heirs(outcome: Outcome) -> registry.Heirs:
    """Return who of the same rank begins from a unit that ends."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for handing in outcome.handings:
        after, before = outcome.begun.get(handing.to_area), outcome.ended.get(handing.from_area)
        if after is not None and before is not None and RANKS[after.level] == RANKS[before.level]:
            found[handing.from_area].add(handing.to_area)
    return {one: frozenset(others) for one, others in found.items()}


def _bodies(area_ids: Iterable[UUID]) -> Iterator[tuple[UUID, BodyKind]]:
    wanted = sorted(area_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Body.objects.filter(area_id__in=wanted[start : start + _AT_ONCE])
        yield from ((area_id, BodyKind(kind)) for area_id, kind in rows.values_list("area_id", "kind"))


def _body_name(kind: BodyKind, place: Place) -> str:
    return f"{BODY_LABELS[kind]} {place.name[:1].lower()}{place.name[1:]}"


def _record(act: Reorganisation, outcome: Outcome, now: datetime, by: Actor | None) -> None:
    """Record the act once; the units stand in its frozen plan, which the event seals by its SHA-256."""
    counts = Counter(begun=len(outcome.begun), revised=len(outcome.revised), ended=len(outcome.ended))
    data = {
        "kind": act.kind,
        "effective_on": act.effective_on,
        "legal_basis": act.legal_basis,
        "replaces": act.replaces_id,
        "plan_sha256": hashlib.sha256(act.plan.encode()).hexdigest(),
        **counts,
    }
    code = "places.reorganisation.corrected" if act.replaces_id else "places.reorganisation.recorded"
    registry.recorder()(code, obj=act, data=data, now=now, by=by)
