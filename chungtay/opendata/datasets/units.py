"""Administrative units through time: which there are, what each was called and where it belonged, and who came after whom.

Those that ever belonged to the portal's place or to the place of a programme that it shows, all they stem from and went into, and
all above them: whatever another dataset points to is here.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from chungtay.opendata.registry import window
from chungtay.opendata.rules import Asked, Dataset, Field, Kind, Row
from chungtay.places import selectors as places
from chungtay.places.models import AreaVersion, Reorganisation
from chungtay.places.rules import KIND_LABELS, LEVEL_LABELS, Level, ReorganisationKind

_KINDS = tuple(kind.value for kind in ReorganisationKind)
_LEVELS = tuple(level.value for level in Level)


def known_units(day: date) -> frozenset[UUID]:
    """Return the ids of the units that the portal's data of a day speak of; every unit where the portal names no place."""
    versions = list(AreaVersion.objects.known().values_list("area_id", "parent_id"))
    everything = frozenset(area_id for area_id, _ in versions)
    place = window().area_id()
    if place is None:
        return everything
    roots = {place, *(shown.area_id for shown in window().programmes())}
    found = {area_id for root in roots for extent in places.extents_of(root) for area_id in extent.area_ids}
    found |= roots | window().areas(day)
    kin: dict[UUID, set[UUID]] = {}
    for link in places.links():
        kin.setdefault(link.from_area, set()).add(link.to_area)
        kin.setdefault(link.to_area, set()).add(link.from_area)
    _grow(found, kin)
    above: dict[UUID, set[UUID]] = {}
    for area_id, parent_id in versions:
        if parent_id is not None:
            above.setdefault(area_id, set()).add(parent_id)
    _grow(found, above)
    return everything & found


def _grow(found: set[UUID], ways: dict[UUID, set[UUID]]) -> None:
    left = list(found)
    while left:
        fresh = ways.get(left.pop(), set()) - found
        found |= fresh
        left += fresh


def _versions(day: date) -> Iterator[AreaVersion]:
    wanted = known_units(day)
    rows = AreaVersion.objects.known().select_related("reorganisation").order_by("valid_from", "id")
    return (row for row in rows.iterator(chunk_size=2_000) if row.area_id in wanted)


def _units(asked: Asked) -> Iterator[Row]:
    lives: dict[UUID, tuple[AreaVersion, AreaVersion]] = {}
    for row in _versions(asked.day):
        lives[row.area_id] = (lives[row.area_id][0] if row.area_id in lives else row, row)
    for first, last in sorted(
        lives.values(), key=lambda life: (life[1].code, life[0].valid_from, str(life[0].area_id))
    ):
        level = Level(last.level)
        yield (
            str(last.area_id), last.name, last.code, level.value, LEVEL_LABELS[level], first.valid_from, last.valid_to,
            last.valid_to is None or last.valid_to > asked.day,
        )  # fmt: skip


def _through_time(asked: Asked) -> Iterator[Row]:
    for row in sorted(_versions(asked.day), key=lambda one: (str(one.area_id), one.valid_from)):
        level = Level(row.level)
        yield (
            str(row.area_id), row.valid_from, row.valid_to, row.name, row.code, level.value, LEVEL_LABELS[level],
            str(row.parent_id) if row.parent_id else None, row.reorganisation.kind if row.reorganisation else None,
            row.legal_basis,
        )  # fmt: skip


def _lineage(asked: Asked) -> Iterator[Row]:
    wanted = known_units(asked.day)
    kinds = dict(Reorganisation.objects.values_list("pk", "kind"))
    links = [link for link in places.links() if {link.from_area, link.to_area} <= wanted]
    for link in sorted(
        links, key=lambda one: (one.on, str(one.from_area), str(one.to_area), str(one.reorganisation_id))
    ):
        kind = ReorganisationKind(kinds[link.reorganisation_id])
        back = None if link.back_share_ppm is None else _part(link.back_share_ppm)
        yield (
            str(link.from_area), str(link.to_area), link.on, kind.value, KIND_LABELS[kind], _part(link.share_ppm), back,
            link.basis, link.legal_basis, str(link.reorganisation_id),
        )  # fmt: skip


def _part(ppm: int) -> Decimal:
    return Decimal(ppm).scaleb(-6)


def _unit(name: str, title: str, description: str, *, is_required: bool = True) -> Field:
    return Field(name, Kind.TEXT, title, description, is_required, points_to="units.id")


