"""What waits for a person in this room, as the staff home shows it."""

from datetime import timedelta

from django.urls import reverse

from chungtay.kernel.text import date_text
from chungtay.supervision.models import AnswerDraft, Feedback, Recommendation, Supervision, YearPlan
from chungtay.supervision.rules import OWED, State
from chungtay.web.waiting import Asked, Waiting

MOST = 20
SOON = timedelta(days=30)


def waiting(asked: Asked) -> list[Waiting]:
    """Return answers to draft, sign and judge, plans to agree, reports to publish, and feedback to moderate, answer and sign."""
    return [
        *_plans(asked),
        *_answers(asked),
        *_judged(asked),
        *_unanswered(asked),
        *_reports(asked),
        *_feedback(asked),
    ]


def _state(asked: Asked, due: object) -> tuple[str, str]:
    late = due is not None and due < asked.today  # type: ignore[operator]
    return ("late", "Quá hạn") if late else ("info", "Chờ bạn")


def _plans(asked: Asked) -> list[Waiting]:
    areas = asked.keys.areas_for("approve", "supervision")
    rows = YearPlan.objects.filter(area_id__in=areas, state=State.PROPOSED).select_related("body")[:MOST]
    return [
        Waiting(
            f"{row}: {row.body}", "Kế hoạch đã gửi sang, chờ bên bạn thống nhất", reverse("plan-detail", args=[row.pk]),
            state="for_signing", state_label="Chờ thống nhất", action="Xem kế hoạch",
        )
        for row in rows
        if asked.keys.can("approve", row)
    ]  # fmt: skip


def _answers(asked: Asked) -> list[Waiting]:
    """A clerk drafts what has no draft, a leader signs what has one."""
    found = []
    drafts, signs = (asked.keys.areas_for(action, "recommendation") for action in ("reply", "sign"))
    rows = Recommendation.objects.filter(state__in=OWED, due_on__lte=asked.today + SOON).select_related(
        "addressee", "superior"
    )
    ready = dict(AnswerDraft.objects.filter(recommendation__in=rows).values_list("recommendation_id", "drafted_by_id"))
    for row in rows.order_by("due_on", "pk"):
        areas = {body.area_id for body in (row.addressee, row.superior) if body is not None}
        url, (state, label) = reverse("recommendation-detail", args=[row.pk]), _state(asked, row.due_on)
        if row.pk not in ready and areas & drafts:
            found.append(
                Waiting(f"{row}: {row.text[:90]}", "Soạn trả lời kiến nghị", url, row.due_on, state, label, "Soạn")
            )
        elif row.pk in ready and areas & signs and ready[row.pk] != asked.user.pk:
            found.append(
                Waiting(f"{row}: {row.text[:90]}", "Dự thảo trả lời chờ ký", url, row.due_on, state, label, "Đọc, ký")
            )
    return found[:MOST]


def _judged(asked: Asked) -> list[Waiting]:
    areas = asked.keys.areas_for("close", "recommendation")
    rows = Recommendation.objects.filter(area_id__in=areas, state=State.ANSWERED).select_related("addressee")
    return [
        Waiting(
            f"{row}: {row.text[:90]}", f"{row.addressee} đã trả lời, chờ chấp nhận", reverse("recommendation-detail", args=[row.pk]),
            state="submitted", state_label="Có trả lời", action="Đọc trả lời",
        )
        for row in rows.order_by("answered_on", "pk")[:MOST]
    ]  # fmt: skip


def _unanswered(asked: Asked) -> list[Waiting]:
    """What the Front may take to the level above now."""
    areas = asked.keys.areas_for("edit", "recommendation")
    rows = Recommendation.objects.filter(area_id__in=areas, state__in=OWED, escalate_on__lt=asked.today, superior=None)
    return [
        Waiting(
            f"{row}: {row.text[:90]}", f"{row.addressee} chưa trả lời; nay có thể kiến nghị lên cấp trên",
            reverse("recommendation-detail", args=[row.pk]), row.due_on, "late", "Quá hạn", "Xem",
        )
        for row in rows.select_related("addressee").order_by("due_on", "pk")[:MOST]
    ]  # fmt: skip


def _reports(asked: Asked) -> list[Waiting]:
    areas = asked.keys.areas_for("edit", "supervision")
    rows = Supervision.objects.filter(area_id__in=areas, state__in=[State.RUNNING, State.REPORTED]).exclude(
        report_due=None
    )
    found = []
    for row in rows.filter(report_due__lte=asked.today + SOON).order_by("report_due", "pk")[:MOST]:
        if row.state == State.REPORTED and row.reported_by_id == asked.user.pk:
            continue
        state, label = _state(asked, row.report_due)
        why = "Đọc và ban hành báo cáo" if row.state == State.REPORTED else "Viết báo cáo kết quả giám sát"
        found.append(
            Waiting(
                f"{row}: {row.subject}", why, reverse("supervision-detail", args=[row.pk]), row.report_due, state, label
            )
        )
    return found


def _feedback(asked: Asked) -> list[Waiting]:
    keys, found = asked.keys, []
    moderates = Feedback.objects.filter(area_id__in=keys.areas_for("moderate", "feedback"), state=State.RECEIVED)
    if new := moderates.count():
        first = moderates.order_by("received_at").values_list("received_at", flat=True)[0]
        why = f"Cũ nhất gửi ngày {date_text(first.date())}"
        url = f"{reverse('feedback-list')}?tinh_trang=received"
        found.append(
            Waiting(
                f"{new} phản ánh mới chờ kiểm duyệt", why, url, state="info", state_label="Mới", action="Kiểm duyệt"
            )
        )
    drafts, signs = keys.areas_for("reply", "feedback"), keys.areas_for("sign", "feedback")
    rows = Feedback.objects.filter(body__area_id__in=drafts | signs, state=State.ROUTED).select_related("body")
    for row in rows.order_by("due_on", "pk")[:MOST]:
        area = row.body.area_id if row.body else None
        state, label = _state(asked, row.due_on)
        url = reverse("feedback-detail", args=[row.pk])
        if not row.draft and area in drafts:
            found.append(
                Waiting(f"{row}: {row.text[:90]}", "Soạn trả lời người dân", url, row.due_on, state, label, "Soạn")
            )
        elif row.draft and area in signs and row.drafted_by_id != asked.user.pk:
            found.append(
                Waiting(f"{row}: {row.text[:90]}", "Trả lời người dân chờ ký", url, row.due_on, state, label, "Đọc, ký")
            )
    return found
