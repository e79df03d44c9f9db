"""Where the log above this floor says how changes of the map are recorded (filled by `audit` when it starts)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
