"""What citizens tell: the matter here, who told it sealed and apart, and how often an address without an account did something."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area, Body
from chungtay.supervision.models.plans import STATES
from chungtay.supervision.rules import SATISFACTION_WORDS, Satisfaction, State, Thing

SAID = [(one.value, words) for one, words in SATISFACTION_WORDS.items()]


class Feedback(models.Model):
    """A matter that a citizen told. Only the digest of its code is kept: who has the database alone cannot speak for the citizen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="địa bàn xảy ra")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    text = models.TextField("nội dung", max_length=3000)
    place = models.CharField("nơi xảy ra", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=STATES, default=State.RECEIVED)
    received_at = models.DateTimeField("lúc")
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan trả lời"
    )
    routed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    due_basis = models.CharField(max_length=400, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    draft = models.CharField("trả lời đang soạn", max_length=3000, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    satisfaction = models.CharField("ý kiến về trả lời", max_length=8, choices=SAID, blank=True)
    task_id = models.UUIDField("nhiệm vụ lập từ đây", null=True, blank=True)
    search = models.CharField(max_length=3500, editable=False)
    revision = models.PositiveIntegerField(default=1)

    access_type = "feedback"
    thing = Thing.FEEDBACK

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "number"], name="supervision_feedback_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="supervision_feedback_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ROUTED, State.ANSWERED, State.CLOSED])
                | Q(body__isnull=False, due_on__isnull=False),
                name="supervision_feedback_routed_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED, State.CLOSED]) | Q(answered_on__isnull=False),
                name="supervision_feedback_closed_after_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="supervision_feedback_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="supervision_feedback_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction="")
                | Q(satisfaction__in=[one.value for one in Satisfaction], answered_on__isnull=False),
                name="supervision_satisfaction_with_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["area", "state"], name="supervision_feedback_at")]

    def __str__(self) -> str:
        return f"PA-{self.year}-{self.number:04d}"

    @property
    def access_state(self) -> str:
        """The state that rights ask for."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place that it is about."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who drafted the answer does not sign it."""
        return frozenset({self.drafted_by_id} if self.drafted_by_id else ())


class FeedbackPicture(AppendOnly):
    """A picture that came with it, drawn anew by `evidence`: nothing of the camera is left in it."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="pictures")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")


class FeedbackAnswer(AppendOnly):
    """An answer that the citizen sees: drafted by one person, signed by another."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    text = models.CharField("trả lời", max_length=3000)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feedback", "version"], name="supervision_feedback_answer_once"),
            models.CheckConstraint(
                condition=~Q(drafted_by=F("signed_by")), name="supervision_feedback_signed_by_another"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="supervision_feedback_answer_says_something"),
        ]


class Contact(models.Model):
    """Who told it, sealed: opened only with a purpose that is logged. Without its key nothing here opens any more."""

    feedback = models.OneToOneField(Feedback, models.PROTECT, related_name="contact", primary_key=True)
    name_sealed = models.BinaryField()
    phone_sealed = models.BinaryField()
    email_sealed = models.BinaryField()
    at = models.DateTimeField()


class ContactKey(models.Model):
    """The key of one contact, sealed by the workspace's key; destroying it erases the contact, in copies of the database too."""

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="key", primary_key=True)
    sealed = models.BinaryField()


class ContactLook(AppendOnly):
    """Somebody opened a contact: who, when and what for."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="looks")
    purpose = models.CharField("để làm gì", max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="supervision_look_has_a_purpose")]


class VisitorAct(models.Model):
    """Something that a visitor did, by the digest of their network address. Old ones are removed as new ones come."""

    sort = models.CharField(max_length=4)
    address_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sort", "address_digest", "at"], name="supervision_visitor_acts")]


class VisitorDoor(models.Model):
    """One row for each sort of act: whoever lets a visitor in holds it, so that of many at once no more get through than are allowed."""

    sort = models.CharField(max_length=4, primary_key=True)
