"""Units that ended and who came after each: what their registers hold goes on there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.places import cached
from chungtay.places.histories import links


@dataclass(frozen=True)
class Leaving:
    """A unit that ended on a day and who came after it, on which basis."""

    area_id: UUID
    on: date
    basis: str
    heirs: tuple[UUID, ...]


def leavings(today: date) -> dict[UUID, Leaving]:
    """Return by its id every unit that is not on today's map and has units after it, as the maps are known now."""
    tree = cached.tree(today, None, cached.map_state())
    found: dict[UUID, Leaving] = {}
    for link in links():
        if link.on > today or link.from_area in tree or link.is_keeping:
            continue
        before = found.get(link.from_area)
        heirs = before.heirs if before is not None and before.on == link.on else ()
        found[link.from_area] = Leaving(link.from_area, link.on, link.legal_basis, (*heirs, link.to_area))
    return found
