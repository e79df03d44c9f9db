"""What the rooms above do when the map changes, filled when they start: the log records it, others see to what is inherited."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from chungtay.places.rules import Actor


class Recorder(Protocol):
    """Adds an event to the log, inside the transaction of what it tells of."""

    def __call__(
        self,
        code: str,
        *,
        obj: Model | tuple[str, object] | None = None,
        area_id: UUID | None = None,
        data: Mapping[str, Any] | None = None,
        now: datetime,
        by: Actor | None,
    ) -> object: ...


@dataclass(frozen=True)
class Entry:
    """One event of many: what `Recorder` takes, without the moment and the person."""

    code: str
    obj: Model | tuple[str, object] | None = None
    area_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


class BulkRecorder(Protocol):
    """Adds many events to the log at once, in their order."""

    def __call__(self, entries: Iterable[Entry], *, now: datetime, by: Actor | None) -> object: ...


Heirs = Mapping[UUID, frozenset[UUID]]
"""A unit that ends -> the units of its own rank that begin from it."""

OnInheritance = Callable[[Heirs, date, datetime], None]

_inheritances: dict[str, OnInheritance] = {}
_recorders: list[Recorder] = []
_bulk_recorders: list[BulkRecorder] = []


def record_with(recorder: Recorder, bulk: BulkRecorder) -> None:
    """Send every change of the map to `recorder`, and many at once to `bulk`."""
    _recorders[:] = [recorder]
    _bulk_recorders[:] = [bulk]


def recorder() -> Recorder:
    """Return the recorder. Raises RuntimeError when no log is installed: an unrecorded change of the map is a fault."""
    if not _recorders:
        raise RuntimeError("No log is registered: add chungtay.audit to the installed apps")
    return _recorders[0]


def bulk_recorder() -> BulkRecorder:
    """Return the recorder of many events. Raises RuntimeError when no log is installed."""
    if not _bulk_recorders:
        raise RuntimeError("No log is registered: add chungtay.audit to the installed apps")
    return _bulk_recorders[0]


def on_inheritance(name: str, what: OnInheritance) -> None:
    """Have `what(heirs, from which day, now)` done in the transaction that records a reorganisation; one for each name."""
    _inheritances[name] = what


def inherit(heirs: Heirs, effective_on: date, now: datetime) -> None:
    """Tell every room who comes after whom."""
    for what in _inheritances.values() if heirs else ():
        what(heirs, effective_on, now)
