"""A recommendation, the draft of an answer to it, and the answers that were signed."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area, Body
from chungtay.supervision.models.feedback import Feedback
from chungtay.supervision.models.plans import STATES
from chungtay.supervision.models.working import Criticism, Supervision
from chungtay.supervision.rules import OUTCOME_WORDS, OWED, Outcome, Owed, State, Thing

OUTCOMES = [(one.value, words) for one, words in OUTCOME_WORDS.items()]
SAYS_WHY = Q(outcome=Outcome.WHOLE) | (Q(outcome__in=[Outcome.PART, Outcome.NOT]) & ~Q(reason=""))


class Recommendation(models.Model):
    """What a body is asked to do. It cannot be closed without an answer that was accepted, or a decision of a second person.

    due_on, escalate_on: as the timers held on the day of sending. superior: whom it was taken to for want of an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan kiến nghị")
    addressee = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan phải trả lời")
    superior = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan cấp trên"
    )
    supervision = models.ForeignKey(Supervision, models.PROTECT, null=True, blank=True, related_name="recommendations")
    criticism = models.ForeignKey(Criticism, models.PROTECT, null=True, blank=True, related_name="recommendations")
    feedback = models.ForeignKey(Feedback, models.PROTECT, null=True, blank=True, related_name="recommendations")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    text = models.CharField("nội dung kiến nghị", max_length=2000)
    legal_basis = models.CharField("căn cứ", max_length=500)
    state = models.CharField("trạng thái", max_length=10, choices=STATES, default=State.DRAFT)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    due_basis = models.CharField(max_length=400, blank=True)
    escalate_on = models.DateField(null=True, blank=True)
    escalated_on = models.DateField("ngày kiến nghị lên cấp trên", null=True, blank=True)
    answered_on = models.DateField("ngày trả lời đầu tiên", null=True, blank=True)
    accepted_answer = models.OneToOneField("Answer", models.PROTECT, null=True, blank=True, related_name="accepts")
    decision = models.CharField("quyết định kết thúc", max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)
    search = models.CharField(max_length=3000, editable=False)
    revision = models.PositiveIntegerField(default=1)

    access_type = "recommendation"
    thing = Thing.RECOMMENDATION

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="supervision_recommendation_number_once"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(legal_basis=""), name="supervision_recommendation_says_what_and_why"
            ),
            models.CheckConstraint(condition=~Q(addressee=F("body")), name="supervision_recommendation_to_another"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CANCELLED])
                | Q(
                    sent_on__isnull=False,
                    due_on__isnull=False,
                    escalate_on__isnull=False,
                    due_on__gte=F("sent_on"),
                    escalate_on__gte=F("due_on"),
                ),
                name="supervision_sent_with_a_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED, State.RETURNED, State.ACCEPTED]) | Q(answered_on__isnull=False),
                name="supervision_answered_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ACCEPTED) | Q(accepted_answer__isnull=False),
                name="supervision_accepted_names_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED)
                | Q(closed_on__isnull=False, accepted_answer__isnull=False)
                | (
                    Q(closed_on__isnull=False, decided_by__isnull=False)
                    & ~Q(decision="")
                    & ~Q(decided_by=F("written_by"))
                ),
                name="supervision_closed_by_answer_or_second_person",
            ),
            models.CheckConstraint(
                condition=Q(superior__isnull=True, escalated_on__isnull=True)
                | (Q(superior__isnull=False, escalated_on__isnull=False) & ~Q(superior=F("addressee"))),
                name="supervision_escalated_to_another",
            ),
        ]
        indexes = [
            models.Index(fields=["addressee", "state", "due_on"], name="supervision_owed_by_due"),
            models.Index(fields=["area", "state"], name="supervision_recommended_at"),
        ]

    def __str__(self) -> str:
        return f"KN-{self.year}-{self.number:03d}"

    @property
    def access_state(self) -> str:
        """The state that rights ask for."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place of the Front body that recommends."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who wrote it does not end it by decision."""
        return frozenset({self.written_by_id})

    @property
    def owed(self) -> Owed:
        """What is owed and when it was given; only of what was sent."""
        ended = self.closed_on if self.state == State.CLOSED and self.answered_on is None else None
        return Owed(self.due_on or date.max, self.answered_on, ended)

    def days_late(self, today: date) -> int:
        """Days after the deadline; an answer that was sent back is owed again."""
        if self.due_on is None:
            return 0
        if self.state in OWED:
            return max(0, (today - self.due_on).days)
        return self.owed.days_late(today)


class AnswerDraft(models.Model):
    """The answer as a clerk of the addressee (or of its superior) prepares it; gone once somebody else signed it."""

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="draft")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=5, choices=OUTCOMES)
    text = models.CharField("nội dung trả lời", max_length=4000)
    reason = models.CharField("lý do không tiếp thu", max_length=2000, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=SAYS_WHY, name="supervision_draft_says_why_not")]


class Answer(AppendOnly):
    """A signed answer, version by version: drafted by one person, signed by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan trả lời")
    outcome = models.CharField(max_length=5, choices=OUTCOMES)
    text = models.CharField("nội dung trả lời", max_length=4000)
    reason = models.CharField("lý do không tiếp thu", max_length=2000, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "version"], name="supervision_answer_version_once"),
            models.CheckConstraint(
                condition=~Q(drafted_by=F("signed_by")), name="supervision_answer_signed_by_another"
            ),
            models.CheckConstraint(condition=SAYS_WHY & ~Q(text=""), name="supervision_answer_says_why_not"),
        ]

    @property
    def outcome_words(self) -> str:
        """The outcome in Vietnamese."""
        return OUTCOME_WORDS[Outcome(self.outcome)]
