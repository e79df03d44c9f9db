"""The story as it happened: rounds open, workbooks are filled, read back, sent, signed, sent back, approved, each on its day.

The workbooks are written from the product's own template to a folder and come in through the same door as any user's.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from chungtay.access.selectors import one_staff
from chungtay.demo import (
    aid,
    bank_story,
    chests,
    data_story,
    emulation_story,
    exchange_story,
    gatherings,
    groups,
    notices,
    papers_story,
    portal_story,
    review_story,
    supervision_story,
    tales,
    tasks_story,
)
from chungtay.demo.acts import Acts
from chungtay.demo.days import at, due_of, working_day
from chungtay.demo.ground import Ground
from chungtay.demo.story import Unit, lives_on, open_month, periods, poverty, quarterly, story, units_in
from chungtay.indicators.selectors import one_dictionary
from chungtay.kernel.periods import Period, parse_period
from chungtay.places.selectors import steady as one_map
from chungtay.returns.models import Form
from chungtay.returns.rules import Entry

STEPS_AT_ONCE = 400
REMARKS = {
    "support.packages:gift": "Danh sách ký nhận mới có một phần. Đề nghị gửi đủ danh sách hoặc ghi đúng số suất đã trao.",
    "fund.raised:in_kind": "Bảng kê hiện vật chưa có giá của hai mặt hàng. Đề nghị kiểm tra lại giá trị.",
}


@dataclass(order=True)
class Step:
    """One act of the story at its moment."""

    at: datetime
    order: int
    act: Callable[[datetime], None] = field(compare=False)


class Story(Acts):
    """Plays the demonstration on its ground."""

    def __init__(self, ground: Ground, folder: Path, tell: Callable[[str], None]) -> None:
        super().__init__(ground, folder, tell)
        self.steps: list[Step] = []
        self.dice = random.Random(story()["seed"])

    def play(self) -> int:
        """Carry out every step in order of time; return the number of workbooks that were read."""
        for period in periods():
            self._plan_round(self.ground.results, period, due_of(period), quarterly())
        for year in story()["poverty"]:
            period = parse_period(year)
            self._plan_round(self.ground.poverty, period, due_of(period, day=15), poverty())
        for tale in (
            chests.moments,
            aid.moments,
            bank_story.moments,
            notices.moments,
            groups.moments,
            gatherings.moments,
            tasks_story.moments,
            supervision_story.moments,
            papers_story.moments,
            emulation_story.moments,
            exchange_story.moments,
            tales.awards,
            tales.correction,
            tales.claims,
            review_story.moments,
            portal_story.moments,
            data_story.moments,
            tales.reorganisations,
            tales.readers,
        ):
            for moment, act in tale(self):
                self._then(moment, act)
        self._plan_open_round()
        steps = sorted(self.steps)
        for first in range(0, len(steps), STEPS_AT_ONCE):
            # What is defined and who works where is asked again and again; a durable commit for each act would wait for the disk.
            with one_map(), one_dictionary(), one_staff(), transaction.atomic():
                for step in steps[first : first + STEPS_AT_ONCE]:
                    step.act(step.at)
        return self.count

    def _then(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        self.steps.append(Step(moment, len(self.steps), act))

    # -- a round of all units -----------------------------------------------------------------------------------

    def _plan_round(
        self, form: Form, period: Period, due: datetime, entries: Mapping[tuple[str, str], Mapping[str, Entry]]
    ) -> None:
        opened = at(working_day(due.date() - timedelta(days=18)), 8)
        first = {unit.ref: entries[unit.ref, period.code] for unit in units_in(period)}
        self._then(opened, lambda now: self.open(form, period, due, first, now))
        self._then(opened + timedelta(minutes=30), lambda now: self.prepare(form, period, first))
        for unit in units_in(period):
            self._plan_unit(form, period, due, unit, first[unit.ref])

    def _plan_unit(self, form: Form, period: Period, due: datetime, unit: Unit, entries: Mapping[str, Entry]) -> None:
        ref, code = unit.ref, period.code
        clerk, leader = self.ground.cast.clerks[ref], self.ground.cast.leaders[ref]
        is_late = form == self.ground.results and code in story()["story"]["late"].get(ref, ())
        day = due.date() + timedelta(days=self.dice.randrange(2, 6) if is_late else -self.dice.randrange(2, 8))
        moment = at(working_day(day) if is_late else day, self.dice.randrange(8, 11), self.dice.randrange(60))
        extended = story()["story"]["extended"]
        if (ref, code) == (extended["code"], extended["period"]) and form == self.ground.results:
            moment = due + timedelta(days=1, hours=-3)
            until = due + timedelta(days=extended["days"])
            self._then(due - timedelta(hours=5), lambda now: self.extend(form, code, ref, until, now))
        self._then(moment, lambda now: self.take_in((form.code, code, ref), now, clerk))
        self._then(moment + timedelta(minutes=40), lambda now: self.submit(form, code, ref, now, clerk))
        signed = moment + timedelta(hours=4)
        self._then(signed, lambda now: self.sign(form, code, ref, now, leader))
        decided = at(
            working_day(signed.date() + timedelta(days=1)), self.dice.randrange(8, 16), self.dice.randrange(60)
        )
        tale = story()["story"]["sent_back"].get(ref)
        if tale and tale["period"] == code and form == self.ground.results:
            self._plan_sent_back(form, code, ref, decided, entries, tale["remarks"], tale["reply"])
            return
        self._then(decided, lambda now: self.approve(form, code, ref, now))

    def _plan_sent_back(
        self,
        form: Form,
        period: str,
        unit: str,
        decided: datetime,
        entries: Mapping[str, Entry],
        remarks: Mapping[str, str],
        reply: Mapping[str, str],
    ) -> None:
        clerk, leader = self.ground.cast.clerks[unit], self.ground.cast.leaders[unit]
        mended = {key: entries[key]._replace(reply=words) for key, words in reply.items()}
        self._then(decided, lambda now: self.send_back(form, period, unit, remarks, now))
        again = decided + timedelta(hours=20)
        self._then(again, lambda now: self.mend(form, period, unit, mended, now, clerk))
        self._then(again + timedelta(minutes=15), lambda now: self.submit(form, period, unit, now, clerk))
        self._then(again + timedelta(hours=1), lambda now: self.sign(form, period, unit, now, leader))
        self._then(again + timedelta(hours=3), lambda now: self.approve(form, period, unit, now))

    # -- the round that is being collected when the demonstration opens --------------------------------------------

    def _plan_open_round(self) -> None:
        """Its returns stand in every state."""
        tale = story()["story"]["open_round"]
        form, period = self.ground.results, parse_period(tale["period"])
        opened = at(date.fromisoformat(tale["opened"]), 8)
        due = at(date.fromisoformat(tale["due"]), 17)
        units = units_in(period)
        filled = {unit.ref: open_month(unit) for unit in units if tale["states"][unit.ref] != "not_started"}
        self._then(opened, lambda now: self.open(form, period, due, [unit.ref for unit in units], now))
        self._then(opened + timedelta(minutes=30), lambda now: self.prepare(form, period, filled))
        for unit in units:
            self._plan_open_unit(form, period.code, unit.ref, tale["states"][unit.ref])

    def _plan_open_unit(self, form: Form, period: str, unit: str, state: str) -> None:
        clerk, leader = self.ground.cast.clerks[unit], self.ground.cast.leaders[unit]
        last = lives_on() - timedelta(hours=2)
        day = working_day(last.date() - timedelta(days=self.dice.randrange(3, 12)))
        moment = at(day, self.dice.randrange(8, 11), self.dice.randrange(60))
        reach = ("draft", "for_signing", "submitted", "decided")
        goal = {"approved": 3, "returned": 3}.get(state, reach.index(state) if state in reach else -1)
        if goal >= 0:
            self._then(moment, lambda now: self.take_in((form.code, period, unit), now, clerk))
        if goal >= 1:
            self._then(moment + timedelta(hours=1), lambda now: self.submit(form, period, unit, now, clerk))
        if goal >= 2:
            self._then(moment + timedelta(hours=4), lambda now: self.sign(form, period, unit, now, leader))
        decided = min(at(working_day(day + timedelta(days=2)), 10, self.dice.randrange(60)), last)
        if state == "approved":
            self._then(decided, lambda now: self.approve(form, period, unit, now))
        if state == "returned":
            self._then(decided, lambda now: self.send_back(form, period, unit, REMARKS, now))
