"""Which proposals wait for a person: to draft an answer, or to decide on somebody else's draft."""

from django.urls import reverse

from chungtay.programmes.answering import matter_of
from chungtay.programmes.link_rules import Stand
from chungtay.programmes.links import Standing, standings_of
from chungtay.programmes.models import Programme
from chungtay.web.waiting import Asked, Waiting


def find(asked: Asked) -> list[Waiting]:
    """Return what waits for the person (one query where no change ever came)."""
    areas = asked.keys.areas_for("edit", "proposal") | asked.keys.areas_for("approve", "proposal")
    plans = Programme.objects.filter(area_id__in=areas, proposals__isnull=False).distinct() if areas else []
    found = []
    for one in standings_of(plans) if plans else []:
        if one.stand is Stand.DRAFTED and asked.keys.can("approve", matter_of(one)):
            found.append(_waiting(one, "for_signing", "Chờ quyết định", "Quyết định trả lời", "Xem và quyết định"))
        elif one.stand is Stand.OPEN and asked.keys.can("edit", matter_of(one)):
            found.append(_waiting(one, "not_started", "Cấp trên vừa đổi", "Trả lời thay đổi", "Trả lời"))
    return found


def _waiting(one: Standing, state: str, state_label: str, what: str, action: str) -> Waiting:
    plan, change = one.proposal.plan, one.change
    url = reverse("proposal-detail", args=[plan.code, one.proposal.pk])
    why = f"{change.programme} đổi: {change.label}. {plan} phải tiếp nhận, điều chỉnh hoặc nêu lý do."
    label = f"{what}: {change.label}"
    return Waiting(label, why, url, state=state, state_label=state_label, action=action)
