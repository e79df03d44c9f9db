"""What passes between a programme and the plans below it: changes, proposals, answers and who decided; all of it stays.

Values are text in the form of their kind (`registry.Kind`): a whole number, words, an ISO day; "" is nothing.
"""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.programmes.link_rules import ANSWER_WORDS, Way
from chungtay.programmes.models.plans import AreaOfWork, Programme


class Wording(AppendOnly):
    """A version of an area of work's words, counted from one; `AreaOfWork.title` is that of the last."""

    area_of_work = models.ForeignKey(AreaOfWork, models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField("phiên bản")
    title = models.CharField(max_length=300)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_of_work", "number"], name="wording_version_once")]


class Change(AppendOnly):
    """Something of a programme became something else: `subject` names it within its kind, `label` in words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    label = models.CharField(max_length=400)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    basis = models.CharField("căn cứ", max_length=500, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(before=models.F("after")), name="change_changes")]


class Proposal(AppendOnly):
    """A change as it stands before one plan; `held` is what the plan showed when it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    change = models.ForeignKey(Change, models.PROTECT, related_name="proposals")
    plan = models.ForeignKey(Programme, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()  # within the plan, in the order in which they came
    held = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "plan"], name="proposal_once"),
            models.UniqueConstraint(fields=["plan", "number"], name="proposal_number_once"),
        ]


class Answer(AppendOnly):
    """What somebody of the plan would answer, draft by draft: `value` is what the plan would then show."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=[(way.value, words) for way, words in ANSWER_WORDS.items()])
    value = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="answer_number_once"),
            models.CheckConstraint(condition=Q(way=Way.TAKE) | ~Q(reason=""), name="answer_has_reason"),
        ]


class Decision(AppendOnly):
    """Somebody else's word on a drafted answer: it holds, or it goes back with a reason."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="decision")
    holds = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(holds=True) | ~Q(note=""), name="decision_back_has_note")]
