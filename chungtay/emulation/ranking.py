"""Places in a contest, pure: standard competition ranking within each block, ties share the better place and the next is left out."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Who is ranked: any key, the block that they compete in, their points (hundredths)."""

    key: Hashable
    block: str
    points: int


@dataclass(frozen=True)
class Place:
    """The place of an entry in its block; `is_tied` when somebody else has the same points."""

    entry: Entry
    place: int
    is_tied: bool


def ranked(entries: Iterable[Entry]) -> list[Place]:
    """Return everybody's place, block by block, the best first: 1, 2, 2, 4."""
    blocks: dict[str, list[Entry]] = {}
    for entry in entries:
        blocks.setdefault(entry.block, []).append(entry)
    found = []
    for block in sorted(blocks):
        mine = sorted(blocks[block], key=lambda one: -one.points)
        points = [one.points for one in mine]
        found += [Place(one, points.index(one.points) + 1, points.count(one.points) > 1) for one in mine]
    return found
