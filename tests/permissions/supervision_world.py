"""What the city's Front has to do with the unit: a plan, a supervision, a criticism, a recommendation, a board and a feedback."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.places.rules import BodyKind
from chungtay.supervision import services
from chungtay.supervision.models import Board, Criticism, Feedback, Recommendation, Supervision, YearPlan
from chungtay.supervision.rules import BoardKind, Form, Kind
from tests.cast import Cast

NOWHERE = UUID(int=0)
TWO = frozenset({"recommendation-file", "supervision-file", "criticism-file", "board-file", "feedback-picture"})


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address: the thing that it speaks of, and a file that is not there."""
    if not User.objects.filter(username="front").exists():
        cast.person("front", "Mai Thị Sen", "Ủy viên Thường trực", (Role.SUPERVISOR, cast.city))
        cast.person("unit.front", "Lý Thị Mai", "Chủ tịch MTTQ phường", (Role.SUPERVISOR, cast.communes[0]))
    makers = {
        "plan": _plan,
        "supervision": _supervision,
        "criticism": _criticism,
        "recommendation": _recommendation,
        "board": _board,
        "feedback": _feedback,
    }
    made = makers[url_name.split("-")[0]](cast, now, cast.people["front"])
    return made.pk, *((NOWHERE,) if url_name in TWO else ())


def _plan(cast: Cast, now: datetime, by: User) -> YearPlan:
    item = services.Item(
        Kind.SUPERVISION,
        Form.TEAM,
        "Bình xét hộ nghèo",
        cast.body(cast.communes[0]),
        date(now.year, 4, 1),
        date(now.year, 5, 1),
        "BTT",
    )
    row = services.write_plan(
        body=cast.body(cast.city, BodyKind.MTTQ),
        counterpart=cast.body(cast.city),
        year=now.year,
        items=[item],
        now=now,
        by=by,
    )
    return services.propose_plan(plan=row, revision=1, now=now, by=by)


def _supervision(cast: Cast, now: datetime, by: User) -> Supervision:
    day = now.date()
    row = services.open_supervision(
        body=cast.body(cast.city, BodyKind.MTTQ), target=cast.body(cast.communes[0]), subject="Bình xét hộ nghèo", form=Form.TEAM,
        starts_on=day, ends_on=day + timedelta(days=5), now=now, by=by,
    )  # fmt: skip
    return services.announce(supervision=row, decision="12/QĐ", revision=1, now=now, by=by)


def _criticism(cast: Cast, now: datetime, by: User) -> Criticism:
    return services.receive_draft(
        body=cast.body(cast.city, BodyKind.MTTQ), target=cast.body(cast.communes[0]), subject="Dự thảo", form=Form.WRITTEN,
        received_on=now.date(), now=now, by=by,
    )  # fmt: skip


def _recommendation(cast: Cast, now: datetime, by: User) -> Recommendation:
    row = services.write_recommendation(
        body=cast.body(cast.city, BodyKind.MTTQ), addressee=cast.body(cast.communes[0]), text="Niêm yết", legal_basis="Quy chế",
        now=now, by=by,
    )  # fmt: skip
    return services.send(recommendation=row, revision=1, now=now, by=by)


def _board(cast: Cast, now: datetime, by: User) -> Board:
    return services.write_board(
        area=cast.communes[0], kind=BoardKind.INSPECTION, decision="01/NQ", term_from=date(now.year, 1, 1),
        term_to=date(now.year + 2, 1, 1), member_count=7, head="Ông Bảy", now=now, by=cast.people["unit.front"],
    )  # fmt: skip


def _feedback(cast: Cast, now: datetime, by: User) -> Feedback:
    services.receive_feedback(
        area=cast.communes[0],
        text="Đèn đường hỏng",
        person=services.Person(phone="0907000111"),
        address="10.0.0.1",
        now=now,
    )
    row = Feedback.objects.get()
    return services.route(feedback=row, body=cast.body(cast.communes[0]), revision=1, now=now, by=by)
