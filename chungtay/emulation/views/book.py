"""The reward book, one certificate with what happened to it, and the dated rules and artwork of a place."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.emulation import printing, selectors, services
from chungtay.emulation.dated import RULE_LABELS, RuleKind, principles
from chungtay.emulation.forms import ArtworkForm, BookFilter, RuleForm, Typed
from chungtay.emulation.models import Artwork, BookEntry, CertificateStep
from chungtay.emulation.rewards import reward_from_json
from chungtay.emulation.rules import (
    CERTIFICATE_LABELS,
    FORM_LABELS,
    RECIPIENT_LABELS,
    CertificateState,
    Form,
    Recipient,
)
from chungtay.emulation.scoring import short_text
from chungtay.emulation.views.decisions import address_maker
from chungtay.emulation.views.doors import (
    CERTIFICATE_BADGES,
    PDF,
    Visit,
    crumbs,
    entry_or_404,
    file_answer,
    tabs,
    visit,
)
from chungtay.evidence import services as files
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text, datetime_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.web.http import redirect_with, render_page

PER_PAGE = 50


@login_required
@require_safe
def reward_book(request: HttpRequest) -> HttpResponse:
    """Show the reward books in sight: ?q=…&nam=2023."""
    one = visit(request)
    rows = selectors.entries_seen_by(one.keys)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    form = BookFilter(request.GET, years=years)
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("nam"):
        rows = rows.filter(year=int(said["nam"]))
    rows = selectors.searched(rows, said.get("q") or "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": [_row(entry) for entry in page.object_list],
        "page": page,
        "amount": rows.order_by().aggregate(all=Sum("amount"))["all"] or 0,
        "is_narrowed": bool(said.get("q") or said.get("nam")),
        "tabs": tabs("reward-book"),
        "crumbs": crumbs(("Sổ khen thưởng", "")),
    }
    return render_page(request, "emulation/reward_book.html", context)


def _row(entry: BookEntry) -> dict[str, Any]:
    state = selectors.certificate_state(entry)
    return {
        "entry": entry,
        "content": entry.content,
        "state": CERTIFICATE_BADGES[state],
        "label": CERTIFICATE_LABELS[state],
    }


@login_required
@require_safe
def certificate_detail(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show a certificate."""
    one = visit(request)
    return certificate_page(request, one, entry_or_404(one, entry_id))


def certificate_page(request: HttpRequest, one: Visit, entry: BookEntry, refused: str = "") -> HttpResponse:
    """Draw a certificate, also after a refused step."""
    state = selectors.certificate_state(entry)
    asked = entry.steps.order_by("-number").select_related("by").first() if state is CertificateState.ASKED else None
    authors = frozenset({asked.by_id}) if asked else frozenset()
    context = {
        **_row(entry),
        "reward": reward_from_json(entry.reward) if entry.reward else None,
        "replaced_by": getattr(entry, "replaced_by", None),
        "holds": state in (CertificateState.VALID, CertificateState.ASKED),
        "asked": asked,
        "may_ask": state is CertificateState.VALID and one.can("revoke", entry),
        "may_decide": asked is not None and one.can("annul", Matter("award", entry.access_area_id, "issued", authors)),
        "check_url": reverse("certificate-check", args=[entry.code]),
        "events": [
            {
                "when": datetime_text(step.at),
                "what": f"{step.by.full_name}: {CertificateStep.Act(step.act).label.lower()}"
                + (f", thay bằng “{step.name}”" if step.name else ""),
                "state": "explain",
                "note": step.reason,
            }
            for step in entry.steps.order_by("-number").select_related("by")
        ],
        "refused": refused,
        "crumbs": crumbs(("Sổ khen thưởng", reverse("reward-book")), (f"Số {entry}", "")),
    }
    return render_page(request, "emulation/certificate_detail.html", context, status=422 if refused else 200)


