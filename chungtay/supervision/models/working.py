"""A supervision with its team, visits, questions and findings; a criticism with its draft and opinions."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area, Body
from chungtay.supervision.models.plans import FORMS, STATES, PlanItem
from chungtay.supervision.rules import FORM_WORDS, FORMS_OF, Form, Kind, State, Thing


class _Case(models.Model):
    """What both have: a number of the year and place, the body looked at, and whose words are judged next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan tiến hành")
    target = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan được giám sát, phản biện")
    item = models.OneToOneField(PlanItem, models.PROTECT, null=True, blank=True, related_name="%(class)s")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    subject = models.CharField("nội dung", max_length=300)
    form = models.CharField("hình thức", max_length=12, choices=FORMS)
    state = models.CharField("trạng thái", max_length=10, choices=STATES)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField("ngày ban hành", null=True, blank=True)
    search = models.CharField(max_length=700, editable=False)
    revision = models.PositiveIntegerField(default=1)

    access_type = "supervision"

    class Meta:
        abstract = True

    @property
    def access_state(self) -> str:
        """The state that rights ask for."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place of who carries it out."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who wrote the report does not publish it."""
        return frozenset({self.reported_by_id} if self.reported_by_id else ())

    @property
    def form_words(self) -> str:
        """Its form in Vietnamese."""
        return FORM_WORDS[Form(self.form)]


class Supervision(_Case):
    """One supervision. announced_on: the plan went to the supervised body; report_due: its last day in time, as the timer held then."""

    starts_on = models.DateField("làm việc từ ngày")
    ends_on = models.DateField("đến ngày")
    announced_on = models.DateField("ngày thông báo", null=True, blank=True)
    decision = models.CharField("số quyết định, kế hoạch", max_length=100, blank=True)
    notice_basis = models.CharField(max_length=400, blank=True)
    report_due = models.DateField("hạn ban hành báo cáo", null=True, blank=True)
    report_basis = models.CharField(max_length=400, blank=True)

    thing = Thing.SUPERVISION

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="supervision_number_once"),
            models.CheckConstraint(
                condition=Q(form__in=list(FORMS_OF[Kind.SUPERVISION])), name="supervision_form_known"
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="supervision_ends_after_start"),
            models.CheckConstraint(condition=~Q(body=F("target")), name="supervision_of_another_body"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CANCELLED])
                | (
                    Q(
                        state__in=[State.ANNOUNCED, State.RUNNING, State.REPORTED, State.PUBLISHED],
                        announced_on__isnull=False,
                    )
                    & ~Q(decision="")
                ),
                name="supervision_announced_with_its_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_on__isnull=False, reported_by__isnull=False),
                name="supervision_published_after_a_report",
            ),
        ]
        indexes = [models.Index(fields=["area", "year"], name="supervision_by_year")]

    def __str__(self) -> str:
        return f"GS-{self.year}-{self.number:03d}"


class Member(models.Model):
    """Somebody of the team, by name and role; a person with an account is linked."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="members")
    name = models.CharField("họ tên", max_length=100)
    role = models.CharField("vai trò, đơn vị", max_length=150)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervision", "name"], name="supervision_member_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(role=""), name="supervision_member_has_name_and_role"),
        ]


class Visit(models.Model):
    """A working visit: planned, then made on a day with its minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="visits")
    place = models.CharField("nơi đến", max_length=200)
    planned_on = models.DateField("dự kiến ngày")
    made_on = models.DateField("đã đến ngày", null=True, blank=True)
    summary = models.CharField("kết quả", max_length=1000, blank=True)
    minutes = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(place=""), name="supervision_visit_says_where"),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True)
                | (Q(made_on__isnull=False, recorded_by__isnull=False) & ~Q(summary="")),
                name="supervision_visit_made_says_what",
            ),
        ]

    def __str__(self) -> str:
        return self.place


class Question(AppendOnly):
    """What the team asked, or what was answered: an answer names its question."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="questions")
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    said_by = models.CharField("ai hỏi, ai trả lời", max_length=150)
    text = models.CharField("nội dung", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text="") & ~Q(said_by=""), name="supervision_question_says")]


class Finding(AppendOnly):
    """What the team found: done well, or lacking. `withdraws` takes an earlier row back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="findings")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="findings")
    is_lack = models.BooleanField("là hạn chế")
    text = models.CharField("nội dung", max_length=2000)
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawn_by")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="supervision_finding_says_what")]


class FindingFile(AppendOnly):
    """A picture or document that a finding rests on."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="files")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")


class Criticism(_Case):
    """One social criticism of a draft. received_on, submits_on: when the draft came, and when it is to be put before who decides."""

    received_on = models.DateField("ngày nhận dự thảo")
    submits_on = models.DateField("ngày cơ quan soạn thảo sẽ trình", null=True, blank=True)
    draft_days = models.PositiveSmallIntegerField("phải gửi trước (ngày)")
    draft_basis = models.CharField(max_length=400)
    draft_file = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")

    thing = Thing.CRITICISM

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="criticism_number_once"),
            models.CheckConstraint(condition=Q(form__in=list(FORMS_OF[Kind.CRITICISM])), name="criticism_form_known"),
            models.CheckConstraint(condition=~Q(body=F("target")), name="criticism_of_another_body"),
            models.CheckConstraint(
                condition=Q(submits_on__isnull=True) | Q(submits_on__gte=F("received_on")),
                name="criticism_draft_before_submission",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_on__isnull=False, reported_by__isnull=False),
                name="criticism_published_after_a_conclusion",
            ),
        ]

    def __str__(self) -> str:
        return f"PB-{self.year}-{self.number:03d}"

    @property
    def days_given(self) -> int | None:
        """Days between receipt and submission, None while nobody has said when it is submitted."""
        return None if self.submits_on is None else (self.submits_on - self.received_on).days

    @property
    def came_late(self) -> bool:
        """Whether the draft came later than the rule that held then."""
        return self.days_given is not None and self.days_given < self.draft_days


class Opinion(AppendOnly):
    """What somebody said of the draft, on which part of it."""

    criticism = models.ForeignKey(Criticism, models.PROTECT, related_name="opinions")
    said_by = models.CharField("người, đơn vị góp ý", max_length=200)
    about = models.CharField("về điều, khoản, mục", max_length=200, blank=True)
    text = models.CharField("ý kiến", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text="") & ~Q(said_by=""), name="supervision_opinion_says")]
