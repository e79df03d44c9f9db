"""How a return's version becomes facts, and how a fact shows the return it came from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.registry import SourceView, register_source
from chungtay.figures.rules import Statement, Status
from chungtay.kernel.periods import Period
from chungtay.kernel.text import datetime_text
from chungtay.returns.models import Event, Return, Version, VersionCell

SOURCE = "return"
TAKEN_BACK = "return-event"  # facts that undo the provisional ones of a version sent back or withdrawn


def period_of_round(of: Return) -> Period:
    """Return the period that the round asks for."""
    return Period(of.round.period_start, of.round.period_end, of.round.period_code)


def record_version(version: Version, *, status: Status, now: datetime, by: User) -> None:
    """State the version's cells as facts; cells without a number state nothing, or take back what stood there."""
    of = version.of
    known = _values(of.approved_version) if of.approved_version_id else {}
    statements = [
        _statement(of, cell, cell.value)
        for cell in version.cells.select_related("cell__indicator")
        if cell.value is not None or known.get(cell.cell.key) is not None
    ]
    figures.record_facts(statements, status=status, source_kind=SOURCE, source_id=str(version.pk), now=now, by=by)


def take_back(event: Event, *, now: datetime, by: User) -> None:
    """Undo the provisional facts of the version that the event sent back: what was approved before stands again."""
    if event.version is None:
        raise ValueError("a version is sent back, never nothing")
    of = event.of
    approved = _values(of.approved_version) if of.approved_version_id else {}
    statements = [
        _statement(of, cell, approved.get(cell.cell.key))
        for cell in event.version.cells.select_related("cell__indicator")
        if cell.value is not None or approved.get(cell.cell.key) is not None
    ]
    figures.record_facts(
        statements, status=Status.PROVISIONAL, source_kind=TAKEN_BACK, source_id=str(event.pk), now=now, by=by
    )


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
