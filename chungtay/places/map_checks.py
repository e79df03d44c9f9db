"""What must hold of the map of every day, pure: each unit hangs under one that is there, codes differ, nothing is a circle."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from chungtay.kernel.errors import Problem, Severity
from chungtay.kernel.text import date_text
from chungtay.places.rules import LEVEL_LABELS, RANKS, BrokenMap, Node, Place, build_tree


def named(unit: Place | Node) -> str:
    """Return a unit's name with its code: "Xã Hòa An (29893)"."""
    return f"{unit.name} ({unit.code})" if unit.code else unit.name


def map_problems(
    places: Mapping[UUID, Place], touched: Collection[UUID], gone: Mapping[UUID, str], day: date
) -> Iterator[Problem]:
    """Yield what is wrong with the map of a day because `touched` units are new or changed and `gone` ones (names) ended."""
    yield from _orphans(places, touched, gone, day)
    yield from _shared_codes(places, touched, day)
    yield from _odd_parents(places, touched)
    try:
        build_tree(places.values())
    except BrokenMap as circle:
        yield Problem(str(circle), date_text(day))


def _orphans(
    places: Mapping[UUID, Place], touched: Collection[UUID], gone: Mapping[UUID, str], day: date
) -> Iterator[Problem]:
    for place in places.values():
        parent = place.parent_id
        if parent is None or parent in places:
            continue
        if parent in gone:
            yield Problem(
                f"{named(place)} đang thuộc {gone[parent]}, đơn vị không còn từ ngày {date_text(day)}. "
                "Hãy chuyển về đơn vị cấp trên mới, hoặc kết thúc đơn vị này.",
                named(place),
            )
        elif place.area_id in touched:
            yield Problem(
                f"Đơn vị cấp trên của {named(place)} không có trên bản đồ ngày {date_text(day)}.", named(place)
            )


def _shared_codes(places: Mapping[UUID, Place], touched: Collection[UUID], day: date) -> Iterator[Problem]:
    bearers: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        if place.code:
            bearers[place.code].append(place)
    for code, shared in bearers.items():
        if len(shared) > 1 and any(place.area_id in touched for place in shared):
            names = " và ".join(place.name for place in shared)
            yield Problem(f"Ngày {date_text(day)} mã {code} là của cả {names}. Mỗi mã chỉ dùng cho một đơn vị.", code)


def _odd_parents(places: Mapping[UUID, Place], touched: Collection[UUID]) -> Iterator[Problem]:
    for place in places.values():
        above = places.get(place.parent_id) if place.parent_id else None
        if above is None or RANKS[above.level] < RANKS[place.level]:
            continue
        if place.area_id in touched or above.area_id in touched:
            labels = LEVEL_LABELS[place.level], LEVEL_LABELS[above.level]
            yield Problem(
                f"{named(place)} là {labels[0]} mà thuộc {named(above)} là {labels[1]}. Hãy kiểm tra lại cấp.",
                named(place),
                Severity.EXPLAIN,
            )
