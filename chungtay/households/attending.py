"""What waits for a person in the register: households that still stand at units that were divided."""

from django.urls import reverse

from chungtay.households.inheriting import hamlets_left
from chungtay.kernel.numerals import format_integer
from chungtay.places import selectors as places
from chungtay.web.waiting import Asked, Waiting


def waiting(asked: Asked) -> list[Waiting]:
    """Return one line with how many households wait to be told where they went (one query, none where no unit ended)."""
    edits = asked.keys.areas_for("edit", "household")
    ended = [area for area, one in places.leavings(asked.today).items() if edits & set(one.heirs)] if edits else []
    if not ended:
        return []
    count = sum(n for rows in hamlets_left(ended).values() for *_, n in rows)
    if not count:
        return []
    why = "Đơn vị cũ đã được chia; người biết địa bàn chọn khóm, ấp nào về đơn vị nào."
    label = f"Nhận {format_integer(count)} hộ còn ở đơn vị cũ"
    return [Waiting(label, why, reverse("household-leavings"), None, "info", "Sau sắp xếp", "Chọn khóm, ấp")]
