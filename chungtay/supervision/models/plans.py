"""The year's plan of a Front body, agreed by the other side, and dated rules of days that a place has set itself."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.places.models import Area, Body
from chungtay.programmes.models import Programme
from chungtay.supervision.rules import FORM_WORDS, FORMS_OF, KIND_WORDS, STATE_WORDS, Form, Kind, State, Thing
from chungtay.supervision.timers import TIMER_WORDS, Timer

STATES = [(state.value, words) for state, words in STATE_WORDS.items()]
FORMS = [(form.value, words) for form, words in FORM_WORDS.items()]
FORM_FITS_KIND = Q(kind=Kind.SUPERVISION, form__in=list(FORMS_OF[Kind.SUPERVISION])) | Q(
    kind=Kind.CRITICISM, form__in=list(FORMS_OF[Kind.CRITICISM])
)


class YearPlan(models.Model):
    """What a Front body means to supervise and criticise in a year. `counterpart` is the other side: another body, another person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="supervision_plans")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan lập")
    counterpart = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="bên thống nhất")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    note = models.CharField("ghi chú", max_length=500, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=STATES, default=State.DRAFT)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField("ngày thống nhất", null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    access_type = "supervision"
    thing = Thing.PLAN

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="supervision_one_plan_a_year"),
            models.CheckConstraint(condition=~Q(body=F("counterpart")), name="supervision_plan_has_two_sides"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.PROPOSED], agreed_by__isnull=True, agreed_on__isnull=True)
                | (
                    Q(state=State.AGREED, agreed_by__isnull=False, agreed_on__isnull=False)
                    & ~Q(agreed_by=F("written_by"))
                ),
                name="supervision_plan_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch giám sát, phản biện năm {self.year}"

    @property
    def access_state(self) -> str:
        """The state that rights ask for."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place of both sides."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who wrote it does not agree to it."""
        return frozenset({self.written_by_id})


class PlanItem(models.Model):
    """One supervision or criticism that is planned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField("số thứ tự")
    kind = models.CharField("loại", max_length=12, choices=[(kind.value, word) for kind, word in KIND_WORDS.items()])
    form = models.CharField("hình thức", max_length=12, choices=FORMS)
    subject = models.CharField("nội dung", max_length=300)
    target = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan được giám sát, phản biện")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    lead = models.CharField("người, ban chủ trì", max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="supervision_item_number_once"),
            models.CheckConstraint(condition=FORM_FITS_KIND, name="supervision_item_form_fits_kind"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="supervision_item_ends_after_start"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(lead=""), name="supervision_item_says_what_and_who"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.subject}"

    @property
    def kind_words(self) -> str:
        """Its kind in Vietnamese."""
        return KIND_WORDS[Kind(self.kind)]

    @property
    def form_words(self) -> str:
        """Its form in Vietnamese."""
        return FORM_WORDS[Form(self.form)]


class TimerRule(AppendOnly):
    """So many days for a timer from a day on, as a place (or one programme) has decided; a wrong row is corrected by a later one."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    timer = models.CharField(max_length=10, choices=[(one.value, word) for one, word in TIMER_WORDS.items()])
    kind = models.CharField(max_length=12)
    days = models.PositiveSmallIntegerField("số ngày")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("trước ngày", null=True)
    legal_basis = models.CharField("căn cứ", max_length=300)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(timer__in=[one.value for one in Timer]), name="supervision_timer_known"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=365), name="supervision_timer_of_a_year_at_most"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="supervision_timer_has_basis"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="supervision_timer_ends_after_start",
            ),
        ]
