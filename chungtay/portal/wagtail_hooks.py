"""How Wagtail's editors meet our rules: panels, refusals with their sentence, an area for every new article."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from chungtay.access import selectors as access
from chungtay.access.selectors import NotAllowed
from chungtay.accounts.selectors import user_of
from chungtay.figures.trace_ids import UnknownTrace
from chungtay.kernel.errors import DomainError
from chungtay.portal import editing, reading
from chungtay.portal.blocks import texts_of
from chungtay.portal.models import ArticlePage, Category, HomePage
from chungtay.portal.rules import UnknownFigures, check_keys
from chungtay.web import clock


class ArticleForm(WagtailAdminPageForm):
    """An article as it is written: every {key} must be listed, every figure must lead to its source."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        listed = []
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
    FieldPanel("category"),
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
def refuse_with_a_sentence(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Say why a publication is refused, before anything is written: the rule itself is asked again when it happens."""
    if not isinstance(page, ArticlePage):
        return None
    revision = page.get_latest_revision()
    try:
        editing.require_publish(page, revision.pk if revision else 0, on=clock.today(), by=user_of(request))
    except DomainError as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("construct_page_action_menu")
def offer_what_is_allowed(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Leave out "publish" for whoever wrote what would go out."""
    page = context.get("page")
    if not isinstance(page, ArticlePage) or page.area_id is None:
        return
    revision = page.get_latest_revision()
    try:
        editing.require_publish(page, revision.pk if revision else 0, on=clock.today(), by=user_of(request))
    except NotAllowed:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("before_delete_page")
def keep_what_was_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    """What was published is history: it can be taken down, not deleted."""
    if page.get_descendants(inclusive=True).filter(editions__isnull=False).exists():
        messages.error(request, "Bài đã đăng không xóa được, vì người đọc có thể đã dẫn lại. Hãy gỡ bài xuống.")
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("construct_main_menu")
def fewer_doors(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out what this portal does not use."""
    menu_items[:] = [item for item in menu_items if item.name not in {"settings", "reports", "help"}]
