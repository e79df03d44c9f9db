"""The year's plan: written by the Front's side, agreed by another person of the other side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.supervision.models import Act, PlanItem, YearPlan
from chungtay.supervision.moving import locked, move, require, required, told
from chungtay.supervision.rules import FORMS_OF, KIND_WORDS, Form, Kind, State, Thing, Verb


class BadPlan(DomainError):
    """The plan or one of its items cannot be what it says."""


@dataclass(frozen=True)
class Item:
    """One planned supervision or criticism."""

    kind: Kind
    form: Form
    subject: str
    target: Body
    starts_on: date
    ends_on: date
    lead: str


@transaction.atomic
def write_plan(
    *,
    body: Body,
    counterpart: Body,
    year: int,
    items: Sequence[Item],
    programme: Programme | None = None,
    note: str = "",
    now: datetime,
    by: User,
) -> YearPlan:
    """Write a year's plan as a draft. Raises NotAllowed, BadPlan."""
    access.require(by, "edit", Matter("supervision", body.area_id, State.DRAFT), on=localdate(now))
    if body.pk == counterpart.pk:
        raise BadPlan("Kế hoạch phải được thống nhất với một cơ quan khác. Hãy chọn lại bên thống nhất.")
    if YearPlan.objects.filter(body=body, year=year).exists():
        raise BadPlan(f"{body} đã có kế hoạch năm {year}. Hãy mở kế hoạch đó để sửa.")
    plan = YearPlan.objects.create(
        area=body.area,
        body=body,
        counterpart=counterpart,
        programme=programme,
        year=year,
        note=note.strip()[:500],
        written_by=by,
    )
    _fill(plan, items)
    act = Act.objects.create(
        thing=Thing.PLAN, thing_id=plan.pk, verb=Verb.EDIT, state_before="", state=plan.state, revision=1, at=now, by=by
    )
    told(act, plan, items=len(items))
    return plan


@transaction.atomic
def rewrite_plan(
    *, plan: YearPlan, items: Sequence[Item], note: str = "", revision: int, now: datetime, by: User
) -> YearPlan:
    """Replace the items of a draft. Raises NotAllowed, NotNow, ChangedMeanwhile, BadPlan."""
    row = locked(plan, revision)
    require(by, "edit", row, now)
    row.written_by, row.note = by, note.strip()[:500]
    act = move(row, Verb.EDIT, now=now, by=by)
    row.items.all().delete()
    _fill(row, items)
    told(act, row, items=len(items))
    return row


@transaction.atomic
def propose_plan(*, plan: YearPlan, revision: int, now: datetime, by: User) -> YearPlan:
    """Put a draft before the other side. Raises NotAllowed, NotNow, ChangedMeanwhile, BadPlan."""
    row = locked(plan, revision)
    require(by, "edit", row, now)
    if not row.items.exists():
        raise BadPlan("Kế hoạch chưa có cuộc giám sát hay phản biện nào. Hãy thêm ít nhất một dòng.")
    told(move(row, Verb.PROPOSE, now=now, by=by), row)
    return row


@transaction.atomic
def agree_plan(*, plan: YearPlan, note: str = "", revision: int, now: datetime, by: User) -> YearPlan:
    """Agree in the name of the other side: another person than who wrote it. Raises NotAllowed, NotNow, ChangedMeanwhile."""
    row = locked(plan, revision)
    require(by, "approve", row, now, authors=row.access_authors)
    row.agreed_by, row.agreed_on = by, localdate(now)
    told(move(row, Verb.AGREE, note=note, now=now, by=by), row, counterpart=row.counterpart_id)
    return row


@transaction.atomic
def decline_plan(*, plan: YearPlan, reason: str, revision: int, now: datetime, by: User) -> YearPlan:
    """Give the plan back with what the other side wants otherwise. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(plan, revision)
    require(by, "approve", row, now, authors=row.access_authors)
    told(move(row, Verb.DECLINE, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


def _fill(plan: YearPlan, items: Sequence[Item]) -> None:
    for number, item in enumerate(items, 1):
        if item.form not in FORMS_OF[item.kind]:
            raise BadPlan(f"Dòng {number}: hình thức này không phải của {KIND_WORDS[item.kind].lower()}. Hãy chọn lại.")
        if item.starts_on > item.ends_on:
            raise BadPlan(f"Dòng {number}: ngày kết thúc đứng trước ngày bắt đầu. Hãy sửa một trong hai.")
        if plan.year not in (item.starts_on.year, item.ends_on.year):
            raise BadPlan(f"Dòng {number}: thời gian không nằm trong năm {plan.year}. Hãy sửa ngày.")
        if item.target.pk == plan.body_id:
            raise BadPlan(
                f"Dòng {number}: cơ quan được giám sát không thể là chính {plan.body}. Hãy chọn cơ quan khác."
            )
        PlanItem.objects.create(
            plan=plan,
            number=number,
            kind=item.kind,
            form=item.form,
            subject=required(item.subject, f"Dòng {number}: hãy ghi nội dung.", 300),
            target=item.target,
            starts_on=item.starts_on,
            ends_on=item.ends_on,
            lead=required(item.lead, f"Dòng {number}: hãy ghi ai chủ trì.", 150),
        )
