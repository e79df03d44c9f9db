"""Tasks through their services: two persons, one lead, lateness that stays attributed, evidence, reminders once."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed, keys_of
from chungtay.audit.models import AuditEvent
from chungtay.kernel.errors import DomainError
from chungtay.notices.models import Notice as Told
from chungtay.places.rules import BodyKind
from chungtay.tasks import registry, selectors, services
from chungtay.tasks.drafts import BadPlan, Part
from chungtay.tasks.models import Duty, Reminder, ReminderSetting, Task
from chungtay.tasks.progressing import standings
from chungtay.tasks.rules import Ground, Kind, NotNow, ReasonMissing, State, Verb
from chungtay.tasks.tests.making import TODAY, Office

pytestmark = pytest.mark.django_db


def test_a_task_goes_from_draft_to_done_by_four_hands(office: Office) -> None:
    """Written by the officer, approved by a leader, reported by the body, confirmed by somebody else; all in the audit."""
    task = office.draft()
    with pytest.raises(NotAllowed):
        services.approve_tasks(programme=office.programme, tasks=[task], now=office.tick(), by=office.cast.officer)
    services.approve_tasks(programme=office.programme, now=office.tick(), by=office.cast.upper_leader)
    duty = Duty.objects.get(task=task)
    services.move(task=task, duty=duty, verb=Verb.REPORT, now=office.tick(), by=office.cast.clerk)
    services.move(task=task, verb=Verb.REPORT, finished_on=TODAY, now=office.tick(), by=office.cast.officer)
    with pytest.raises(NotAllowed, match="tham gia"):
        services.move(task=task, verb=Verb.CONFIRM, now=office.tick(), by=office.cast.officer)
    with pytest.raises(NotNow, match="Còn phần việc"):
        services.move(task=task, verb=Verb.CONFIRM, now=office.tick(), by=office.city_leader)
    services.move(task=task, duty=duty, verb=Verb.CONFIRM, now=office.tick(), by=office.cast.officer)
    services.move(task=task, verb=Verb.CONFIRM, now=office.tick(), by=office.city_leader)
    task.refresh_from_db()
    assert (task.state, task.finished_on) == (State.DONE, TODAY)
    assert [act.verb for act in task.acts.order_by("id")] == [
        "edit",
        "approve",
        "report",
        "report",
        "confirm",
        "confirm",
    ]
    codes = AuditEvent.objects.filter(code__startswith="tasks.").values_list("code", flat=True).order_by("id")
    assert list(codes)[-2:] == ["tasks.task.confirmed"] * 2


def test_a_strangers_body_cannot_report_and_a_helper_not_the_leads_part(office: Office) -> None:
    task = office.active()
    duty = Duty.objects.get(task=task)
    for who, part in ((office.cast.clerk, None), (office.cast.other_clerk, duty), (office.cast.outsider, None)):
        with pytest.raises(NotAllowed):
            services.move(task=task, duty=part, verb=Verb.REPORT, now=office.tick(), by=who)


def test_the_database_holds_exactly_one_lead_and_each_helper_once(office: Office) -> None:
    task = office.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(lead=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(task=task, body=office.commune_ubnd, what="x", due_on=TODAY, deadline=TODAY)
    for parts in ((Part(office.city_mttq, "x", TODAY),), (Part(office.commune_ubnd, "x", TODAY),) * 2):
        with pytest.raises(BadPlan):
            office.draft(parts=parts)


def test_a_rule_makes_its_occurrences(office: Office) -> None:
    plan = office.agreed(kind=Kind.RECURRING, every=3, until=date(2022, 12, 31))
    made = services.write_task(programme=office.programme, plan=plan, now=office.tick(), by=office.cast.officer)
    assert [task.due_on for task in made] == [date(2022, m, d) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))]
    assert [Duty.objects.get(task=task).due_on - task.due_on for task in made] == [timedelta(-30)] * 4
    with pytest.raises(BadPlan):
        office.draft(kind=Kind.RECURRING)
    with pytest.raises(BadPlan, match="nằm ngoài"):
        office.draft(due_on=date(2025, 1, 1))


def test_of_two_who_write_the_second_is_told(office: Office) -> None:
    task = office.draft()
    changed = office.agreed(title="Xây 16 căn")
    services.rewrite_task(task=task, plan=changed, revision=1, now=office.tick(), by=office.cast.officer)
    with pytest.raises(services.ChangedMeanwhile):
        services.rewrite_task(task=task, plan=changed, revision=1, now=office.tick(), by=office.cast.officer)


def test_lateness_belongs_to_the_body_whose_part_it_is_also_after_an_extension(office: Office) -> None:
    task = office.active()
    duty = Duty.objects.get(task=task)
    late = selectors.late_of([task], TODAY)[task.pk]
    assert [(one.body, one.days) for one in late] == [(office.commune_ubnd.name, 9)]
    with pytest.raises(ReasonMissing):
        services.extend(
            task=task, duty=duty, until=date(2022, 3, 20), reason=" ", now=office.tick(), by=office.city_leader
        )
    with pytest.raises(NotAllowed):
        services.extend(
            task=task, duty=duty, until=date(2022, 3, 20), reason="lũ", now=office.tick(), by=office.cast.clerk
        )
    services.extend(
        task=task, duty=duty, until=date(2022, 3, 20), reason="lũ", now=office.tick(), by=office.city_leader
    )
    services.move(task=task, duty=duty, verb=Verb.REPORT, finished_on=TODAY, now=office.tick(), by=office.cast.clerk)
    (kept,) = selectors.late_of([task], TODAY)[task.pk]
    assert (kept.days, kept.agreed_days, kept.extended_by) == (0, 9, office.city_leader.full_name)
    with pytest.raises(services.BadDay):
        services.extend(task=task, until=date(2022, 3, 31), reason="lũ", now=office.tick(), by=office.city_leader)


def test_a_judgement_is_called_one_and_can_be_taken_back(office: Office) -> None:
    task = office.active()
    with pytest.raises(DomainError, match="lý do"):
        services.judge(task=task, percent=40, reason=" ", now=office.tick(), by=office.cast.officer)
    said = services.judge(task=task, percent=40, reason="Đã khởi công 6 căn", now=office.tick(), by=office.cast.officer)
    assert standings([task])[task.pk].progress.words == "40%, ước lượng của người phụ trách"
    with pytest.raises(DomainError, match="chỉ người đó"):
        services.withdraw(evidence=said, reason="x", now=office.tick(), by=office.city_leader)
    services.withdraw(evidence=said, reason="đếm nhầm", now=office.tick(), by=office.cast.officer)
    assert standings([task])[task.pk].progress.ground is Ground.DUTIES
    assert len(selectors.evidence_of(task)) == 1


def test_records_of_other_rooms_become_evidence_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_sources", {})
    task = office.active()
    say = {"task": task, "source_id": "7", "note": "42 người dự", "by": office.cast.officer}
    with pytest.raises(LookupError):
        services.attach_record(kind="activity", now=office.tick(), **say)
    registry.register_evidence("activity", "hoạt động", lambda ids: {i: registry.EvidenceView(f"HĐ {i}") for i in ids})
    services.attach_record(kind="activity", now=office.tick(), **say)
    with pytest.raises(DomainError, match="đã được gắn"):
        services.attach_record(kind="activity", now=office.tick(), **say)
    assert registry.describe_evidence([("activity", "7"), ("x", "1")]) == {
        ("activity", "7"): registry.EvidenceView("HĐ 7")
    }


def test_reminders_are_recorded_once_and_the_level_above_is_told(office: Office) -> None:
    office.active()
    first = services.remind(now=office.tick())
    assert {(one.notice, one.area_id) for one in first} == {
        ("late", office.cast.communes[0].pk),
        ("escalated", office.cast.city.pk),
    }
    told = {(one.kind, one.to.username) for one in Told.objects.all()}
    assert ("tasks.deadline", "clerk") in told, "the people of the place hear of it in their inbox"
    assert ("tasks.escalated", "upper.leader") in told
    assert services.remind(now=office.tick()) == []
    office.now += timedelta(days=15)
    (soon,) = services.remind(now=office.tick())
    assert (soon.notice, soon.days, soon.area_id) == ("before", 7, office.cast.city.pk)
    clerk = selectors.reminders_for(keys_of(office.cast.clerk, on=TODAY))
    assert [one.notice for one in clerk] == ["late"]
    with pytest.raises(NotAllowed):
        services.set_reminders(
            programme=office.programme, before="5", escalate_after=2, now=office.tick(), by=office.cast.officer
        )
    services.set_reminders(
        programme=office.programme, before="10, 5", escalate_after=2, now=office.tick(), by=office.city_leader
    )
    assert ReminderSetting.objects.get().before == "10, 5"
    assert Reminder.objects.count() == 3


def test_who_sees_a_task(office: Office) -> None:
    """People of the plan's place and above; and who has a part in it, wherever it stands."""
    city = office.active(parts=())
    people = office.cast
    below = services.write_task(
        programme=office.plan,
        plan=office.agreed(lead=office.commune_ubnd, parts=()),
        now=office.tick(),
        by=people.clerk,
    )[0]
    shared = services.write_task(
        programme=office.plan,
        plan=office.agreed(parts=(Part(people.body(people.communes[1], BodyKind.MTTQ), "Cùng làm", TODAY),)),
        now=office.tick(),
        by=people.clerk,
    )[0]
    seen: Callable[[object], set[object]] = lambda who: set(  # noqa: E731
        selectors.tasks_seen_by(keys_of(who, on=TODAY)).values_list("pk", flat=True)
    )
    assert seen(people.officer) == {city.pk, below.pk, shared.pk}
    assert seen(people.clerk) == {city.pk, below.pk, shared.pk}
    assert seen(people.other_clerk) == {city.pk, shared.pk}
    assert seen(people.outsider) == set()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(list(Verb)), st.sampled_from(["officer", "upper.leader", "city.leader"])), max_size=10
    )
)
def test_any_story_keeps_two_hands_on_whatever_is_done(office: Office, story: list[tuple[Verb, str]]) -> None:
    """Random verbs by random people: nothing is active that its writer approved, nothing done that its reporter confirmed."""
    task = office.draft(parts=())
    for verb, who in story:
        by = office.cast.people[who]
        try:
            if verb is Verb.APPROVE:
                services.approve_tasks(programme=office.programme, tasks=[task], now=office.tick(), by=by)
            elif verb is Verb.CANCEL:
                services.cancel_task(
                    task=task, reason="thôi", revision=Task.objects.get(pk=task.pk).revision, now=office.tick(), by=by
                )
            elif verb is Verb.EXTEND:
                services.extend(task=task, until=date(2024, 12, 1), reason="lũ", now=office.tick(), by=by)
            elif verb is Verb.PROVE:
                services.judge(task=task, percent=10, reason="x", now=office.tick(), by=by)
            elif verb is not Verb.EDIT:
                services.move(task=task, verb=verb, note="lý do", now=office.tick(), by=by)
        except DomainError:
            continue
    task.refresh_from_db()
    acts = list(task.acts.order_by("id"))
    approved = [act.by_id for act in acts if act.verb == Verb.APPROVE]
    assert task.written_by_id not in approved
    assert acts[-1].state == task.state or task.evidence.exists() or task.extensions.exists()
    for before, after in itertools.pairwise(acts):
        if after.verb == Verb.CONFIRM:
            assert before.verb == Verb.REPORT
            assert before.by_id != after.by_id
    assert (task.finished_on is not None) == (task.state in (State.REPORTED, State.DONE))
