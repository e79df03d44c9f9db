"""Erasing a household's personal data: asked by one person, done by another, by destroying the key and emptying the row.

What was counted and paid stays, without a name: classes, steps and the audit hold none. Rooms above erase what they wrote of these
people (`registry`); what free text says of them goes with it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.models import ERASED
from chungtay.households import registry
from chungtay.households.models import Classification, ErasureRequest, Household, HouseholdKey, Merge, Need
from chungtay.households.register import locked
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc


class CannotErase(DomainError):
    """It was not asked for, or was asked for already."""


@transaction.atomic
def ask_erasure(*, household: Household, reason: str, now: datetime, by: User) -> ErasureRequest:
    """Ask that the personal data be erased. Raises CannotErase, Erased and what `access.require` raises."""
    row = locked(household)
    access.require(by, "edit", row, on=localdate(now))
    if not reason.strip():
        raise CannotErase("Chưa ghi lý do xóa. Ví dụ: người dân yêu cầu ngày 05/6/2023, hết mục đích sử dụng.")
    if ErasureRequest.objects.filter(household=row).exists():
        raise CannotErase("Đã có đề nghị xóa dữ liệu của hộ này, đang chờ lãnh đạo đơn vị.")
    made = ErasureRequest.objects.create(household=row, reason=nfc(reason.strip())[:300], asked_at=now, asked_by=by)
    audit.record("households.erasure.asked", obj=row, area_id=row.area_id, data={}, now=now, by=by)
    return made


@transaction.atomic
def erase(*, household: Household, now: datetime, by: User) -> Household:
    """Erase the personal data of a household for ever. Raises CannotErase, Erased and what `access.require` raises."""
    row = locked(household)
    asked = ErasureRequest.objects.select_for_update(of=("self",)).filter(household=row, done_at=None).first()
    if asked is None:
        raise CannotErase("Chưa có đề nghị xóa dữ liệu của hộ này. Cán bộ của đơn vị lập đề nghị trước.")
    access.require(by, "erase", Matter("household", row.area_id, "", frozenset({asked.asked_by_id})), on=localdate(now))
    HouseholdKey.objects.filter(household=row).delete()
    row.head_name = row.address = row.words = row.name_key = row.sort_key = ""
    row.cccd_index = row.phone_index = ""
    row.cccd_sealed = row.phone_sealed = b""
    row.birth_year, row.erased_at, row.changed_at = None, now, now
    row.version += 1
    row.save()
    Need.objects.filter(household=row).update(note="")
    classes = Classification.objects.filter(household=row)
    classes.exclude(reason="").update(reason=ERASED)
    classes.exclude(withdrawn_why="").update(withdrawn_why=ERASED)
    Merge.objects.filter(Q(kept=row) | Q(absorbed=row)).erase()
    registry.erase_elsewhere(row.pk, now)
    asked.done_at, asked.done_by, asked.reason = now, by, ERASED
    asked.save(update_fields=["done_at", "done_by", "reason"])
    audit.record("households.household.erased", obj=row, area_id=row.area_id, data={}, now=now, by=by)
    return row
