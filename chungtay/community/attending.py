"""What waits for a person in community life: activities that somebody else wrote down and that are not confirmed yet."""

from django.urls import reverse

from chungtay.community.models import Activity
from chungtay.community.rules import ActivityState
from chungtay.kernel.numerals import format_integer
from chungtay.web.waiting import Asked, Waiting


def waiting(asked: Asked) -> list[Waiting]:
    """Return one line with how many activities wait for the person's confirmation (one query)."""
    areas = asked.keys.areas_for("approve", "activity")
    if not areas:
        return []
    rows = Activity.objects.filter(area_id__in=areas, state=ActivityState.RECORDED)
    count = rows.exclude(written_by=asked.user).exclude(changed_by=asked.user).exclude(recorded_by=asked.user).count()
    if not count:
        return []
    url = f"{reverse('activity-list')}?trang_thai={ActivityState.RECORDED}"
    why = "Hoạt động chỉ được tính vào số liệu sau khi người thứ hai xác nhận."
    label = f"Xác nhận {format_integer(count)} hoạt động"
    return [Waiting(label, why, url, None, "submitted", "Chờ xác nhận", "Xem và xác nhận")]
