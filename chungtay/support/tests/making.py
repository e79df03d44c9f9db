"""A ward with a fund, the people who decide there, households, and cases led along their way through the services."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from chungtay.access.rules import Role as Post
from chungtay.accounts.models import User
from chungtay.evidence import services as evidence
from chungtay.funds.models import Voucher
from chungtay.funds.tests.making import NOW, Office
from chungtay.funds.tests.making import services as funds
from chungtay.households.models import Household
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.support import services
from chungtay.support.models import Case, Role
from chungtay.support.rules import Share, Source, State
from chungtay.support.services import Content, LineDraft
from chungtay.support.tests.households import make_household
from tests.cast import Cast, make_cast

HOUSE = {"work": "new", "house_kind": "great_unity", "area_m2": 48}


def picture(shade: int = 90) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 120, 60)).save(out, "PNG")
    return out.getvalue()


@dataclass
class Place:
    """communes[0]: a clerk prepares, a leader decides and accepts, the office's people pay. Every act is a minute later."""

    cast: Cast
    office: Office
    households: list[Household]
    second: User
    now: datetime = NOW
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def area(self) -> Area:
        return self.cast.communes[0]

    @property
    def clerk(self) -> User:
        return self.cast.clerk

    @property
    def leader(self) -> User:
        return self.cast.leader

    @property
    def today(self) -> date:
        return self.now.date()

    def tick(self, days: int = 0) -> datetime:
        self.now += timedelta(days=days, minutes=1)
        self.office.now = self.now
        return self.now

    def content(self, **more: Any) -> Content:
        said: dict[str, Any] = {
            "kind": "house",
            "title": "Xây mới nhà cho hộ bà Sáu",
            "hamlet": "Khóm 2",
            "need": "Nhà dột nát, neo đơn",
            "proposed_by": "Ban Công tác Mặt trận Khóm 2",
            "proposed_on": self.today,
            "total": 80_000_000,
            "shares": (
                Share(Source.FUND, 50_000_000),
                Share(Source.SPONSOR, 20_000_000, "Công ty Sen Hồng"),
                Share(Source.FAMILY, 8_000_000),
                Share(Source.LABOUR, 2_000_000, "Đoàn Thanh niên", 10, 200_000),
            ),
            "details": HOUSE,
            "household": self.households[0],
        }
        return Content(**said | more)

    def gift(self, **more: Any) -> Content:
        said: dict[str, Any] = {
            "kind": "gift",
            "title": "Quà Tết cho hộ nghèo",
            "details": {"occasion": "Tết 2025"},
            "household": None,
            "total": 1,
            "shares": (Share(Source.FUND, 1),),
        }
        return self.content(**said | more)

    def propose(self, content: Content | None = None, **more: Any) -> Case:
        said = content or self.content(**more)
        return services.propose(area=self.area, content=said, now=self.tick(), by=self.clerk)

    def verify(self, case: Case, **more: Any) -> None:
        said: dict[str, Any] = {
            "found": "Đúng hoàn cảnh",
            "verified_by": "Ông Ba, khóm trưởng",
            "day": self.today,
            "related": False,
        }
        services.verify(case=case, revision=self.fresh(case).revision, now=self.tick(), by=self.clerk, **said | more)

    def fresh(self, case: Case) -> Case:
        return Case.objects.get(pk=case.pk)

    def approve(self, case: Case, **more: Any) -> None:
        said: dict[str, Any] = {"decision": "12/QĐ-BVĐ", "related": False, "by": self.leader}
        services.approve(case=case, revision=self.fresh(case).revision, now=self.tick(), **said | more)

    def pay(self, amount: int, *, kind: str = "6111") -> Voucher:
        self.office.receive(amount)
        made = self.office.spend(amount, kind=kind)
        self.now = self.office.now
        return made

    def keep(self, case: Case, role: Role, shade: int = 90) -> None:
        kept = evidence.keep(upload=picture(shade), name="anh.png", now=self.tick(), by=self.clerk)
        services.add_evidence(case=case, attachment=kept, role=role, now=self.tick(), by=self.clerk)

    def lead(self, case: Case, to: State) -> Case:
        """Take a case from its proposal to a state, nothing refused."""
        for state, do in self._steps(case):
            do()
            if state is to:
                break
        return self.fresh(case)

    def _steps(self, case: Case) -> Any:
        def told(call: Any, **more: Any) -> Any:
            return lambda: call(case=case, revision=self.fresh(case).revision, now=self.tick(), **more)

        yield State.PROPOSED, lambda: None
        yield State.VERIFIED, lambda: self.verify(case)
        yield State.POSTED, told(services.post, first=self.today, place="Nhà văn hóa Khóm 2", by=self.clerk)
        self.tick(days=10)
        yield State.APPROVED, lambda: self.approve(case)
        row = self.fresh(case)
        voucher = self.pay(row.fund_share) if row.fund_share else None

        def fund() -> None:
            if voucher is not None:
                told(services.link_voucher, voucher=voucher, amount=row.fund_share, by=self.office.accountant)()
            told(services.confirm_funded, by=self.office.accountant)()

        yield State.FUNDED, fund
        self.keep(case, Role.RECEIPT)
        yield State.DELIVERED, told(services.deliver, on=self.today, gives_rest=row.of_kind.has_lines, by=self.clerk)
        self.keep(case, Role.MINUTES)
        self.keep(case, Role.PICTURE)
        yield State.ACCEPTED, told(services.accept, minutes="05/BB-NT", on=self.today, by=self.leader)

    def list_of(self, *drafts: LineDraft) -> Case:
        """Propose a list with lines."""
        case = self.propose(self.gift())
        services.add_lines(
            case=case, lines=drafts or self.drafts(), revision=case.revision, now=self.tick(), by=self.clerk
        )
        return self.fresh(case)

    def drafts(self) -> list[LineDraft]:
        first, second = self.households
        return [
            LineDraft("Nguyễn Thị Sáu", "Khóm 2", 500_000, 2, household=first),
            LineDraft("Trần Văn Tám", "Khóm 3", 500_000, household=second),
            LineDraft("Lê Văn Chín", "Khóm 3", 300_000),
        ]


def make_place(cast: Cast | None = None) -> Place:
    cast = cast or make_cast(2)
    area = cast.communes[0]
    funds.load_chart()
    fund = funds.open_fund(
        body=cast.body(area, BodyKind.MTTQ),
        code="vnn",
        name="Quỹ “Vì người nghèo” Phường 11",
        opened_on=date(2020, 1, 1),
        now=NOW,
        by=None,
    )
    office = Office(
        cast,
        fund,
        cast.person("ketoan", "Mai Thị Kế", "Kế toán quỹ", (Post.ACCOUNTANT, area)),
        cast.person("kiemsoat", "Cao Văn Soát", "Kiểm soát quỹ", (Post.CONTROLLER, area)),
        cast.person("thuquy", "Lưu Thị Quỹ", "Thủ quỹ", (Post.ACCOUNTANT, area)),
    )
    people = [
        make_household(area, "Nguyễn Thị Sáu", "Khóm 2", by=cast.clerk),
        make_household(area, "Trần Văn Tám", "Khóm 3", by=cast.clerk),
    ]
    second = cast.person("pho", "Đinh Thị Phó", "Phó Chủ tịch", (Post.LEADER, area))
    return Place(cast, office, people, second)
