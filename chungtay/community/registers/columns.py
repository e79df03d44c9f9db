"""What stands in the columns of a register's workbook; writer and reader share this."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chungtay.community.kinds import catalogue
from chungtay.community.models import Hamlet
from chungtay.community.rules import FieldSpec

GROUP, ACTIVITY, HAMLET = "nhom-", "hoat-dong-", "khom-ap"
HEAD_OF_OWN = "o-"  # before the code of a field that only this kind has


@dataclass(frozen=True)
class Column:
    """One column. kind: text, count, date, choice (by its label), unit (a place by name) or hamlet (of the row's unit)."""

    key: str
    head: str
    kind: str = "text"
    is_needed: bool = False
    width: int = 18
    choices: Mapping[str, str] = field(default_factory=dict)  # label → code
    longest: int = 150


@dataclass(frozen=True)
class Register:
    """A register that can be filled by a workbook. kind: the kind of group or activity, "" for residential areas."""

    slug: str
    title: str
    columns: tuple[Column, ...]
    kind: str = ""
    right: tuple[str, str] = ("edit", "group")


UNIT = Column("area", "Xã, phường", "unit", True, 24)


def register_of(slug: str) -> Register | None:
    """Return a register by its slug: khom-ap, nhom-<kind>, hoat-dong-<kind>; None when there is no such."""
    if slug == HAMLET:
        kinds = {label: value for value, label in Hamlet.Kind.choices}
        columns: tuple[Column, ...] = (
            UNIT,
            Column("kind", "Loại", "choice", True, 12, kinds),
            Column("name", "Tên", is_needed=True, longest=80),
            Column("founded_on", "Có từ ngày", "date", True, 14),
            Column("households", "Số hộ", "count", width=10),
            Column("people", "Nhân khẩu", "count", width=12),
        )
        return Register(slug, "Khóm, ấp", columns, right=("edit", "hamlet"))
    told = catalogue()
    if slug.startswith(GROUP) and (group := told.groups.get(slug.removeprefix(GROUP))):
        columns = (
            UNIT,
            Column("hamlet", "Khóm, ấp", "hamlet"),
            Column("name", "Tên", is_needed=True, width=32),
            Column("founded_on", "Ngày thành lập", "date", True, 15),
            Column(group.measure, "Thành viên" if group.measure == "members" else "Số hộ", "count", width=12),
            Column("as_of", "Tính đến ngày", "date", width=15),
            Column("schedule", "Lịch sinh hoạt"),
            Column("venue", "Nơi sinh hoạt"),
            *map(_own, group.fields),
        )
        return Register(slug, group.label, columns, group.code)
    if slug.startswith(ACTIVITY) and (activity := told.activities.get(slug.removeprefix(ACTIVITY))):
        columns = (
            UNIT,
            Column("hamlet", "Khóm, ấp", "hamlet", activity.per_hamlet),
            Column("title", "Tên hoạt động", width=36, longest=200),
            Column("held_on", "Ngày tổ chức", "date", True, 14),
            Column("venue", "Địa điểm"),
            Column("participants", "Người tham gia", "count", width=14),
            *map(_own, activity.fields),
            Column("note", "Ghi chú", width=30, longest=1000),
        )
        return Register(slug, activity.label, columns, activity.code, right=("fill", "activity"))
    return None


def _own(spec: FieldSpec) -> Column:
    kind = spec.kind if spec.kind in {"count", "choice"} else "text"
    choices = {label: code for code, label in spec.choices.items()}
    return Column(f"{HEAD_OF_OWN}{spec.code}", spec.label, kind, width=20, choices=choices, longest=500)
