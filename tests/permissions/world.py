"""The small real world behind the table: a programme, a form, a return in each state, a review; all through services.

Everything belongs to communes[0] of the cast or to its city, so that "clerk" is the unit's own and "other" is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from chungtay.accounts.models import User
from chungtay.figures import selectors as figures
from chungtay.figures import services as figure_services
from chungtay.figures.models import Claim
from chungtay.figures.rules import Statement
from chungtay.funds.models import Draft, Fund
from chungtay.indicators.selectors import indicator_by_code
from chungtay.kernel.periods import parse_period
from chungtay.papers.rules import HeadKind
from chungtay.places import services as places
from chungtay.places.models import Reorganisation
from chungtay.places.plans import Plan, Revise
from chungtay.places.rules import ReorganisationKind
from chungtay.programmes import services as programmes
from chungtay.programmes.models import Programme
from chungtay.returns import intake, services, uploads
from chungtay.returns.models import Return
from chungtay.returns.rules import Entry
from chungtay.returns.tests import making
from chungtay.reviews import forms
from chungtay.reviews import services as reviews
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.models import Review
from chungtay.reviews.rules import BlockKind
from chungtay.web import clock
from tests.cast import PASSWORD, Cast, make_cast
from tests.permissions import (
    api_world,
    checking_world,
    claims_world,
    community_world,
    emulation_world,
    exchange_world,
    funds_world,
    households_world,
    notices_world,
    portal_world,
    programmes_world,
    reviews_world,
    supervision_world,
    support_world,
    tasks_world,
    webhooks_world,
)
from tests.permissions.funds_world import FUND_NOW

PERIODS = {
    "not_started": "2021Q1",
    "draft": "2021Q2",
    "for_signing": "2021Q3",
    "submitted": "2021Q4",
    "returned": "2022Q1",
    "approved": "2022Q2",
}
REVIEWED = "2021-01..2022-06"
PROMISED = "2020-01..2024-12"  # the period of the city's target
KNOWN_AT = making.NOW + timedelta(days=7)
QUESTIONED = "support.houses:new"
CLAIMED, APPROVED_HOUSES = 9, 8  # what a paper says of communes[0] in the approved quarter, and what the account says
ONLY_IN_THE_DRAFT = 7_531  # what stands in the draft and was never sent
NOWHERE = UUID(int=0)
GIVING: dict[str, tuple[Any, ...]] = dict.fromkeys(("pledge-detail", "outside-detail"), (NOWHERE,))
FIXED = {"indicator-detail": ("support.houses",), "programme-allocate": ("500", "support.houses", PROMISED)}
GIVING |= dict.fromkeys(("register-list", "register-file"), ("cam-ket",))
WORLDS = {"household": households_world, "plan": programmes_world, "task": tasks_world, "emulation": emulation_world}
WORLDS |= {"supervision": supervision_world, "portal": portal_world, "webhook": webhooks_world}
WORLDS |= dict.fromkeys(("partner", "import"), exchange_world)
GIVING |= {"campaign-detail": ("dot-2025",), "outside-evidence": (NOWHERE, NOWHERE)}


@dataclass
class World:
    """The cast, what the addresses speak of, and the returns of communes[0] by state."""

    cast: Cast
    programme: Programme
    returns: dict[str, Return]
    review: Review
    claim: Claim
    act: Reorganisation
    fund: Fund
    drafts: dict[str, Draft]

    def person(self, name: str) -> User | None:
        """Return somebody by the word of the table's head line; a visitor is nobody."""
        if name == "visitor":
            return None
        return self.cast.people[{"other": "other.clerk", "upper": "upper.leader"}.get(name, name)]

    def args(self, url_name: str, thing: str) -> tuple[Any, ...]:
        """Return what stands in the address for a thing of the table."""
        if url_name.startswith(("api-", "token-")):
            return api_world.args_of(self, url_name, thing)
        if url_name.startswith("return-") and thing:
            found = self.returns[thing.split("/")[0]]
            if url_name == "return-upload-preview":
                return found.pk, "no-such-token" if thing.endswith("/gone") else self._kept(found)
            return found.pk, *{"return-version": (1,), "return-diff": (1, 2)}.get(url_name, ())
        if url_name.startswith("review-") and thing:
            paragraph = self.review.blocks.filter(kind=BlockKind.PARAGRAPH).order_by("position")[0]
            more = {
                "review-block-edit": (paragraph.pk,),
                "review-block-restore": (paragraph.pk,),
                "review-download": (thing.split("/")[-1],),
            }
            found = more.get(url_name) or reviews_world.args_of(self.review, self.cast, url_name, KNOWN_AT)
            return self.review.pk, *found
        if url_name in ("office-template-file", "office-template-start"):
            return (NOWHERE if url_name == "office-template-file" else thing,)
        if url_name == "assessment-end":
            return (reviews_world.statement_of(self.cast, self.review, KNOWN_AT),)
        if url_name in ("figure-trace", "pivot-file"):
            return (self.trace_of(thing) if url_name == "figure-trace" else thing,)
        if url_name in FIXED:
            return FIXED[url_name]
        if thing and url_name.startswith(("unit-", "reorganis")):
            return self._args_of_map(url_name, thing)
        if thing == "claim":
            return (self.claim.pk,)
        if thing == "text":
            return checking_world.args_of(self.cast, self.programme)
        if thing.startswith("community"):
            return community_world.args_of(self.cast, url_name, thing, FUND_NOW)
        if thing.startswith("case"):
            return support_world.args_of(self.cast, url_name, thing, FUND_NOW)
        if thing in ("notice", "delivery", "chain"):
            return notices_world.args_of(self.cast, thing, FUND_NOW)
        if thing in WORLDS:
            return WORLDS[thing].args_of(self.cast, url_name, FUND_NOW)
        if thing.startswith("fund"):
            return self._args_of_fund(url_name, thing)
        return ("500",) if thing == "500" else ()

    def _args_of_map(self, url_name: str, thing: str) -> tuple[Any, ...]:
        return ({"unit": self.cast.communes[0].pk, "act": self.act.pk, "gone": "no-such-draft"}.get(thing, NOWHERE),)

    def _args_of_fund(self, url_name: str, thing: str) -> tuple[Any, ...]:
        if url_name.startswith("bank-"):
            return self._args_of_bank(url_name)
        if url_name.startswith(("disclosure-", "frozen-", "gift-", "public-")):
            return self._args_of_disclosure(url_name, thing.partition("/")[2])
        if url_name in GIVING:
            return self.fund.pk, *GIVING[url_name], *((thing.partition("/")[2],) if url_name == "register-file" else ())
        kinds = {"draft-create": "phieu-thu", "book-detail": "so-tien-gui", "book-file": "so-tien-gui"}
        more = (thing.partition("/")[2],) if url_name == "book-file" else ()
        if url_name in kinds:
            return self.fund.pk, kinds[url_name], *more
        if url_name.startswith("draft-"):
            return self.fund.pk, self.drafts["draft"].pk
        if url_name.startswith(("voucher-", "reversal-")) and url_name != "voucher-list":
            return self.fund.pk, "PT-2025-000001"
        return (self.fund.pk,)

    def _args_of_disclosure(self, url_name: str, kind: str) -> tuple[Any, ...]:
        account = self.fund.bank_accounts.get().pk if url_name.startswith("frozen-") else None
        more: dict[str, tuple[Any, ...]] = {
            "disclosure-duty": ("dot-2025", "raised"),
            "disclosure-file": ("dot-2025", "raised", kind),
            "disclosure-picture": (1,),
            "frozen-list": (account,),
            "frozen-file": (account, "2021-01-05", 1, kind),
            "public-line-detail": (1,),
            "gift-detail": ("PT-2025-000001",),
        }
        return self.fund.pk, *more.get(url_name, ())

    def _args_of_bank(self, url_name: str) -> tuple[Any, ...]:
        if url_name.startswith("bank-account-"):
            return (self.fund.pk,)
        if url_name.startswith("bank-line-") and url_name != "bank-line-list":
            return self.fund.pk, 1
        more = {
            "bank-import-preview": "no-such-token",
            "bank-import-columns": "no-such-token",
            "bank-day": "2021-01-05",
        }
        return self.fund.pk, self.fund.bank_accounts.get().pk, *([more[url_name]] if url_name in more else [])

    def _kept(self, of: Return) -> str:
        """Keep a file anew and return its token: a file that was taken in is gone, whatever the database forgets."""
        file = SimpleUploadedFile("b01.xlsx", workbook(of))
        return uploads.keep(file, return_id=of.pk, user_id=self.cast.clerk.pk).token

    def trace_of(self, thing: str) -> str:
        """Return the id of a figure: of the "unit", of the "city", or one that is no id at all."""
        if thing not in {"unit", "city"}:
            return "no-such-figure"
        area = self.cast.communes[0] if thing == "unit" else self.cast.city
        return figures.figure("support.houses", area.pk, parse_period(PERIODS["approved"])).trace

    def data(self, url_name: str, thing: str) -> Mapping[str, Any]:
        """Return what is posted: always what would be right for somebody with the right, at that moment."""
        if url_name.startswith("api-"):
            return api_world.data_of(self, url_name, thing)
        if url_name == "sign-in":
            return {"username": "nobody", "password": "wrong-password"}
        if url_name == "profile":
            return {"current": "wrong-password", "password": PASSWORD, "again": PASSWORD}
        if url_name.startswith("review-"):
            return self._data_of_review(url_name)
        if url_name.startswith("assessment-"):
            return reviews_world.data_of(self.cast, url_name, 1)
        if url_name.startswith("claim-"):
            return claims_world.data_of(self.cast, url_name, CLAIMED, APPROVED_HOUSES)
        if url_name == "programme-allocate":
            parts = {f"part-{area.pk}": "8" for area in self.cast.communes}
            return parts | {"rule": "equal", "basis": "Kế hoạch 18/KH", "seen": "0"}
        if url_name == "reorganise-start":
            return {"kind": "merge", "effective_on": "01/01/2026", "legal_basis": "Nghị quyết 99", "note": ""}
        if thing == "import":
            return {"do": "approve"}
        if thing == "emulation":
            return emulation_world.DATA.get(url_name, {})
        of = self.returns.get(thing.split("/")[0])
        if of is None:
            return {}
        seen = {"content_hash": of.current_version.content_hash if of.current_version else "", "revision": of.revision}
        due = f"{of.due_at + timedelta(days=3):%d/%m/%Y}"
        asked: dict[str, Mapping[str, Any]] = {
            "return-entry": {f"value:{QUESTIONED}": "5"},
            "return-entry-check": {f"value:{QUESTIONED}": "5"},
            "return-withdraw": {"withdraw-note": "Gửi nhầm."},
            "return-decide": {"do": "approve"},
            "return-extend": {"extend-until": due, "extend-note": "Cán bộ nghỉ ốm."},
            "return-reopen": {"reopen-note": "Đính chính."},
        }
        if thing.endswith("/hand_back"):
            return seen | {"do": "hand_back", "hand-back-note": "Xem lại nhà ở."}
        if thing.endswith("/send_back"):
            return seen | {"do": "send_back", "cell": QUESTIONED, f"reason:{QUESTIONED}": "Thiếu biên bản."}
        if url_name == "return-upload":
            return {"file": SimpleUploadedFile("b01.xlsx", workbook(of))}
        return seen | asked.get(url_name, {})

    def _data_of_review(self, url_name: str) -> Mapping[str, Any]:
        revision = self.review.revision
        head = forms.EditHead.initial_of(head_from_json(self.review.head), revision)
        today = f"{clock.today():%d/%m/%Y}"
        asked: dict[str, Mapping[str, Any]] = {
            "review-create": {
                "programme": "500",
                "area": str(self.cast.city.pk),
                "period": "2022",
                "other_period": REVIEWED,
                "header": "ubnd",
                "known_on": today,
            },
            "review-block-edit": {"text": "Kết quả phối hợp được duy trì.", "revision": revision},
            "review-refresh": {"known_on": today, "revision": revision},
            "review-head": head | {"dated_on": today, "revision": revision},
        }
        return asked.get(url_name) or reviews_world.data_of(self.cast, url_name, revision)


