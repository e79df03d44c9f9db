"""What waits for a person among the cases of their place, one line for each step."""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from chungtay.kernel.numerals import format_integer
from chungtay.support.models import Case
from chungtay.support.rules import State
from chungtay.web.waiting import Asked, Waiting

# State: what is done with it next, in words, and the badge.
_NEXT = {
    State.RETURNED: ("propose", "Sửa {} hồ sơ bị trả lại", "returned", "Trả lại"),
    State.PROPOSED: ("verify", "Xác minh {} hồ sơ hỗ trợ", "submitted", "Mới đề nghị"),
    State.VERIFIED: ("verify", "Niêm yết {} hồ sơ đã xác minh", "info", "Đã xác minh"),
    State.POSTED: ("approve", "Duyệt {} hồ sơ đã hết hạn niêm yết", "for_signing", "Chờ duyệt"),
    State.APPROVED: ("fund", "Gắn phiếu chi cho {} hồ sơ đã duyệt", "info", "Chờ kinh phí"),
    State.FUNDED: ("deliver", "Trao {} hồ sơ đủ kinh phí", "info", "Chờ trao"),
    State.DELIVERED: ("accept", "Nghiệm thu {} hồ sơ đã trao", "for_signing", "Chờ nghiệm thu"),
}


def waiting(asked: Asked) -> list[Waiting]:
    """Return the steps that wait for the person, with how many cases wait for each (one query)."""
    may = {state: asked.keys.areas_for(action, "case") for state, (action, *_) in _NEXT.items()}
    areas = frozenset().union(*may.values())
    if not areas:
        return []
    rows = Case.objects.filter(area_id__in=areas, state__in=list(_NEXT))
    rows = rows.exclude(Q(state=State.POSTED) & Q(posted_until__gte=asked.today))
    counts: defaultdict[State, int] = defaultdict(int)
    for state, area, count in rows.order_by().values_list("state", "area_id").annotate(n=Count("id")):
        if area in may[State(state)]:
            counts[State(state)] += count
    found = []
    for state, (_, words, look, label) in _NEXT.items():
        if count := counts[state]:
            url = f"{reverse('support-list')}?{urlencode({'buoc': state.value})}"
            why = "Hồ sơ đứng ở bước này cho đến khi có người làm tiếp."
            found.append(Waiting(words.format(format_integer(count)), why, url, None, look, label, "Xem hồ sơ"))
    return found
