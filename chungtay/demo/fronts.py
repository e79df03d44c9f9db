"""The Front of the city and of Hòa An in the story: its people, its plan, its supervisions and a criticism."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.timezone import localdate

from chungtay.access import services as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.accounts.models import User
from chungtay.demo.acts import Acts
from chungtay.demo.citizens import Sides
from chungtay.demo.days import at
from chungtay.demo.people import PASSWORD
from chungtay.demo.pictures import keep_pictures
from chungtay.demo.story import invented_names, story
from chungtay.demo.tales import Moment
from chungtay.evidence.models import Attachment
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicators_by_code
from chungtay.indicators.services import Definition
from chungtay.places.models import Area, Body
from chungtay.places.rules import BodyKind
from chungtay.places.selectors import body_at
from chungtay.supervision import services as supervision
from chungtay.supervision.models import Criticism, Feedback, PlanItem, Supervision
from chungtay.supervision.rules import Form
from chungtay.supervision.rules import Kind as CaseKind

HOA_AN = "29893"
COUNTED = {
    "supervision.visits": (
        "Lượt giám sát",
        "lượt",
        "Lượt làm việc của đoàn giám sát và cuộc giám sát của các Ban, theo ngày đã làm.",
    ),
    "supervision.recommendations": (
        "Kiến nghị sau giám sát, phản biện",
        "kiến nghị",
        "Kiến nghị đã gửi, theo ngày gửi.",
    ),
    "supervision.answered": (
        "Kiến nghị được trả lời",
        "kiến nghị",
        "Kiến nghị có trả lời được ký lần đầu, theo ngày ký.",
    ),
    "supervision.answered_on_time": (
        "Kiến nghị được trả lời đúng hạn",
        "kiến nghị",
        "Trả lời lần đầu ký trong hạn, theo ngày ký.",
    ),
}


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of supervision."""
    text = files("chungtay.demo").joinpath("data/supervision.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def day_of(text: str) -> date:
    """Return a day of the story."""
    return date.fromisoformat(text)


class Front:
    """The Front of the city and of Hòa An, with the people of both sides."""

    def __init__(self, on: Acts) -> None:
        self.on, self.cast = on, on.ground.cast
        self.people: dict[str, User] = {}
        self.pictures: Mapping[str, Attachment] = {}
        self.feedback: dict[str, Feedback] = {}

    def area(self, where: str) -> Area:
        """Return the city or a unit."""
        return self.on.ground.city if where == "city" else self.on.ground.areas[where]

    def body(self, where: str, kind: BodyKind = BodyKind.UBND) -> Body:
        """Return a body of a place of the story."""
        return body_at(self.area(where).pk, kind)

    def sides(self) -> Sides:
        """Return who is who at Hòa An."""
        people = self.people["commune"], self.cast.clerks[HOA_AN], self.cast.leaders[HOA_AN]
        return Sides(self.area(HOA_AN), self.body(HOA_AN), people, self.pictures)

    def begin(self, now: datetime) -> None:
        """The Front's people get accounts, and the register becomes the source of record of what it counts."""
        for place, one in enumerate(told()["people"], 2):
            user = accounts.create_user(
                username=one["username"],
                full_name=invented_names()[-place],
                title=one["title"],
                password=PASSWORD,
                now=now,
                by=None,
            )
            day = day_of(story()["map_from"])
            access.assign(user=user, role=Role.SUPERVISOR, area=self.area(one["at"]), valid_from=day, now=now, by=None)
            self.people[one["key"]] = user
        self.pictures = keep_pictures(now, self.people["front"])
        indicators.define_indicators(
            [Definition(code, name, unit, text, Kind.FLOW) for code, (name, unit, text) in COUNTED.items()],
            now=now,
            by=self.cast.admin,
        )
        for indicator in indicators_by_code(COUNTED).values():
            indicators.set_record_source(
                indicator=indicator, keeper=Keeper.REGISTERS, valid_from=date(2025, 1, 1), legal_basis=told()["basis"], now=now,
                by=self.cast.admin,
            )  # fmt: skip

    # -- the plan -------------------------------------------------------------------------------------------------

    def write_plan(self, now: datetime) -> None:
        """The plan of the year is written down."""
        items = [
            supervision.Item(
                CaseKind(one["kind"]), Form(one["form"]), one["subject"], self.body(one["target"]), day_of(one["from"]), day_of(one["to"]),
                one["lead"],
            )
            for one in told()["plan"]["items"]
        ]  # fmt: skip
        self.plan = supervision.write_plan(
            body=self.body("city", BodyKind.MTTQ), counterpart=self.body("city"), year=told()["plan"]["year"], items=items, now=now,
            by=self.people["front"],
        )  # fmt: skip

    def propose_plan(self, now: datetime) -> None:
        """It is put before the other side."""
        self.plan = supervision.propose_plan(plan=self.plan, revision=1, now=now, by=self.people["front"])

    def agree_plan(self, now: datetime) -> None:
        """The city's leader agrees."""
        self.plan = supervision.agree_plan(plan=self.plan, revision=2, now=now, by=self.cast.city_leader)

    def item(self, place: int) -> PlanItem:
        """Return a line of the plan, counted from 0."""
        return self.plan.items.select_related("target").get(number=place + 1)

    # -- supervisions and a criticism -----------------------------------------------------------------------------

    def supervise(self, one: Mapping[str, Any], place: int) -> Iterator[Moment]:
        """A supervision from its file to its report; what the story does not tell has not happened yet."""
        yield at(day_of(one["opened"]), 9), self._opening(one, place)
        yield at(day_of(one["announced"]), 9), self._on_case(place, lambda row, now: self._announce(row, one, now))
        yield at(day_of(one["started"]), 8), self._on_case(place, self._start)
        for where, day, summary in one["visits"]:
            yield at(day_of(one["started"]), 9), self._on_case(place, self._planning(where, day))
            if summary:
                yield at(day_of(day), 16), self._on_case(place, self._visiting(where, summary))
        if "reported" in one:
            yield (
                at(day_of(one["reported"]) - timedelta(days=5), 9),
                self._on_case(place, lambda row, now: self._note(row, one, now)),
            )
            yield at(day_of(one["reported"]), 9), self._on_case(place, lambda row, now: self._report(row, one, now))
            yield at(day_of(one["published"]), 9), self._on_case(place, lambda row, now: self._publish(row, one, now))

    def _opening(self, one: Mapping[str, Any], place: int) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            item, by = self.item(place), self.people["front"]
            row = supervision.open_supervision(
                body=self.plan.body, target=item.target, subject=item.subject, form=Form(item.form), starts_on=item.starts_on,
                ends_on=item.ends_on, item=item, now=now, by=by,
            )  # fmt: skip
            names = invented_names()
            team = [(names[-20 - at], f"{role}, {of}") for at, (role, of) in enumerate(one.get("team", ()))]
            if team:
                supervision.set_team(supervision=row, members=team, revision=row.revision, now=now, by=by)

        return act

    def _on_case(self, place: int, act: Callable[[Supervision, datetime], Any]) -> Callable[[datetime], None]:
        return lambda now: _done(act(Supervision.objects.get(item=self.item(place)), now))

    def _announce(self, row: Supervision, one: Mapping[str, Any], now: datetime) -> None:
        by = self.people["front"]
        supervision.announce(supervision=row, decision=one["decision"], revision=row.revision, now=now, by=by)

    def _start(self, row: Supervision, now: datetime) -> None:
        supervision.start(supervision=row, revision=row.revision, now=now, by=self.people["front"])

    def _planning(self, where: str, day: str) -> Callable[[Supervision, datetime], Any]:
        by = self.people
        return lambda row, now: supervision.plan_visit(
            supervision=row, place=where, planned_on=day_of(day), now=now, by=by["front"]
        )

    def _visiting(self, where: str, summary: str) -> Callable[[Supervision, datetime], Any]:
        def act(row: Supervision, now: datetime) -> None:
            visit, minutes = row.visits.get(place=where), self.pictures["minutes"]
            supervision.make_visit(
                visit=visit, made_on=localdate(now), summary=summary, minutes=minutes, now=now, by=self.people["front"]
            )

        return act

    def _note(self, row: Supervision, one: Mapping[str, Any], now: datetime) -> None:
        by = self.people["front"]
        question, answer = one["question"]
        asked = supervision.ask(supervision=row, said_by="Đoàn giám sát", text=question, now=now, by=by)
        supervision.ask(supervision=row, said_by="Ủy ban nhân dân xã", text=answer, answers=asked, now=now, by=by)
        for is_lack, text, picture in one["findings"]:
            shown = [self.pictures[picture]] if picture else []
            supervision.find(supervision=row, text=text, is_lack=is_lack, files=shown, now=now, by=by)

    def _report(self, row: Supervision | Criticism, one: Mapping[str, Any], now: datetime) -> None:
        texts = {name: one[name] for name in ("strengths", "limits", "proposals")}
        supervision.write_report(of=row, **texts, revision=row.revision, now=now, by=self.people["front"])

    def _publish(self, row: Supervision | Criticism, one: Mapping[str, Any], now: datetime) -> None:
        read = row.reports.latest("version").content_hash
        given = {"number": one["paper"], "content_hash": read, "revision": row.revision}
        supervision.publish_report(of=row, **given, now=now, by=self.people["chair"])

    def criticise(self, one: Mapping[str, Any]) -> Iterator[Moment]:
        """A draft of the city comes in ten days before it is submitted: late, and so it is told."""

        def receive(now: datetime) -> None:
            item = self.item(1)
            supervision.receive_draft(
                body=self.plan.body, target=item.target, subject=item.subject, form=Form(item.form), received_on=localdate(now),
                submits_on=day_of(one["submits"]), item=item, now=now, by=self.people["front"],
            )  # fmt: skip

        def start(now: datetime) -> None:
            row, by = Criticism.objects.get(), self.people["front"]
            supervision.start_criticism(criticism=row, revision=row.revision, now=now, by=by)
            for who, about, text in one["opinions"]:
                supervision.note_opinion(criticism=row, said_by=who, about=about, text=text, now=now, by=by)

        yield at(day_of(one["received"]), 9), receive
        yield at(day_of(one["started"]), 9), start
        yield at(day_of(one["reported"]), 9), lambda now: self._report(Criticism.objects.get(), one, now)
        yield at(day_of(one["published"]), 9), lambda now: self._publish(Criticism.objects.get(), one, now)


def _done(result: object) -> None:
    """Take what an act returns and give nothing back."""
