"""On what ground a household's data is used, who looked at it and why, and requests to erase it."""

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.households.models.people import Household
from chungtay.households.rules import GROUND_LABELS, PURPOSE_LABELS

_PURPOSES = [(one.value, label) for one, label in PURPOSE_LABELS.items()]


class Basis(AppendOnly):
    """On what ground the data may be used for a purpose; the last word for a purpose counts, `ends` takes it back."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="bases")
    purpose = models.CharField("mục đích", max_length=10, choices=_PURPOSES)
    ground = models.CharField(
        "căn cứ", max_length=10, choices=[(one.value, label) for one, label in GROUND_LABELS.items()]
    )
    document = models.CharField("văn bản, bằng chứng", max_length=200)
    day = models.DateField("ngày")
    ends = models.BooleanField("rút lại", default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(document=""), name="household_basis_has_proof")]


class Look(AppendOnly):
    """That somebody read what is otherwise masked, and for what."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="looks")
    purpose = models.CharField("mục đích", max_length=10, choices=_PURPOSES)
    what = models.CharField("đã xem", max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["household", "-at"], name="household_look_newest")]


class ErasureRequest(models.Model):
    """That a household's personal data is to be erased: asked by one person, done by another, once."""

    household = models.OneToOneField(Household, on_delete=models.PROTECT, related_name="erasure")
    reason = models.CharField("lý do", max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="household_erasure_has_a_reason")]
