"""Where groups stand in the drawing of their lineage: a column for each generation, numbers only, the template draws."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chungtay.community.kinds import group_kind
from chungtay.community.models import Group, GroupLink

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 220, 56, 60, 16
LONGEST = 28


@dataclass(frozen=True)
class Box:
    """One group in the drawing."""

    group: Group
    x: int
    y: int
    name: str
    kind: str
    is_here: bool

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def name_y(self) -> int:
        return self.y + 24

    @property
    def kind_y(self) -> int:
        return self.y + 43


@dataclass(frozen=True)
class Drawing:
    """A lineage ready to draw. lines: (path, kind of link)."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    lines: tuple[tuple[str, str], ...]


def draw(kin: dict[UUID, Group], edges: Sequence[GroupLink], here: Group) -> Drawing:
    """Lay out groups from left (older) to right; each stands one column after the last of those it came from."""
    parents: dict[UUID, list[UUID]] = defaultdict(list)
    for edge in edges:
        parents[edge.child_id].append(edge.parent_id)
    column: dict[UUID, int] = {}

    def place(pk: UUID) -> int:
        if pk not in column:
            column[pk] = max((place(parent) + 1 for parent in parents[pk]), default=0)
        return column[pk]

    rows: dict[int, int] = defaultdict(int)
    boxes: dict[UUID, Box] = {}
    for pk, group in sorted(kin.items(), key=lambda one: (one[1].founded_on, one[1].name)):
        x, y = place(pk) * (BOX_WIDTH + GAP_X), rows[column[pk]] * (BOX_HEIGHT + GAP_Y)
        rows[column[pk]] += 1
        name = group.name if len(group.name) <= LONGEST else f"{group.name[: LONGEST - 1].rstrip()}…"
        since = f"{group_kind(group.kind).short}, {group.founded_on:%m/%Y}"
        boxes[pk] = Box(group, x + 2, y + 2, name, since, pk == here.pk)
    lines = tuple((_path(boxes[edge.parent_id], boxes[edge.child_id]), edge.kind) for edge in edges)
    width = (max(column.values()) + 1) * (BOX_WIDTH + GAP_X) - GAP_X + 4
    height = max(rows.values()) * (BOX_HEIGHT + GAP_Y) - GAP_Y + 4
    return Drawing(width, height, BOX_WIDTH, BOX_HEIGHT, tuple(boxes.values()), lines)


def _path(parent: Box, child: Box) -> str:
    x, y = parent.x + BOX_WIDTH, parent.y + BOX_HEIGHT // 2
    to_x, to_y = child.x, child.y + BOX_HEIGHT // 2
    middle = to_x - GAP_X // 2
    return f"M{x} {y}H{middle}V{to_y}H{to_x}"
