"""How a household is classed and since when, by which decision and standard; and the ledger by which classes are counted."""

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.households.models.people import Household
from chungtay.households.rules import BY_STANDARD, KIND_LABELS
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area

_KINDS = [(one.value, label) for one, label in KIND_LABELS.items()]


class PovertyLine(models.Model):
    """A standard in force during [valid_from, valid_to): đồng a head and month, and how many lacks make a household poor."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=120)
    legal_basis = models.CharField("căn cứ", max_length=200)
    rural = models.BigIntegerField("nông thôn, đồng/người/tháng")
    urban = models.BigIntegerField("thành thị, đồng/người/tháng")
    lacks = models.PositiveSmallIntegerField("số chỉ số thiếu hụt")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rural__gt=0, urban__gt=0), name="household_line_above_zero"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="household_line_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Classification(models.Model):
    """One class of a household during [valid_from, valid_to). Ended once; a wrong one is withdrawn with a reason, never removed.

    `root` is that of its household, kept here too, so that a list by class needs no other table.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="classes")
    root = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=_KINDS)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)
    decision_number = models.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    line = models.ForeignKey(PovertyLine, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="chuẩn")
    reason = models.CharField("nguyên nhân", max_length=200, blank=True)
    end_decision = models.CharField("quyết định thôi", max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField("lý do rút", max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="household_class_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="household_class_forward"
            ),
            models.CheckConstraint(condition=~Q(decision_number=""), name="household_class_has_a_decision"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(BY_STANDARD)) | Q(line__isnull=False), name="household_class_has_a_line"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="household_class_withdrawn_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "root", "valid_from", "valid_to"],
                condition=Q(withdrawn_at=None),
                name="household_class_days",
            ),
        ]


class StepBook(models.Model):
    """The last position in an area's ledger of classes; locked by whoever adds to it."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)


class ClassStep(AppendOnly):
    """One household more or less in a class of an area from a day on: the sum up to a day is the count of that day.

    What turns out otherwise later is corrected by further steps, so that what was counted once can be shown for ever.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=_KINDS)
    day = models.DateField()
    step = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "position"], name="household_step_once"),
            models.CheckConstraint(condition=~Q(step=0), name="household_step_is_something"),
        ]
        indexes = [
            models.Index(fields=["area", "kind", "day"], name="household_step_day"),
            models.Index(fields=["household"], name="household_step_of"),
        ]


class ClassMeasure(models.Model):
    """That an indicator counts the households of a class, at the end of each month."""

    indicator = models.OneToOneField(Indicator, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=_KINDS)
