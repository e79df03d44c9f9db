"""Award decisions, the reward book without gaps, what happened to certificates, and an office's own dated rules and artwork."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.emulation.dated import RULE_LABELS
from chungtay.emulation.models.contests import Contest
from chungtay.emulation.models.sheets import Sheet
from chungtay.emulation.rules import (
    AWARD_LABELS,
    FORM_LABELS,
    MONEY_LABELS,
    RECIPIENT_LABELS,
    AwardState,
    Form,
    MoneyFrom,
    Recipient,
)
from chungtay.evidence.models import Attachment
from chungtay.funds.models import Draft, Fund
from chungtay.places.models import Area, Body
from chungtay.programmes.models import Programme


class Decision(models.Model):
    """A decision to commend. `merit` is printed on every certificate; once issued the row is fixed (guards)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    contest = models.ForeignKey(Contest, models.PROTECT, null=True, related_name="decisions")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="decisions")
    form = models.CharField("hình thức", max_length=20, choices=[(f.value, w) for f, w in FORM_LABELS.items()])
    merit = models.CharField("thành tích", max_length=400)
    number = models.CharField("số", max_length=40, blank=True)
    signed_on = models.DateField("ngày ký")
    place = models.CharField("địa danh", max_length=60)
    position = models.CharField("chức vụ người ký", max_length=120)
    signer = models.CharField("người ký", max_length=100)
    money = models.CharField("nguồn tiền", max_length=8, choices=[(m.value, w) for m, w in MONEY_LABELS.items()])
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        "trạng thái", max_length=8, choices=[(s.value, w) for s, w in AWARD_LABELS.items()], default=AwardState.DRAFT
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    access_type = "award"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=[f.value for f in Form]), name="emulation_decision_form_known"),
            models.CheckConstraint(
                condition=Q(money=MoneyFrom.FUND, fund__isnull=False)
                | (Q(money__in=[MoneyFrom.BUDGET, MoneyFrom.NONE]) & Q(fund__isnull=True)),
                name="emulation_decision_fund_pays_or_not",
            ),
            models.CheckConstraint(
                condition=(Q(state=AwardState.ISSUED, issued_at__isnull=False, issued_by__isnull=False) & ~Q(number=""))
                | (Q(state__in=[AwardState.DRAFT, AwardState.DROPPED]) & Q(issued_at__isnull=True)),
                name="emulation_decision_issued_with_number",
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=F("written_by")),
                name="emulation_decision_two_people",
            ),
            models.UniqueConstraint(
                fields=["body", "number", "signed_on"],
                condition=Q(state=AwardState.ISSUED),
                name="emulation_decision_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Quyết định số {self.number}" if self.number else "Dự thảo quyết định khen thưởng"

    @property
    def access_state(self) -> str:
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.body.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset({self.written_by_id})


class DecisionChange(AppendOnly):
    """What one correction of a draft changed: [{what, before, after}], for who issues it."""

    erasable = ("changes",)

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    changes = JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "revision"], name="emulation_change_of_a_revision")]


class Award(models.Model):
    """One line of a decision: who, for what, resting on which sheet. It changes only while the decision is a draft."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    position = models.PositiveIntegerField("thứ tự")
    kind = models.CharField("đối tượng", max_length=12, choices=[(r.value, w) for r, w in RECIPIENT_LABELS.items()])
    name = models.CharField("tên", max_length=120)
    achievement = models.CharField("thành tích", max_length=600)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="awards")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="emulation_award_position_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[r.value for r in Recipient]), name="emulation_award_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(achievement=""), name="emulation_award_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.name


class BookCounter(models.Model):
    """The last number of a body's reward book in a year; locked whenever it moves."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="emulation_book_counter_once")]


class BookEntry(AppendOnly):
    """A line of the reward book with the certificate that bears its number: everything that the paper prints, and the money.

    `content` is what is printed and what the public page shows; `code` opens that page. `replaces` names the certificate that it
    took the place of; no money is paid twice for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="book")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="entries")
    award = models.ForeignKey(Award, models.PROTECT, related_name="entries")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    code = models.CharField("mã kiểm tra", max_length=16, unique=True)
    content = JSONField()
    words = models.CharField(max_length=300)
    amount = models.BigIntegerField("tiền thưởng", default=0)  # integer đồng
    reward = JSONField(default=dict)  # rewards.Reward, {} without money
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="emulation_book_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="emulation_book_counts_from_one"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="emulation_book_amount_not_negative"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(replaces__isnull=True), name="emulation_award_booked_once"
            ),
        ]

    access_type = "award"
    access_state = AwardState.ISSUED
    access_authors: frozenset[uuid.UUID] = frozenset()

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.year}"

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.body.area_id


class CertificateStep(AppendOnly):
    """What happened to a certificate: somebody asked to revoke it, somebody else confirmed or declined. `name` of a replacement."""

    class Act(models.TextChoices):
        ASK = "ask", "Đề nghị thu hồi"
        CONFIRM = "confirm", "Thu hồi"
        DECLINE = "decline", "Không thu hồi"

    entry = models.ForeignKey(BookEntry, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=8, choices=Act.choices)
    reason = models.CharField("lý do", max_length=500)
    name = models.CharField("tên đúng để thay", max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="emulation_certificate_step_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="emulation_certificate_step_says_why"),
        ]


class Payout(AppendOnly):
    """The payment voucher that was drafted for the money of a decision: once for each decision."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="payout")
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="emulation_payout_above_zero")]


class DatedRow(AppendOnly):
    """A dated value that a place has set for itself and those below it; it counts before what comes with the software."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=[(k.value, w) for k, w in RULE_LABELS.items()])
    key = models.CharField("của", max_length=40, blank=True)
    value = models.PositiveBigIntegerField("giá trị")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)
    legal_basis = models.CharField("căn cứ", max_length=200)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(legal_basis=""), name="emulation_rule_has_a_basis"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="emulation_rule_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="emulation_rule_above_zero"),
        ]


class Artwork(AppendOnly):
    """The picture that an office prints where the emblem stands on its certificates; the newest counts."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    picture = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
