"""The pages of the portal that people write: home, the list of news, an article with the figures it speaks of."""

from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.dispatch import Signal
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from chungtay.kernel.folding import fold
from chungtay.places.models import Area
from chungtay.portal.blocks import BodyBlock, texts_of
from chungtay.portal.models.pictures import Picture
from chungtay.portal.rules import FORM_LABELS, KEY, TAG, Form, reading_minutes
from chungtay.programmes.models import Programme
from chungtay.reviews.models import Review
from chungtay.web import clock

# Sent inside the transaction of a publication: before it (a receiver may refuse by raising), and once the page is live, or
# once it is certain that it goes out on a later day.
publishing, published, scheduled = Signal(), Signal(), Signal()
_in_publication: ContextVar[object] = ContextVar("portal_in_publication", default=None)


class PastTheRule(PermissionDenied):
    """An article would go out by a way on which nobody asks for the second person and nothing freezes its figures."""

    def __init__(self) -> None:
        super().__init__("Bài chỉ ra mắt người đọc bằng nút “Đăng” của người thứ hai. Hãy mở bài rồi đăng ở đó.")


class Category(models.Model):
    """A section of the news."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField("tên", max_length=80, unique=True)
    slug = models.SlugField("địa chỉ", max_length=80, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"

    def __str__(self) -> str:
        return self.name


class HomePage(Page):
    """The front of the portal: one there is, never deleted."""

    office = models.CharField("ai chịu trách nhiệm nội dung", max_length=250, blank=True)
    place = models.CharField("cổng của nơi nào", max_length=120, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    template = "portal/home.html"
    max_count = 1
    subpage_types = ["portal.NewsIndexPage"]

    class Meta:
        verbose_name = "trang chủ cổng"


class NewsIndexPage(Page):
    """The list of news."""

    template = "portal/news.html"
    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.ArticlePage"]

    class Meta:
        verbose_name = "mục tin tức"


class ArticleTag(TaggedItemBase):
    """A tag of an article."""

    content_object = ParentalKey("portal.ArticlePage", on_delete=models.CASCADE, related_name="tagged")


class ArticlePage(Page):
    """A piece of news. Its figures stand in texts as {keys}; what was published of them is an `Edition`."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="articles", verbose_name="chuyên mục")
    lead = models.TextField("sa-pô", max_length=1_000)
    author = models.CharField("tác giả", max_length=120)
    editor = models.CharField("biên tập", max_length=120, blank=True)
    published_on = models.DateTimeField("ngày đăng", null=True, blank=True, editable=False)
    data_on = models.DateField("số liệu chốt ngày", null=True, blank=True)
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh đại diện"
    )
    body = StreamField(BodyBlock(), verbose_name="thân bài")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chương trình"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    folded = models.TextField(editable=False, default="")
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name="thẻ")

    template = "portal/article.html"
    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"

    @property
    def texts(self) -> list[str]:
        """Every text that may speak of figures."""
        return [self.title, self.lead, *texts_of(self.body)]

    @property
    def minutes(self) -> int:
        """How long it is read."""
        return reading_minutes(self.texts)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words for the search, whatever their marks, before the page is checked."""
        self.folded = fold(" ".join(TAG.sub(" ", KEY.sub(" ", text)) for text in [*self.texts, self.author]))
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the page. Raises PastTheRule when that alone would show readers something new."""
        if self.live and _in_publication.get() != self.pk:
            is_out_already = ArticlePage.objects.filter(pk=self.pk, live=True, live_revision_id=self.live_revision_id)
            if self.pk is None or not is_out_already.exists():
                raise PastTheRule
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "ArticlePage":
        """Return the page as a revision has it; whose it is and when it first went out are no part of what is revised."""
        page: ArticlePage = super().with_content_json(content)
        page.area_id, page.review_id, page.published_on = self.area_id, self.review_id, self.published_on
        return page

    def publish(self, revision: Any, user: Any = None, *, at: datetime | None = None, **kwargs: Any) -> None:
        """Publish a revision, or keep it for its day; receivers of `publishing` may refuse, those of `published` freeze figures."""
        at = at or clock.now()
        with transaction.atomic():
            publishing.send(type(self), page=self, revision=revision, user=user, at=at)
            token = _in_publication.set(self.pk)
            try:
                super().publish(revision, user=user, **kwargs)
            finally:
                _in_publication.reset(token)
            page = type(self).objects.get(pk=self.pk)
            if page.live and page.live_revision_id == revision.pk:
                published.send(type(self), page=page, revision=revision, user=user, at=at)
            else:
                scheduled.send(type(self), page=page, revision=revision, user=user, at=at)


class ArticleFigure(Orderable):
    """A figure of an article: the key that texts name it by, the id it opens to, and how it is written."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField("mã", max_length=60, help_text="Trong câu viết {mã}. Chữ thường không dấu, số, gạch.")
    label = models.CharField("tên", max_length=200)
    trace = models.TextField(
        "đường dẫn đến nguồn",
        max_length=1_000,
        help_text="Mở con số trong phần làm việc rồi chép địa chỉ trang vào đây.",
    )
    form = models.CharField(
        "cách viết",
        max_length=10,
        choices=[(form.value, FORM_LABELS[form]) for form in Form],
        default=Form.SPOKEN.value,
    )
    given = models.CharField("chữ của báo cáo", max_length=120, blank=True)
    note = models.CharField("ghi chú dưới số", max_length=200, blank=True)
    in_box = models.BooleanField("hiện trong ô bên bài", default=False)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="portal_article_has_a_key_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.label}"
