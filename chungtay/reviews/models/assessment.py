"""What units say of the period in words: strengths, limits, causes, lessons, directions, proposals; and what was joined of them."""

import uuid

from django.conf import settings
from django.db import models

from chungtay.audit.models import AppendOnly
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area
from chungtay.programmes.models import Programme
from chungtay.reviews.dossier_rules import ASPECT_WORDS, Aspect
from chungtay.tasks.models import Task


class Assessment(AppendOnly):
    """One statement of one unit on one aspect. A statement with parts was joined from statements of the units below."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="assessments")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="assessments")
    period_code = models.CharField("kỳ", max_length=40)
    aspect = models.CharField("mặt", max_length=12, choices=[(a.value, w) for a, w in ASPECT_WORDS.items()])
    text = models.TextField("nội dung", max_length=1000)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    parts: "models.ManyToManyField[Assessment, AssessmentPart]" = models.ManyToManyField(
        "self", through="AssessmentPart", symmetrical=False, related_name="wholes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="review_assessment_says_what"),
            models.CheckConstraint(
                condition=models.Q(aspect__in=[a.value for a in Aspect]), name="review_assessment_aspect_known"
            ),
        ]
        indexes = [models.Index(fields=["programme", "period_code", "area"], name="review_assessment_of_area")]

    access_type = "assessment"
    access_state = ""

    def __str__(self) -> str:
        return self.text

    @property
    def access_area_id(self) -> uuid.UUID:
        """The unit that says it."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who wrote it."""
        return frozenset({self.by_id})


class AssessmentPart(AppendOnly):
    """A statement that was joined into one of the unit above."""

    whole = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="part_rows")
    part = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="whole_rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["whole", "part"], name="review_assessment_part_once"),
            models.CheckConstraint(condition=~models.Q(whole=models.F("part")), name="review_assessment_not_own_part"),
        ]


class AssessmentEnd(AppendOnly):
    """A statement taken back by who made it; its parts are free again."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
