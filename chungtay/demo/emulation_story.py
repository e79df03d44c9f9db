"""Who was commended and why: the contest behind the ten collectives of 2023, its council, decision and certificates; one under way."""

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from chungtay.access import services as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.accounts.models import User
from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.people import PASSWORD
from chungtay.demo.story import Unit, invented_names, story, units_in
from chungtay.demo.tales import Moment
from chungtay.emulation import selectors, services
from chungtay.emulation.models import BookEntry, Contest, CriteriaSet, Decision, Sheet, Vote
from chungtay.emulation.rules import Form, MoneyFrom, Recipient, Stage
from chungtay.emulation.services import Entrant, Given, How, Item, Line
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind
from chungtay.places.selectors import body_at

BLOCKS = {"ward": "Khối phường", "commune": "Khối xã"}
NTH = ("nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám")


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of emulation."""
    text = files("chungtay.demo").joinpath("data/emulation.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def moments(on: Acts) -> Iterator[Moment]:
    """Criteria, a contest from self-score to certificates, and a second one that waits for people on the demonstration's day."""
    office = _Office(on)
    first, second, decision, replaced = (told()[name] for name in ("first", "second", "decision", "replaced"))
    yield _at(first["written"], 9), office.begin
    yield _at(first["written"], 10), lambda now: office.write(first, now)
    yield _at(first["opened"], 9), lambda now: office.open(first, now)
    yield _at(first["scored"], 9), lambda now: office.self_score(first, office.units(first), now)
    yield _at(first["department"], 9), lambda now: office.judge(first, now)
    yield _at(first["council"], 14), lambda now: office.vote(first, now)
    yield _at(first["published"], 9), lambda now: office.publish(first, now)
    yield _at(first["appeal"]["on"], 9), lambda now: office.appeal(first, now)
    yield _at(first["appeal"]["answered"], 9), lambda now: office.answer(first, now)
    yield _at(decision["drafted"], 9), lambda now: office.draft(first, now)
    yield _at(decision["signed"], 9), lambda now: office.issue(now)
    yield _at(replaced["asked"], 9), lambda now: office.ask(now)
    yield _at(replaced["decided"], 9), lambda now: office.replace(now)
    yield _at(second["written"], 9), lambda now: office.write(second, now)
    yield _at(second["opened"], 9), lambda now: office.open(second, now)
    yield _at(second["vote"], 9), lambda now: office.under_way(second, now)


def _at(day: str, hour: int) -> datetime:
    return at(date.fromisoformat(day), hour)


