"""What happens beside the ordinary rounds: awards, a correction, claims, and the map that changes under it all.

Each tale gives the moments of its acts; they are carried out in order of time with everything else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chungtay.access import services as access
from chungtay.access.models import Assignment
from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.community import services as community
from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.story import quarterly, story, units
from chungtay.figures import services as figures
from chungtay.figures.models import Claim
from chungtay.figures.rules import Statement
from chungtay.figures.selectors import discrepancies
from chungtay.households import services as households
from chungtay.kernel.periods import parse_period
from chungtay.notices import services as notices
from chungtay.places import services as places
from chungtay.places.models import Area, Reorganisation
from chungtay.places.plan_json import plan_from_json
from chungtay.places.rules import BodyKind
from chungtay.places.selectors import area_by_ref
from chungtay.returns import services as returns
from chungtay.returns.rules import Entry

Moment = tuple[datetime, Callable[[datetime], None]]
SIGNERS = 2  # chair and deputy: of the people who signed for the former units, those of the first two sign on
GO_TO_HEIR = frozenset({Role.OFFICER, Role.UPPER_LEADER})  # who goes up when a whole level is abolished


def awards(on: Acts) -> Iterator[Moment]:
    """The city reports whom it commended; the province approves."""
    for told in story()["awards"]:
        yield from _one_award(on, told)


def _one_award(on: Acts, told: dict[str, Any]) -> Iterator[Moment]:
    form, period, cast = on.ground.awards, parse_period(told["period"]), on.ground.cast
    city, code = story()["city"]["code"], period.code
    opened = datetime.fromisoformat(told["opened"])
    due = at(date.fromisoformat(told["due"]), 17)

    def start(now: datetime) -> None:
        returns.open_round(
            form=form, period=period, due_at=due, areas=[on.ground.city], now=now, by=cast.province_officer
        )
        on.prepare(form, period, {city: {"awards.collectives": Entry(value=told["value"])}})

    yield opened, start
    yield opened + timedelta(hours=1), lambda now: on.take_in((form.code, code, city), now, cast.city_clerk)
    yield opened + timedelta(hours=2), lambda now: on.submit(form, code, city, now, cast.city_clerk)
    yield at(date.fromisoformat(told["signed"]), 9), lambda now: on.sign(form, code, city, now, cast.city_leader)
    yield (
        at(date.fromisoformat(told["approved"]), 9),
        lambda now: on.approve(form, code, city, now, cast.province_officer),
    )


def correction(on: Acts) -> Iterator[Moment]:
    """A house that two units had counted is taken out of one, a quarter later."""
    tale = story()["story"]["corrected"]
    form, period, code, day = on.ground.results, tale["period"], tale["code"], date.fromisoformat(tale["on"])
    right = {key: quarterly()[code, period][key] for key in tale["first"]}
    clerk, leader, officer = on.ground.cast.clerks[code], on.ground.cast.leaders[code], on.ground.cast.officer

    def reopen(now: datetime) -> None:
        returns.reopen_return(of=on.return_of(form, period, code), note=tale["note"], now=now, by=officer)

    yield at(day, 8), reopen
    yield at(day, 9), lambda now: on.mend(form, period, code, right, now, clerk)
    yield at(day, 9, 10), lambda now: on.submit(form, period, code, now, clerk)
    yield at(day, 10), lambda now: on.sign(form, period, code, now, leader)
    yield at(day, 15), lambda now: on.approve(form, period, code, now)


def claims(on: Acts) -> Iterator[Moment]:
    """The province's officer reads other numbers in papers of the Front; the city's officer explains one, one stays open."""
    for told in story()["claims"]:
        yield from _one_claim(on, told)


def _one_claim(on: Acts, told: dict[str, Any]) -> Iterator[Moment]:
    stated: list[Claim] = []

    def state(now: datetime) -> None:
        said = Statement(
            told["indicator"], "", on.ground.city.pk, parse_period(told["period"]), told["value"], body_id=None
        )
        claim = figures.state_claim(
            said=said,
            said_by=told["said_by"],
            paper=told["paper"],
            body_kind=BodyKind.MTTQ,
            now=now,
            by=on.ground.cast.province_officer,
        )
        stated.append(claim)

    def explain(now: datetime) -> None:
        [claim] = stated
        [one] = discrepancies(claim_id=claim.pk)
        figures.explain_claim(
            claim_id=claim.pk,
            claimed=told["value"],
            derived=one.derived,
            text=told["explained"],
            now=now,
            by=on.ground.cast.officer,
        )

    yield datetime.fromisoformat(told["stated_at"]), state
    if "explained" in told:
        yield datetime.fromisoformat(told["explained_at"]), explain


def reorganisations(on: Acts) -> Iterator[Moment]:
    """The map changes; each act is recorded before the day it takes effect, and people go to the successors."""
    for told in story()["reorganisations"]:
        yield datetime.fromisoformat(told["recorded_at"]), _recording(on, told["plan"])
        next_day = at(date.fromisoformat(told["plan"]["effective_on"]) + timedelta(days=1), 10)
        if next_day < datetime.fromisoformat(story()["lives_on"]):
            yield next_day, _carry_over


def _carry_over(now: datetime) -> None:
    """What the daily run does: registers go on at the units that came after."""
    households.carry_over(now=now)
    community.carry_over(now=now)


def _recording(on: Acts, plan: dict[str, Any]) -> Callable[[datetime], None]:
    def record(now: datetime) -> None:
        act = places.reorganise(plan=plan_from_json(plan), now=now, by=on.ground.cast.admin)
        _move_people(act, now, on)
        since = act.effective_on.isoformat()
        for unit in units():
            if unit.since == act.effective_on:
                on.ground.areas[unit.ref] = area_by_ref(f"{unit.code}@{since}")
        on.tell(f"{act.legal_basis}: bản đồ từ ngày {act.effective_on:%d/%m/%Y}")

    return record


def readers(on: Acts) -> Iterator[Moment]:
    """Two weeks before the day on which the story is entered everybody had read their notices; the last mornings bring the rest."""
    today = datetime.fromisoformat(story()["lives_on"])

    def read(now: datetime) -> None:
        for person in User.objects.order_by("pk"):
            notices.mark_read(notices=None, now=now, by=person)

    def morning(now: datetime) -> None:
        notices.tell_due(now=now)

    yield today - timedelta(days=14), read
    for days in (2, 1):
        yield at((today - timedelta(days=days)).date(), 7), morning


def _move_people(act: Reorganisation, now: datetime, on: Acts) -> None:
    """End the roles at units that end, and give them again at the units that follow."""
    sources: dict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
    for handing in act.successions.order_by("id"):
        sources[handing.to_area_id].append((handing.from_area_id, handing.back_share_ppm == 0))
    for to_area_id, parts in sources.items():
        to = Area.objects.get(pk=to_area_id)
        for place, (from_area_id, is_heir) in enumerate(parts):
            for held in Assignment.objects.filter(area_id=from_area_id, valid_to__isnull=True).order_by("id"):
                access.end_assignment(held, valid_to=act.effective_on, now=now, by=on.ground.cast.admin)
                if (is_heir and held.role not in GO_TO_HEIR) or (held.role == Role.LEADER and place >= SIGNERS):
                    continue
                access.assign(
                    user=held.user,
                    role=held.role,
                    area=to,
                    valid_from=act.effective_on,
                    now=now,
                    by=on.ground.cast.admin,
                )
