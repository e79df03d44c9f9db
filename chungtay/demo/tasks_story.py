"""Who had to do what in the story: the tasks of the Programme and of the city's plan, done, late, waiting; meetings and letters."""

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
from chungtay.community.models import Activity
from chungtay.community.rules import EVIDENCE
from chungtay.demo.acts import Acts
from chungtay.demo.days import at, working_day
from chungtay.demo.people import PASSWORD
from chungtay.demo.story import invented_names, story
from chungtay.demo.tales import Moment
from chungtay.indicators.selectors import indicator_by_code
from chungtay.places.models import Area, Body
from chungtay.places.selectors import body_at
from chungtay.programmes.models import Programme
from chungtay.tasks import services as tasks
from chungtay.tasks.models import Duty, Task
from chungtay.tasks.rules import Kind, Verb
from chungtay.tasks.services import Aim, Part, Plan

EARLIER = timedelta(days=5)  # a part is due before the whole


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of tasks."""
    text = files("chungtay.demo").joinpath("data/tasks.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def moments(on: Acts) -> Iterator[Moment]:
    """Tasks are written and approved; those whose part they are report, others confirm; some are late, one waits."""
    yield from _Province(on).moments()
    yield from _City(on).moments()
    for day in told()["reminded_on"]:
        yield at(_day(day), 7), _remind


def _remind(now: datetime) -> None:
    tasks.remind(now=now)


def _day(text: str) -> date:
    return date.fromisoformat(text)


class _Desk:
    """The plan of a place with who writes, reports and confirms there."""

    def __init__(self, on: Acts, code: str) -> None:
        self.on, self.code = on, code
        self.cast = on.ground.cast

    @property
    def plan(self) -> Programme:
        return Programme.objects.select_related("area").get(code=self.code)

    def body(self, kind: str, area: Area | None = None) -> Body:
        return body_at((area or self.plan.area).pk, kind)

    def write(self, plan: Plan, now: datetime) -> list[Task]:
        return tasks.write_task(programme=self.plan, plan=plan, now=now, by=self.cast.officer)

    def area_of_work(self, number: int) -> Any:
        programme = self.on.ground.programme
        return programme.areas_of_work.get(number=number)

    def report(self, task: Task, finished: str, by: User, duty: Duty | None = None) -> Callable[[datetime], None]:
        """Return the act of reporting a task or a part of it as done on a day."""

        def act(now: datetime) -> None:
            tasks.move(task=task, duty=duty, verb=Verb.REPORT, finished_on=_day(finished), now=now, by=by)

        return act


class _Province(_Desk):
    """The Programme itself: one task for each of its thirteen areas of work, for the whole term."""

    def __init__(self, on: Acts) -> None:
        super().__init__(on, story()["programme"]["code"])
        self.made: list[Task] = []
        self.leader: User | None = None

    def moments(self) -> Iterator[Moment]:
        data = told()["province"]
        yield at(_day(data["written"]), 9), self.draft
        yield at(_day(data["approved"]), 9), self.approve
        for number, task in enumerate(data["tasks"]):
            if finished := task.get("done") or task.get("reported"):
                moment = at(working_day(_day(finished)), 14)
                yield moment, self._reporting(number, finished)
                if "done" in task:
                    yield at(working_day(moment.date() + timedelta(days=1)), 10), self._confirming(number)

    def draft(self, now: datetime) -> None:
        """The province's officer writes the tasks down; its leader gets an account."""
        data = told()["province"]
        leader = data["leader"]
        self.leader = accounts.create_user(
            username=leader["username"],
            full_name=invented_names()[-1],
            title=leader["title"],
            password=PASSWORD,
            now=now,
            by=None,
        )
        since, area = _day(story()["map_from"]), self.plan.area
        access.assign(user=self.leader, role=Role.UPPER_LEADER, area=area, valid_from=since, now=now, by=None)
        city = self.on.ground.city
        due = _day(data["due"])
        for number, task in enumerate(data["tasks"], 1):
            plan = Plan(
                title=task["title"],
                product=task["product"],
                kind=Kind.ONCE,
                lead=self.body(task["lead"]),
                starts_on=_day(data["starts"]),
                due_on=due,
                area_of_work=self.area_of_work(number),
                parts=(Part(self.body(task["lead"], city), task["part"], due - EARLIER),),
            )
            self.made += tasks.write_task(programme=self.plan, plan=plan, now=now, by=self.cast.province_officer)

    def approve(self, now: datetime) -> None:
        """The province's leader approves them."""
        tasks.approve_tasks(programme=self.plan, now=now, by=self._leader())

    def _leader(self) -> User:
        if self.leader is None:
            raise ValueError("the leader comes with the first draft")
        return self.leader

    def _reporting(self, number: int, finished: str) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            task = self.made[number]
            for duty in task.duties.all():
                self.report(task, finished, self.cast.city_clerk, duty)(now)
                tasks.move(task=task, duty=duty, verb=Verb.CONFIRM, now=now, by=self.cast.province_officer)
            self.report(task, finished, self.cast.province_officer)(now)

        return act

    def _confirming(self, number: int) -> Callable[[datetime], None]:
        return lambda now: _done(tasks.move(task=self.made[number], verb=Verb.CONFIRM, now=now, by=self._leader()))


