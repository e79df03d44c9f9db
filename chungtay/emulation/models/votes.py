"""Secret votes: who may vote and who has voted is recorded, papers are only counted. Nothing joins a voter and a paper."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.emulation.models.contests import Contest
from chungtay.emulation.models.sheets import Sheet


class Vote(models.Model):
    """One vote of the council on candidates of a contest. Quorum and majority (percent) are those of the day it was opened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.PROTECT, related_name="votes")
    number = models.PositiveSmallIntegerField("lần")
    present = models.PositiveSmallIntegerField("tỷ lệ phải bỏ phiếu")
    majority = models.PositiveSmallIntegerField("tỷ lệ tán thành")
    basis = models.CharField("căn cứ", max_length=400)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    is_void = models.BooleanField("không đủ người bỏ phiếu", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="emulation_vote_number_once"),
            models.UniqueConstraint(
                fields=["contest"], condition=Q(closed_at__isnull=True), name="emulation_one_open_vote"
            ),
            models.CheckConstraint(
                condition=Q(present__gte=1, present__lte=100, majority__gte=1, majority__lte=100),
                name="emulation_vote_shares_are_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"Bỏ phiếu lần {self.number}"


class Juror(AppendOnly):
    """A member of the council who may cast a paper, and the sheets (ids) on which they may not: their own bodies'."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="jurors")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    recused = JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "user"], name="emulation_juror_once")]


class Interest(AppendOnly):
    """That a member declared an interest: they judge this entrant no more, in this vote and in later ones. Never taken back."""

    erasable = ("reason",)

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="interests")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="interests")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "user"], name="emulation_interest_declared_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="emulation_interest_says_why"),
        ]


class VoteMark(AppendOnly):
    """That a member has voted. It says neither what nor when: the time of a paper would be half of its name."""

    juror = models.OneToOneField(Juror, models.PROTECT, related_name="mark")


class Urn(models.Model):
    """The papers on one candidate, as two counts that only grow. There is no paper that could be laid beside a voter."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="urns")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    entitled = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "sheet"], name="emulation_urn_once"),
            models.CheckConstraint(
                condition=Q(entitled__gte=F("agree") + F("disagree")), name="emulation_urn_no_more_papers_than_members"
            ),
        ]


class VoteResult(AppendOnly):
    """What the closed vote said of one candidate."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="results")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="vote_results")
    agree = models.PositiveIntegerField("đồng ý")
    disagree = models.PositiveIntegerField("không đồng ý")
    entitled = models.PositiveIntegerField("số thành viên được bỏ phiếu")
    is_carried = models.BooleanField("tán thành")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "sheet"], name="emulation_vote_result_once")]
