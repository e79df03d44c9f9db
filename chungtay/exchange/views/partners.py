"""Pages of the systems: who exchanges with whom, a table of codes, how the flat table is written, and what goes out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.exchange import codes_table, forms, outgoing, selectors, services
from chungtay.exchange.models import Partner
from chungtay.exchange.report_csv import write_report, write_sdmx
from chungtay.exchange.rules import MAPPING_LABELS, SCHEME_LABELS, Format, MappingKind, Scheme
from chungtay.figures import reach
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import catalogue, key_labels
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import format_integer
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page

PAGE, SHOWN = 50, 50
LARGEST_TABLE = 20 * 1024 * 1024
HOME = "Trao đổi số liệu"
MEDIA = {"json": "application/json", "csv": "text/csv", "xml": "application/xml", "adx": "application/adx+xml"}
MEDIA |= {forms.REPORT: "text/csv", forms.SDMX: "application/json"}
ENDINGS = {"adx": "adx.xml", forms.REPORT: "csv", forms.SDMX: "sdmx.json"}


def partner_or_404(user: User, partner_id: UUID, now: datetime) -> Partner:
    """Return a system. Raises Http404 for a stranger."""
    try:
        return selectors.partner_for(user, partner_id, on=clock.today())
    except selectors.NoSuchPartner as unknown:
        raise Http404 from unknown


def require(user: User, action: str, thing: Any) -> None:
    """Return if the person may. Raises PermissionDenied with the sentence that says who may."""
    try:
        access.require(user, action, thing, on=clock.today())
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused


@login_required
@require_http_methods(["GET", "POST"])
def partner_list(request: HttpRequest) -> HttpResponse:
    """Show the systems, and enter another one."""
    user, now = user_of(request), clock.now()
    keys = access.keys_of(user, on=clock.today())
    if not keys.areas_for("view", "partner"):
        raise Http404
    tree, mine = places.tree_on(clock.today()), keys.areas_for("edit", "partner")
    areas = [(str(node.area_id), node.name) for node in tree if node.area_id in mine]
    if request.method == "POST" and not areas:
        raise PermissionDenied("Bạn chưa có quyền thêm hệ thống. Việc này của chuyên viên tổng hợp.")
    form = forms.NewPartner(request.POST if request.method == "POST" else None, areas=areas) if areas else None
    if form is not None and form.is_bound and form.is_valid():
        data = form.cleaned_data
        area = Area.objects.get(pk=data["area"])
        given = {"area": area, "code": data["code"], "name": data["name"], "note": data["note"]}
        schemes = {"elements": Scheme(data["elements"]), "units": Scheme(data["units"])}
        if form.try_(services.create_partner, **given, **schemes, now=now, by=user):
            url = reverse("partner-detail", args=[form.result.pk])
            return redirect_with(
                request, f"Đã thêm {form.result.name}. Tiếp theo: nộp bảng quy đổi, nếu họ dùng mã riêng.", url
            )
    rows = [
        {"partner": one, "place": places.name_on(one.area_id, clock.today()), "names": _names_of(one)}
        for one in selectors.partners_visible_to(user, on=clock.today()).annotate(
            import_count=Count("imports", distinct=True), last=Max("imports__at")
        )
    ]
    context = {"rows": rows, "form": form, "here": "partners", "crumbs": [{"label": HOME, "url": ""}]}
    return render_page(
        request, "exchange/partner_list.html", context, status=422 if form is not None and form.errors else 200
    )


def _names_of(partner: Partner) -> str:
    elements, units = (SCHEME_LABELS[Scheme(one)] for one in (partner.element_scheme, partner.unit_scheme))
    return elements if elements == units else f"chỉ tiêu: {elements}; đơn vị: {units}"


@login_required
@require_GET
def partner_detail(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Show a system: its table of codes, how its flat table is written, and the ways in and out."""
    user, now = user_of(request), clock.now()
    return _detail(request, partner_or_404(user, partner_id, now), user)


def _detail(request: HttpRequest, partner: Partner, user: User, *, status: int = 200, **more: Any) -> HttpResponse:
    today = clock.today()
    keys = access.keys_of(user, on=today)
    sought = request.GET.get("q", "").strip()[:80]
    lines = [line for kind in MappingKind for line in _lines(partner, kind)]
    rows = [row for row in lines if fold(sought) in fold(f"{row['theirs']} {row['ours']}")] if sought else lines
    profile = selectors.profile_of(partner, today)
    may_edit = keys.can("edit", partner)
    context = {
        "partner": partner,
        "place": places.name_on(partner.area_id, today),
        "names": _names_of(partner),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "line_count": len(lines),
        "sought": sought,
        "profile": profile,
        "may_edit": may_edit,
        "may_send": partner.area_id in keys.areas_for("state", "import"),
        "table_form": forms.SendTable(),
        "send_form": forms.SendFile(),
        "profile_form": forms.WriteProfile(initial=forms.WriteProfile.initial_of(profile, today)),
        "crumbs": [{"label": HOME, "url": reverse("partner-list")}, {"label": partner.name, "url": ""}],
    }
    return render_page(request, "exchange/partner_detail.html", context | more, status=status)