class _City(_Desk):
    """The city's plan of 2024: communes have their parts, figures and activities speak for it."""

    def __init__(self, on: Acts) -> None:
        super().__init__(on, story()["plan"]["code"])
        self.made: dict[str, list[Task]] = {}

    def moments(self) -> Iterator[Moment]:
        data = told()["city"]
        for task in data["tasks"]:
            if task.get("waits"):
                yield at(_day("2024-12-02"), 9), self._drafting(task)
            else:
                yield at(_day(data["written"]), 9), self._drafting(task)
                yield from self.life(task)
        yield at(_day(data["approved"]), 9), self.approve
        for meeting in told()["meetings"]:
            yield from self._meeting(meeting)
        for letter in told()["letters"]:
            yield from self._letter(letter)

    def approve(self, now: datetime) -> None:
        """The city's leader approves what is written so far."""
        tasks.approve_tasks(programme=self.plan, now=now, by=self.cast.city_leader)

    def plan_of(self, told_: Mapping[str, Any], starts: date) -> Plan:
        """Return what a task of the story is to be."""
        due = _day(told_["due"])
        return Plan(
            title=told_["title"],
            product=told_["product"],
            kind=Kind.RECURRING if "every" in told_ else Kind.ONCE,
            lead=self.body(told_["lead"]),
            starts_on=starts,
            due_on=due,
            area_of_work=self.area_of_work(told_["area"]),
            every=told_.get("every"),
            until=_day(told_["until"]) if "until" in told_ else None,
            parts=tuple(
                Part(self.body(told_["lead"], self.on.ground.areas[unit]), what, due - EARLIER)
                for unit, what in told_.get("parts", {}).items()
            ),
            aims=tuple(Aim(indicator_by_code(code), period, target) for code, period, target in told_.get("aims", ())),
        )

    def life(self, task: Mapping[str, Any]) -> Iterator[Moment]:
        """Yield what happens to a task after it was approved."""
        title, due = task["title"], _day(task["due"])
        late = task.get("late_part")
        ready = min(due - EARLIER, _day(task.get("done", task["due"])) - timedelta(days=1))
        for unit in task.get("parts", {}):
            if unit != late:
                yield at(ready, 9), self._part(title, unit)
            elif "done" in task:
                yield at(working_day(due + timedelta(days=4)), 9), self._part(title, unit)
        if "extended" in task:
            yield at(due - timedelta(days=3), 15), self._extending(title, *task["extended"])
        if "judged" in task:
            yield at(due - timedelta(days=1), 15), self._judging(title, *task["judged"])
        if "proof" in task:
            yield at(working_day(due + timedelta(days=7)), 11), self._proving(title, task["proof"])
        days = task.get("finished", ()) or [day for day in (task.get("done"), task.get("reported")) if day]
        for place, day in enumerate(days):
            moment = at(working_day(_day(day)), 16)
            yield moment, self._reporting(title, place, day)
            if "reported" not in task:
                confirmed = at(working_day(moment.date() + timedelta(days=1)), 10)
                yield confirmed, self._confirming(title, place)

    def _drafting(self, task: Mapping[str, Any]) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            starts = _day(told()["city"]["starts"])
            self.made[task["title"]] = self.write(self.plan_of(task, starts), now)

        return act

    def _part(self, title: str, unit: str) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            [task] = self.made[title]
            duty = task.duties.get(body__area=self.on.ground.areas[unit])
            self.report(task, localdate(now).isoformat(), self.cast.clerks[unit], duty)(now)
            later = now + timedelta(hours=3)
            tasks.move(task=task, duty=duty, verb=Verb.CONFIRM, now=later, by=self.cast.officer)

        return act

    def _extending(self, title: str, until: str, reason: str) -> Callable[[datetime], None]:
        return lambda now: _done(
            tasks.extend(
                task=self.made[title][0], until=_day(until), reason=reason, now=now, by=self.cast.city_leader
            ).task
        )

    def _judging(self, title: str, percent: int, reason: str) -> Callable[[datetime], None]:
        return lambda now: _done(
            tasks.judge(task=self.made[title][0], percent=percent, reason=reason, now=now, by=self.cast.city_clerk).task
        )

    def _proving(self, title: str, proof: str) -> Callable[[datetime], None]:
        """Activities of the register are attached to the part of the commune that held them, else to the task."""

        def act(now: datetime) -> None:
            [task] = self.made[title]
            shown = Activity.objects.filter(title__startswith=proof, state="confirmed", held_on__lte=localdate(now))
            for activity in shown.order_by("held_on", "words")[:3]:
                tasks.attach_record(
                    task=task,
                    kind=EVIDENCE,
                    source_id=str(activity.pk),
                    note=f"{activity.title} đã được xác nhận",
                    now=now,
                    by=self.cast.city_clerk,
                )

        return act

    def _reporting(self, title: str, place: int, day: str) -> Callable[[datetime], None]:
        return lambda now: self.report(self.made[title][place], day, self.cast.city_clerk)(now)

    def _confirming(self, title: str, place: int) -> Callable[[datetime], None]:
        return lambda now: _done(
            tasks.move(task=self.made[title][place], verb=Verb.CONFIRM, now=now, by=self.cast.officer)
        )

    def _meeting(self, meeting: Mapping[str, Any]) -> Iterator[Moment]:
        held, made = _day(meeting["held"]), meeting["task"]

        def record(now: datetime) -> None:
            by = self.cast.officer
            plan = self.plan
            row = tasks.record_meeting(
                programme=plan,
                title=meeting["title"],
                held_on=held,
                chair=meeting["chair"],
                agenda=meeting["agenda"],
                bodies=[self.body("ubnd"), self.body("mttq")],
                place=meeting["place"],
                now=now,
                by=by,
            )
            tasks.write_minutes(meeting=row, text=meeting["minutes"], now=now, by=by)
            said = [tasks.conclude(meeting=row, text=text, now=now, by=by) for text in meeting["conclusions"]]
            self.made[made["title"]] = tasks.task_from_conclusion(
                conclusion=said[made["conclusion"] - 1], plan=self.plan_of(made, held), now=now, by=by
            )

        yield at(held, 15), record
        yield at(working_day(held + timedelta(days=1)), 9), self.approve
        yield from self.life(made)

    def _letter(self, letter: Mapping[str, Any]) -> Iterator[Moment]:
        sent: list[Any] = []
        ends = letter["from"], letter["to"]

        def send(now: datetime, said: Mapping[str, Any], kinds: tuple[str, str]) -> None:
            sent.append(
                tasks.record_letter(
                    programme=self.plan,
                    sender=self.body(kinds[0]),
                    receiver=self.body(kinds[1]),
                    number=said["number"],
                    dated_on=_day(said["dated"]),
                    subject=said["subject"],
                    answer_by=_day(said["answer_by"]) if "answer_by" in said else None,
                    answers=sent[0] if sent else None,
                    now=now,
                    by=self.cast.officer,
                )
            )

        yield at(_day(letter["dated"]), 16), lambda now: send(now, letter, ends)
        if answer := letter.get("answer"):
            yield at(_day(answer["dated"]), 16), lambda now: send(now, answer, (ends[1], ends[0]))


def _done(task: Task) -> None:
    """An act of the story leaves nothing behind but what the service wrote."""
