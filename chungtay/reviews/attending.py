"""What waits for a person among reviews: those that wait for their signature."""

from django.urls import reverse

from chungtay.reviews.models import Review
from chungtay.reviews.rules import State
from chungtay.web.waiting import Asked, Waiting


def waiting(asked: Asked) -> list[Waiting]:
    """Return the reviews that the person may publish (one query)."""
    areas = asked.keys.areas_for("publish", "review")
    if not areas:
        return []
    rows = Review.objects.filter(area_id__in=areas, state=State.FOR_SIGNING).select_related("programme").order_by("pk")
    return [
        Waiting(
            f"Ban hành {str(row)[0].lower()}{str(row)[1:]}",
            "Lời văn đã chốt, chờ người ký xem lại và ban hành.",
            reverse("review-publish", args=[row.pk]),
            None,
            "for_signing",
            "Chờ ban hành",
            "Xem và ban hành",
        )
        for row in rows
        if asked.keys.can("publish", row)
    ]
