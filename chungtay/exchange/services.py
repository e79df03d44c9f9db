"""Writes of the exchange: systems, their tables of codes, and files that are taken in as provisional figures.

What becomes of an import afterwards is written in `deciding`; it is entered through this door.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.exchange import selectors
from chungtay.exchange.deciding import CellsMoved as CellsMoved
from chungtay.exchange.deciding import ReasonNeeded as ReasonNeeded
from chungtay.exchange.deciding import SourceChanged as SourceChanged
from chungtay.exchange.deciding import locked_partners
from chungtay.exchange.deciding import move as move
from chungtay.exchange.faults import QUIET
from chungtay.exchange.gathering import SOURCE
from chungtay.exchange.judging import Judged, Row
from chungtay.exchange.models import DataImport, ImportAct, MappingLine, Partner, ReportProfile
from chungtay.exchange.report_csv import NotAProfile, Profile
from chungtay.exchange.rules import KEPT_CONFLICTS, Format, MappingKind, Scheme, State, Verb
from chungtay.exchange.selectors import Look, Options
from chungtay.figures import services as figures
from chungtay.figures.rules import Statement, Status
from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area


class PartnerIncomplete(DomainError):
    """A system without a name or a code, or with a code that another one bears."""


@dataclass(frozen=True)
class Meaning:
    """A line of a table of codes: their name (and combo), what of ours it means, from when. Nothing of ours ends it."""

    kind: MappingKind
    theirs: str
    valid_from: date
    combo: str = ""
    indicator: Indicator | None = None
    dimension: str = ""
    place_id: UUID | None = None


@dataclass(frozen=True)
class Received:
    """What became of a file: how it was judged, and its record; None where it said nothing new."""

    look: Look
    of: DataImport | None


@transaction.atomic
def create_partner(
    *,
    area: Area,
    code: str,
    name: str,
    note: str = "",
    elements: Scheme = Scheme.CODE,
    units: Scheme = Scheme.CODE,
    now: datetime,
    by: User,
) -> Partner:
    """Enter another system that an office exchanges figures with. Raises PartnerIncomplete and what `access.require` raises."""
    access.require(by, "edit", Matter("partner", area.pk), on=localdate(now))
    code, name = code.strip(), " ".join(name.split())
    if not code or not name:
        raise PartnerIncomplete("Hãy ghi cả tên và mã của hệ thống.")
    Area.objects.select_for_update().get(pk=area.pk)
    if Partner.objects.filter(area=area, code=code).exists():
        raise PartnerIncomplete(f"Đã có hệ thống mang mã “{code}”. Hãy chọn mã khác.")
    made = Partner.objects.create(
        area=area, code=code, name=name, note=note.strip(), element_scheme=elements, unit_scheme=units, at=now, by=by
    )
    data = {"code": code, "name": name, "elements": elements.value, "units": units.value}
    audit.record("exchange.partner.created", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made


@transaction.atomic
def record_mapping(*, partner: Partner, meanings: Sequence[Meaning], now: datetime, by: User) -> int:
    """Add what lines of a table of codes say that was not known yet; return how many. Raises what `access.require` raises."""
    access.require(by, "edit", partner, on=localdate(now))
    Partner.objects.select_for_update().get(pk=partner.pk)
    last: dict[tuple[str, str, str, date], Meaning] = {}
    for line in MappingLine.objects.filter(partner=partner).select_related("indicator").order_by("id"):
        one = Meaning(
            MappingKind(line.kind),
            line.theirs,
            line.valid_from,
            line.combo,
            line.indicator,
            line.dimension,
            line.place_id,
        )
        last[_key(one)] = one
    new = {_key(one): one for one in meanings if last.get(_key(one)) != one}
    MappingLine.objects.bulk_create(
        MappingLine(
            partner=partner,
            kind=one.kind,
            theirs=one.theirs,
            combo=one.combo,
            indicator=one.indicator,
            dimension=one.dimension,
            place_id=one.place_id,
            valid_from=one.valid_from,
            at=now,
            by=by,
        )
        for one in new.values()
    )
    if new:
        data = {"code": partner.code, "lines": len(new)}
        audit.record("exchange.mapping.recorded", obj=partner, area_id=partner.area_id, data=data, now=now, by=by)
    return len(new)


@transaction.atomic
def set_profile(*, partner: Partner, profile: Profile, valid_from: date, now: datetime, by: User) -> ReportProfile:
    """Say how the flat table for a system is written from a day on. Raises NotAProfile and what `access.require` raises."""
    access.require(by, "edit", partner, on=localdate(now))
    profile.checked()
    if profile.is_verified and not profile.basis.strip():
        raise NotAProfile("Đã đối chiếu thì hãy ghi căn cứ: số, ngày của đặc tả hoặc văn bản.")
    made = ReportProfile.objects.create(
        partner=partner,
        valid_from=valid_from,
        separator=profile.separator,
        decimal_mark=profile.decimal_mark,
        columns="\n".join(f"{head}={name}" for head, name in profile.columns),
        basis=profile.basis.strip(),
        is_verified=profile.is_verified,
        at=now,
        by=by,
    )
    data = {"code": partner.code, "from": valid_from, "columns": len(profile.columns), "verified": profile.is_verified}
    audit.record("exchange.profile.set", obj=partner, area_id=partner.area_id, data=data, now=now, by=by)
    return made


def _key(one: Meaning) -> tuple[str, str, str, date]:
    return one.kind.value, one.theirs, one.combo, one.valid_from


@transaction.atomic
def receive(
    *,
    partner: Partner,
    data: bytes,
    file_name: str,
    form: Format | None = None,
    options: Options | None = None,
    now: datetime,
    by: User,
) -> Received:
    """Take a file in: its good lines become provisional figures that wait for a second person, the others are conflicts.

    A file, or values, that are known already write nothing. Raises UnreadableFile, UnknownOption and what `access.require` raises.
    """
    today = localdate(now)
    access.require(by, "state", Matter("import", partner.area_id), on=today)
    locked_partners()
    look = selectors.look_into(partner, data, form=form, options=options, today=today)
    judged = look.judged
    digest = hashlib.sha256(data).hexdigest()
    if not judged.written:
        before = DataImport.objects.filter(partner=partner, sha256=digest).order_by("-at").first()
        loud = any(one.code not in QUIET for one in judged.conflicts)
        if look.asks_dry_run or before is not None or not loud:
            return Received(look, before)
    if look.asks_dry_run:
        return Received(look, None)
    of = _recorded(partner, look, digest, file_name, now, by)
    if judged.written:
        figures.record_facts(
            [_statement(row) for row in judged.written],
            status=Status.PROVISIONAL,
            source_kind=SOURCE,
            source_id=str(of.pk),
            now=now,
            by=by,
        )
    state = State.WAITING if judged.written else State.NOTHING
    ImportAct.objects.create(of=of, verb=Verb.RECEIVE, state=state, at=now, by=by)
    audit.record("exchange.import.received", obj=of, area_id=partner.area_id, data=_told(of, look), now=now, by=by)
    return Received(look, of)


def _recorded(partner: Partner, look: Look, digest: str, file_name: str, now: datetime, by: User) -> DataImport:
    judged = look.judged
    return DataImport.objects.create(
        partner=partner,
        file_name=" ".join(file_name.split())[-200:] or "du-lieu",
        sha256=digest,
        form=look.form,
        strategy=look.strategy,
        element_scheme=look.elements,
        unit_scheme=look.units,
        imported_count=len(judged.imported),
        updated_count=len(judged.updated),
        deleted_count=len(judged.deleted),
        ignored_count=judged.ignored,
        conflict_count=len(judged.conflicts),
        conflicts=_kept(judged),
        at=now,
        by=by,
    )


def _kept(judged: Judged) -> list[list[object]]:
    return [[one.index, one.where, one.code.value, one.value] for one in judged.conflicts[:KEPT_CONFLICTS]]


def _statement(row: Row) -> Statement:
    return Statement(
        row.cell.indicator, row.cell.dimension, row.cell.area_id, row.period, row.value, cell=row.where[:80]
    )


def _told(of: DataImport, look: Look) -> dict[str, object]:
    return {
        "partner": of.partner.code,
        "sha256": of.sha256,
        "form": look.form.value,
        "imported": of.imported_count,
        "updated": of.updated_count,
        "deleted": of.deleted_count,
        "ignored": of.ignored_count,
        "conflicts": of.conflict_count,
    }
