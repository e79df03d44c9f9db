"""An open contest of the city in which the unit takes part, a drafted decision and an issued one, for the table of rights."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chungtay.emulation import services
from chungtay.emulation.models import BookEntry, Contest, Decision
from chungtay.emulation.rules import AwardState, Form, MoneyFrom, Recipient
from chungtay.emulation.scoring import How, Item
from chungtay.emulation.services import Content, Entrant, Line
from tests.cast import Cast

NOWHERE = UUID(int=0)
PLAIN = frozenset(
    {"contest-list", "contest-create", "criteria-list", "criteria-create", "decision-list", "decision-create"}
)
MORE: dict[str, tuple[Any, ...]] = {
    "appeal-answer": (NOWHERE,),
    "sheet-paper": ("pdf",),
    "sheet-evidence": (1,),
    "decision-paper": ("to-trinh", "pdf"),
}
CODE = "234567ABCDEF"  # looks like one and was given to nobody


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address of emulation; its rows are there also for addresses without any."""
    contest = _contest(cast, now)
    if url_name in PLAIN:
        return ()
    if url_name == "criteria-detail":
        return (contest.criteria_id,)
    if url_name.startswith("contest-"):
        return (contest.pk,)
    if url_name == "interest-declare":
        return (NOWHERE, NOWHERE)
    if url_name.startswith("vote-"):
        return (NOWHERE, *(("pdf",) if url_name == "vote-minutes" else ()))
    if url_name.startswith("decision-"):
        return _decision(cast, now).pk, *MORE.get(url_name, ())
    if url_name == "certificate-check":
        return (CODE,)
    if url_name.startswith("certificate-"):
        return (_entry(cast, now).pk,)
    return contest.sheets.get(area=cast.communes[0]).pk, *MORE.get(url_name, ())


def _contest(cast: Cast, now: datetime) -> Contest:
    found = Contest.objects.filter(area=cast.city).first()
    if found is not None:
        return found
    said = {"now": now, "by": cast.officer}
    items = [Item("1", "Công tác phối hợp", 1000, How.PEOPLE)]
    criteria = services.write_criteria(area=cast.city, code="bo", title="Bộ tiêu chí", items=items, **said)
    contest = services.create_contest(
        area=cast.city,
        criteria=criteria,
        code="td",
        title="Thi đua",
        period_code="2022",
        due_on=now.date() + timedelta(days=5),
        entrants=[Entrant("Khối phường", cast.body(area)) for area in cast.communes[:2]],
        **said,
    )
    return services.open_contest(contest=contest, revision=1, now=now, by=cast.upper_leader)


def _decision(cast: Cast, now: datetime, name: str = "Tổ Mười lăm") -> Decision:
    found = Decision.objects.filter(awards__name=name).first()
    if found is not None:
        return found
    content = Content(
        form=Form.COMMUNE,
        merit="Đã có thành tích xuất sắc",
        signed_on=now.date(),
        place="Cao Lãnh",
        position="CHỦ TỊCH",
        signer="Trần Văn Bình",
        money=MoneyFrom.BUDGET,
        lines=[Line(Recipient.COLLECTIVE, name, "Giữ gìn an ninh")],
    )
    return services.write_decision(body=cast.body(cast.city), content=content, now=now, by=cast.officer)


def _entry(cast: Cast, now: datetime) -> BookEntry:
    found = BookEntry.objects.first()
    if found is not None:
        return found
    decision = _decision(cast, now, "Tổ Mười sáu")
    given = {"number": "1/QĐ", "typed": "1/QĐ", "revision": decision.revision, "now": now, "by": cast.upper_leader}
    services.issue_decision(decision=decision, **given)
    assert Decision.objects.get(pk=decision.pk).state == AwardState.ISSUED
    return BookEntry.objects.get(decision=decision)


DATA = {
    "contest-step": {"do": "cancel", "reason": "Thôi", "revision": "2"},
    "sheet-score": {"revision": "1"},
    "sheet-step": {"do": "forward", "revision": "1", "seen": ""},
    "appeal-answer": {"text": "Trả lời"},
    "decision-step": {"do": "drop", "revision": "1"},
    "certificate-step": {"do": "ask", "reason": "Sai tên"},
}
