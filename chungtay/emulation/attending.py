"""What waits for a person in this room: sheets to score, contests to open, papers to give, appeals to answer, decisions to issue."""

from django.urls import reverse

from chungtay.access.rules import Matter
from chungtay.emulation import judging
from chungtay.emulation.models import Appeal, Decision, Juror, Sheet
from chungtay.emulation.models import Contest as ContestRow
from chungtay.emulation.rules import STAGE_LABELS, Act, AwardState, ContestState, Stage
from chungtay.web.waiting import Asked, Waiting


def waiting(asked: Asked) -> list[Waiting]:
    """Return everything of the room that waits for the person."""
    return [*_contests(asked), *_sheets(asked), *_papers(asked), *_appeals(asked), *_decisions(asked)]


def _contests(asked: Asked) -> list[Waiting]:
    rows = ContestRow.objects.filter(state=ContestState.DRAFT, area_id__in=asked.keys.areas_for("approve", "contest"))
    return [
        Waiting(
            f"Duyệt đợt thi đua: {row.title}",
            "Đã lập xong, chờ người thứ hai duyệt để các đơn vị tự chấm.",
            reverse("contest-detail", args=[row.pk]),
            row.due_on,
            "for_signing",
            "Chờ duyệt",
            "Xem và duyệt",
        )
        for row in rows
        if asked.keys.can("approve", row)
    ]


def _sheets(asked: Asked) -> list[Waiting]:
    """One line for each sheet of one's own place; at the contest's place one for each contest and stage."""
    keys = asked.keys
    own = keys.areas_for("fill", "sheet") | keys.areas_for("sign", "sheet")
    upper = keys.areas_for("score", "sheet")
    live = Sheet.objects.filter(contest__state=ContestState.OPEN).select_related("contest")
    found = []
    for sheet in live.filter(stage=Stage.SELF, area_id__in=own):
        scores = judging.may(keys, sheet, Act.SCORE)
        if not scores and not (sheet.writers and judging.may(keys, sheet, Act.FORWARD)):
            continue
        late = asked.today > sheet.contest.due_on
        label = f"{'Tự chấm' if scores else 'Ký gửi phiếu'}: {sheet.name}"
        url = reverse("sheet-detail", args=[sheet.pk])
        state = ("late", "Quá hạn") if late else ("info", "Tự chấm")
        found.append(Waiting(label, sheet.contest.title, url, sheet.contest.due_on, *state, "Mở phiếu"))
    counted: dict[tuple[ContestRow, Stage], int] = {}
    for sheet in live.exclude(stage=Stage.SELF).filter(contest__area_id__in=upper):
        if judging.may(keys, sheet, Act.SCORE):
            key = sheet.contest, Stage(sheet.stage)
            counted[key] = counted.get(key, 0) + 1
    for (contest, stage), count in counted.items():
        url = reverse("contest-detail", args=[contest.pk])
        why = f"{contest.title}: {count} phiếu ở bước {STAGE_LABELS[stage].lower()}."
        found.append(Waiting(f"Chấm điểm thi đua ({count} phiếu)", why, url, None, "submitted", "Chờ chấm", "Mở đợt"))
    return found


def _papers(asked: Asked) -> list[Waiting]:
    rows = Juror.objects.filter(user=asked.user, vote__closed_at__isnull=True, mark__isnull=True)
    return [
        Waiting(
            f"Bỏ phiếu kín: {one.vote.contest.title}",
            f"{one.vote}, mỗi thành viên một phiếu.",
            reverse("vote-cast", args=[one.vote_id]),
            None,
            "for_signing",
            "Chờ bỏ phiếu",
            "Bỏ phiếu",
        )
        for one in rows.select_related("vote__contest")
    ]


def _appeals(asked: Asked) -> list[Waiting]:
    areas = asked.keys.areas_for("answer", "sheet")
    rows = Appeal.objects.filter(answer__isnull=True, publication__contest__area_id__in=areas)
    return [
        Waiting(
            f"Trả lời kiến nghị của {row.sheet.name}",
            row.text[:160],
            reverse("sheet-detail", args=[row.sheet_id]) + "#kien-nghi",
            row.publication.appeal_until,
            "explain",
            "Chờ trả lời",
            "Trả lời",
        )
        for row in rows.select_related("sheet", "publication__contest")
        if asked.keys.can(
            "answer",
            Matter("sheet", row.publication.contest.area_id, Stage.PUBLISHED, frozenset({row.by_id})),
        )
    ]


def _decisions(asked: Asked) -> list[Waiting]:
    areas = asked.keys.areas_for("issue", "award")
    rows = Decision.objects.filter(state=AwardState.DRAFT, body__area_id__in=areas).select_related("body")
    return [
        Waiting(
            f"Ban hành quyết định khen thưởng ({row.awards.count()} người nhận)",
            row.merit[:160],
            reverse("decision-detail", args=[row.pk]),
            row.signed_on,
            "for_signing",
            "Chờ ký",
            "Xem dự thảo",
        )
        for row in rows
        if asked.keys.can("issue", row)
    ]
