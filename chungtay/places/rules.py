"""The map of one day as a pure value: a forest in pre-order, so that a subtree is one slice of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol
from uuid import UUID

from chungtay.kernel.errors import DomainError


class Actor(Protocol):
    """Whoever does a thing: all that the lower rooms need to know of a person."""

    @property
    def id(self) -> UUID: ...

    @property
    def full_name(self) -> str: ...


class Level(StrEnum):
    PROVINCE = "province"
    MUNICIPALITY = "municipality"  # a city of the rank of a province
    CITY = "city"
    URBAN_DISTRICT = "urban_district"
    TOWN = "town"  # thị xã, of the rank of a district
    DISTRICT = "district"
    WARD = "ward"
    TOWNSHIP = "township"  # thị trấn, of the rank of a commune
    COMMUNE = "commune"
    SPECIAL_ZONE = "special_zone"


class BodyKind(StrEnum):
    """Kinds of organisation that stand at a place."""

    UBND = "ubnd"  # Ủy ban nhân dân
    MTTQ = "mttq"  # Ủy ban Mặt trận Tổ quốc
    LDLD = "ldld"  # Liên đoàn Lao động
    HND = "hnd"  # Hội Nông dân
    HLHPN = "hlhpn"  # Hội Liên hiệp Phụ nữ
    DTN = "dtn"  # Đoàn Thanh niên
    HCCB = "hccb"  # Hội Cựu chiến binh


LEVEL_LABELS = {
    Level.PROVINCE: "tỉnh",
    Level.MUNICIPALITY: "thành phố trực thuộc trung ương",
    Level.CITY: "thành phố",
    Level.URBAN_DISTRICT: "quận",
    Level.TOWN: "thị xã",
    Level.DISTRICT: "huyện",
    Level.WARD: "phường",
    Level.TOWNSHIP: "thị trấn",
    Level.COMMUNE: "xã",
    Level.SPECIAL_ZONE: "đặc khu",
}
# Rank of a level: 0 stands above 1 above 2. On a map without districts communes stand directly below a province.
RANKS = {
    Level.PROVINCE: 0,
    Level.MUNICIPALITY: 0,
    Level.CITY: 1,
    Level.URBAN_DISTRICT: 1,
    Level.TOWN: 1,
    Level.DISTRICT: 1,
    Level.WARD: 2,
    Level.TOWNSHIP: 2,
    Level.COMMUNE: 2,
    Level.SPECIAL_ZONE: 2,
}


class ReorganisationKind(StrEnum):
    """What a reorganisation is called in one word; what it does is said by its changes."""

    MERGE = "merge"
    SPLIT = "split"
    TRANSFER = "transfer"
    RENAME = "rename"
    LEVEL = "level"
    ABOLISH = "abolish"
    CREATE = "create"
    MIXED = "mixed"


KIND_LABELS = {
    ReorganisationKind.MERGE: "nhập đơn vị",
    ReorganisationKind.SPLIT: "chia đơn vị",
    ReorganisationKind.TRANSFER: "chuyển về đơn vị cấp trên khác",
    ReorganisationKind.RENAME: "đổi tên",
    ReorganisationKind.LEVEL: "đổi cấp",
    ReorganisationKind.ABOLISH: "giải thể",
    ReorganisationKind.CREATE: "thành lập mới",
    ReorganisationKind.MIXED: "sắp xếp đơn vị hành chính",
}
WHOLE = 1_000_000  # parts per million of a unit: all of it
BODY_LABELS = {
    BodyKind.UBND: "Ủy ban nhân dân",
    BodyKind.MTTQ: "Ủy ban Mặt trận Tổ quốc Việt Nam",
    BodyKind.LDLD: "Liên đoàn Lao động",
    BodyKind.HND: "Hội Nông dân",
    BodyKind.HLHPN: "Hội Liên hiệp Phụ nữ",
    BodyKind.DTN: "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    BodyKind.HCCB: "Hội Cựu chiến binh",
}


class BrokenMap(DomainError):
    """The parents of some areas lead round in a circle, so they hang on nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(f"Bản đồ có vòng lặp đơn vị cấp trên ở: {', '.join(sorted(names))}. Hãy sửa đơn vị cấp trên.")


@dataclass(frozen=True)
class Place:
    """What one area is on one day."""

    area_id: UUID
    name: str
    code: str
    level: Level
    parent_id: UUID | None