def _lines(partner: Partner, kind: MappingKind) -> list[dict[str, Any]]:
    labels: dict[UUID, dict[str, str]] = {}
    rows = []
    for line in selectors.mapping_of(partner, kind, clock.today()):
        ours = ""
        if line.indicator is not None:
            if line.indicator_id not in labels:
                labels[line.indicator.pk] = key_labels(line.indicator)
            part = labels[line.indicator.pk].get(line.dimension, line.dimension)
            ours = f"{line.indicator.name}, {part}" if part else line.indicator.name
        elif line.place_id is not None:
            ours = f"{places.name_on(line.place_id, clock.today())} ({places.code_on(line.place_id, clock.today())})"
        rows.append(
            {"kind": MAPPING_LABELS[kind], "theirs": line.theirs, "combo": line.combo, "ours": ours, "line": line}
        )
    return rows


@login_required
@require_http_methods(["GET", "POST"])
def partner_mapping(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Send the table of codes as CSV; take one in, whole or not at all."""
    user, now = user_of(request), clock.now()
    partner = partner_or_404(user, partner_id, now)
    if request.method == "GET":
        lines = [line for kind in MappingKind for line in selectors.mapping_of(partner, kind, clock.today())]
        headers = {"Content-Disposition": f'attachment; filename="bang-quy-doi-{partner.code}.csv"'}
        return HttpResponse(
            codes_table.write_table(lines, clock.today()), content_type="text/csv; charset=utf-8", headers=headers
        )
    require(user, "edit", partner)
    form = forms.SendTable(request.POST, request.FILES)
    problems: list[codes_table.LineProblem] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if (file.size or 0) > LARGEST_TABLE:
                raise codes_table.NotATable("Tệp lớn hơn 20 MB. Hãy bỏ trang thừa rồi nộp lại.")
            meanings, problems = codes_table.read_table(file.read())
        except DomainError as wrong:
            form.add_error(None, str(wrong))
        else:
            if not problems:
                done = services.record_mapping(partner=partner, meanings=meanings, now=now, by=user)
                said = (
                    f"Đã ghi {format_integer(done)} dòng mới của bảng quy đổi."
                    if done
                    else "Bảng quy đổi không có gì mới."
                )
                return redirect_with(request, said, reverse("partner-detail", args=[partner.pk]))
    more = {"table_form": form, "wrong": problems[:SHOWN], "more_wrong": max(0, len(problems) - SHOWN)}
    return _detail(request, partner, user, status=422, **more)


@login_required
@require_POST
def partner_profile(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Say how the flat table of a system is written from a day on."""
    user, now = user_of(request), clock.now()
    partner = partner_or_404(user, partner_id, now)
    require(user, "edit", partner)
    form = forms.WriteProfile(request.POST)
    if form.is_valid() and form.try_(
        services.set_profile,
        partner=partner,
        profile=form.profile,
        valid_from=form.cleaned_data["valid_from"],
        now=now,
        by=user,
    ):
        return redirect_with(request, "Đã ghi mẫu bảng.", reverse("partner-detail", args=[partner.pk]))
    return _detail(request, partner, user, status=422, profile_form=form)


@login_required
@require_GET
def partner_export(request: HttpRequest, partner_id: UUID) -> HttpResponseBase:
    """Ask what is to go out, and send it."""
    user, now = user_of(request), clock.now()
    partner = partner_or_404(user, partner_id, now)
    tree = places.tree_on(clock.today())
    nodes = reach.areas_in_reach(user, tree, under=partner.area_id, on=clock.today())
    given: dict[str, Any] = {
        "indicators": [(one.code, one.name) for one in catalogue() if one.kind != Kind.RATIO],
        "areas": [(str(node.area_id), node.name) for node in nodes],
    }
    form = forms.Outgoing(request.GET if "form" in request.GET else None, **given)
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                return _file(partner, form.cleaned_data, user, now)
            except DomainError as wrong:
                form.add_error(None, str(wrong))
        status = 422
    crumbs = [{"label": HOME, "url": reverse("partner-list")}]
    crumbs += [
        {"label": partner.name, "url": reverse("partner-detail", args=[partner.pk])},
        {"label": "Xuất", "url": ""},
    ]
    profile = selectors.profile_of(partner, clock.today())
    context = {"partner": partner, "form": form, "profile": profile, "crumbs": crumbs}
    return render_page(request, "exchange/partner_export.html", context, status=status)


def _file(partner: Partner, data: dict[str, Any], user: User, now: datetime) -> StreamingHttpResponse:
    periods, span = data["periods"]
    ask = outgoing.Ask(
        indicators=data["indicators"],
        areas=[UUID(data["area"])],
        periods=periods,
        first=span.start if span else None,
        end=span.end if span else None,
        descendants=data["descendants"],
        includes_totals=data["totals"],
    )
    going = outgoing.going_out(ask, actor=user, on=clock.today())
    if not going:
        raise outgoing.NotToSend("Không có số đã duyệt nào như vậy. Hãy chọn kỳ hoặc đơn vị khác.")
    form = data["form"]
    if form == forms.REPORT:
        pieces = write_report(outgoing.sent(going), selectors.profile_of(partner, clock.today()))
    elif form == forms.SDMX:
        pieces = write_sdmx(outgoing.sent(going), prepared=now, sender="CHUNGTAY")
    else:
        pieces = outgoing.written(outgoing.named(going, partner, Format(form)), Format(form), now=now)
    name = f"so-lieu-{slugify(partner.code)}.{ENDINGS.get(form, form)}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type=f"{MEDIA[form]}; charset=utf-8", headers=headers)
