"""On which map a page shows its figures: the maps that a place has had, to choose from, or that of any day.

`ban-do` holds the chosen day, `ban-do-ngay` one that was typed; without either each period stands on its own map.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import ValidationError

from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.web.forms import DateField

EACH_ITS_OWN = "Theo bản đồ từng kỳ"
MOST_MAPS = 24
_FIRST_DAY, _LAST_DAY = date(1945, 9, 2), date(2199, 12, 31)


@dataclass(frozen=True)
class MapChoice:
    """One map to choose: a day on which it is in force, and how many units stood below the place."""

    iso: str
    label: str


@dataclass(frozen=True)
class MapAsked:
    """The day whose map adds up, None when every period has its own. `problem` says what was wrong with the day."""

    day: date | None = None
    typed: str = ""
    problem: str = ""

    @property
    def iso(self) -> str:
        """The day as it stands in an address, "" without one."""
        return "" if self.day is None else self.day.isoformat()

    @property
    def words(self) -> str:
        """The map in words, for captions and files."""
        return EACH_ITS_OWN if self.day is None else f"Theo bản đồ ngày {date_text(self.day)}"

    def refused(self, problem: str) -> "MapAsked":
        """Return the question without its day, saying why."""
        return MapAsked(typed=self.typed or ("" if self.day is None else date_text(self.day)), problem=problem)


def map_asked(asked: Mapping[str, str]) -> MapAsked:
    """Read the map from an address. A day that is none is told, and every period keeps its own map."""
    typed = asked.get("ban-do-ngay", "").strip()[:20]
    text = typed or asked.get("ban-do", "").strip()[:20]
    if not text:
        return MapAsked()
    try:
        day = DateField().clean(text)
    except ValidationError as error:
        return MapAsked(typed=text, problem=" ".join(error.messages))
    if not _FIRST_DAY <= day <= _LAST_DAY:
        return MapAsked(typed=text, problem=f"Không có bản đồ của ngày {date_text(day)}. Hãy chọn một ngày khác.")
    return MapAsked(day)


def map_choices(area_id: UUID, asked: MapAsked) -> list[MapChoice]:
    """Return the maps that differ below a place, oldest first; [] when it has only ever had one and none was asked for."""
    lives = _labelled(places.extents_of(area_id))[-MOST_MAPS:]
    chosen = asked.iso
    choices = [MapChoice(day.isoformat(), label) for day, label in lives]
    if chosen and chosen not in {choice.iso for choice in choices}:
        choices.append(MapChoice(chosen, f"Bản đồ ngày {date_text(asked.day)}" if asked.day else chosen))
    return choices if chosen or len(choices) > 1 else []


def _labelled(extents: Sequence[places.Extent]) -> list[tuple[date, str]]:
    """Return (a day on the map, label) for each stretch of time in which the place and all below it stayed the same."""
    ends = [after.day - timedelta(days=1) for _, after in pairwise(extents)]
    found: list[tuple[date, str]] = []
    for at, extent in enumerate(extents):
        if not extent.area_ids:
            continue
        last = ends[at] if at < len(ends) else None
        what = f"{extent.children} đơn vị" if extent.children else "Riêng đơn vị này"
        is_oldest = not any(earlier.area_ids for earlier in extents[:at])
        if last is None:
            found.append((extent.day, what if is_oldest else f"{what} (từ {date_text(extent.day)})"))
        elif is_oldest:
            found.append((last, f"{what} (đến {date_text(last)})"))
        else:
            found.append((extent.day, f"{what} ({date_text(extent.day)} – {date_text(last)})"))
    return found
