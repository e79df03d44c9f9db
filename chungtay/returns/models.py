"""Tables of the returns. What was sent is append-only; only the working draft of a return changes in place."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from chungtay.audit.models import AppendOnly, JSONField
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area
from chungtay.places.rules import BODY_LABELS, BodyKind
from chungtay.programmes.models import Programme
from chungtay.returns.rules import STATE_WORDS, RuleKind, State, Weight


class Form(models.Model):
    """One version of a form (biểu mẫu): who fills it, how often, with which cells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="forms")
    code = models.CharField("ký hiệu", max_length=20)
    version = models.PositiveSmallIntegerField("lần ban hành", default=1)
    title = models.CharField("tên biểu", max_length=200)
    body_kind = models.CharField(
        "cơ quan lập",
        max_length=10,
        default=BodyKind.UBND.value,
        choices=[(kind.value, BODY_LABELS[kind]) for kind in BodyKind],
    )
    is_current = models.BooleanField("đang dùng", default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["programme", "code"], condition=models.Q(is_current=True), name="form_one_current_version"
            ),
            models.CheckConstraint(
                condition=models.Q(body_kind__in=[kind.value for kind in BodyKind]), name="form_body_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Biểu {self.code} – {self.title}"


class FormCell(models.Model):
    """One cell of a form: an indicator, or one value of its breakdown."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="cells")
    position = models.PositiveSmallIntegerField()
    section = models.CharField("phần", max_length=200)
    key = models.CharField(max_length=160)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=120, blank=True)
    label = models.CharField("chỉ tiêu", max_length=200)
    hint = models.CharField("hướng dẫn", max_length=300, blank=True)
    is_total = models.BooleanField("tổng tự nêu", default=False)  # the unit's own total of what lower units report
    is_second = models.BooleanField("số đối chiếu", default=False)  # another body is the source of record

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "key"], name="form_cell_key_once"),
            models.UniqueConstraint(fields=["form", "position"], name="form_cell_position_once"),
        ]

    @property
    def is_claim(self) -> bool:
        """Whether its number is held against the figure of the account and never becomes a part of one."""
        return self.is_total or self.is_second


class FormRule(models.Model):
    """A rule of a form, as rules.RuleSpec says it: what must hold, or from when on a value is unusual."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in RuleKind])
    left = models.TextField()
    right = models.TextField(blank=True)
    sentence = models.CharField(max_length=300, blank=True)
    weight = models.CharField("mức", max_length=10, blank=True, choices=[(w.value, w.value) for w in Weight])
    low = models.DecimalField("ngưỡng dưới", max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField("ngưỡng trên", max_digits=24, decimal_places=6, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="form_rule_position_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in RuleKind]), name="form_rule_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__in=["", *(w.value for w in Weight)]), name="form_rule_weight_known"
            ),
            models.CheckConstraint(condition=~models.Q(left=""), name="form_rule_names_a_cell"),
        ]


class Round(models.Model):
    """A period for which a form is to be filled (đợt báo cáo)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="rounds")
    period_code = models.CharField(max_length=40)
    period_start = models.DateField()
    period_end = models.DateField("ngày sau cùng cộng một")
    due_at = models.DateTimeField("hạn gửi")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "period_code"], name="round_once"),
            models.CheckConstraint(
                condition=models.Q(period_end__gt=models.F("period_start")), name="round_period_not_empty"
            ),
        ]


class ReturnQuerySet(models.QuerySet["Return"]):
    """Filters of returns."""

    def with_due(self) -> "ReturnQuerySet":
        """Annotate `due`: the extended deadline, else the round's."""
        return self.annotate(due=Coalesce("extended_to", "round__due_at"))

    def with_round(self) -> "ReturnQuerySet":
        """Bring the round, form and programme along."""
        return self.select_related("round__form__programme", "area", "current_version", "approved_version")


class Return(models.Model):
    """What one unit owes for one round. `draft` is its working copy; versions hold what was sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(
        max_length=12, choices=[(s.value, w) for s, w in STATE_WORDS.items()], default=State.NOT_STARTED
    )
    extended_to = models.DateTimeField("gia hạn đến", null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0
    )  # grows with every change: two writers cannot overwrite each other
    draft = JSONField(default=dict)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    author_ids = JSONField(default=list)  # who wrote or signed the current content: they never approve it
    current_version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "area"], name="return_once_per_unit_and_round"),
            models.CheckConstraint(condition=models.Q(state__in=[s.value for s in State]), name="return_state_known"),
        ]

    access_type = "return"

    @property
    def access_state(self) -> str:
        """State, for the table of rights."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """Unit, for the table of rights."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who wrote or signed the content now waiting."""
        return frozenset(uuid.UUID(i) for i in self.author_ids)

    @property
    def due_at(self) -> datetime:
        """The deadline that holds."""
        return self.extended_to or self.round.due_at


class Version(AppendOnly):
    """What was sent for signing, frozen. Its hash is what the leader signs and the upper level approves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("bản")
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="version_number_once")]


class VersionCell(AppendOnly):
    """One frozen cell. `value` is scaled; null with a reason means "no number yet"."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="cells")
    cell = models.ForeignKey(FormCell, on_delete=models.PROTECT, related_name="+")
    value = models.BigIntegerField(null=True, blank=True)
    absent = models.CharField("chưa có số vì", max_length=500, blank=True)
    explain = models.CharField("giải thích", max_length=500, blank=True)
    reply = models.CharField("trả lời", max_length=500, blank=True)
    recorded = models.BigIntegerField("sổ ghi khi gửi", null=True, blank=True)  # of a cell that a register keeps

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "cell"], name="version_cell_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=0), name="version_cell_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | ~models.Q(absent=""), name="version_cell_says_why_it_is_empty"
            ),
        ]


class Event(AppendOnly):
    """One change of state: who, when, from what to what, with which words."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="events")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    verb = models.CharField(max_length=12)
    state = models.CharField("trạng thái sau đó", max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=1000, blank=True)


class Remark(AppendOnly):
    """Why one cell came back."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="remarks")
    cell = models.ForeignKey(FormCell, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "cell"], name="remark_once_per_cell")]