def make_world() -> World:
    """Make the world in an empty database."""
    cast = make_cast(communes=2)
    programme = making.make_programme(cast)
    form = making.make_form(cast, programme)
    rounds = {state: making.make_round(cast, form, period) for state, period in PERIODS.items()}
    returns = {
        state: _in_state(cast, state, making.return_at(opened, cast.communes[0])) for state, opened in rounds.items()
    }
    review = reviews.create_review(
        programme=programme,
        area=cast.city,
        period_code=REVIEWED,
        header=HeadKind.UBND,
        known_at=KNOWN_AT,
        now=KNOWN_AT,
        by=cast.officer,
    )
    claim = figure_services.state_claim(
        said=Statement("support.houses", "", cast.communes[0].pk, parse_period(PERIODS["approved"]), CLAIMED),
        said_by="Ủy ban MTTQ",
        paper="Báo cáo số 44",
        now=KNOWN_AT,
        by=cast.province_officer,
    )
    programmes.set_target(
        programme=programme,
        indicator=indicator_by_code("support.houses"),
        area=cast.city,
        period_code=PROMISED,
        value=16,
        basis="Kế hoạch 18/KH",
        now=making.NOW,
        by=cast.officer,
    )
    return World(cast, programme, returns, review, claim, _renamed(cast), *funds_world.fund_of(cast))


