"""The city's contest of its communes with its council, made through the services; every act is a minute later."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.community import services as community
from chungtay.community.models import Group
from chungtay.emulation import services
from chungtay.emulation.models import BookEntry, Contest, CriteriaSet, Decision, Publication, Sheet, Vote
from chungtay.emulation.rules import Form, Recipient, Stage
from chungtay.emulation.scoring import How, Item
from chungtay.emulation.services import Content, Entrant, Given, Line
from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
from chungtay.programmes.services import create_programme
from tests.cast import Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2023, 5, 4, 8, 0, tzinfo=ZONE)
HOUSES = "support.houses"
ITEMS = (
    Item("1", "Kết quả chăm lo người nghèo", 6000, How.GROUP),
    Item("1.1", "Nhà đại đoàn kết", 3000, How.SHARE, HOUSES, 20),
    Item("1.2", "Nhà đại đoàn kết, theo mức", 2000, How.AT_LEAST, HOUSES, None, ((15, 2000), (5, 1000))),
    Item("2", "Công tác phối hợp", 4000, How.GROUP),
    Item("2.1", "Sáng kiến, mô hình mới", 2500, How.PEOPLE),
    Item("2.2", "Thông tin, báo cáo", 1500, How.PEOPLE),
)
FULL = {"2.1": Given(2000, "Có 2 mô hình"), "2.2": Given(1500, "Đúng hạn")}


@dataclass
class Council:
    """People of the city: two jurors, one of whom also works at communes[1]; `leader` leads both communes."""

    cast: Cast
    programme: Programme
    jurors: list[User]
    accountant: User
    now: datetime = NOW

    def tick(self, days: int = 0) -> datetime:
        self.now += timedelta(days=days, minutes=1)
        return self.now

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    # -- the way of a contest ----------------------------------------------------------------------------------

    def criteria(self, items: tuple[Item, ...] = ITEMS, code: str = "ctph") -> CriteriaSet:
        return services.write_criteria(
            area=self.cast.city,
            code=code,
            title="Bộ tiêu chí phối hợp",
            items=items,
            now=self.tick(),
            by=self.cast.officer,
        )

    def draft(self, **more: object) -> Contest:
        said: dict[str, object] = {
            "area": self.cast.city,
            "criteria": self.criteria(),
            "code": "td-2022",
            "title": "Thi đua thực hiện Chương trình 500",
            "period_code": "2022",
            "due_on": date(2023, 5, 10),
            "programme": self.programme,
            "entrants": [
                Entrant("Khối phường", self.cast.body(area, BodyKind.MTTQ)) for area in self.cast.communes[:2]
            ],
        }
        return services.create_contest(**(said | more), now=self.tick(), by=self.cast.officer)  # type: ignore[arg-type]

    def open(self, **more: object) -> Contest:
        contest = self.draft(**more)
        return services.open_contest(
            contest=contest, revision=contest.revision, now=self.tick(), by=self.cast.upper_leader
        )

    def sheet(self, contest: Contest, at: int = 0) -> Sheet:
        return contest.sheets.select_related("contest__criteria", "contest__programme").get(area=self.cast.communes[at])

    def fresh(self, sheet: Sheet) -> Sheet:
        return Sheet.objects.select_related("contest__criteria", "contest__programme").get(pk=sheet.pk)

    def score(self, sheet: Sheet, by: User, given: dict[str, Given] | None = None) -> Sheet:
        row = self.fresh(sheet)
        return services.save_scores(sheet=row, given=given or FULL, revision=row.revision, now=self.tick(), by=by)

    def forward(self, sheet: Sheet, by: User) -> Sheet:
        row = self.fresh(sheet)
        return services.forward(
            sheet=row, content_hash=services.standing_of(row).hash, revision=row.revision, now=self.tick(), by=by
        )

    def lead(self, sheet: Sheet, to: Stage) -> Sheet:
        """Take a sheet along its way to a stage."""
        clerk = self.cast.clerk if sheet.area_id == self.cast.communes[0].pk else self.cast.other_clerk
        hands = {
            Stage.SELF: self.cast.leader,
            Stage.DEPARTMENT: self.cast.officer,
            Stage.COUNCIL: self.jurors[0],
        }
        self.score(sheet, clerk)
        while self.fresh(sheet).stage != to:
            self.forward(sheet, hands[Stage(self.fresh(sheet).stage)])
        return self.fresh(sheet)

    def vote(self, contest: Contest, agrees: bool = True) -> Vote:
        """Open a vote, have every juror cast, close it."""
        contest.refresh_from_db()
        vote = services.open_vote(contest=contest, revision=contest.revision, now=self.tick(), by=self.cast.officer)
        for juror in vote.jurors.select_related("user"):
            choices = {sheet.pk: agrees for sheet in services.candidates_of(vote, juror)}
            services.cast(vote=vote, choices=choices, now=self.tick(), by=juror.user)
        return services.close_vote(vote=vote, now=self.tick(), by=self.cast.officer)

    def publish(self, contest: Contest) -> Publication:
        contest.refresh_from_db()
        digest = services.hash_of(services.ranking_of(contest))
        return services.publish_contest(
            contest=contest,
            typed=contest.code,
            content_hash=digest,
            revision=contest.revision,
            now=self.tick(),
            by=self.cast.upper_leader,
        )

    def published(self) -> Contest:
        contest = self.open()
        for at in (0, 1):
            self.lead(self.sheet(contest, at), Stage.COUNCIL)
        self.vote(contest)
        for at in (0, 1):
            self.forward(self.sheet(contest, at), self.jurors[0])
        self.publish(contest)
        contest.refresh_from_db()
        return contest

    # -- the way of a decision ---------------------------------------------------------------------------------

    def content(self, **more: object) -> Content:
        said: dict[str, object] = {
            "form": Form.DISTRICT,
            "merit": "Đã có thành tích xuất sắc trong thực hiện Chương trình phối hợp số 500",
            "signed_on": self.today,
            "place": "Cao Lãnh",
            "position": "CHỦ TỊCH",
            "signer": "Trần Văn Bình",
            "lines": [Line(Recipient.COLLECTIVE, "Ban Công tác Mặt trận Khóm Ba", "Ba năm liền dẫn đầu phong trào")],
        }
        return Content(**(said | more))  # type: ignore[arg-type]

    def decision(self, **more: object) -> Decision:
        return services.write_decision(
            body=self.cast.body(self.cast.city), content=self.content(**more), now=self.tick(), by=self.cast.officer
        )

    def issue(self, decision: Decision, number: str = "418/QĐ-UBND") -> Decision:
        decision.refresh_from_db()
        return services.issue_decision(
            decision=decision,
            number=number,
            typed=number,
            revision=decision.revision,
            now=self.tick(),
            by=self.cast.upper_leader,
        )

    def entry(self, decision: Decision) -> BookEntry:
        return (
            BookEntry.objects.select_related("body", "decision")
            .prefetch_related("steps")
            .get(decision=decision, replaces=None)
        )


def make_council() -> Council:
    cast = make_cast(2)
    indicators.define_indicators(
        [Definition(HOUSES, "Nhà đại đoàn kết", "căn", "Căn nhà đã bàn giao trong kỳ.", Kind.FLOW)], now=NOW, by=None
    )
    programme = create_programme(
        code="500-cl", number="500/CTPH", kind="CTPH", title="Nhiệm vụ trọng tâm", area=cast.city,
        parties=[cast.body(cast.city), cast.body(cast.city, BodyKind.MTTQ)], signed_on=date(2020, 1, 1),
        starts_on=date(2020, 1, 1), ends_on=date(2024, 12, 31), now=NOW, by=cast.officer,
    )  # fmt: skip
    first, second = cast.communes[:2]
    jurors = [
        cast.person("juror.one", "Đinh Văn Một", "Ủy viên Hội đồng", (Role.COUNCIL, cast.city)),
        cast.person(
            "juror.two", "Đinh Thị Hai", "Ủy viên Hội đồng", (Role.COUNCIL, cast.city), (Role.SUPERVISOR, second)
        ),
        cast.person("juror.three", "Đinh Văn Ba", "Ủy viên Hội đồng", (Role.COUNCIL, cast.city)),
    ]
    accountant = cast.person("city.accountant", "Lý Thị Tư", "Kế toán", (Role.ACCOUNTANT, cast.city))
    period = parse_period("2022")
    figures.record_facts(
        [Statement(HOUSES, "", area.pk, period, value) for area, value in ((first, 15), (second, 4))],
        status="approved", source_kind="test", source_id="houses", now=NOW, by=None,
    )  # fmt: skip
    return Council(cast, programme, jurors, accountant)


def make_group(council: Council) -> Group:
    """Found a Hội quán in the first commune."""
    return community.found_group(
        kind="hoi-quan",
        about=community.About(name="Hội quán Sen Hồng"),
        area=council.cast.communes[0],
        founded_on=date(2020, 2, 1),
        now=council.tick(),
        by=council.cast.clerk,
    )
