"""The plan of a lower level, made from the programme that it carries out: its words and targets adapted, its days inside, linked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area, Body
from chungtay.programmes.models import AreaOfWork, Comparison, Party, Programme, Target
from chungtay.programmes.own_kinds import MAX_WORDS
from chungtay.programmes.target_versions import check_value, next_version


class BadPlan(DomainError):
    """What is said of a plan does not go with the programme that it carries out."""


@dataclass(frozen=True)
class Adapted:
    """What a plan says. words: by the number of the area of work above, "" for what the level does not carry out; an area that is
    not named is taken over as it is. values: by the id of the target above, None for what it takes no target for.
    """

    number: str
    kind: str
    title: str
    signed_on: date
    starts_on: date
    ends_on: date
    parties: Sequence[Body]
    words: Mapping[int, str] = field(default_factory=dict)
    values: Mapping[int, int | None] = field(default_factory=dict)


def may_still_plan(parent: Programme, today: date) -> list[UUID]:
    """Return the places directly below a programme's that have no plan of their own yet, in the order of the map."""
    tree = places.tree_on(today)
    if parent.area_id not in tree:
        return []
    planned = set(parent.plans.values_list("area_id", flat=True))
    return [node.area_id for node in tree.children(parent.area_id) if node.area_id not in planned]


def targets_to_adapt(parent: Programme, area_id: UUID) -> list[Target]:
    """Return what a plan's targets begin from: what the place was given, else the programme's own for its whole area."""
    found: dict[tuple[UUID, str], Target] = {}
    rows = Target.objects.filter(programme=parent, area__in=[parent.area_id, area_id]).select_related("indicator")
    for row in rows.order_by("indicator__position", "period_code", "number"):
        key = (row.indicator_id, row.period_code)
        held = found.get(key)
        if held is None or held.area_id == row.area_id or row.area_id == area_id:
            found[key] = row
    return [row for row in found.values() if row.value is not None]


@transaction.atomic
def make_plan(*, parent: Programme, area: Area, said: Adapted, now: datetime, by: User) -> Programme:
    """Make the plan by which a place directly below carries a programme out. Raises BadPlan, TargetValueWrong, NotAllowed."""
    above = Programme.objects.select_for_update(of=("self",)).get(pk=parent.pk)
    access.require(by, "edit", Matter("programme", area.pk), on=localdate(now))
    _check(above, area, said, localdate(now))
    plan = Programme.objects.create(
        code=_free_code(above, area, localdate(now)),
        number=said.number.strip(),
        kind=said.kind.strip(),
        title=said.title.strip(),
        signed_on=said.signed_on,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        area=area,
        parent=above,
        is_sample=above.is_sample,
    )
    Party.objects.bulk_create(Party(programme=plan, body=one, position=at) for at, one in enumerate(said.parties, 1))
    areas = list(above.areas_of_work.order_by("number"))
    words = {one.number: " ".join(said.words.get(one.number, one.title).split()) for one in areas}
    AreaOfWork.objects.bulk_create(
        AreaOfWork(programme=plan, number=number, title=title) for number, title in words.items() if title
    )
    values = _take_targets(plan, above, said, now)
    data = {
        "code": plan.code,
        "parent": above.code,
        "adapted": [one.number for one in areas if words[one.number] not in ("", one.title)],
        "left_out": [number for number, title in words.items() if not title],
        "targets": values,
    }
    audit.record("programmes.plan.made", obj=plan, area_id=area.pk, data=data, now=now, by=by)
    return plan


def _take_targets(plan: Programme, above: Programme, said: Adapted, now: datetime) -> int:
    taken = 0
    basis = f"{plan.kind} số {plan.number} ngày {date_text(plan.signed_on)}"[:300]
    for target in targets_to_adapt(above, plan.area_id):
        value = said.values.get(target.pk)
        if value is None:
            continue
        check_value(value)
        what = (plan, target.indicator, plan.area_id, target.period_code)
        next_version(*what, value=value, comparison=Comparison(target.comparison), basis=basis, now=now)
        taken += 1
    return taken


def _check(above: Programme, area: Area, said: Adapted, today: date) -> None:
    if area.pk not in may_still_plan(above, today):
        raise BadPlan(
            "Đơn vị này đã có kế hoạch, hoặc không ở ngay dưới địa bàn của chương trình. Hãy chọn đơn vị khác."
        )
    if not (said.number.strip() and said.kind.strip() and said.title.strip()):
        raise BadPlan("Kế hoạch cần đủ loại văn bản, số và trích yếu. Hãy ghi ô còn trống.")
    if said.signed_on > today:
        raise BadPlan(f"Ngày ký {date_text(said.signed_on)} chưa tới. Chỉ lập kế hoạch đã ký.")
    if said.signed_on < above.signed_on:
        raise BadPlan(f"Kế hoạch không thể ký trước {above} (ngày {date_text(above.signed_on)}). Hãy sửa ngày ký.")
    if not above.starts_on <= said.starts_on < said.ends_on <= above.ends_on:
        span = f"từ {date_text(above.starts_on)} đến {date_text(above.ends_on)}"
        raise BadPlan(f"Thời gian của kế hoạch phải nằm trong chương trình, {span}. Hãy sửa ngày.")
    if not said.parties or any(body.area_id != area.pk for body in said.parties):
        raise BadPlan("Hãy chọn ít nhất một cơ quan của đơn vị lập kế hoạch.")
    if too_long := [number for number, words in said.words.items() if len(words) > MAX_WORDS]:
        raise BadPlan(f"Nội dung {too_long[0]} dài quá {MAX_WORDS} ký tự. Hãy viết gọn lại.")
    if (
        not any(words.strip() for words in said.words.values())
        and said.words
        and len(said.words) == above.areas_of_work.count()
    ):
        raise BadPlan("Kế hoạch chưa nhận nội dung nào của chương trình. Hãy giữ ít nhất một nội dung.")


def _free_code(above: Programme, area: Area, today: date) -> str:
    """Name a plan after its programme and the place's code, which others may have borne before."""
    code = f"{above.code}-{places.code_on(area.pk, today)}".lower()[:36]
    taken = set(Programme.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(one for one in (code, *(f"{code}-{at}" for at in range(2, 100))) if one not in taken)
