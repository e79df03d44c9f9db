"""The fund for everybody: what it published, the search in its lines, a line for ever, its files, and the way of one's own gift."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from chungtay.funds import public
from chungtay.kernel.numerals import NumberProblem
from chungtay.portal.paging import Numbers, page_asked
from chungtay.textsearch.highlights import highlights
from chungtay.textsearch.parsing import parse, read_amount
from chungtay.textsearch.query import Order, Query
from chungtay.web import clock
from chungtay.web.forms import DateField, Form
from chungtay.web.http import render_page
from chungtay.web.languages import is_english

A_PAGE = 25
LONGEST = 200
ENGLISH_PROBLEM = "This amount could not be read. Write whole đồng, for example 500000 or 500.000."
DEEPEST = 400  # pages: beyond that nobody pages, one narrows


def _said(problem: NumberProblem) -> str:
    """The sentence of what is wrong; on an English page one sentence for all of them."""
    return ENGLISH_PROBLEM if is_english() else str(problem)


class Look(Form):
    """What is asked of the published lines."""

    q = forms.CharField(label=_("Tên, lời ghi, mã giao dịch"), required=False, max_length=LONGEST)
    tu = DateField(label=_("Từ ngày"), required=False)
    den = DateField(label=_("Đến ngày"), required=False)
    it_nhat = forms.CharField(label=_("Ít nhất (đồng)"), required=False, max_length=30)
    nhieu_nhat = forms.CharField(label=_("Nhiều nhất (đồng)"), required=False, max_length=30)
    xep = forms.ChoiceField(
        label=_("Xếp theo"),
        required=False,
        choices=[("", _("Ngày mới trước")), ("so-tien", _("Số tiền lớn trước"))],
    )

    def clean_it_nhat(self) -> int | None:
        return self._amount("it_nhat")

    def clean_nhieu_nhat(self) -> int | None:
        return self._amount("nhieu_nhat")

    def _amount(self, name: str) -> int | None:
        text = self.cleaned_data.get(name, "").strip()
        if not text:
            return None
        try:
            return read_amount(text)
        except NumberProblem as problem:
            raise forms.ValidationError(_said(problem)) from problem

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        try:
            self.query = parse(said.get("q") or "")
        except NumberProblem as problem:
            self.add_error("q", _said(problem))
        if said.get("tu") and said.get("den") and said["tu"] > said["den"]:
            self.add_error("den", _("Ngày cuối đứng trước ngày đầu. Hãy đổi một trong hai ngày."))
        return said

    def asked(self) -> Query:
        """Return the query; needs a valid form."""
        said = self.cleaned_data
        low, high = said.get("it_nhat"), said.get("nhieu_nhat")
        return replace(
            self.query,
            amount_from=low if low is not None else self.query.amount_from,
            amount_to=high if high is not None else self.query.amount_to,
            day_from=said["tu"].toordinal() if said.get("tu") else None,
            day_to=said["den"].toordinal() if said.get("den") else None,
            order=Order.AMOUNT if said.get("xep") == "so-tien" else Order.DAY,
        )


@dataclass(frozen=True)
class Row:
    """A published line as a list shows it; `pieces` are (words, whether they were looked for)."""

    told: public.PublishedLine
    pieces: list[tuple[str, bool]]
    state: tuple[str, str]


@require_safe
def statement_search(request: HttpRequest) -> HttpResponse:
    """Find published lines by words without marks, day, amount; of one account when ?tk= names it."""
    form, told = Look(request.GET or None), public.told_accounts()
    chosen = next((one for one in told if str(one.account.pk) == request.GET.get("tk")), None)
    context: dict[str, Any] = {"form": form, "told": told, "chosen": chosen, "query": ""}
    is_asked = any(request.GET.get(name) for name in (*form.fields, "tk"))
    if is_asked and form.is_valid():
        number = page_asked(request, DEEPEST)
        query = replace(form.asked(), offset=(number - 1) * A_PAGE, limit=A_PAGE)
        found = public.look(query, chosen.account if chosen else None)
        context |= {
            "found": found,
            "rows": [_row(one, query) for one in found.lines],
            "page": Numbers(found.count, number, A_PAGE, DEEPEST),
        }
    return render_page(
        request, "portal/statement_search.html", context, status=422 if is_asked and form.errors else 200
    )


def _row(told: public.PublishedLine, query: Query) -> Row:
    text, pieces, at = told.line.text, [], 0
    for start, end in highlights(text, query):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return Row(told, pieces, public.PUBLIC_STATES[told.line.state])


@require_safe
def published_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show one published line for ever: what the bank wrote, its state, where its money went, and how to check it."""
    told = public.published_line(line_id)
    if told is None:
        raise Http404
    context = {
        "told": told,
        "state": public.PUBLIC_STATES[told.line.state],
        "trails": public.trails_of(told, on=clock.today()),
        "amount": told.line.received or told.line.paid,
    }
    return render_page(request, "portal/line.html", context)


@require_safe
def fund_home(request: HttpRequest) -> HttpResponse:
    """Show what each fund has published, and how a donor finds their own gift: ?ma= goes to it."""
    code = request.GET.get("ma", "").strip()[:40]
    trail = public.gift_told(code, on=clock.today()) if code else None
    context = {"told": public.told_accounts(), "code": code, "trail": trail}
    return render_page(request, "portal/fund.html", context, status=404 if code and trail is None else 200)


@require_safe
def fund_days(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show every published day of an account with its files and their hashes."""
    told = public.told_account(account_id)
    if told is None:
        raise Http404
    number = page_asked(request, DEEPEST)
    days = told.days[(number - 1) * 50 : number * 50]
    page = Numbers(len(told.days), number, 50, DEEPEST)
    return render_page(request, "portal/fund_days.html", {"told": told, "days": days, "page": page})


@require_safe
def fund_file(request: HttpRequest, account_id: UUID, day: str, edition: int, kind: str) -> HttpResponse:
    """Give a published file, byte for byte."""
    try:
        found = public.told_file(account_id, date.fromisoformat(day), edition, kind)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    name, data = found
    response = HttpResponse(data, content_type=public.FILES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
