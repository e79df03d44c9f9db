"""Groups of the people that stand today: name, kind, place and size, as the portal lists them; nobody in them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from chungtay.community import selectors as community
from chungtay.opendata.registry import window
from chungtay.opendata.rules import Asked, Dataset, Field, Kind, Row
from chungtay.places import selectors as places


def _groups(asked: Asked) -> Iterator[Row]:
    areas = window().areas(asked.day)
    listed: QuerySet[Any] = community.group_list(
        areas, asked.day, {}
    )  # each with `members` and `households` of the day
    for group in listed.order_by("kind", "name", "pk").iterator(chunk_size=2_000):
        size = group.members if group.members is not None else group.households
        counted = "members" if group.members is not None else "households" if group.households is not None else None
        yield (
            str(group.pk), group.name, group.kind, community.kind_label(group.kind), str(group.area_id),
            places.name_on(group.area_id, asked.day), group.founded_on, size, counted,
        )  # fmt: skip


GROUPS = Dataset(
    "groups",
    "Nhóm, tổ chức của người dân",
    "Các tổ, nhóm, hội quán, câu lạc bộ đang hoạt động vào ngày chốt dữ liệu, với quy mô đếm gần nhất. Không có người trong nhóm.",
    (
        Field("id", Kind.TEXT, "Định danh", "Mã định danh không đổi của nhóm."),
        Field("name", Kind.TEXT, "Tên", "Tên nhóm."),
        Field("kind", Kind.TEXT, "Loại", "Loại nhóm, bằng từ khóa."),
        Field("kind_name", Kind.TEXT, "Tên loại", "Loại nhóm, bằng chữ."),
        Field("unit_id", Kind.TEXT, "Nơi", "Xã, phường của nhóm.", points_to="units.id"),
        Field("unit_name", Kind.TEXT, "Tên nơi", "Tên xã, phường vào ngày chốt dữ liệu."),
        Field("founded_on", Kind.DATE, "Thành lập", "Ngày thành lập, ra mắt."),
        Field("size", Kind.INTEGER, "Quy mô", "Số đếm gần nhất; trống khi chưa đếm.", is_required=False, minimum=0),
        Field(
            "size_counts", Kind.TEXT, "Đếm theo", "members: thành viên; households: hộ.",
            is_required=False, choices=("members", "households"),
        ),
    ),
    ("id",),
    _groups,
    keywords=("cộng đồng", "hội quán", "tổ tự quản"),
    searched=("name",),
)  # fmt: skip
