"""Other systems and their tables of codes, what came in from them with its judgement, and each step of it."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.exchange.rules import (
    EVER,
    FORMAT_LABELS,
    LONGEST_ID,
    MAPPING_LABELS,
    SCHEME_LABELS,
    STATE_LABELS,
    VERB_LABELS,
    Format,
    MappingKind,
    Scheme,
    State,
    Strategy,
    Verb,
)
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area

_SCHEMES = [(scheme.value, SCHEME_LABELS[scheme]) for scheme in Scheme]


class Partner(models.Model):
    """Another system that an office exchanges figures with, and by what that system names elements and units."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="exchange_partners")
    code = models.SlugField("mã", max_length=40)
    name = models.CharField("tên hệ thống", max_length=200)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    element_scheme = models.CharField("gọi chỉ tiêu theo", max_length=4, choices=_SCHEMES, default=Scheme.CODE.value)
    unit_scheme = models.CharField("gọi đơn vị theo", max_length=4, choices=_SCHEMES, default=Scheme.CODE.value)
    at = models.DateTimeField("ghi lúc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    access_type = "partner"
    access_state = "kept"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="exchange_partner_code_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="exchange_partner_is_named"),
            models.CheckConstraint(
                condition=Q(element_scheme__in=[s.value for s in Scheme], unit_scheme__in=[s.value for s in Scheme]),
                name="exchange_partner_scheme_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_area_id(self) -> uuid.UUID:
        """Where it belongs."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Nothing here is sealed."""
        return frozenset()


class MappingLine(AppendOnly):
    """From a day on a name of theirs means this of ours; with nothing of ours it means nothing any more.

    Of the lines of a name that have begun the one that begins last counts, of several for one day the one said last.
    """

    id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="mapping_lines")
    kind = models.CharField("loại", max_length=8, choices=[(k.value, MAPPING_LABELS[k]) for k in MappingKind])
    theirs = models.CharField("mã của họ", max_length=LONGEST_ID)
    combo = models.CharField("tổ hợp phân tổ của họ", max_length=LONGEST_ID, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    dimension = models.CharField("phân tổ", max_length=160, blank=True)
    place = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField("từ ngày", default=EVER)
    at = models.DateTimeField("ghi lúc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(theirs=""), name="exchange_mapping_names_something"),
            models.CheckConstraint(
                condition=Q(kind="element", place__isnull=True)
                | Q(kind="unit", indicator__isnull=True, combo="", dimension=""),
                name="exchange_mapping_is_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False) | Q(dimension=""), name="exchange_mapping_key_has_indicator"
            ),
        ]
        indexes = [models.Index(fields=["partner", "kind", "theirs"], name="exchange_mapping_by_name")]


class DataImport(AppendOnly):
    """A file that came in: what it was, how it was judged, and what it would do. Its steps are its acts, its values the account's facts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="imports")
    file_name = models.CharField("tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    form = models.CharField("định dạng", max_length=4, choices=[(f.value, FORMAT_LABELS[f]) for f in Format])
    strategy = models.CharField("cách nạp", max_length=20, choices=[(s.value, s.value) for s in Strategy])
    element_scheme = models.CharField(max_length=4, choices=_SCHEMES)
    unit_scheme = models.CharField(max_length=4, choices=_SCHEMES)
    imported_count = models.PositiveIntegerField("thêm mới")
    updated_count = models.PositiveIntegerField("sửa")
    deleted_count = models.PositiveIntegerField("xóa")
    ignored_count = models.PositiveIntegerField("bỏ qua")
    conflict_count = models.PositiveIntegerField("vướng mắc")
    conflicts = JSONField(default=list)
    at = models.DateTimeField("nạp lúc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    access_type = "import"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=[f.value for f in Format], strategy__in=[s.value for s in Strategy]),
                name="exchange_import_form_known",
            ),
            models.CheckConstraint(
                condition=Q(ignored_count__gte=models.F("conflict_count")), name="exchange_import_conflicts_are_ignored"
            ),
        ]
        indexes = [models.Index(fields=["partner", "sha256"], name="exchange_import_of_file")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def written_count(self) -> int:
        """How many lines said something new."""
        return self.imported_count + self.updated_count + self.deleted_count

    @property
    def access_area_id(self) -> uuid.UUID:
        """Where it belongs: the office that took it in."""
        return self.partner.area_id

    @property
    def access_state(self) -> str:
        """The state that its last act led to."""
        known: str | None = getattr(self, "state_now", None)
        return known or self._last_act().state

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who took it in; while its undoing is asked for, who asked."""
        if self.access_state == State.UNDO_ASKED:
            return frozenset({self._last_act().by_id})
        return frozenset({self.by_id})

    def _last_act(self) -> "ImportAct":
        acts: Iterable[ImportAct] = self.acts.order_by("-id")[:1]
        return next(iter(acts))


class ImportAct(AppendOnly):
    """One step of an import: who did what, and the state that it led to."""

    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(DataImport, models.PROTECT, related_name="acts")
    verb = models.CharField("việc", max_length=10, choices=[(v.value, VERB_LABELS[v]) for v in Verb])
    state = models.CharField("trạng thái", max_length=12, choices=[(s.value, STATE_LABELS[s]) for s in State])
    note = models.CharField("lý do", max_length=500, blank=True)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verb__in=[v.value for v in Verb], state__in=[s.value for s in State]),
                name="exchange_act_known",
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=["reject", "ask_undo", "keep"]) | ~Q(note=""), name="exchange_act_says_why"
            ),
        ]


class ReportProfile(AppendOnly):
    """From a day on the flat table for a system is written like this; the row said last for the latest day counts."""

    id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="profiles")
    valid_from = models.DateField("từ ngày")
    separator = models.CharField("dấu phân cách cột", max_length=1)
    decimal_mark = models.CharField("dấu thập phân", max_length=1)
    columns = models.TextField("các cột")
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    is_verified = models.BooleanField("đã đối chiếu với đặc tả", default=False)
    at = models.DateTimeField("ghi lúc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(separator=models.F("decimal_mark")) & ~Q(columns=""), name="exchange_profile_can_be_read"
            ),
            models.CheckConstraint(
                condition=Q(is_verified=False) | ~Q(basis=""), name="exchange_profile_verified_against_something"
            ),
        ]