@login_required
@require_POST
def certificate_step(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Ask to revoke a certificate, confirm or decline."""
    one = visit(request)
    entry = entry_or_404(one, entry_id)
    form = Typed(request.POST)
    if not form.is_valid() or form.cleaned_data["do"] not in ("ask", "confirm", "decline"):
        raise Http404
    said = form.cleaned_data
    try:
        if said["do"] == "ask":
            name = request.POST.get("name", "")[:120]
            services.ask_revocation(entry=entry, reason=said["reason"], name=name, now=one.now, by=one.user)
            words = "Đã gửi đề nghị thu hồi. Người khác quyết định; đến lúc đó giấy khen vẫn có giá trị."
        else:
            confirms = said["do"] == "confirm"
            made = services.decide_revocation(
                entry=entry, confirms=confirms, reason=said["reason"], now=one.now, by=one.user
            )
            words = "Đã thu hồi." if confirms else "Không thu hồi; giấy khen vẫn có giá trị."
            words = f"Đã thay bằng giấy khen số {made}." if made else words
    except DomainError as refused:
        return certificate_page(request, one, entry_or_404(one, entry_id), str(refused))
    return redirect_with(request, words, reverse("certificate-detail", args=[entry.pk]))


@login_required
@require_safe
def certificate_file(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Answer with one certificate to print; one that was taken back is not printed."""
    one = visit(request)
    entry = entry_or_404(one, entry_id)
    if selectors.certificate_state(entry) not in (CertificateState.VALID, CertificateState.ASKED):
        raise Http404
    try:
        data = printing.certificates_pdf([entry], address_maker(request))
    except DomainError as refused:  # the key of the office does not open
        return certificate_page(request, one, entry, str(refused))
    return file_answer(data, PDF, f"giay-khen-{entry.number}-{entry.year}.pdf")


# ---------------------------------------------------------------- dated rules and artwork


@login_required
@require_http_methods(["GET", "POST"])
def rule_list(request: HttpRequest) -> HttpResponse:
    """Show the dated rules that one's place goes by, and take a new one."""
    one = visit(request)
    own = one.home("manage", "award")
    area = own or one.home("view", "award")
    if area is None:
        raise PermissionDenied("Bạn chưa được phân công ở nơi nào có sổ khen thưởng. Hãy báo quản trị hệ thống.")
    form = RuleForm(request.POST if request.method == "POST" else None, initial={"valid_from": one.today})
    if form.is_bound:
        if own is None:
            one.require("manage", Matter("award", area.pk))
        if form.is_valid() and form.try_(services.set_rule, area=own, now=one.now, by=one.user, **form.said()):
            return redirect_with(request, "Đã ghi quy định. Số tiền đã tính trước giữ nguyên.", reverse("rule-list"))
    return _rule_page(request, one, area, own, form, ArtworkForm())


@login_required
@require_POST
def artwork_set(request: HttpRequest) -> HttpResponse:
    """Take the office's own picture for its certificates."""
    one = visit(request)
    own = one.home("manage", "award")
    if own is None:
        raise PermissionDenied("Bạn chưa có quyền đổi hình in trên giấy khen. Cán bộ tổng hợp của đơn vị làm việc này.")
    form = ArtworkForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["picture"]

        def keep() -> Artwork:
            picture = files.keep(upload=sent, now=one.now, by=one.user)
            body = places.body_at(own.pk, BodyKind.UBND)
            return services.set_artwork(body=body, picture=picture, now=one.now, by=one.user)

        if form.try_(keep):
            return redirect_with(request, "Đã đổi hình in trên giấy khen từ bây giờ.", reverse("rule-list"))
    return _rule_page(request, one, own, own, RuleForm(initial={"valid_from": one.today}), form)


def _rule_page(
    request: HttpRequest, one: Visit, area: Area, own: Area | None, form: RuleForm, artwork: ArtworkForm
) -> HttpResponse:
    rules = selectors.rules_at(area.pk, one.today)
    names = places.names_on({rule.area_id for rule in rules if rule.area_id}, one.today)
    rows = [
        {
            "what": _what(rule.kind, rule.key),
            "value": _value(rule.kind, rule.value),
            "days": date_text(rule.valid_from) + (f" đến trước {date_text(rule.valid_to)}" if rule.valid_to else ""),
            "whose": names[rule.area_id] if rule.area_id else "Đi kèm phần mềm",
            "rule": rule,
        }
        for rule in sorted(rules, key=lambda one: (one.kind, one.key, one.valid_from), reverse=True)
    ]
    context = {
        "rows": rows,
        "principles": list(principles().values()),
        "form": form if own else None,
        "artwork": artwork if own else None,
        "has_artwork": own is not None and Artwork.objects.filter(body__area=own).exists(),
        "place": places.name_on(area.pk, one.today),
        "tabs": tabs("rule-list"),
        "crumbs": crumbs(("Quy định theo ngày", "")),
    }
    is_wrong = form.is_bound or artwork.is_bound
    return render_page(request, "emulation/rule_list.html", context, status=422 if is_wrong else 200)


def _what(kind: RuleKind, key: str) -> str:
    if kind is RuleKind.RATE:
        form, _, who = key.partition("/")
        return f"Hệ số: {FORM_LABELS[Form(form)]}, {RECIPIENT_LABELS[Recipient(who)]}"
    if kind is RuleKind.QUORUM:
        return "Thành viên phải bỏ phiếu" if key == "present" else "Phiếu đồng ý phải đạt"
    return RULE_LABELS[kind].split(" (")[0]


def _value(kind: RuleKind, value: int) -> str:
    if kind is RuleKind.RATE:
        return f"{short_text(value, 3)} lần"
    return f"{value}%" if kind is RuleKind.QUORUM else f"{format_integer(value)} đồng"