class _Office:
    """The city's officer, leader and council, and the units' own people."""

    def __init__(self, on: Acts) -> None:
        self.on, self.cast = on, on.ground.cast
        self.dice = random.Random(f"{story()['seed']}/emulation")
        self.jurors: list[User] = []

    def units(self, contest: Mapping[str, Any]) -> tuple[Unit, ...]:
        """Return the units that take part: those on the map when the contest is written."""
        return units_in(parse_period(contest["written"][: len("2023-04")]))

    def contest(self, contest: Mapping[str, Any]) -> Contest:
        return Contest.objects.get(code=contest["code"])

    def sheets(self, contest: Mapping[str, Any]) -> dict[str, Sheet]:
        """Return the sheets by unit."""
        refs = {self.on.ground.areas[unit.ref].pk: unit.ref for unit in self.units(contest)}
        rows = Sheet.objects.filter(contest__code=contest["code"]).select_related(
            "contest__criteria", "contest__programme"
        )
        return {refs[row.area_id]: row for row in rows.order_by("block", "name")}

    # -- the contest ---------------------------------------------------------------------------------------------

    def begin(self, now: datetime) -> None:
        """The council is named, the criteria are written."""
        for juror, name in zip(told()["jurors"], invented_names()[-4:-1], strict=True):
            user = accounts.create_user(**juror, full_name=name, password=PASSWORD, now=now, by=None)
            access.assign(
                user=user,
                role=Role.COUNCIL,
                area=self.on.ground.city,
                valid_from=now.date(),
                now=now,
                by=self.cast.admin,
            )
            self.jurors.append(user)
        said = told()["criteria"]
        items = [_item(one) for one in said["items"]]
        head = {name: said[name] for name in ("code", "title", "basis")}
        services.write_criteria(area=self.on.ground.city, items=items, **head, now=now, by=self.cast.officer)

    def write(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The officer writes a contest of the units' Front committees."""
        entrants = [
            Entrant(BLOCKS[unit.level], body=body_at(self.on.ground.areas[unit.ref].pk, BodyKind.MTTQ))
            for unit in self.units(contest)
        ]
        services.create_contest(
            area=self.on.ground.city,
            criteria=CriteriaSet.objects.get(code=told()["criteria"]["code"]),
            programme=self.on.ground.programme,
            code=contest["code"],
            title=contest["title"],
            period_code=contest["period"],
            due_on=date.fromisoformat(contest["due"]),
            entrants=entrants,
            is_sample=True,
            now=now,
            by=self.cast.officer,
        )

    def open(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The city's leader opens it."""
        services.open_contest(contest=self.contest(contest), revision=1, now=now, by=self.cast.city_leader)

    def self_score(self, contest: Mapping[str, Any], units: tuple[Unit, ...], now: datetime) -> None:
        """Each unit's clerk scores, its leader signs."""
        sheets = self.sheets(contest)
        for unit in units:
            given = {
                number: Given(self.dice.choice((800, 900, 900, 1000)), note) for number, note in told()["notes"].items()
            }
            sheet = self._score(sheets[unit.ref], given, now, self.cast.clerks[unit.ref])
            self._forward(sheet, now, self.cast.leaders[unit.ref])

    def judge(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The officer lowers what has no evidence, with the reason, and hands every sheet to the council."""
        for at_, sheet in enumerate(self.sheets(contest).values()):
            if at_ % 5 == 1:
                sheet = self._score(sheet, {"3.2": Given(600, contest["late_note"])}, now, self.cast.officer)
            if at_ % 5 == 3:
                sheet = self._score(sheet, {"3.3": Given(500, contest["weak_note"])}, now, self.cast.officer)
            self._forward(sheet, now, self.cast.officer)

    def vote(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The council votes in secret; the officer counts; the sheets go to the standing committee."""
        row = self.contest(contest)
        vote = services.open_vote(contest=row, revision=row.revision, now=now, by=self.cast.officer)
        for number in range(len(self.jurors)):
            self._cast(vote, number, now)
        services.close_vote(vote=vote, now=now + timedelta(hours=1), by=self.cast.officer)
        for sheet in self.sheets(contest).values():
            self._forward(sheet, now + timedelta(hours=2), self.jurors[0])

    def _cast(self, vote: Vote, number: int, now: datetime) -> None:
        user = self.jurors[number]
        sheets = services.candidates_of(vote, vote.jurors.get(user=user))
        services.cast(vote=vote, choices={sheet.pk: True for sheet in sheets}, now=now, by=user)

    def publish(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The leader publishes what they see."""
        row = self.contest(contest)
        digest = services.hash_of(services.ranking_of(row))
        services.publish_contest(
            contest=row, typed=row.code, content_hash=digest, revision=row.revision, now=now, by=self.cast.city_leader
        )
        self.on.tell("Thi đua Chương trình 500: đã công bố điểm của 15 xã, phường")

    def appeal(self, contest: Mapping[str, Any], now: datetime) -> None:
        """One unit's leader appeals."""
        said = contest["appeal"]
        sheet = self.sheets(contest)[said["code"]]
        services.file_appeal(sheet=sheet, text=said["text"], now=now, by=self.cast.leaders[said["code"]])

    def answer(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The city's leader answers."""
        appeal = selectors.open_appeals(self.contest(contest)).get()
        services.answer_appeal(appeal=appeal, text=contest["appeal"]["answer"], now=now, by=self.cast.city_leader)

    def _score(self, sheet: Sheet, given: Mapping[str, Given], now: datetime, by: User) -> Sheet:
        return services.save_scores(sheet=sheet, given=given, revision=sheet.revision, now=now, by=by)

    def _forward(self, sheet: Sheet, now: datetime, by: User) -> None:
        digest = services.standing_of(sheet).hash
        services.forward(sheet=sheet, content_hash=digest, revision=sheet.revision, now=now, by=by)

    # -- the decision ----------------------------------------------------------------------------------------------

    def draft(self, contest: Mapping[str, Any], now: datetime) -> None:
        """The officer puts the first of each block on the list of the decision for the conference."""
        said, row = told()["decision"], self.contest(contest)
        last = selectors.last_publication(row)
        results = selectors.results_of(last) if last else []
        lines = []
        for block in BLOCKS.values():
            for result in [one for one in results if one.block == block][: said["each_block"]]:
                achievement = said["achievement"].format(NTH[result.place - 1], block[:1].lower() + block[1:])
                lines.append(Line(Recipient.COLLECTIVE, result.sheet.name, achievement, result.sheet))
        content = services.Content(
            form=Form.DISTRICT,
            merit=said["merit"],
            signed_on=date.fromisoformat(said["signed"]),
            place="Cao Lãnh",
            position="KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
            signer=self.cast.city_leader.full_name,
            lines=lines,
            money=MoneyFrom.BUDGET,
            contest=row,
            programme=self.on.ground.programme,
        )
        body = body_at(self.on.ground.city.pk, BodyKind.UBND)
        services.write_decision(body=body, content=content, is_sample=True, now=now, by=self.cast.officer)

    def issue(self, now: datetime) -> None:
        """The leader numbers and issues it: ten collectives enter the reward book."""
        number, decision = told()["decision"]["number"], Decision.objects.get()
        services.issue_decision(
            decision=decision,
            number=number,
            typed=number,
            revision=decision.revision,
            now=now,
            by=self.cast.city_leader,
        )
        self.on.tell(f"Quyết định {number}: {decision.entries.count()} tập thể được tặng giấy khen")

    def _last(self) -> BookEntry:
        return BookEntry.objects.select_related("body", "decision").order_by("-number")[0]

    def ask(self, now: datetime) -> None:
        """The officer finds a name that was printed short."""
        said, entry = told()["replaced"], self._last()
        name = entry.content["to"] + said["suffix"]
        services.ask_revocation(entry=entry, reason=said["reason"], name=name, now=now, by=self.cast.officer)

    def replace(self, now: datetime) -> None:
        """The leader has it replaced."""
        reason = told()["replaced"]["decision"]
        services.decide_revocation(entry=self._last(), confirms=True, reason=reason, now=now, by=self.cast.city_leader)

    # -- what waits ------------------------------------------------------------------------------------------------

    def under_way(self, contest: Mapping[str, Any], now: datetime) -> None:
        """Some units still score, some sheets are with the department, the council has an open vote and one paper in it."""
        units = self.units(contest)
        self.self_score(contest, units[:8], now - timedelta(days=4))
        for sheet in list(self.sheets(contest).values()):
            if sheet.stage == Stage.DEPARTMENT and sheet.block == BLOCKS["ward"]:
                self._forward(sheet, now - timedelta(days=1), self.cast.officer)
        row = self.contest(contest)
        vote = services.open_vote(contest=row, revision=row.revision, now=now, by=self.cast.officer)
        self._cast(vote, 0, now)


def _item(said: Mapping[str, Any]) -> Item:
    return Item(
        said["number"],
        said["title"],
        said["most"],
        How(said["how"]),
        said.get("indicator", ""),
        said.get("target"),
        tuple((limit, points) for limit, points in said.get("bands", ())),
    )
