"""Lines of a list: who is to get how many packages of which value, and each handing over of one."""

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.households.models import Household
from chungtay.places.models import Area
from chungtay.support.models.cases import Case


class PackageLine(models.Model):
    """A line of a list. Until the case is approved it may be struck, never removed; afterwards only handed over."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField("số thứ tự")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="support_lines")
    name = models.CharField("họ và tên", max_length=150)
    hamlet = models.CharField("khóm, ấp", max_length=80, blank=True)
    quantity = models.PositiveIntegerField("số suất", default=1)
    value = models.BigIntegerField("giá trị một suất")
    note = models.CharField("ghi chú", max_length=200, blank=True)
    name_key = models.CharField(max_length=150, db_index=True)  # folded: two lists are compared by it
    is_struck = models.BooleanField("đã gạch", default=False)
    given_on = models.DateField("ngày nhận", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="support_line_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0) & Q(value__gt=0), name="support_line_is_something"),
            models.CheckConstraint(
                condition=Q(given_on=None) | Q(is_struck=False), name="support_struck_line_is_not_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    @property
    def amount(self) -> int:
        """Integer đồng of all its packages."""
        return self.quantity * self.value


class HandoverHead(models.Model):
    """The one row (id 1) that every delivery locks: handings over get their ids in the order of commit, without gaps."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField(default=0)
    erasures = models.PositiveIntegerField(
        default=0
    )  # how often names were erased: an index made before still knows them

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="support_one_handover_head")]


class Handover(AppendOnly):
    """Packages given to one household or person on one day. What was noted by mistake is undone by a mirror with less than none."""

    erasable = ("name",)

    id = models.BigIntegerField(primary_key=True)
    line = models.ForeignKey(PackageLine, on_delete=models.PROTECT, related_name="handovers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField("loại", max_length=20)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField("ngày nhận")
    name = models.CharField("họ và tên", max_length=150)
    hamlet = models.CharField("khóm, ấp", max_length=80, blank=True)
    quantity = models.IntegerField("số suất")
    amount = models.BigIntegerField("giá trị")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undoes=None, quantity__gt=0, amount__gt=0)
                | Q(undoes__isnull=False, quantity__lt=0, amount__lt=0),
                name="support_handover_has_a_sign",
            ),
            models.CheckConstraint(condition=~Q(undoes=F("id")), name="support_handover_not_own_mirror"),
        ]
        indexes = [
            models.Index(fields=["area", "day", "kind"], name="support_handover_by_day"),
            models.Index(fields=["household", "day"], name="support_handover_of_one"),
        ]
