"""What several screens of a return say in the same way."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from chungtay.kernel.periods import parse_period
from chungtay.returns import rules
from chungtay.returns.models import Event, Version
from chungtay.returns.selectors import OpenRemark
from chungtay.returns.views.doors import Visit


def crumbs(one: Visit, here: str = "") -> list[dict[str, str]]:
    """Return the way to a page of a return: the grid of its form, the return itself, the page."""
    form = one.of.round.form
    period = parse_period(one.of.round.period_code).short()
    grid = f"{reverse('return-grid')}?bieu={form.code}"
    name = f"{one.unit}, {period}"
    found = [{"label": "Báo cáo kỳ", "url": grid}]
    if not here:
        return [*found, {"label": name}]
    return [*found, {"label": name, "url": reverse("return-detail", args=[one.of.pk])}, {"label": here}]


def heading(one: Visit) -> dict[str, str]:
    """Return title and subtitle: the unit's own people read the form first, the levels above the unit."""
    form = f"Biểu {one.of.round.form.code} – {one.of.round.form.title}"
    period = one.period
    if one.is_of_the_unit:
        return {"title": form, "text": f"{one.unit} · số liệu {period}"}
    return {"title": f"{one.unit}, {period}", "text": form}


def last_version(one: Visit) -> Version | None:
    """Return the newest version that the person may open."""
    versions = one.versions()
    return versions[0] if versions else None


def late_days(one: Visit, came_in: datetime | None = None) -> int:
    """Return how many days the return came in past its deadline; while it has not come in, how many it is past it now."""
    return rules.late_days(localtime(one.of.due_at), localtime(came_in or one.now))


def late_title(one: Visit) -> str:
    """Return "Trễ 3 ngày.", "" when in time."""
    days = late_days(one)
    return f"Trễ {days} ngày." if days else ""


def last_act(events: Iterable[Event], version: Version | None) -> Event | None:
    """Return the last step that a version took upward: put to the signature, signed, approved. Events newest first."""
    steps = ("submit", "sign", "approve")
    return next((e for e in events if version and e.version_id == version.pk and e.verb in steps), None)


def questions(events: Iterable[Event], version: Version | None) -> dict[str, OpenRemark]:
    """Return what was asked about a version, else what was asked before and this version answers. Events newest first."""
    events = list(events)
    if version is None:
        return {}
    about = [e for e in events if e.verb == "send_back" and e.version_id == version.pk]
    earlier = [
        e for e in events if e.verb in ("send_back", "approve") and e.version and e.version.number < version.number
    ]
    asked = about or [e for e in earlier[:1] if e.verb == "send_back"]
    return {
        r.cell.key: OpenRemark(r.cell.key, r.text, asked[0].by.full_name, asked[0].at)
        for e in asked[:1]
        for r in e.remarks.all()
    }
