"""What happened to a case: its steps, what people said of it, its papers and pictures, and the vouchers that paid it."""

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.evidence.models import Attachment
from chungtay.funds.models import Voucher
from chungtay.support.models.cases import Case
from chungtay.support.rules import ACT_LABELS, NEEDS_REASON, STATE_LABELS, Act, State


class CaseStep(AppendOnly):
    """One act on a case: from which state to which, on which day, by whom, and why where a reason is asked for."""

    erasable = ("reason", "data")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=[(one.value, ACT_LABELS[one]) for one in Act])
    state_before = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=[(one.value, STATE_LABELS[one]) for one in State])
    day = models.DateField("ngày")
    reason = models.CharField("lý do", max_length=500, blank=True)
    data = JSONField(default=dict)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "revision"], name="support_one_step_a_revision"),
            models.CheckConstraint(
                condition=~Q(act__in=sorted(one.value for one in NEEDS_REASON)) | ~Q(reason=""),
                name="support_step_says_why",
            ),
        ]


class Comment(AppendOnly):
    """What somebody at the hamlet said of a posted case."""

    erasable = ("said_by", "text")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comments")
    said_by = models.CharField("người góp ý", max_length=150)
    said_on = models.DateField("ngày")
    text = models.CharField("ý kiến", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class CommentAnswer(AppendOnly):
    """What was answered to a comment, once."""

    erasable = ("text",)

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="answer")
    text = models.CharField("trả lời", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Role(models.TextChoices):
    """What a paper or picture of a case shows."""

    PROPOSAL = "proposal", "Đơn, đề nghị"
    VERIFIED = "verified", "Xác minh, hiện trạng"
    POSTING = "posting", "Ảnh niêm yết"
    RECEIPT = "receipt", "Ký nhận"
    MINUTES = "minutes", "Biên bản nghiệm thu đã ký"
    PICTURE = "picture", "Ảnh công trình, buổi trao"
    OTHER = "other", "Khác"


class CaseEvidence(AppendOnly):
    """A kept file that a case rests on. One put in by mistake is named by a row that withdraws it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("là gì", max_length=8, choices=Role.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class MoneyVerb(models.TextChoices):
    """Naming a voucher, or taking its name back."""

    LINK = "link", "gắn phiếu chi"
    UNLINK = "unlink", "gỡ phiếu chi"


class CaseMoney(AppendOnly):
    """So much of a booked voucher paid this case; one voucher may pay many. Taking it back is a row with its reason."""

    erasable = ("reason",)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="money")
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="support_money")
    verb = models.CharField(max_length=6, choices=MoneyVerb.choices)
    amount = models.BigIntegerField("số tiền")
    reason = models.CharField("lý do", max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="support_money_above_zero"),
            models.CheckConstraint(
                condition=Q(verb=MoneyVerb.LINK) | ~Q(reason=""), name="support_money_taken_back_says_why"
            ),
        ]
