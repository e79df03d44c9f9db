"""The story as it happened: rounds open, workbooks are filled, read back, sent, signed, sent back, approved, each on its day.

The workbooks are written from the product's own template to a folder and come in through the same door as any user's.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.demo.days import at, due_of, working_day
from chungtay.demo.ground import Ground
from chungtay.demo.story import REVIEWED, Unit, lives_on, open_month, periods, poverty, quarterly, story, units
from chungtay.kernel.errors import DomainError, Severity
from chungtay.kernel.periods import Period, parse_period
from chungtay.papers.rules import HeadKind
from chungtay.returns import intake, rules, selectors, services
from chungtay.returns.intake import Preview
from chungtay.returns.models import Form, Return
from chungtay.returns.rules import Entry
from chungtay.reviews import services as reviews
from chungtay.reviews.heads import head_from_json

STEPS_AT_ONCE = 100
WHY_UNUSUAL = "Số thực tế trong kỳ, có danh sách và chứng từ kèm theo (minh họa)."


class StoryBroken(DomainError):
    """The demonstration's own workbook was refused: the product or the story is wrong."""


@dataclass(order=True)
class Step:
    """One act of the story at its moment."""

    at: datetime
    order: int
    act: Callable[[datetime], None] = field(compare=False)


class Story:
    """Plays the demonstration on its ground. `tell` is called with one line of progress at a time."""

    def __init__(self, ground: Ground, folder: Path, tell: Callable[[str], None]) -> None:
        self.ground = ground
        self.folder = folder
        self.tell = tell
        self.steps: list[Step] = []
        self.previews: dict[tuple[str, str, str], Preview] = {}
        self.returns: dict[tuple[str, str, str], Return] = {}
        self.hashes: dict[tuple[str, str, str], str] = {}  # of what was last sent: it is what is signed and approved
        self.dice = random.Random(story()["seed"])
        self.count = 0

    def play(self) -> int:
        """Carry out every step in order of time; return the number of workbooks that were read."""
        for period in periods():
            self._plan_round(self.ground.results, period, due_of(period), quarterly())
        for year in story()["poverty"]:
            period = parse_period(year)
            self._plan_round(self.ground.poverty, period, at(date(period.end.year, 1, 15), 17), poverty())
        self._plan_awards()
        self._plan_correction()
        self._plan_review()
        self._plan_open_round()
        steps = sorted(self.steps)
        for first in range(0, len(steps), STEPS_AT_ONCE):
            with transaction.atomic():  # a durable commit for each act would wait for the disk a thousand times
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
        self._then(opened, lambda now: self._open(form, period, due, now))
        first = {u.code: entries[u.code, period.code] for u in units()}
        self._then(opened + timedelta(minutes=30), lambda now: self._prepare(form, period, first))
        for unit in units():
            self._plan_unit(form, period, due, unit, entries[unit.code, period.code])

    def _open(self, form: Form, period: Period, due: datetime, now: datetime) -> None:
        services.open_round(
            form=form,
            period=period,
            due_at=due,
            areas=list(self.ground.areas.values()),
            now=now,
            by=self.ground.cast.officer,
        )

    def _prepare(self, form: Form, period: Period, entries: Mapping[str, Mapping[str, Entry]]) -> None:
        """Every unit fills its workbook; all are opened together, as a batch at the command line would be."""
        folder = self.folder / f"{form.code}_{period.code}"
        folder.mkdir(parents=True, exist_ok=True)
        paths, keys = [], []
        for code, cells in entries.items():
            of = self._return(form, period.code, code)
            path = folder / intake.workbook_name(of)
            path.write_bytes(
                intake.workbook_of(of, entries=_explained(of, self._first(form, period.code, code, cells)))
            )
            paths.append(path)
            keys.append((form.code, period.code, code))
        for key, preview in zip(keys, intake.preview_files(paths), strict=True):
            if preview.problems:
                raise StoryBroken(f"{preview.name}: {preview.problems[0].where} {preview.problems[0].sentence}")
            self.previews[key] = preview
        self.count += len(paths)
        self.tell(f"{form.code} {period.short()}: {len(paths)} tệp")

    def _first(self, form: Form, period: str, code: str, cells: Mapping[str, Entry]) -> dict[str, Entry]:
        """What the unit writes at first, where the story has it corrected later."""
        told = dict(cells)
        sent_back = story()["story"]["sent_back"].get(code)
        corrected = story()["story"]["corrected"]
        for tale, mine in ((sent_back, True), (corrected, corrected["code"] == code)):
            if tale and mine and tale["period"] == period and form == self.ground.results:
                for key, more in tale["first"].items():
                    told[key] = Entry(value=(told[key].value or 0) + more)
        return told

    def _plan_unit(self, form: Form, period: Period, due: datetime, unit: Unit, entries: Mapping[str, Entry]) -> None:
        clerk, leader = self.ground.cast.clerks[unit.code], self.ground.cast.leaders[unit.code]
        is_late = form == self.ground.results and period.code in story()["story"]["late"].get(unit.code, ())
        day = due.date() + timedelta(days=self.dice.randrange(2, 6) if is_late else -self.dice.randrange(2, 8))
        moment = at(working_day(day) if is_late else day, self.dice.randrange(8, 11), self.dice.randrange(60))
        extended = story()["story"]["extended"]
        if (unit.code, period.code) == (extended["code"], extended["period"]) and form == self.ground.results:
            moment = due + timedelta(days=1, hours=-3)
            until = due + timedelta(days=extended["days"])
            self._then(due - timedelta(hours=5), lambda now: self._extend(form, period.code, unit.code, until, now))
        key = (form.code, period.code, unit.code)
        self._then(moment, lambda now: self._take_in(key, now, clerk))
        self._then(moment + timedelta(minutes=40), lambda now: self._submit(form, period.code, unit.code, now, clerk))
        signed = moment + timedelta(hours=4)
        self._then(signed, lambda now: self._sign(form, period.code, unit.code, now, leader))
        decided = at(
            working_day(signed.date() + timedelta(days=1)), self.dice.randrange(8, 16), self.dice.randrange(60)
        )
        tale = story()["story"]["sent_back"].get(unit.code)
        if tale and tale["period"] == period.code and form == self.ground.results:
            self._plan_sent_back(form, period.code, unit, decided, entries, tale["remarks"], tale["reply"])
            return
        self._then(decided, lambda now: self._approve(form, period.code, unit.code, now))

    def _plan_sent_back(
        self,
        form: Form,
        period: str,
        unit: Unit,
        decided: datetime,
        entries: Mapping[str, Entry],
        remarks: Mapping[str, str],
        reply: Mapping[str, str],
    ) -> None:
        clerk, leader = self.ground.cast.clerks[unit.code], self.ground.cast.leaders[unit.code]
        mended = {key: replace(entries[key], reply=words) for key, words in reply.items()}
        self._then(decided, lambda now: self._send_back(form, period, unit.code, remarks, now))
        again = decided + timedelta(hours=20)
        self._then(again, lambda now: self._mend(form, period, unit.code, mended, now, clerk))
        self._then(again + timedelta(minutes=15), lambda now: self._submit(form, period, unit.code, now, clerk))
        self._then(again + timedelta(hours=1), lambda now: self._sign(form, period, unit.code, now, leader))
        self._then(again + timedelta(hours=3), lambda now: self._approve(form, period, unit.code, now))

    # -- tales of their own -------------------------------------------------------------------------------------

    def _plan_awards(self) -> None:
        form, period, cast = self.ground.awards, parse_period(REVIEWED), self.ground.cast
        opened = at(date(2023, 5, 24), 14)
        entries = {"awards.collectives": Entry(value=story()["awards"])}

        def start(now: datetime) -> None:
            services.open_round(
                form=form,
                period=period,
                due_at=at(date(2023, 5, 26), 17),
                areas=[self.ground.city],
                now=now,
                by=cast.province_officer,
            )
            self._prepare(form, period, {story()["city"]["code"]: entries})

        city = story()["city"]["code"]
        self._then(opened, start)
        self._then(
            opened + timedelta(hours=1), lambda now: self._take_in((form.code, period.code, city), now, cast.city_clerk)
        )
        self._then(opened + timedelta(hours=2), lambda now: self._submit(form, period.code, city, now, cast.city_clerk))
        self._then(at(date(2023, 5, 25), 9), lambda now: self._sign(form, period.code, city, now, cast.city_leader))
        self._then(
            at(date(2023, 5, 26), 9), lambda now: self._approve(form, period.code, city, now, cast.province_officer)
        )

    def _plan_correction(self) -> None:
        tale = story()["story"]["corrected"]
        form, period, code, day = self.ground.results, tale["period"], tale["code"], date.fromisoformat(tale["on"])
        right = {key: quarterly()[code, period][key] for key in tale["first"]}
        clerk, leader, officer = self.ground.cast.clerks[code], self.ground.cast.leaders[code], self.ground.cast.officer
        self._then(
            at(day, 8),
            lambda now: _done(
                services.reopen_return(of=self._return(form, period, code), note=tale["note"], now=now, by=officer)
            ),
        )
        self._then(at(day, 9), lambda now: self._mend(form, period, code, right, now, clerk))
        self._then(at(day, 9, 10), lambda now: self._submit(form, period, code, now, clerk))
        self._then(at(day, 10), lambda now: self._sign(form, period, code, now, leader))
        self._then(at(day, 15), lambda now: self._approve(form, period, code, now))

    def _plan_review(self) -> None:
        """The day before the conference the officer has the report written, numbers it and fills in who signs."""
        officer, leader = self.ground.cast.officer, self.ground.cast.city_leader

        def write(now: datetime) -> None:
            review = reviews.create_review(
                programme=self.ground.programme,
                area=self.ground.city,
                period_code=REVIEWED,
                header=HeadKind.UBND,
                known_at=now,
                now=now,
                by=officer,
            )
            lines = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
            head = replace(head_from_json(review.head), number="152", signatures=((lines, leader.full_name),))
            reviews.set_head(review=review, head=head, now=now, by=officer)

        self._then(at(date(2023, 5, 29), 10), write)

    def _plan_open_round(self) -> None:
        """The round that is being collected when the demonstration opens, its returns in every state."""
        tale = story()["story"]["open_round"]
        form, period = self.ground.results, parse_period(tale["period"])
        due = at(date.fromisoformat(tale["due"]), 17)
        opened = at(date(2023, 7, 3), 8)
        self._then(opened, lambda now: self._open(form, period, due, now))
        filled = {u.code: open_month(u) for u in units() if tale["states"][u.code] != "not_started"}
        self._then(opened + timedelta(minutes=30), lambda now: self._prepare(form, period, filled))
        last = lives_on() - timedelta(hours=2)
        for unit in units():
            self._plan_open_unit(form, period.code, unit, tale["states"][unit.code], due, last)

    def _plan_open_unit(self, form: Form, period: str, unit: Unit, state: str, due: datetime, last: datetime) -> None:
        clerk, leader = self.ground.cast.clerks[unit.code], self.ground.cast.leaders[unit.code]
        moment = at(
            due.date() - timedelta(days=self.dice.randrange(1, 9)), self.dice.randrange(8, 11), self.dice.randrange(60)
        )
        reach = ("draft", "for_signing", "submitted", "decided")
        goal = {"approved": 3, "returned": 3}.get(state, reach.index(state) if state in reach else -1)
        if goal >= 0:
            self._then(moment, lambda now: self._take_in((form.code, period, unit.code), now, clerk))
        if goal >= 1:
            self._then(moment + timedelta(hours=1), lambda now: self._submit(form, period, unit.code, now, clerk))
        if goal >= 2:
            self._then(moment + timedelta(hours=4), lambda now: self._sign(form, period, unit.code, now, leader))
        decided = min(at(working_day(moment.date() + timedelta(days=2)), 10, self.dice.randrange(60)), last)
        if state == "approved":
            self._then(decided, lambda now: self._approve(form, period, unit.code, now))
        if state == "returned":
            remarks = {
                "support.packages:gift": "Danh sách ký nhận mới có một phần. Đề nghị gửi đủ danh sách hoặc ghi đúng số suất đã trao.",
                "fund.raised:in_kind": "Bảng kê hiện vật chưa có giá của hai mặt hàng. Đề nghị kiểm tra lại giá trị.",
            }
            self._then(decided, lambda now: self._send_back(form, period, unit.code, remarks, now))

    # -- single acts, each through the product's service --------------------------------------------------------

    def _return(self, form: Form, period: str, code: str) -> Return:
        key = (form.code, period, code)
        if key not in self.returns:
            area = self.ground.city if code == story()["city"]["code"] else self.ground.areas[code]
            self.returns[key] = selectors.return_of(form=form, period_code=period, area=area)
        return self.returns[key]

    def _take_in(self, key: tuple[str, str, str], now: datetime, by: User) -> None:
        _done(intake.take_in(self.previews.pop(key), now=now, by=by))

    def _mend(self, form: Form, period: str, code: str, cells: Mapping[str, Entry], now: datetime, by: User) -> None:
        of = self._return(form, period, code)
        of.refresh_from_db()
        there = selectors.draft_entries(of)
        _done(
            services.save_draft(
                of=of, entries={k: replace(e, explain=there[k].explain) for k, e in cells.items()}, now=now, by=by
            )
        )

    def _submit(self, form: Form, period: str, code: str, now: datetime, by: User) -> None:
        sent = services.submit_return(of=self._return(form, period, code), now=now, by=by)
        self.hashes[form.code, period, code] = sent.content_hash

    def _sign(self, form: Form, period: str, code: str, now: datetime, by: User) -> None:
        of = self._return(form, period, code)
        _done(services.sign_return(of=of, content_hash=self.hashes[form.code, period, code], now=now, by=by))

    def _approve(self, form: Form, period: str, code: str, now: datetime, by: User | None = None) -> None:
        of = self._return(form, period, code)
        _done(
            services.approve_return(
                of=of, content_hash=self.hashes[form.code, period, code], now=now, by=by or self.ground.cast.officer
            )
        )

    def _send_back(self, form: Form, period: str, code: str, remarks: Mapping[str, str], now: datetime) -> None:
        of = self._return(form, period, code)
        _done(services.send_back_return(of=of, remarks=remarks, now=now, by=self.ground.cast.officer))

    def _extend(self, form: Form, period: str, code: str, until: datetime, now: datetime) -> None:
        note = story()["story"]["extended"]["note"]
        of = self._return(form, period, code)
        _done(services.extend_deadline(of=of, until=until, note=note, now=now, by=self.ground.cast.officer))


def _done(of: Return) -> None:
    """An act of the story leaves nothing behind but what the service wrote."""


def _explained(of: Return, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Add a sentence where the form will ask why a figure is unusual."""
    spec = selectors.form_spec(of.round.form)
    found = rules.check_cells(spec.cells, spec.rules, entries, selectors.previous_values(of))
    unusual = {p.key for p in found if p.severity is Severity.EXPLAIN}
    return {key: replace(e, explain=WHY_UNUSUAL) if key in unusual else e for key, e in entries.items()}
