"""Criteria sets, fixed from the moment they are written, and the contests that use one of their versions."""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.emulation.rules import CONTEST_LABELS, ContestState
from chungtay.emulation.scoring import BY_FIGURE, HOW_LABELS, How, Item, in_order
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.places.models import Area
from chungtay.programmes.models import Programme

RATIO_DECIMALS = 2  # a ratio is compared as percent with two places; targets of programmes are kept so


def decimals_of(indicator: Indicator) -> int:
    """Return with how many decimals limits and targets of an indicator are written: a ratio's with two."""
    return RATIO_DECIMALS if indicator.kind == Kind.RATIO else indicator.decimals


class CriteriaSet(AppendOnly):
    """One version of a criteria set of a place. A change is the next version; contests keep the one that they began with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    code = models.SlugField("mã", max_length=20)
    version = models.PositiveSmallIntegerField("phiên bản")
    title = models.CharField("tên", max_length=200)
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    most = models.PositiveIntegerField("điểm tối đa")  # hundredths of a point
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "version"], name="emulation_criteria_version_once"),
            models.CheckConstraint(condition=Q(most__gt=0), name="emulation_criteria_worth_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (bản {self.version})"

    def listed(self) -> "list[Criterion]":
        """Return the criteria, parents before their parts."""
        return sorted(self.criteria.select_related("indicator"), key=lambda one: in_order(one.number))


class Criterion(AppendOnly):
    """One criterion of a version. `number` is "1.2"; `most` and the points of bands are hundredths of a point."""

    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="criteria")
    number = models.CharField("số", max_length=12)
    title = models.CharField("nội dung", max_length=400)
    most = models.PositiveIntegerField("điểm tối đa")
    how = models.CharField(
        "cách chấm", max_length=10, choices=[(how.value, words) for how, words in HOW_LABELS.items()]
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    target = models.BigIntegerField("mức giao", null=True)
    bands = JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["criteria", "number"], name="emulation_criterion_number_once"),
            models.CheckConstraint(condition=Q(most__gt=0), name="emulation_criterion_worth_something"),
            models.CheckConstraint(
                condition=Q(how__in=sorted(how.value for how in BY_FIGURE), indicator__isnull=False)
                | (Q(how__in=[How.GROUP, How.PEOPLE]) & Q(indicator__isnull=True)),
                name="emulation_criterion_figure_or_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def item(self) -> Item:
        """The criterion as the rules see it."""
        bands = tuple((int(limit), int(points)) for limit, points in self.bands)
        code = self.indicator.code if self.indicator else ""
        return Item(self.number, self.title, self.most, How(self.how), code, self.target, bands)

    @property
    def formula(self) -> str:
        """The formula in words."""
        decimals, unit = (decimals_of(self.indicator), self.indicator.unit) if self.indicator else (0, "")
        return self.item.formula(decimals, unit)


class Contest(models.Model):
    """Who is scored by which criteria over which period, at a place. `revision` counts changes of the contest itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="contests")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="contests")
    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="contests")
    code = models.SlugField("mã", max_length=30)
    title = models.CharField("tên", max_length=200)
    period_code = models.CharField("kỳ của số liệu", max_length=40)
    due_on = models.DateField("hạn tự chấm")
    appeal_days = models.PositiveSmallIntegerField("số ngày kiến nghị", default=5)
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=[(s.value, w) for s, w in CONTEST_LABELS.items()],
        default=ContestState.DRAFT,
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    access_type = "contest"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="emulation_contest_code_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ContestState]), name="emulation_contest_state_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(period_code=""), name="emulation_contest_says_what"),
            models.CheckConstraint(condition=Q(appeal_days__lte=60), name="emulation_contest_appeal_days_few"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_state(self) -> str:
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset({self.written_by_id})