def workbook(of: Return) -> bytes:
    """Return the form of a return, filled with something else than what stands there."""
    return intake.workbook_of(of, entries={**making.WHOLE, QUESTIONED: Entry(value=6)})


def _renamed(cast: Cast) -> Reorganisation:
    """Record that the other unit is called otherwise from a day that is still to come."""
    plan = Plan(
        ReorganisationKind.RENAME,
        date(2040, 1, 1),
        "Nghị quyết 99",
        (Revise("29866", name="Phường Sen"),),
    )
    return places.reorganise(plan=plan, now=making.NOW, by=cast.admin)


def _in_state(cast: Cast, state: str, of: Return) -> Return:
    """Bring a return into a state by the acts that lead there; an approved one came back once before."""
    if state == "draft":
        making.fill(of, cast.clerk, {**making.WHOLE, QUESTIONED: Entry(value=ONLY_IN_THE_DRAFT)})
    if state == "for_signing":
        making.fill(of, cast.clerk)
        services.submit_return(of=of, now=making.NOW, by=cast.clerk)
    if state in {"submitted", "returned", "approved"}:
        making.send(of, cast.clerk, cast.leader)
    if state in {"returned", "approved"}:
        services.send_back_return(
            of=of, remarks={QUESTIONED: "Thiếu biên bản nghiệm thu."}, now=making.NOW, by=cast.officer
        )
    if state == "approved":
        making.send(of, cast.clerk, cast.leader, {**making.WHOLE, QUESTIONED: Entry(value=4)})
        making.approve(of, cast.officer)
    of.refresh_from_db()
    assert of.state == state
    return of
