"""What was published: an edition of an article, and every figure in it as it stood then."""

import uuid

from django.db import models
from django.db.models import F, Q
from wagtail.models import Page

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField


class Edition(AppendOnly):
    """An article as it went out: numbered from 1; `writers` are the ids of those whose words it holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField("bản")
    title = models.CharField("tít", max_length=255)
    revision_number = models.BigIntegerField("lần sửa")
    content_hash = models.CharField("mã băm", max_length=64)
    reason = models.CharField("vì sao ra bản này", max_length=300, blank=True)
    writers = JSONField("người viết", default=list)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="portal_edition_number_is_used_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="portal_edition_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, bản {self.number}"


class EditionFigure(AppendOnly):
    """A figure of an edition: what was printed, its value (`mark`), how much of it was covered, and the id it opens to."""

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField("mã", max_length=60)
    label = models.CharField("tên", max_length=200)
    trace = models.TextField("đường đến nguồn")
    text = models.CharField("đã in", max_length=120)
    number = models.CharField("con số", max_length=60, blank=True)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    form = models.CharField("cách viết", max_length=10)
    mark = models.CharField("giá trị", max_length=80)
    state = models.CharField("mức chắc chắn", max_length=20)
    reported = models.PositiveIntegerField("đơn vị đã gửi")
    expected = models.PositiveIntegerField("đơn vị phải gửi")
    coverage = models.CharField("độ phủ", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="portal_edition_has_a_figure_once"),
            models.CheckConstraint(condition=Q(reported__lte=F("expected")), name="portal_figure_covers_at_most_all"),
        ]
        indexes = [models.Index(fields=["trace"], name="portal_figure_by_trace")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class Schedule(AppendOnly):
    """Somebody decided that a revision goes out on a later day; the clock then publishes it in their name."""

    id = models.BigAutoField(primary_key=True)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    revision_number = models.BigIntegerField("lần sửa")
    goes_out_at = models.DateTimeField("đăng lúc")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["page", "revision_number"], name="portal_schedule_of_revision")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.goes_out_at}"
