"""Where the log above this floor says how changes of the map are recorded (filled by `audit` when it starts)."""

from collections.abc import Mapping
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


_recorders: list[Recorder] = []


def record_with(recorder: Recorder) -> None:
    """Send every change of the map to `recorder`."""
    _recorders[:] = [recorder]


def recorder() -> Recorder:
    """Return the recorder. Raises RuntimeError when no log is installed: an unrecorded change of the map is a fault."""
    if not _recorders:
        raise RuntimeError("No log is registered: add chungtay.audit to the installed apps")
    return _recorders[0]
