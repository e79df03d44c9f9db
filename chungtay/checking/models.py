"""Texts that were checked, and what people said a figure means where a machine could not tell."""

import uuid

from django.db import models

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area
from chungtay.programmes.models import Programme


class CheckedText(AppendOnly):
    """A text as it was handed in. What is said of it is worked out anew each time it is opened: the account moves on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField("kỳ", max_length=40)
    title = models.CharField("tên văn bản", max_length=200)
    text = models.TextField("nội dung")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    access_type = "check"
    access_state = "kept"

    def __str__(self) -> str:
        return self.title

    @property
    def access_area_id(self) -> uuid.UUID:
        """Where it belongs."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who handed it in."""
        return frozenset({self.by_id})


class Choice(AppendOnly):
    """What figures of one kind mean in the texts of a programme: an indicator, or nothing of it. The latest word counts."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField("dấu hiệu", max_length=200)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", null=True)
    dimension = models.CharField(max_length=200, blank=True)
    sample = models.CharField("ví dụ", max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["programme", "signature"])]
