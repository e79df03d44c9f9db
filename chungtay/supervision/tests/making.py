"""A city and its first commune with both sides: supervisors of the Front, clerks and leaders of the bodies that answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.places.models import Body
from chungtay.places.rules import BodyKind
from chungtay.supervision import services
from chungtay.supervision.answering import draft_hash
from chungtay.supervision.models import AnswerDraft, Feedback, Recommendation, Supervision, YearPlan
from chungtay.supervision.rules import Form, Kind, Outcome
from chungtay.supervision.services import Item
from tests.cast import Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 3, 10, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()


@dataclass
class Office:
    """The people of both sides and the clock, a minute later at every act."""

    cast: Cast
    writer: User  # supervises at the city
    chair: User  # supervises at the city: the second person
    unit_writer: User  # supervises at the first commune
    now: datetime = NOW

    @property
    def front(self) -> Body:
        return self.cast.body(self.cast.city, BodyKind.MTTQ)

    @property
    def ubnd(self) -> Body:
        return self.cast.body(self.cast.city)

    @property
    def unit(self) -> Body:
        return self.cast.body(self.cast.communes[0])

    @property
    def today(self) -> date:
        return self.now.date()

    def tick(self, days: int = 0) -> datetime:
        self.now += timedelta(days=days, minutes=1)
        return self.now

    def item(self, **more: object) -> Item:
        said: dict[str, object] = {
            "kind": Kind.SUPERVISION, "form": Form.TEAM, "subject": "Bình xét hộ nghèo tại Phường 11", "target": self.unit,
            "starts_on": date(2022, 4, 1), "ends_on": date(2022, 4, 20), "lead": "Ban Thường trực",
        }  # fmt: skip
        return Item(**(said | more))  # type: ignore[arg-type]

    def plan(self, *items: Item) -> YearPlan:
        return services.write_plan(
            body=self.front,
            counterpart=self.ubnd,
            year=2022,
            items=items or [self.item()],
            now=self.tick(),
            by=self.writer,
        )

    def agreed(self, *items: Item) -> YearPlan:
        row = self.plan(*items)
        row = services.propose_plan(plan=row, revision=row.revision, now=self.tick(), by=self.writer)
        return services.agree_plan(plan=row, revision=row.revision, now=self.tick(), by=self.cast.upper_leader)

    def running(self) -> Supervision:
        row = services.open_supervision(
            body=self.front, target=self.unit, subject="Bình xét hộ nghèo", form=Form.TEAM, starts_on=date(2022, 4, 1),
            ends_on=date(2022, 4, 20), now=self.tick(), by=self.writer,
        )  # fmt: skip
        row = services.announce(
            supervision=row, decision="12/QĐ-MTTQ", revision=row.revision, now=self.tick(), by=self.writer
        )
        return services.start(supervision=row, revision=row.revision, now=self.tick(), by=self.writer)

    def written(self, **more: object) -> Recommendation:
        said: dict[str, object] = {
            "body": self.front, "addressee": self.unit, "text": "Niêm yết đủ danh sách hộ nghèo tại khóm.",
            "legal_basis": "Quy chế dân chủ ở cơ sở",
        }  # fmt: skip
        return services.write_recommendation(**(said | more), now=self.tick(), by=self.writer)  # type: ignore[arg-type]

    def sent(self, **more: object) -> Recommendation:
        row = self.written(**more)
        return services.send(recommendation=row, revision=row.revision, now=self.tick(), by=self.writer)

    def drafted(self, row: Recommendation, outcome: Outcome = Outcome.WHOLE, reason: str = "") -> AnswerDraft:
        return services.draft_answer(
            recommendation=row, outcome=outcome, text="Đã niêm yết ở 5 khóm.", reason=reason, revision=row.revision,
            now=self.tick(), by=self.cast.clerk,
        )  # fmt: skip

    def signed(self, row: Recommendation) -> Recommendation:
        draft = self.drafted(row)
        row.refresh_from_db()
        services.sign_answer(
            recommendation=row,
            content_hash=draft_hash(draft),
            revision=row.revision,
            now=self.tick(),
            by=self.cast.leader,
        )
        row.refresh_from_db()
        return row

    def told(self, text: str = "Đèn đường khóm 2 hỏng đã một tháng", address: str = "10.0.0.1", **more: object) -> str:
        """Return the code of a feedback that a citizen gave."""
        return services.receive_feedback(
            area=self.cast.communes[0],
            text=text,
            address=address,
            now=self.tick(),
            **more,  # type: ignore[arg-type]
        )

    def routed(self) -> Feedback:
        self.told()
        row = Feedback.objects.latest("received_at")
        return services.route(feedback=row, body=self.unit, revision=row.revision, now=self.tick(), by=self.writer)


def make_office() -> Office:
    cast = make_cast(2)
    writer = cast.person("city.front", "Mai Thị Sen", "Ủy viên Thường trực", (Role.SUPERVISOR, cast.city))
    chair = cast.person("city.chair", "Cao Văn Lộc", "Chủ tịch Ủy ban MTTQ", (Role.SUPERVISOR, cast.city))
    unit = cast.person("unit.front", "Lý Thị Mai", "Chủ tịch Ủy ban MTTQ phường", (Role.SUPERVISOR, cast.communes[0]))
    return Office(cast, writer, chair, unit)
