"""Word templates of offices: the page where they are kept, their files, and the choice for one report."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.evidence import serving
from chungtay.kernel.errors import DomainError
from chungtay.papers.rules import HeadKind
from chungtay.papers.tags import FORMAT_WORDS, NAMES, SAYS, Format
from chungtay.papers.templatestart import starting_template
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.reviews import templating
from chungtay.reviews.files import MIME
from chungtay.reviews.heads import HEADS
from chungtay.reviews.models import OfficeTemplate
from chungtay.reviews.template_forms import KeepTemplate
from chungtay.reviews.views.doors import act, visit
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def template_list(request: HttpRequest) -> HttpResponse:
    """Show the templates in the person's reach with their versions, and keep a further one."""
    user, today = user_of(request), clock.today()
    keys = access.keys_of(user, on=today)
    seen = set(keys.areas_for("view", "template"))
    if not seen:
        raise Http404
    tree, mine = places.tree_on(today), keys.areas_for("edit", "template")
    areas = [(str(node.area_id), node.name) for node in tree if node.area_id in mine]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = KeepTemplate(*sent, areas=areas, today=today) if areas else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _kept(form, user):
            return redirect_with(request, "Đã ghi bản mới của mẫu. Các bản trước vẫn giữ.", reverse("office-templates"))
    context = {
        "groups": _groups(seen),
        "form": form,
        "tags": [
            (FORMAT_WORDS[form_], form_.value, [(name, kind.value, SAYS[name]) for name, kind in NAMES[form_].items()])
            for form_ in Format
        ],
        "crumbs": [{"label": "Sơ kết", "url": reverse("review-list")}, {"label": "Mẫu Word", "url": ""}],
    }
    return render_page(request, "reviews/templates.html", context, status=422 if form and form.errors else 200)


def _groups(area_ids: set[UUID]) -> list[dict[str, Any]]:
    """The versions by office and paper; which one is in force today is said of each."""
    today, groups = clock.today(), []
    for (area_id, header, form), found in groupby(
        templating.versions_of(area_ids), key=lambda one: (one.area_id, one.header, one.form)
    ):
        versions = list(found)
        current = next((one for one in versions if one.valid_from <= today), None)
        groups.append(
            {
                "title": FORMAT_WORDS[Format(form)],
                "office": f"{HEADS[HeadKind(header)]}, {places.name_on(area_id, today)}",
                "versions": [{"one": one, "state": _state(one, current)} for one in versions],
            }
        )
    return groups


def _state(one: OfficeTemplate, current: OfficeTemplate | None) -> tuple[str, str]:
    if one == current:
        return ("approved", "đang dùng")
    waits = current is None or one.number > current.number
    return ("submitted", "chưa đến ngày") if waits else ("draft", "đã thay")


def _kept(form: KeepTemplate, user: User) -> bool:
    said = form.cleaned_data
    try:
        templating.keep_template(
            area=get_object_or_404(Area, pk=said["area"]),
            header=HeadKind(said["header"]),
            form=Format(said["form"]),
            upload=said["file"],
            valid_from=said["valid_from"],
            note=said["note"],
            now=clock.now(),
            by=user,
        )
    except templating.BadTemplate as bad:
        for finding in bad.findings:
            form.add_error("file", str(finding))
    except DomainError as refused:
        form.add_error(None, str(refused))
    return form.is_valid()


@login_required
@require_GET
def template_file(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Send one version as it was kept."""
    try:
        found = templating.template_for(user_of(request), template_id, on=clock.today())
    except templating.NoSuchTemplate as unknown:
        raise Http404 from unknown
    if found.attachment is None:
        raise Http404
    return serving.answer(found.attachment)


@login_required
@require_GET
def template_start(request: HttpRequest, form: str) -> HttpResponse:
    """Send the template to begin with: the common form with its tags."""
    if form not in set(Format) or not access.areas_for(user_of(request), "view", "template", on=clock.today()):
        raise Http404
    name = {Format.REPORT: "mau-bao-cao.docx", Format.INVITATION: "mau-giay-moi.docx"}[Format(form)]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(starting_template(Format(form)), content_type=MIME["docx"], headers=headers)


@login_required
@require_POST
def review_template(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Choose the template of the report's Word file; nothing chosen is the common form."""
    one = visit(request, review_id)
    one.require("edit")
    chosen = next(
        (t.pk for t in templating.templates_for(one.review) if str(t.pk) == request.POST.get("template")), None
    )
    url = reverse("review-head", args=[review_id])
    return act(request, one, templating.choose_template, "Đã chọn mẫu.", url, review=one.review, template_id=chosen)
