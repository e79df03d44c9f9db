"""What the portal above tells this room: whose portal it is, what it shows of programmes and articles, where a thing opens.

The portal decides what is public; here nobody decides it a second time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.kernel.periods import Period
from chungtay.programmes.models import Programme


@dataclass(frozen=True)
class Shown:
    """A programme that the portal shows, at the place whose portal it is, over a period."""

    programme: Programme
    area_id: UUID
    period: Period


@dataclass(frozen=True)
class Printed:
    """A figure as the edition of an article that is out printed it; `address` of the article, `mark` its exact value."""

    article: int
    title: str
    address: str
    edition: int
    published_on: date
    key: str
    label: str
    text: str
    unit: str
    mark: str
    state: str
    reported: int
    expected: int
    coverage: str
    trace: str


@dataclass(frozen=True)
class Window:
    """The portal as this room sees it. `areas`: the places whose portal it is on a day; addresses begin with "/"."""

    area_id: Callable[[], UUID | None]
    office: Callable[[], str]
    areas: Callable[[date], frozenset[UUID]]
    programmes: Callable[[], Iterable[Shown]]
    printed: Callable[[], Iterable[Printed]]
    trace_address: Callable[[str], str]
    line_address: Callable[[int], str]
    certificate_address: Callable[[str], str]


_windows: list[Window] = []


def register(window: Window) -> None:
    """Say how the portal is seen."""
    _windows[:] = [window]


def window() -> Window:
    """Return how the portal is seen. Raises RuntimeError without a portal: there is nothing that everybody may see."""
    if not _windows:
        raise RuntimeError("No portal is registered: add chungtay.portal to the installed apps")
    return _windows[0]