UNITS = Dataset(
    "units",
    "Đơn vị hành chính",
    "Mỗi đơn vị một dòng, kể cả đơn vị đã thôi tồn tại; mã định danh giữ nguyên khi đổi tên, đổi mã, đổi cấp, đổi nơi trực thuộc.",
    (
        Field(
            "id",
            Kind.TEXT,
            "Định danh",
            "Mã định danh không đổi của đơn vị (UUID); các bộ dữ liệu khác chỉ đến mã này.",
        ),
        Field("name", Kind.TEXT, "Tên", "Tên gọi mới nhất."),
        Field(
            "code",
            Kind.TEXT,
            "Mã hành chính",
            "Mã đơn vị hành chính mới nhất; trống khi chưa có mã.",
            is_required=False,
        ),
        Field("level", Kind.TEXT, "Cấp", "Cấp mới nhất, bằng từ khóa.", choices=_LEVELS),
        Field("level_name", Kind.TEXT, "Tên cấp", "Cấp mới nhất, bằng chữ."),
        Field("first_on", Kind.DATE, "Có từ ngày", "Ngày đầu tiên đơn vị có trên bản đồ."),
        Field(
            "ended_on",
            Kind.DATE,
            "Thôi từ ngày",
            "Ngày đầu tiên không còn đơn vị; trống khi vẫn còn.",
            is_required=False,
        ),
        Field("is_active", Kind.BOOLEAN, "Còn hoạt động", "Đơn vị còn tồn tại trong ngày chốt dữ liệu."),
    ),
    ("id",),
    _units,
    keywords=("đơn vị hành chính", "xã", "phường"),
    searched=("name",),
)
VERSIONS = Dataset(
    "unit_versions",
    "Đơn vị hành chính qua thời gian",
    "Mỗi dòng là một đoạn thời gian mà tên, mã, cấp và nơi trực thuộc của một đơn vị không đổi.",
    (
        _unit("unit_id", "Đơn vị", "Đơn vị mà đoạn này nói đến."),
        Field("valid_from", Kind.DATE, "Từ ngày", "Ngày đầu tiên của đoạn."),
        Field("valid_to", Kind.DATE, "Trước ngày", "Ngày đầu tiên sau đoạn; trống khi còn hiệu lực.", is_required=False),
        Field("name", Kind.TEXT, "Tên", "Tên gọi trong đoạn."),
        Field("code", Kind.TEXT, "Mã hành chính", "Mã đơn vị hành chính trong đoạn.", is_required=False),
        Field("level", Kind.TEXT, "Cấp", "Cấp trong đoạn, bằng từ khóa.", choices=_LEVELS),
        Field("level_name", Kind.TEXT, "Tên cấp", "Cấp trong đoạn, bằng chữ."),
        _unit("parent_id", "Trực thuộc", "Đơn vị cấp trên trong đoạn; trống khi không có.", is_required=False),
        Field(
            "begun_by", Kind.TEXT, "Bắt đầu do", "Việc sắp xếp làm đoạn này bắt đầu; trống khi không ghi nhận.",
            is_required=False, choices=_KINDS,
        ),
        Field("legal_basis", Kind.TEXT, "Căn cứ", "Văn bản làm căn cứ, như đã ghi nhận.", is_required=False),
    ),
    ("unit_id", "valid_from"),
    _through_time,
    keywords=("đơn vị hành chính", "lịch sử", "sắp xếp đơn vị hành chính"),
    searched=("name",),
)  # fmt: skip
LINEAGE = Dataset(
    "unit_lineage",
    "Nhập, chia, kế thừa đơn vị hành chính",
    "Mỗi dòng: một phần của đơn vị cũ về đơn vị mới trong một đợt sắp xếp. Đổi tên, đổi cấp xem ở bộ “qua thời gian”.",
    (
        _unit("from_id", "Đơn vị cũ", "Đơn vị thôi tồn tại hoặc bị chia."),
        _unit("to_id", "Đơn vị mới", "Đơn vị nhận phần ấy."),
        Field("effective_on", Kind.DATE, "Có hiệu lực từ", "Ngày việc sắp xếp có hiệu lực."),
        Field("kind", Kind.TEXT, "Việc", "Loại việc sắp xếp, bằng từ khóa.", choices=_KINDS),
        Field("kind_name", Kind.TEXT, "Tên việc", "Loại việc sắp xếp, bằng chữ."),
        Field("share", Kind.NUMBER, "Phần của đơn vị cũ", "Phần của đơn vị cũ về đơn vị mới: 1 là toàn bộ.", minimum=0),
        Field(
            "back_share", Kind.NUMBER, "Phần của đơn vị mới",
            "Phần của đơn vị mới hợp bởi đơn vị cũ; trống khi không nêu, 0 khi chỉ nhận bàn giao.", is_required=False, minimum=0,
        ),
        Field("basis", Kind.TEXT, "Cơ sở của tỷ lệ", "Tỷ lệ tính theo gì.", is_required=False),
        Field("legal_basis", Kind.TEXT, "Căn cứ", "Văn bản làm căn cứ, như đã ghi nhận."),
        Field("act_id", Kind.TEXT, "Đợt sắp xếp", "Mã định danh của đợt sắp xếp; các dòng cùng đợt có cùng mã."),
    ),
    ("act_id", "from_id", "to_id"),
    _lineage,
    keywords=("sắp xếp đơn vị hành chính", "nhập", "chia"),
)  # fmt: skip
