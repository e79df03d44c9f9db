"""How a return's version becomes facts, and claims where another source is of record; how a fact shows its return.

What the books of a register hold is only confirmed by a return: its cell is held against the figure and adds nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.models import Fact
from chungtay.figures.registry import SourceView, register_source
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.rules import Keeper
from chungtay.kernel.periods import Period
from chungtay.kernel.text import datetime_text
from chungtay.places import selectors as places
from chungtay.places.rules import BODY_LABELS, BodyKind
from chungtay.returns.models import Event, Return, Version, VersionCell

SOURCE = "return"
TAKEN_BACK = "return-event"  # facts that undo the provisional ones of a version sent back or withdrawn


def period_of_round(of: Return) -> Period:
    """Return the period that the round asks for."""
    return Period(of.round.period_start, of.round.period_end, of.round.period_code)


def record_version(version: Version, *, status: Status, now: datetime, by: User) -> None:
    """State the version's cells as facts; cells without a number state nothing, or take back what stood there.

    What the form asks for only to hold it against the figures becomes claims, never facts; so does what another source keeps
    on record on a day of the period.
    """
    of = version.of
    known = _values(of.approved_version) if of.approved_version_id else {}
    said = [(cell, cell.value, known.get(cell.cell.key)) for cell in _cells(version)]
    _state(version, said, Source(SOURCE, str(version.pk), status), now, by)


def take_back(event: Event, *, now: datetime, by: User) -> None:
    """Undo the provisional facts and the claims of the version that the event sent back: what was approved before stands again."""
    if event.version is None:
        raise ValueError("a version is sent back, never nothing")
    of = event.of
    approved = _values(of.approved_version) if of.approved_version_id else {}
    said = [(cell, approved.get(cell.cell.key), cell.value) for cell in _cells(event.version)]
    _state(event.version, said, Source(TAKEN_BACK, str(event.pk), Status.PROVISIONAL), now, by)


@dataclass(frozen=True)
class Source:
    """Under which name, and how surely, the account is told."""

    kind: str
    id: str
    status: Status


Said = tuple[VersionCell, int | None, int | None]
"""(cell, the value that is stated, the value that stood there)."""


def _state(version: Version, said: Sequence[Said], source: Source, now: datetime, by: User) -> None:
    """Tell the account the cells that say something or take something back: facts and claims, each to its own door."""
    of = version.of
    told = [(cell, value) for cell, value, stood in said if value is not None or stood is not None]
    confirmed = _kept_elsewhere(version, {cell.cell.indicator_id for cell, _ in told})
    held = [cell.cell.is_claim or cell.cell.indicator_id in confirmed for cell, _ in told]
    statements = [_statement(of, *one) for one, is_held in zip(told, held, strict=True) if not is_held]
    claims = [_statement(of, *one) for one, is_held in zip(told, held, strict=True) if is_held]
    if statements or not claims:
        figures.record_facts(
            statements, status=source.status, source_kind=source.kind, source_id=source.id, now=now, by=by
        )
    if claims:
        kind = BodyKind(of.round.form.body_kind)
        figures.record_claims(
            claims,
            said_by=_body_name(of, kind),
            thread=f"{SOURCE}:{of.pk}",
            source_kind=source.kind,
            source_id=source.id,
            body_kind=kind,
            now=now,
            by=by,
        )


def _kept_elsewhere(version: Version, indicator_ids: Collection[UUID]) -> set[UUID]:
    """Return the indicators that another source keeps on record on some day of the period.

    What the version, or the one approved before it, stated as a fact is a fact to the end: the source was changed meanwhile.
    """
    period = period_of_round(version.of)
    sources = dictionary.sources_during(indicator_ids, period.start, period.last_day)
    found = {pk for pk, keepers in sources.items() if keepers != {Keeper.RETURNS}}
    if not found:
        return found
    versions = [str(pk) for pk in (version.pk, version.of.approved_version_id) if pk is not None]
    stated = Fact.objects.filter(source_kind=SOURCE, source_id__in=versions, indicator_id__in=found)
    return found - set(stated.values_list("indicator_id", flat=True))


def _cells(version: Version) -> Iterable[VersionCell]:
    return version.cells.select_related("cell__indicator").order_by("cell__position")


def _body_name(of: Return, kind: BodyKind) -> str:
    """Return the name of the unit's body of a kind; in general words where none is recorded."""
    try:
        return places.body_at(of.area_id, kind).name
    except places.NoBody:
        return f"{BODY_LABELS[kind]} {places.name_on(of.area_id, of.round.period_start)}"


def _values(version: Version | None) -> dict[str, int | None]:
    return {c.cell.key: c.value for c in version.cells.select_related("cell")} if version else {}


def _statement(of: Return, cell: VersionCell, value: int | None) -> Statement:
    return Statement(
        indicator_code=cell.cell.indicator.code,
        dimension=cell.cell.dimension,
        area_id=of.area_id,
        period=period_of_round(of),
        value=value,
        cell=cell.cell.key,
        body_id=None,
    )


def describe_versions(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how each version shows itself as a source: which return, which version, who signed and approved, when."""
    versions = (
        Version.objects.filter(pk__in=[UUID(i) for i in ids])
        .select_related("of__round__form", "created_by")
        .prefetch_related("events__by")
    )
    return {str(v.pk): _view(v) for v in versions}


def describe_events(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how a sending back shows itself as the source of undone figures."""
    events = Event.objects.filter(pk__in=[int(i) for i in ids]).select_related("of__round__form", "version", "by")
    return {
        str(e.pk): SourceView(
            title=f"{e.of.round.form}, bản {e.version.number if e.version else '?'}: đã trả lại",
            detail=(f"{e.by.full_name}, {datetime_text(e.at)}",),
            url=reverse("return-detail", args=[e.of_id]),
            version=str(e.version.number) if e.version else "",
            who=e.by.full_name,
            when=e.at,
        )
        for e in events
    }


ACTS = {"submit": "Gửi ký", "sign": "Ký gửi", "approve": "Duyệt"}


def _view(version: Version) -> SourceView:
    acts = [e for e in sorted(version.events.all(), key=lambda e: e.at) if e.verb in ACTS]
    last = acts[-1] if acts else None
    return SourceView(
        title=f"{version.of.round.form}, bản {version.number}",
        detail=(
            *(f"{ACTS[e.verb]}: {e.by.full_name}, {datetime_text(e.at)}" for e in acts),
            f"Mã niêm phong {version.content_hash[:12]}",
        ),
        url=reverse("return-version", args=[version.of_id, version.number]),
        version=str(version.number),
        who=last.by.full_name if last else version.created_by.full_name,
        when=last.at if last else version.created_at,
    )


def register() -> None:
    """Tell the account how to show returns as sources."""
    register_source(SOURCE, describe_versions)
    register_source(TAKEN_BACK, describe_events)