@dataclass(frozen=True)
class Node:
    """A place in a tree; `depth` is 0 at a root."""

    area_id: UUID
    name: str
    code: str
    level: Level
    parent_id: UUID | None
    depth: int


@dataclass(frozen=True)
class Tree:
    """The map of a day: `nodes` in pre-order, siblings by code then name.

    `area_id in tree` asks whether it is on the map.
    """

    nodes: tuple[Node, ...]
    _ends: tuple[int, ...] = field(repr=False)

    @cached_property
    def _positions(self) -> dict[UUID, int]:
        return {node.area_id: position for position, node in enumerate(self.nodes)}

    def __contains__(self, area_id: object) -> bool:
        return area_id in self._positions

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def node(self, area_id: UUID) -> Node:
        """Return the node of an area. Raises KeyError when it is not on this map."""
        return self.nodes[self._positions[area_id]]

    def span(self, area_id: UUID) -> tuple[int, int]:
        """Return [first, end) of the area's subtree within `nodes`."""
        first = self._positions[area_id]
        return first, self._ends[first]

    def subtree(self, area_id: UUID) -> tuple[Node, ...]:
        """Return the area and all below it, in pre-order."""
        first, end = self.span(area_id)
        return self.nodes[first:end]

    def ids_under(self, area_id: UUID) -> tuple[UUID, ...]:
        """Return the ids of the area and all below it, in pre-order."""
        return tuple(node.area_id for node in self.subtree(area_id))

    def children(self, area_id: UUID) -> tuple[Node, ...]:
        """Return the areas directly below, by code."""
        depth = self.node(area_id).depth + 1
        return tuple(node for node in self.subtree(area_id) if node.depth == depth)

    def path(self, area_id: UUID) -> tuple[Node, ...]:
        """Return the way from the root down to the area, both included."""
        way = [self.node(area_id)]
        while way[-1].parent_id is not None and way[-1].depth > 0:
            way.append(self.node(way[-1].parent_id))
        return tuple(reversed(way))


def build_tree(places: Iterable[Place]) -> Tree:
    """Return the tree of a day's places; a place whose parent is not among them is a root.

    Raises BrokenMap on a circle.
    """
    by_id = {place.area_id: place for place in places}
    below: dict[UUID | None, list[Place]] = {}
    for place in by_id.values():
        parent = place.parent_id if place.parent_id in by_id else None
        below.setdefault(parent, []).append(place)
    for siblings in below.values():
        siblings.sort(key=lambda place: (place.code, place.name, place.area_id))
    nodes: list[Node] = []
    ends: list[int] = []
    _grow(below, None, 0, nodes, ends)
    if len(nodes) < len(by_id):
        reached = {node.area_id for node in nodes}
        raise BrokenMap(place.name for place in by_id.values() if place.area_id not in reached)
    return Tree(tuple(nodes), tuple(ends))


def _grow(
    below: dict[UUID | None, list[Place]], parent: UUID | None, depth: int, nodes: list[Node], ends: list[int]
) -> None:
    for place in below.get(parent, ()):
        position = len(nodes)
        nodes.append(Node(place.area_id, place.name, place.code, place.level, place.parent_id, depth))
        ends.append(0)
        _grow(below, place.area_id, depth + 1, nodes, ends)
        ends[position] = len(nodes)


def lineages(parents: Mapping[UUID, UUID | None]) -> dict[UUID, tuple[UUID, ...]]:
    """Return every area's way from its root down to itself; a parent that is not a key is left out."""
    ways: dict[UUID, tuple[UUID, ...]] = {}
    for start in parents:
        climb: list[UUID] = []
        at: UUID | None = start
        while at is not None and at in parents and at not in ways and at not in climb:
            climb.append(at)
            at = parents[at]
        way = ways.get(at, ()) if at is not None else ()
        for area_id in reversed(climb):
            way = (*way, area_id)
            ways[area_id] = way
    return ways


@dataclass(frozen=True)
class Ways:
    """How every area that ever was is reached on a day: by its `own` way, and for what is only looked at by
    the ways of those who came after it (`inherited`).
    """

    own: Mapping[UUID, tuple[UUID, ...]]
    inherited: Mapping[UUID, tuple[tuple[UUID, ...], ...]]
