"""Whole lists by one decision: households entered with their classes, and the yearly review that ends and begins classes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.households import telling
from chungtay.households.classifying import Decision, NotClassed, classify_all
from chungtay.households.models import Classification, Household, Need
from chungtay.households.register import LegalGround, register_all
from chungtay.households.rules import Kind, NeedKind, NotAHousehold, Personal
from chungtay.kernel.folding import nfc
from chungtay.kernel.text import date_text
from chungtay.places.models import Area

_AT_ONCE = 500


@dataclass(frozen=True)
class Enrolment:
    """A household as a list enters it: who it is, how it is classed, what it lacks since when."""

    personal: Personal
    decisions: Sequence[Decision] = ()
    needs: Sequence[tuple[NeedKind, date]] = ()


@transaction.atomic
def enrol(
    *,
    area: Area,
    entries: Sequence[Enrolment],
    ground: LegalGround,
    is_sample: bool = False,
    now: datetime,
    by: User,
) -> list[Household]:
    """Enter a list of households, in its order. Raises NotAHousehold, NotClassed and what `access.require` raises."""
    access.require(by, "edit", Matter("household", area.pk), on=localdate(now))
    rows = register_all(area, [one.personal for one in entries], ground, is_sample=is_sample, now=now, by=by)
    pairs = list(zip(rows, entries, strict=True))
    classed = [(row, decision) for row, one in pairs for decision in one.decisions]
    classify_all(classed, now=now, by=by)
    Need.objects.bulk_create(
        (
            Need(household=row, root=row, kind=kind, since=since, recorded_at=now, recorded_by=by)
            for row, one in pairs
            for kind, since in one.needs
        ),
        batch_size=_AT_ONCE,
    )
    data = {"households": len(rows), "classes": len(classed), "ground": ground.ground, "document": ground.document}
    audit.record("households.list.entered", area_id=area.pk, data=data, now=now, by=by)
    return rows


@transaction.atomic
def review_classes(
    *,
    area: Area,
    ends: Mapping[UUID, Kind],
    begins: Sequence[tuple[Household, Decision]],
    day: date,
    decision_number: str,
    now: datetime,
    by: User,
) -> None:
    """Carry out a review's decision: classes (by household) end before `day`, others begin. Raises NotClassed, `access.require`'s."""
    access.require(by, "edit", Matter("household", area.pk), on=localdate(now))
    if not decision_number.strip():
        raise NotClassed("Chưa ghi số quyết định của đợt rà soát. Ví dụ: 45/QĐ-UBND.")
    ended = _ending(area, ends, day)
    Classification.objects.filter(pk__in=[one.pk for one in ended]).update(
        valid_to=day, end_decision=nfc(decision_number.strip())[:60]
    )
    telling.settle([one.household for one in ended], now=now, by=by)
    classify_all(begins, now=now, by=by)
    data = {"ended": len(ended), "begun": len(begins), "from": day, "decision": decision_number.strip()}
    audit.record("households.classes.reviewed", area_id=area.pk, data=data, now=now, by=by)


@transaction.atomic
def meet_needs(
    *, area: Area, households: Iterable[Household], kind: NeedKind, day: date, now: datetime, by: User
) -> int:
    """Note that what households lacked is met from a day on; return how many needs ended. Raises what `access.require` raises."""
    access.require(by, "edit", Matter("household", area.pk), on=localdate(now))
    if day > localdate(now):
        raise NotAHousehold("Ngày hết nhu cầu ở sau hôm nay. Hãy ghi hôm nay hoặc ngày trước đó.")
    ids = [row.pk for row in households]
    met = Need.objects.filter(household__in=ids, household__area=area, kind=kind, until=None, since__lte=day)
    count = met.update(until=day)
    if count:
        audit.record("households.needs.met", area_id=area.pk, data={"needs": count, "day": day}, now=now, by=by)
    return count


def _ending(area: Area, ends: Mapping[UUID, Kind], day: date) -> list[Classification]:
    """Lock the classes that end, and check that each is there and began before."""
    open_ones = Classification.objects.select_for_update(of=("self",)).select_related("household")
    rows = open_ones.filter(household__in=ends, household__area=area, withdrawn_at=None, valid_to=None).order_by("pk")
    found = [one for one in rows if one.kind == ends[one.household_id]]
    if len(found) != len(ends):
        raise NotClassed("Có hộ không thuộc loại được thôi công nhận, hoặc đã thôi trước đó. Hãy xem lại danh sách.")
    if late := [one for one in found if one.valid_from >= day]:
        raise NotClassed(f"Ngày thôi phải sau ngày bắt đầu {date_text(late[0].valid_from)}.")
    return found
