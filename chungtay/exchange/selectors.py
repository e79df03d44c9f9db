"""Reads of the exchange: who exchanges with whom, what came in, and what a file would do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.exchange import gathering, judging
from chungtay.exchange.judging import Judged
from chungtay.exchange.models import DataImport, ImportAct, MappingLine, Partner, ReportProfile
from chungtay.exchange.readers import form_of, read_values
from chungtay.exchange.report_csv import Profile, built_in, read_columns
from chungtay.exchange.rules import Format, MappingKind, Scheme, Strategy
from chungtay.exchange.texts import unpacked
from chungtay.kernel.errors import DomainError


class NoSuchPartner(DomainError):
    """There is no such system, or it is beyond the actor's reach."""

    def __init__(self) -> None:
        super().__init__("Không có hệ thống này trong danh sách của cơ quan bạn.")


class NoSuchImport(DomainError):
    """There is no such import, or it is beyond the actor's reach."""

    def __init__(self) -> None:
        super().__init__("Không có lần nạp này.")


class UnknownOption(DomainError):
    """A file or a request names a scheme or a strategy that does not exist."""


@dataclass(frozen=True)
class Options:
    """How a file is to be read. None: as the file says, else as its partner does."""

    strategy: Strategy | None = None
    elements: Scheme | None = None
    units: Scheme | None = None


@dataclass(frozen=True)
class Look:
    """What a file would do: the same whether it is only looked at or taken in."""

    judged: Judged
    form: Format
    strategy: Strategy
    elements: Scheme
    units: Scheme
    count: int
    asks_dry_run: bool = False


def look_into(
    partner: Partner, data: bytes, *, form: Format | None = None, options: Options | None = None, today: date
) -> Look:
    """Judge a file line by line and write nothing. Raises UnreadableFile, UnknownOption."""
    options = options or Options()
    plain = unpacked(data)
    form = form or form_of(plain)
    found = read_values(plain, form)
    said = found.options
    general = _scheme(said.get("idScheme"))
    elements = options.elements or _scheme(said.get("dataElementIdScheme")) or general or Scheme(partner.element_scheme)
    units = options.units or _scheme(said.get("orgUnitIdScheme")) or general or Scheme(partner.unit_scheme)
    strategy = options.strategy or _strategy(said.get("importStrategy"))
    names = gathering.names_for(partner, found.values, elements=elements, units=units)
    rows, wrong = judging.understand(found.values, names, strategy=strategy, today=today)
    judged = judging.decide(rows, gathering.ground_for(rows, names.areas_on), strategy=strategy)
    judged.conflicts = sorted([*judged.conflicts, *wrong], key=lambda one: one.index)
    is_dry = said.get("dryRun", "").lower() == "true"
    return Look(judged, form, strategy, elements, units, len(found.values), is_dry)


def _scheme(said: str | None) -> Scheme | None:
    """Return a scheme that a file names. Raises UnknownOption."""
    if not said:
        return None
    try:
        return Scheme(said.strip().lower())
    except ValueError:
        raise UnknownOption(f"Tệp ghi cách gọi “{said[:60]}” không có ở đây. Dùng code, name hoặc uid.") from None


def _strategy(said: str | None) -> Strategy:
    """Return a strategy that a file names, the usual one when it names none. Raises UnknownOption."""
    if not said:
        return Strategy.CREATE_AND_UPDATE
    names = {"NEW": Strategy.CREATE, "NEW_AND_UPDATES": Strategy.CREATE_AND_UPDATE, "UPDATES": Strategy.UPDATE}
    try:
        return names.get(said.strip().upper()) or Strategy(said.strip().upper())
    except ValueError:
        raise UnknownOption(f"Tệp ghi cách nạp “{said[:60]}” không có ở đây.") from None


def require_sender(actor: User, partner: Partner, *, on: date) -> None:
    """Return if the person may take files of a system in. Raises what `access.require` raises."""
    access.require(actor, "state", Matter("import", partner.area_id), on=on)


def partners_visible_to(actor: User, *, on: date) -> "QuerySet[Partner]":
    """Return the systems of the areas in a person's reach, by name."""
    areas = access.areas_for(actor, "view", "partner", on=on)
    return Partner.objects.filter(area_id__in=areas).select_related("area").order_by("name", "pk")


def partner_for(actor: User, partner_id: UUID, *, on: date) -> Partner:
    """Return a system. Raises NoSuchPartner for a stranger."""
    found = partners_visible_to(actor, on=on).filter(pk=partner_id).first()
    if found is None:
        raise NoSuchPartner
    return found


def partner_by_code(actor: User | None, code: str, *, on: date) -> Partner:
    """Return the system of a code among those that a person sees (None: all); "" the only one. Raises NoSuchPartner."""
    rows = Partner.objects.order_by("code") if actor is None else partners_visible_to(actor, on=on)
    found = list(rows.filter(code=code)[:2] if code else rows[:2])
    if len(found) != 1:
        raise NoSuchPartner
    return found[0]


def imports_visible_to(
    actor: User, *, on: date, partner_id: UUID | None = None, state: str = ""
) -> "QuerySet[DataImport]":
    """Return the imports of the areas in a person's reach with their states, newest first; only of a system, in a state."""
    areas = access.areas_for(actor, "view", "import", on=on)
    rows = DataImport.objects.filter(partner__area_id__in=areas).select_related("partner", "by")
    if partner_id is not None:
        rows = rows.filter(partner_id=partner_id)
    acts = ImportAct.objects.filter(of=OuterRef("pk")).order_by("-id")
    known = rows.annotate(state_now=Subquery(acts.values("state")[:1])).defer("conflicts").order_by("-at", "-pk")
    return known.filter(state_now=state) if state else known


def import_for(actor: User, import_id: UUID, *, on: date) -> DataImport:
    """Return an import with its conflicts. Raises NoSuchImport for a stranger."""
    found = imports_visible_to(actor, on=on).defer(None).filter(pk=import_id).first()
    if found is None:
        raise NoSuchImport
    return found


def acts_of(of: DataImport) -> "QuerySet[ImportAct]":
    """Return the steps of an import, newest first."""
    return of.acts.select_related("by").order_by("-id")


def mapping_of(partner: Partner, kind: MappingKind, day: date) -> list[MappingLine]:
    """Return the lines of a table of codes that hold on a day, by their name; what means nothing any more is left out."""
    lines: dict[tuple[str, str], MappingLine] = {}
    rows = MappingLine.objects.filter(partner=partner, kind=kind, valid_from__lte=day)
    for line in rows.select_related("indicator", "place", "by").order_by("valid_from", "id"):
        lines[line.theirs, line.combo] = line
    return [lines[key] for key in sorted(lines) if lines[key].indicator_id or lines[key].place_id]


def profile_of(partner: Partner, day: date) -> Profile:
    """Return how the flat table for a system is written on a day: as its office said, else as the product does."""
    rows = ReportProfile.objects.filter(partner=partner, valid_from__lte=day)
    row = rows.order_by("-valid_from", "-id").first()
    if row is None:
        return built_in(day)
    return Profile(row.separator, row.decimal_mark, read_columns(row.columns), row.basis, row.is_verified)
