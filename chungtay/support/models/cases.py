"""A case, what it said in each version, who bears its cost, and the limits that a place has decided on."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.households.models import Household
from chungtay.places.models import Area
from chungtay.support.kinds import Kind, kind_of
from chungtay.support.rules import SOURCE_LABELS, STATE_LABELS, State

_STATES = [(one.value, STATE_LABELS[one]) for one in State]


class Case(models.Model):
    """Help of one kind for one household, one place or one list. `revision` counts every change, `version` those of its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="support_cases")
    year = models.SmallIntegerField()
    number = models.IntegerField("số")
    kind = models.SlugField("loại", max_length=20)
    work = models.CharField("cách làm", max_length=20, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="support_cases")
    title = models.CharField("nội dung", max_length=200)
    hamlet = models.CharField("khóm, ấp", max_length=80, blank=True)
    details = JSONField(default=dict)
    need = models.CharField("lý do, hoàn cảnh", max_length=500)
    needed_since = models.DateField("cần từ ngày", null=True)
    proposed_by = models.CharField("nơi, người đề nghị", max_length=150)
    proposed_on = models.DateField("ngày đề nghị")
    total = models.BigIntegerField("tổng giá trị")
    fund_share = models.BigIntegerField("phần của Quỹ", default=0)
    state = models.CharField("bước", max_length=10, choices=_STATES, default=State.PROPOSED)
    posted_from = models.DateField("niêm yết từ ngày", null=True)
    posted_until = models.DateField("niêm yết đến hết ngày", null=True)
    approved_on = models.DateField("ngày duyệt", null=True)
    delivered_on = models.DateField("ngày trao", null=True)
    accepted_on = models.DateField("ngày nghiệm thu", null=True)
    minutes_number = models.CharField("số biên bản", max_length=40, blank=True)
    revision = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    writers = JSONField(default=list)  # ids of who prepared what is decided next
    words = models.CharField(max_length=600)
    is_sample = models.BooleanField("số liệu minh họa", default=False)
    recorded_at = models.DateTimeField("ghi lúc")
    changed_at = models.DateTimeField("đổi lúc")

    access_type = "case"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "number"], name="support_case_number_once"),
            models.CheckConstraint(condition=Q(total__gt=0), name="support_case_costs_something"),
            models.CheckConstraint(condition=Q(fund_share__gte=0), name="support_case_fund_bears_a_part"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="support_case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(posted_from=None, posted_until=None) | Q(posted_until__gte=F("posted_from")),
                name="support_case_posted_forward",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, State.FUNDED, State.DELIVERED, State.ACCEPTED])
                | Q(approved_on__isnull=False),
                name="support_case_decided_has_a_day",
            ),
        ]
        indexes = [
            # All that the board narrows, counts and sorts by: its pages and counts are found here alone.
            models.Index(
                fields=["area", "-changed_at", "id", "state", "kind", "year", "number", "total", "words"],
                name="support_case_board",
            ),
            models.Index(fields=["area", "kind", "accepted_on"], name="support_case_accepted"),
        ]

    def __str__(self) -> str:
        return f"HT-{self.year}-{self.number:05d}"

    @property
    def of_kind(self) -> Kind:
        """The kind of the case."""
        return kind_of(self.kind)

    @property
    def access_state(self) -> str:
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset(uuid.UUID(one) for one in self.writers)


class CaseCounter(models.Model):
    """The last number given to a case of a place and year; locked whenever it moves."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="support_counter_once")]


class CaseVersion(AppendOnly):
    """What a case said from one change to the next, whole; the newest equals the case itself."""

    erasable = ("content",)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("bản")
    content = JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="support_version_once")]


class CostShare(AppendOnly):
    """Who bears what of the cost, in one version of a case. `days` at `rate` đồng make the amount of labour."""

    version = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="shares")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    source = models.CharField(
        "nguồn", max_length=8, choices=[(one.value, label) for one, label in SOURCE_LABELS.items()]
    )
    who = models.CharField("ai", max_length=200, blank=True)
    amount = models.BigIntegerField("giá trị")
    days = models.PositiveIntegerField("số ngày công", default=0)
    rate = models.BigIntegerField("mức một ngày công", default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="support_share_above_zero")]


class SupportLimit(AppendOnly):
    """What a place has decided for a kind from a day on: a row that begins later takes the place of the one before."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField("loại", max_length=20)
    work = models.CharField("cách làm", max_length=20, blank=True)
    most = models.BigIntegerField("tối đa", null=True)
    least = models.BigIntegerField("tối thiểu", null=True)
    days = models.PositiveSmallIntegerField("số ngày niêm yết")
    again_years = models.PositiveSmallIntegerField("số năm không hỗ trợ lại")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)
    legal_basis = models.CharField("căn cứ", max_length=200)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(legal_basis=""), name="support_limit_has_a_basis"),
            models.CheckConstraint(
                condition=Q(most=None) | Q(least=None) | Q(most__gte=F("least")), name="support_limit_in_order"
            ),
        ]
