"""How Wagtail's editors meet our rules: panels, refusals with their sentence, an area for every new article."""

from itertools import count
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from chungtay.access import selectors as access
from chungtay.access.selectors import NotAllowed
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.figures.trace_ids import UnknownTrace
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.portal import editing, reading, selectors
from chungtay.portal.blocks import texts_of
from chungtay.portal.membership import groups_of
from chungtay.portal.models import ArticlePage, Category, HomePage
from chungtay.portal.rules import UnknownFigures, check_keys
from chungtay.web import clock


class ArticleForm(WagtailAdminPageForm):
    """An article as it is written: every {key} must be listed, every figure must lead to its source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """Return the address: as typed, or the title without marks, numbered when another article has it."""
        if typed := self.cleaned_data.get("slug"):
            return str(typed)
        base = slugify(fold(self.data.get("title", "")))[:200] or "bai"
        numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
        return next(slug for slug in numbered if Page._slug_is_available(slug, self.parent_page, self.instance))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        listed = []
        self.formsets["figures"].is_valid()  # else their rows have not been read yet
        for form in self.formsets["figures"].forms:
            row = getattr(form, "cleaned_data", {})
            if not row or row.get("DELETE"):
                continue
            listed.append(row.get("key", ""))
            try:
                form.instance.trace = row["trace"] = reading.trace_in(row.get("trace", ""))
                reading.asked(row["trace"], None)
            except UnknownTrace as unknown:
                form.add_error("trace", str(unknown))
        texts = [cleaned.get("title", ""), cleaned.get("lead", "")]
        if body := cleaned.get("body"):
            texts += texts_of(body)
        try:
            check_keys(texts, listed)
        except UnknownFigures as unknown:
            raise ValidationError(str(unknown)) from unknown
        return cleaned


ArticlePage.base_form_class = ArticleForm
ArticlePage.content_panels = [
    FieldPanel("title"),
    FieldPanel("category", widget=forms.Select),
    FieldPanel("lead", widget=forms.Textarea(attrs={"rows": 3})),
    MultiFieldPanel([FieldPanel("author"), FieldPanel("editor"), FieldPanel("data_on")], heading="Người làm"),
    FieldPanel("picture"),
    InlinePanel(
        "figures",
        heading="Con số của bài",
        label="Con số",
        help_text="Mỗi con số trong bài mở được đến nguồn. Trong câu, viết {mã} ở chỗ con số đứng.",
        panels=[FieldPanel(name) for name in ("key", "label", "trace", "form", "note", "in_box")],
    ),
    FieldPanel("body"),
    FieldPanel("programme"),
    FieldPanel("tags"),
]
HomePage.content_panels = [FieldPanel("title"), FieldPanel("place"), FieldPanel("office")]


class CategoryViews(SnippetViewSet):
    """Sections of the news in the editors' pages."""

    model = Category
    icon = "folder-open-inverse"
    add_to_admin_menu = True
    menu_label = "Chuyên mục"
    list_display = ["name", "order"]


register_snippet(CategoryViews)


@hooks.register("after_create_page")
def give_it_a_place(request: HttpRequest, page: Any) -> None:
    """Keep whose article it is: that of the writer's office."""
    if isinstance(page, ArticlePage) and page.area_id is None:
        areas = access.areas_for(request.user, "edit", "article", on=clock.today())
        if areas:
            ArticlePage.objects.filter(pk=page.pk).update(area_id=sorted(areas, key=str)[0])


@hooks.register("before_publish_page")
def publish_by_our_rule(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Let the article out ourselves, or say why not: Wagtail's own way from here would pass the second person and freeze nothing."""
    if not isinstance(page, ArticlePage):
        return None
    back = HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    article = ArticlePage.objects.get(pk=page.pk)
    try:
        article.publish(article.get_latest_revision(), user=user_of(request), skip_permission_checks=True)
    except DomainError as refused:
        messages.error(request, str(refused))
        return back
    article.refresh_from_db()
    if article.live and not article.has_unpublished_changes:
        messages.success(request, f"Đã đăng bài “{article.title}”. Các con số được giữ như lúc đăng.")
    else:
        messages.success(request, f"Đã hẹn đăng bài “{article.title}”.")
    return back


@hooks.register("construct_page_action_menu")
def offer_what_is_allowed(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Leave out "publish" for whoever wrote what would go out; a new article has been written by whoever makes it."""
    page = context.get("page")
    if isinstance(page, ArticlePage) and page.area_id is not None:
        revision = page.get_latest_revision()
        try:
            editing.require_publish(page, revision.pk if revision else 0, on=clock.today(), by=user_of(request))
        except NotAllowed:
            pass
        else:
            return
    menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("before_delete_page")
def keep_what_was_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    """What was published is history: it can be taken down, not deleted."""
    if page.get_descendants(inclusive=True).filter(editions__isnull=False).exists():
        messages.error(request, "Bài đã đăng không xóa được, vì người đọc có thể đã dẫn lại. Hãy gỡ bài xuống.")
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("before_serve_document")
def only_what_is_out(document: Document, request: HttpRequest) -> None:
    """Give a paper to everybody once an article that is out offers it; before that to those who work on the portal."""
    if isinstance(request.user, User) and groups_of(request.user):
        return
    if not selectors.is_offered(document.pk):
        raise Http404


@hooks.register("construct_main_menu")
def fewer_doors(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out what this portal does not use."""
    menu_items[:] = [item for item in menu_items if item.name not in {"settings", "reports", "help"}]


@hooks.register("insert_global_admin_css")
def in_our_colours() -> str:
    """Bring our letters and colours to Wagtail's pages."""
    links = (static("web/fonts.css"), static("portal/editors.css"))
    return format_html('<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">', *links)
