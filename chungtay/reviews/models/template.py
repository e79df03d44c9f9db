"""Word templates of an office, version by version."""

import uuid

from django.conf import settings
from django.db import models

from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.papers.rules import HeadKind
from chungtay.papers.tags import FORMAT_WORDS
from chungtay.places.models import Area


class OfficeTemplate(AppendOnly):
    """One version of the template in which a body of an area writes one kind of paper, in force from a day.

    Of the versions in force the highest number counts; one without a file goes back to the common form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    header = models.CharField("thể thức", max_length=8, choices=[(k.value, k.value) for k in HeadKind])
    form = models.CharField("loại văn bản", max_length=12, choices=[(f.value, w) for f, w in FORMAT_WORDS.items()])
    number = models.PositiveSmallIntegerField("bản")
    valid_from = models.DateField("dùng từ ngày")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "header", "form", "number"], name="office_template_version_once"),
            models.CheckConstraint(
                condition=models.Q(header__in=[HeadKind.UBND, HeadKind.MTTQ, HeadKind.JOINT]),
                name="office_template_header_known",
            ),
            models.CheckConstraint(
                condition=models.Q(form__in=[f.value for f in FORMAT_WORDS]), name="office_template_form_known"
            ),
        ]
        indexes = [models.Index(fields=["area", "header", "form", "valid_from"], name="office_template_in_force")]

    def __str__(self) -> str:
        return f"Bản {self.number}, từ {self.valid_from:%d/%m/%Y}"
