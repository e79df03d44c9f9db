"""A task with its one lead body, and the duties of the bodies that help."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.indicators.models import Indicator
from chungtay.places.models import Body
from chungtay.programmes.models import AreaOfWork, Programme
from chungtay.tasks.rules import EVERY_WORDS, KIND_WORDS, STATE_WORDS, Kind, State


class Series(models.Model):
    """The rule of a recurring task; each occurrence is a task of its own, made when the rule is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    every = models.PositiveSmallIntegerField("chu kỳ (tháng)")
    until = models.DateField("đến ngày")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every__in=list(EVERY_WORDS)), name="tasks_series_every_known")
        ]

    def __str__(self) -> str:
        return EVERY_WORDS.get(self.every, str(self.every))


class Task(models.Model):
    """What is to be done. `lead` is one column that is never empty: a task without exactly one lead body cannot be stored.

    due_on: as agreed, never changed once approved; deadline: the one in force after extensions. finished_on: the day on which the
    lead body says it was done. revision counts writes: of two that began from the same page the second is refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tasks", verbose_name="chương trình")
    area_of_work = models.ForeignKey(
        AreaOfWork, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="nội dung phối hợp"
    )
    number = models.PositiveIntegerField("số thứ tự")
    title = models.CharField("nhiệm vụ", max_length=300)
    product = models.CharField("sản phẩm", max_length=300)
    kind = models.CharField("loại", max_length=10, choices=[(kind.value, word) for kind, word in KIND_WORDS.items()])
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="tasks")
    lead = models.ForeignKey(Body, models.PROTECT, related_name="led_tasks", verbose_name="cơ quan chủ trì")
    starts_on = models.DateField("từ ngày")
    due_on = models.DateField("hạn theo kế hoạch")
    deadline = models.DateField("hạn hiện nay")
    state = models.CharField("trạng thái", max_length=10, choices=[(s.value, w) for s, w in STATE_WORDS.items()])
    finished_on = models.DateField("ngày xong", null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người lập")
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    search = models.CharField(max_length=1000, editable=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="tasks_number_once_in_programme"),
            models.UniqueConstraint(
                fields=["series", "due_on"], condition=Q(series__isnull=False), name="tasks_occurrence_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="tasks_kind_known"),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="tasks_state_known"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("due_on")), name="tasks_due_after_start"),
            models.CheckConstraint(condition=Q(deadline__gte=F("due_on")), name="tasks_deadline_not_before_due"),
            models.CheckConstraint(
                condition=Q(kind=Kind.RECURRING, series__isnull=False)
                | (~Q(kind=Kind.RECURRING) & Q(series__isnull=True)),
                name="tasks_recurring_has_series",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[State.REPORTED, State.DONE], finished_on__isnull=False, reported_by__isnull=False
                )
                | (~Q(state__in=[State.REPORTED, State.DONE]) & Q(finished_on__isnull=True)),
                name="tasks_finished_when_reported",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(product=""), name="tasks_says_what_and_product"),
        ]
        indexes = [
            models.Index(fields=["programme", "deadline"], name="tasks_by_deadline"),
            models.Index(fields=["state", "deadline"], name="tasks_open_by_deadline"),
        ]

    access_type = "task"

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """Its number as printed: "NV-007"."""
        return f"NV-{self.number:03d}"

    @property
    def access_state(self) -> str:
        """The state that rights ask for."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place of the plan that it stands in: there it is written and approved."""
        return self.programme.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Whose work is judged next: the writer's of a draft, the reporter's of what is said to be done."""
        author = self.reported_by_id if self.state in (State.REPORTED, State.DONE) else self.written_by_id
        return frozenset({author} if author else ())


class Duty(models.Model):
    """The part of a body that helps: what, until when, how far. Each body once, and never the lead (the service sees to it)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="duties")
    body = models.ForeignKey(Body, models.PROTECT, related_name="duties", verbose_name="cơ quan phối hợp")
    what = models.CharField("phần việc", max_length=300)
    due_on = models.DateField("hạn theo kế hoạch")
    deadline = models.DateField("hạn hiện nay")
    state = models.CharField("trạng thái", max_length=10, default=State.ACTIVE)
    finished_on = models.DateField("ngày xong", null=True, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "body"], name="tasks_duty_body_once"),
            models.CheckConstraint(
                condition=Q(state__in=[State.ACTIVE, State.REPORTED, State.DONE]), name="tasks_duty_state_known"
            ),
            models.CheckConstraint(condition=Q(deadline__gte=F("due_on")), name="tasks_duty_deadline_not_before_due"),
            models.CheckConstraint(
                condition=Q(state=State.ACTIVE, finished_on__isnull=True)
                | (~Q(state=State.ACTIVE) & Q(finished_on__isnull=False, reported_by__isnull=False)),
                name="tasks_duty_finished_when_reported",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="tasks_duty_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.what}"


class TaskIndicator(models.Model):
    """A figure that shows how far the task has come: of which place, over which period, and what is to be reached (scaled)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    period_code = models.CharField("kỳ", max_length=40)
    target = models.BigIntegerField("cần đạt", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "indicator", "period_code"], name="tasks_indicator_once"),
            models.CheckConstraint(condition=Q(target__isnull=True) | Q(target__gt=0), name="tasks_target_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period_code}"
