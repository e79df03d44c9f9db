"""Tables of the reviews. A review holds words and questions; its figures are asked from the account whenever it is shown."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from chungtay.audit.models import AppendOnly, JSONField
from chungtay.kernel.periods import parse_period
from chungtay.papers.rules import HeadKind
from chungtay.places.models import Area
from chungtay.programmes.models import Programme
from chungtay.reviews.rules import STATE_WORDS, BlockKind, DraftBlock, State, is_final, review_word


class Review(models.Model):
    """A report of one area on one programme over one window, as known at one moment, on one map.

    `map_as_of` is the day whose map was chosen; None: that of the window's last day. `template` is the office's own for the
    Word file; None: the common form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reviews")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reviews")
    period_code = models.CharField("kỳ", max_length=40)
    header = models.CharField("thể thức", max_length=8, choices=[(k.value, k.value) for k in HeadKind])
    known_at = models.DateTimeField("số liệu như đã biết lúc")
    map_as_of = models.DateField("số liệu trên bản đồ ngày", null=True, blank=True)
    head = JSONField(default=dict)  # heads.HeadText
    asks = JSONField(default=list)  # rules.Ask, in the order they were put
    template = models.ForeignKey("reviews.OfficeTemplate", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=[(s.value, w) for s, w in STATE_WORDS.items()], default=State.DRAFT)
    revision = models.PositiveIntegerField("bản", default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=[s.value for s in State]), name="review_state_known"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="review_revision_from_one"),
            models.CheckConstraint(
                condition=models.Q(header__in=[HeadKind.UBND, HeadKind.MTTQ, HeadKind.JOINT]),
                name="review_header_known",
            ),
        ]
        indexes = [models.Index(fields=["area", "programme", "period_code"], name="review_of_area")]

    def __str__(self) -> str:
        return f"Báo cáo {self.word} {self.programme}, {self.period_code}"

    @property
    def word(self) -> str:
        """What the report is called: of a part of the programme's term, or of the whole of it."""
        term = (self.programme.starts_on, self.programme.ends_on)
        return review_word(is_final(parse_period(self.period_code), *term))

    access_type = "review"

    @property
    def access_state(self) -> str:
        """State, for the table of rights."""
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        """Area, for the table of rights."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who wrote the report: they never sign it. Publishing is not writing."""
        writers = set(self.edits.exclude(verb="publish").values_list("by_id", flat=True)) | {self.created_by_id}
        return frozenset(writer for writer in writers if writer is not None)


class ReviewBlock(models.Model):
    """One block in its place. `text` is what prints; `generated` what the software wrote, to come back to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in BlockKind])
    section = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    text = models.TextField("nội dung", blank=True)
    generated = models.TextField(blank=True)
    spec = JSONField(default=dict)
    is_suggestion = models.BooleanField(default=False)
    is_edited = models.BooleanField("người đã sửa", default=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "section", "name"], name="review_block_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in BlockKind]), name="review_block_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["review", "position"], name="review_block_order")]

    def as_draft(self) -> DraftBlock:
        """Return the block as the pure rules know it."""
        spec: dict[str, Any] = self.spec
        return DraftBlock(BlockKind(self.kind), self.section, self.name, self.text, spec, self.is_suggestion)


class ReviewEdit(AppendOnly):
    """One change of the wording or of the head: what stood there before, what stands there now."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="edits")
    block_id = models.UUIDField(null=True)  # no foreign key: a block that the figures no longer call for may go
    verb = models.CharField("việc", max_length=20)
    place = models.CharField("chỗ", max_length=200, blank=True)
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    revision = models.PositiveIntegerField("bản")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "revision"], name="review_edit_once_per_revision"),
            models.CheckConstraint(condition=~models.Q(verb=""), name="review_edit_has_verb"),
        ]
