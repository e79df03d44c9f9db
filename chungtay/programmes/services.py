"""Writes of the programmes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.indicators.models import Indicator
from chungtay.kernel.periods import parse_period
from chungtay.places.models import Area, Body
from chungtay.places.rules import Actor
from chungtay.programmes.allocating import allocate_target, undo_allocation
from chungtay.programmes.answering import decide, draft_answer
from chungtay.programmes.document_rules import Effect
from chungtay.programmes.link_rules import Way
from chungtay.programmes.models import AreaOfWork, Comparison, Party, Programme, Target
from chungtay.programmes.own_kinds import announce_target
from chungtay.programmes.planning import make_plan
from chungtay.programmes.proposing import propose
from chungtay.programmes.recording import add_files, record_document, withdraw_document
from chungtay.programmes.rewording import reword
from chungtay.programmes.target_versions import TargetValueWrong, check_value, last_version, next_version

__all__ = [
    "Effect",
    "TargetValueWrong",
    "Way",
    "add_files",
    "allocate_target",
    "create_programme",
    "decide",
    "draft_answer",
    "make_plan",
    "propose",
    "record_document",
    "reword",
    "set_target",
    "undo_allocation",
    "withdraw_document",
]


@transaction.atomic
def create_programme(
    *,
    code: str,
    number: str,
    kind: str,
    title: str,
    signed_on: date,
    starts_on: date,
    ends_on: date,
    area: Area,
    parties: Sequence[Body],
    parent: Programme | None = None,
    areas_of_work: Sequence[str] = (),
    is_sample: bool = False,
    now: datetime,
    by: User | None,
) -> Programme:
    """Create a programme or, with `parent`, the plan by which a lower level carries it out."""
    programme = Programme.objects.create(
        code=code,
        number=number,
        kind=kind,
        title=title,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        area=area,
        parent=parent,
        is_sample=is_sample,
    )
    Party.objects.bulk_create(Party(programme=programme, body=b, position=i) for i, b in enumerate(parties, 1))
    AreaOfWork.objects.bulk_create(
        AreaOfWork(programme=programme, number=i, title=title) for i, title in enumerate(areas_of_work, 1)
    )
    audit.record("programmes.programme.created", obj=programme, area_id=area.pk, data={"code": code}, now=now, by=by)
    return programme


@transaction.atomic
def set_target(
    *,
    programme: Programme,
    indicator: Indicator,
    area: Area,
    period_code: str,
    value: int | None,
    basis: str,
    comparison: Comparison = Comparison.AT_LEAST,
    now: datetime,
    by: Actor | None,
) -> Target:
    """Set what `area` is to reach in the period; over an earlier target as its new version, None takes it back.

    Raises BadPeriod for an unknown period, TargetValueWrong.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    check_value(value)
    what = (programme, indicator, area.pk, parse_period(period_code).code)
    before = last_version(*what)
    target = next_version(*what, value=value, comparison=Comparison(comparison), basis=basis, now=now)
    data = {"indicator": indicator.code, "period": period_code, "value": value, "version": target.number}
    audit.record("programmes.target.set", obj=target, area_id=area.pk, data=data, now=now, by=by)
    announce_target(target, before, now=now, by=by)
    return target
