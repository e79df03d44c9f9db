"""Writing a voucher: a form per kind, as many lines as it needs, nothing typed is lost; and the draft as it stands."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.access import selectors as access
from chungtay.access.rules import Verdict
from chungtay.funds import forms, services
from chungtay.funds.accounts_offered import name_of, offer_on
from chungtay.funds.idempotency import SentOtherwise
from chungtay.funds.models import Draft
from chungtay.funds.overview import UNRESTRICTED_NAME
from chungtay.funds.posting import content_of, problems_on
from chungtay.funds.prefilling import prefilled
from chungtay.funds.rules import VoucherState
from chungtay.funds.selectors import chart
from chungtay.funds.views.doors import Visit, crumbs, draft_or_404, visit, voucher_url
from chungtay.funds.views.rows import KINDS, kind_name
from chungtay.funds.voucher_forms import MOST_LINES, VoucherForm
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import join_and
from chungtay.kernel.words import amount_in_words
from chungtay.ledger.entries import VoucherKind
from chungtay.web.http import redirect_with, render_page

MOST_NAMED = 3
SAVED = "Đã lưu bản nháp. Người khác có quyền ghi sổ sẽ xem lại rồi ghi sổ."


@login_required
@require_http_methods(["GET", "POST"])
def draft_create(request: HttpRequest, fund_id: UUID, kind: str) -> HttpResponse:
    """Write a new voucher of a kind."""
    one = visit(request, fund_id)
    one.require("draft")
    if kind not in KINDS:
        raise Http404
    form = prefilled(_form(one, KINDS[kind][0]), one.fund, request.GET.get("dong", ""))
    if request.method != "POST":
        return _page(request, one, form)

    def write() -> dict[str, object]:
        made = services.write_draft(
            fund=one.fund, content=form.content(), campaign=form.campaign, now=one.now, by=one.user
        )
        return {"draft": str(made.pk)}

    return _answer(request, one, form.from_post(request.POST), "funds.draft.write", write)


@login_required
@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, fund_id: UUID, draft_id: UUID) -> HttpResponse:
    """Change a draft that was not booked yet; whoever changes it becomes its author."""
    one = visit(request, fund_id)
    draft = draft_or_404(one, draft_id)
    one.require("draft")
    if draft.state != VoucherState.DRAFT or VoucherKind(draft.kind) not in {kind for kind, _ in KINDS.values()}:
        return redirect("draft-detail", fund_id, draft_id)
    form = _form(one, VoucherKind(draft.kind)).from_draft(draft)
    if request.method != "POST":
        return _page(request, one, form, draft=draft)

    def change() -> dict[str, object]:
        services.change_draft(
            draft=draft,
            content=form.content(),
            campaign=form.campaign,
            revision=form.head.cleaned_data["revision"] or 0,
            now=one.now,
            by=one.user,
        )
        return {"draft": str(draft.pk)}

    return _answer(request, one, form.from_post(request.POST), "funds.draft.change", change, draft=draft)


def _form(one: Visit, kind: VoucherKind) -> VoucherForm:
    offer = offer_on(chart(), one.today)
    return VoucherForm(
        kind=kind, fund=one.fund, offer=offer, purposes=one.fund.purposes.order_by("name"), today=one.today
    )


def _answer(
    request: HttpRequest,
    one: Visit,
    form: VoucherForm,
    action: str,
    do: Callable[[], dict[str, object]],
    *,
    draft: Draft | None = None,
) -> HttpResponse:
    asked = request.POST.get("do", "")
    if asked in ("add-line", "recount"):
        return _page(request, one, form.unchecked(with_new_line=asked == "add-line"), draft=draft)
    refused = ""
    if form.is_valid():
        try:
            made = one.once(action, request, do)
        except SentOtherwise as otherwise:
            form.head.with_new_key()
            refused = str(otherwise)
        except DomainError as wrong:
            refused = str(wrong)
        else:
            return redirect_with(request, SAVED, reverse("draft-detail", args=[one.fund.pk, made["draft"]]))
    return _page(request, one, form, draft=draft, refused=refused, status=422)


def _page(
    request: HttpRequest,
    one: Visit,
    form: VoucherForm,
    *,
    draft: Draft | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    total = form.total
    name = kind_name(form.kind)
    title = f"Sửa bản nháp: {name.lower()}" if draft else name
    wrong = [line for line in form.lines if line.is_bound and not line.is_blank and line.errors]
    context = {
        "one": one,
        "form": form,
        "title": title,
        "draft": draft,
        "refused": refused,
        "is_wrong": bool(wrong or (form.head.is_bound and form.head.errors)),
        "total": total,
        "words": amount_in_words(total) if 0 < total < 10**18 else "",
        "has_room": len(form.lines) < MOST_LINES,
        "crumbs": crumbs(one, ("Chứng từ", reverse("voucher-list", args=[one.fund.pk])), (title, "")),
    }
    return render_page(request, "funds/draft_form.html", context, status=status)


@login_required
@require_safe
def draft_detail(request: HttpRequest, fund_id: UUID, draft_id: UUID) -> HttpResponse:
    """Show a draft as it would be booked; one that was booked opens its voucher."""
    one = visit(request, fund_id)
    draft = draft_or_404(one, draft_id)
    if hasattr(draft, "voucher"):
        return redirect(voucher_url(one, draft.voucher))
    return draft_page(request, one, draft)


def draft_page(
    request: HttpRequest,
    one: Visit,
    draft: Draft,
    *,
    post: forms.Post | None = None,
    refused: str = "",
    asks_override: bool = False,
) -> HttpResponse:
    """Draw a draft; `refused` is the sentence of a service, `asks_override` offers to say why a limit may be passed."""
    content, accounts = content_of(draft), chart()
    if post is not None:
        post.fields["override"].required = asks_override
    verdict = one.keys.verdict("post", draft)
    is_open = draft.state == VoucherState.DRAFT
    purposes = dict(one.fund.purposes.values_list("code", "name"))
    context = {
        "one": one,
        "draft": draft,
        "kind": kind_name(draft.kind),
        "content": content,
        "lines": [
            {
                "entry": line,
                "debit": name_of(accounts, line.debit),
                "credit": name_of(accounts, line.credit),
                "purpose": purposes.get(line.purpose, line.purpose) or UNRESTRICTED_NAME,
            }
            for line in content.lines
        ],
        "words": amount_in_words(content.amount) if content.amount > 0 else "",
        "problems": problems_on(one.fund, content, booked_on=one.now, chart=accounts) if is_open else [],
        "is_open": is_open,
        "posters": _posters(one, draft) if is_open and verdict is not Verdict.ALLOWED else "",
        "may_post": is_open and verdict is Verdict.ALLOWED,
        "is_own": draft.drafted_by_id == one.user.pk,
        "may_change": one.can("draft", draft),
        "post": post or forms.Post(initial={"revision": draft.revision}),
        "drop": forms.Post(initial={"revision": draft.revision}, prefix="drop"),
        "refused": refused,
        "asks_override": asks_override,
        "crumbs": crumbs(one, ("Chứng từ", reverse("voucher-list", args=[one.fund.pk])), ("Bản nháp", "")),
    }
    return render_page(request, "funds/draft_detail.html", context, status=422 if refused else 200)


def _posters(one: Visit, draft: Draft) -> str:
    """Name those who may book the draft."""
    people = access.people_who("post", "voucher", one.fund.access_area_id, on=one.today)
    return join_and([person.full_name for person in people if person.id != draft.drafted_by_id][:MOST_NAMED])
