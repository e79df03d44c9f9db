"""Writing a household into the register and correcting it: sealed, versioned, told to the audit without its data."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new, insert_saved
from chungtay.households.keys import workspace_keys
from chungtay.households.models import Basis, Household, HouseholdKey, HouseholdVersion
from chungtay.households.naming import name_key, sort_key
from chungtay.households.rules import Ground, NotAHousehold, Personal, Purpose
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.places.models import Area
from chungtay.sealing.seals import DoesNotOpen, Seal


class ChangedMeanwhile(DomainError):
    """Somebody else changed the household since it was opened."""

    def __init__(self) -> None:
        super().__init__("Hộ này vừa được người khác sửa. Hãy tải lại trang, xem bản mới rồi sửa lại.")


class Erased(DomainError):
    """The personal data of the household was erased."""

    def __init__(self) -> None:
        super().__init__("Dữ liệu cá nhân của hộ này đã xóa, không còn xem hay sửa được.")


@dataclass(frozen=True)
class LegalGround:
    """On what the use of data rests: the ground, the document or proof, and its day."""

    ground: Ground
    document: str
    day: date
    purpose: Purpose = Purpose.SUPPORT


@transaction.atomic
def register(
    *, area: Area, personal: Personal, ground: LegalGround, is_sample: bool = False, now: datetime, by: User
) -> Household:
    """Write a new household into the register of an area. Raises NotAHousehold and what `access.require` raises."""
    access.require(by, "edit", Matter("household", area.pk), on=localdate(now))
    (row,) = register_all(area, [personal], ground, is_sample=is_sample, now=now, by=by)
    data = {"households": 1, "purpose": ground.purpose, "ground": ground.ground}
    audit.record("households.household.registered", obj=row, area_id=area.pk, data=data, now=now, by=by)
    return row


def register_all(
    area: Area,
    people: Sequence[Personal],
    ground: LegalGround,
    *,
    is_sample: bool = False,
    now: datetime,
    by: User,
) -> list[Household]:
    """Write many at once, in their order; rights and the audit are the caller's. Raises NotAHousehold."""
    if not ground.document.strip():
        raise NotAHousehold("Chưa ghi căn cứ để giữ dữ liệu của hộ. Ví dụ: Quyết định số 12/QĐ-UBND ngày 15/12/2023.")
    rows, keys, versions, bases = [], [], [], []
    for given in people:
        personal = given.checked(localdate(now))
        row = Household(id=uuid4(), area=area, is_sample=is_sample, recorded_at=now, changed_at=now)
        row.root = row
        seal, sealed = workspace_keys().new_key(row.id)
        _fill(row, personal, seal)
        rows.append(row)
        keys.append(HouseholdKey(household=row, sealed=sealed))
        versions.append(_version(row, personal, seal, now, by))
        bases.append(basis_of(row, ground, now=now, by=by))
    insert_saved(Household, rows)
    insert_saved(HouseholdKey, keys)
    insert_new(HouseholdVersion, versions)
    insert_new(Basis, bases)
    return rows


@transaction.atomic
def revise(*, household: Household, version: int, personal: Personal, now: datetime, by: User) -> Household:
    """Correct what is known of a household; what was known before stays, sealed.

    version: the one that was opened. Raises ChangedMeanwhile, Erased, NotAHousehold and what `access.require` raises.
    """
    row = locked(household)
    access.require(by, "edit", row, on=localdate(now))
    if row.version != version:
        raise ChangedMeanwhile
    checked = personal.checked(localdate(now))
    seal = seal_of(row)
    before = personal_of(row, seal)
    if before == checked:
        return row
    row.version += 1
    row.changed_at = now
    _fill(row, checked, seal)
    row.save()
    _version(row, checked, seal, now, by).save()
    fields = sorted(name for name, value in asdict(checked).items() if getattr(before, name) != value)
    data = {"version": row.version, "fields": ", ".join(fields)}
    audit.record("households.household.revised", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


def locked(household: Household) -> Household:
    """Return the household as it is now, under its lock. Raises Erased."""
    row = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if row.erased_at is not None:
        raise Erased
    return row


def seal_of(row: Household) -> Seal:
    """Return the seal of one household. Raises Erased when its key was destroyed."""
    try:
        return seals_of([row])[row.pk]
    except KeyError:
        raise Erased from None


def seals_of(rows: Iterable[Household]) -> dict[UUID, Seal]:
    """Return the seals of households whose key is there (one query)."""
    keys = HouseholdKey.objects.filter(household__in=[row.pk for row in rows]).values_list("household", "sealed")
    found = {}
    for key, sealed in keys:
        try:
            found[key] = workspace_keys().opened(key, bytes(sealed))
        except DoesNotOpen:  # the workspace's key is another: the register goes on, without identifiers
            continue
    return found


def personal_of(row: Household, seal: Seal) -> Personal:
    """Return all that is known of a household, opened. Who shows it has logged it."""
    return Personal(
        row.head_name,
        row.hamlet,
        row.members,
        row.birth_year,
        row.address,
        seal.open("phone", row.phone_sealed),
        seal.open("cccd", row.cccd_sealed),
    )


def indexes_of(personal: Personal) -> tuple[str, str]:
    """Return the digests of a citizen's number and a phone, both as `checked` leaves them."""
    keys = workspace_keys()
    return keys.index("cccd", personal.cccd), keys.index("phone", personal.phone)


def basis_of(row: Household, ground: LegalGround, *, now: datetime, by: User) -> Basis:
    """Return the row that says on what ground a household's data is kept."""
    return Basis(
        household=row,
        purpose=ground.purpose,
        ground=ground.ground,
        document=nfc(ground.document.strip()),
        day=ground.day,
        at=now,
        by=by,
    )


def _fill(row: Household, personal: Personal, seal: Seal) -> None:
    row.head_name, row.hamlet, row.address = nfc(personal.head_name), nfc(personal.hamlet), nfc(personal.address)
    row.birth_year, row.members = personal.birth_year, personal.members
    row.phone_sealed, row.cccd_sealed = seal.seal("phone", personal.phone), seal.seal("cccd", personal.cccd)
    row.cccd_index, row.phone_index = indexes_of(personal)
    row.hamlet_key = fold(personal.hamlet)
    row.name_key, row.sort_key = name_key(personal.head_name), sort_key(personal.head_name)
    row.words = fold(f"{personal.head_name} {personal.address} {personal.hamlet}")


def _version(row: Household, personal: Personal, seal: Seal, now: datetime, by: User) -> HouseholdVersion:
    content = json.dumps(asdict(personal), ensure_ascii=False)
    return HouseholdVersion(
        household=row, number=row.version, content=seal.seal(f"version {row.version}", content), at=now, by=by
    )


@transaction.atomic
def say_basis(*, household: Household, ground: LegalGround, ends: bool = False, now: datetime, by: User) -> Basis:
    """Record on what ground data is used for a purpose, or that consent was taken back. The last word counts."""
    row = locked(household)
    access.require(by, "edit", row, on=localdate(now))
    if not ground.document.strip() or ground.day > localdate(now):
        raise NotAHousehold("Chưa ghi văn bản hoặc bằng chứng, hoặc ngày của nó ở sau hôm nay.")
    basis = basis_of(row, ground, now=now, by=by)
    basis.ends = ends
    basis.save()
    data = {"purpose": ground.purpose, "ground": ground.ground, "ends": ends}
    audit.record("households.basis.said", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return basis
