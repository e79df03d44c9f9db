"""What was published of a contest, fixed for ever; an accepted appeal publishes again, and both stay readable."""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.emulation.models.contests import Contest
from chungtay.emulation.models.sheets import Sheet


class Publication(AppendOnly):
    """One publication of a contest's results. `appeal_until` is the last day on which an appeal is taken."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField("lần")
    content_hash = models.CharField(max_length=64)
    appeal_until = models.DateField("kiến nghị đến hết ngày")
    reason = models.CharField("lý do", max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="emulation_publication_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="emulation_publication_from_one"),
        ]


class Result(AppendOnly):
    """The points and place of one sheet in a publication. Ties share a place."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="results")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="results")
    block = models.CharField("khối", max_length=40)
    points = models.PositiveIntegerField("điểm")
    place = models.PositiveIntegerField("hạng")
    is_tied = models.BooleanField("đồng hạng", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "sheet"], name="emulation_result_once"),
            models.CheckConstraint(condition=Q(place__gte=1), name="emulation_result_places_from_one"),
        ]


class Appeal(AppendOnly):
    """What a unit says against a published result; it waits until somebody else has answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="appeals")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="appeals")
    text = models.CharField("nội dung", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "publication"], name="emulation_appeal_once"),
            models.CheckConstraint(condition=~Q(text=""), name="emulation_appeal_says_what"),
        ]


class AppealAnswer(AppendOnly):
    """The answer to an appeal. An accepted one names the points (hundredths) that the sheet has from the next publication on."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField("chấp nhận")
    text = models.CharField("trả lời", max_length=1000)
    points = models.PositiveIntegerField("điểm sau kiến nghị", null=True)
    publication = models.OneToOneField(Publication, models.PROTECT, null=True, related_name="answers")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True, points__isnull=False, publication__isnull=False)
                | Q(is_accepted=False, points__isnull=True, publication__isnull=True),
                name="emulation_answer_accepted_with_points",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="emulation_answer_says_why"),
        ]
