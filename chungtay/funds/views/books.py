"""The books of a fund for a period: on the screen, as PDF to sign, as a workbook."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.funds.bookshelf.asking import BEGINNING, Asked, Book
from chungtay.funds.bookshelf.shelf import BY_CODE, SHELF
from chungtay.funds.forms import Between
from chungtay.funds.models import Campaign
from chungtay.funds.selectors import chart
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.kernel.numerals import format_integer
from chungtay.papers.sheets import Kind, Sheet, SheetRow, shown, write_sheet_pdf, write_sheet_workbook
from chungtay.web.http import redirect_with, render_page

ON_A_PAGE = 100
BY_EVENT = "phat-sinh"
MOST_ON_PAPER = 10_000  # lines; some seconds of work
WRITERS = {
    "pdf": (write_sheet_pdf, "application/pdf"),
    "xlsx": (write_sheet_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@login_required
@require_safe
def book_list(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show which books the fund has."""
    one = visit(request, fund_id)
    books = [
        {"title": book.title, "about": book.about, "url": reverse("book-detail", args=[fund_id, book.code])}
        for book in SHELF
    ]
    return render_page(request, "funds/book_list.html", {"one": one, "books": books, "crumbs": crumbs(one, ("Sổ", ""))})


@login_required
@require_safe
def book_detail(request: HttpRequest, fund_id: UUID, code: str) -> HttpResponse:
    """Show a book: ?tu=&den= the days (this year without them), ?chon= the account, purpose or goods; a list ?ngay=phat-sinh, ?dot=."""
    one = visit(request, fund_id)
    book = _book_or_404(code)
    form = _days(request, one)
    asked = _asked(request, one, form, book)
    choices = book.choice.of(asked) if book.choice else []
    sheet = book.make(asked)
    page = Paginator(sheet.rows, ON_A_PAGE).get_page(request.GET.get("page"))
    by_event = asked.day == "occurred_on"
    said = {"tu": f"{asked.start:%d/%m/%Y}", "den": f"{asked.last:%d/%m/%Y}", "chon": asked.choice}
    said |= {"dot": asked.campaign.code} if asked.campaign else {"ngay": BY_EVENT} if by_event else {}
    query = f"?{urlencode(said)}"
    context = {
        "one": one,
        "book": book,
        "sheet": sheet,
        "form": form,
        "choices": choices,
        "chosen": asked.choice,
        "by_event": by_event,
        "campaign": asked.campaign,
        "heads": heads_of(sheet),
        "rows": [cells_of(sheet, row) for row in page.object_list],
        "page": page,
        "pdf": reverse("book-file", args=[fund_id, code, "pdf"]) + query,
        "xlsx": reverse("book-file", args=[fund_id, code, "xlsx"]) + query,
        "crumbs": crumbs(one, ("Sổ", reverse("book-list", args=[fund_id])), (book.title, "")),
    }
    return render_page(request, "funds/book_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def book_file(request: HttpRequest, fund_id: UUID, code: str, form: str) -> HttpResponse:
    """Send a book as a file: "pdf" or "xlsx"."""
    one = visit(request, fund_id)
    book = _book_or_404(code)
    if form not in WRITERS:
        raise Http404
    asked = _asked(request, one, _days(request, one), book)
    name = f"{code}-{asked.start:%Y%m%d}-{asked.last:%Y%m%d}.{form}"
    return sheet_file(request, book.make(asked), form, name=name, back=reverse("book-detail", args=[fund_id, code]))


def sheet_file(request: HttpRequest, sheet: Sheet, form: str, *, name: str, back: str) -> HttpResponse:
    """Send a sheet as a file, "pdf" or "xlsx"; one too long for paper goes `back` with the reason."""
    if form == "pdf" and len(sheet.rows) > MOST_ON_PAPER:
        said = f"Sổ dài {format_integer(len(sheet.rows))} dòng, in PDF tối đa {format_integer(MOST_ON_PAPER)} dòng một lần."
        return redirect_with(request, f"{said} Hãy chọn ít ngày hơn hoặc tải Excel.", back, messages.WARNING)
    write, kind = WRITERS[form]
    disposition = f'{"inline" if form == "pdf" else "attachment"}; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(write(sheet), content_type=kind, headers=headers)


def _book_or_404(code: str) -> Book:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def _days(request: HttpRequest, one: Visit) -> Between:
    year = one.today.year
    usual = {"tu": date(year, 1, 1), "den": date(year, 12, 31)}
    return Between(
        {"tu": request.GET["tu"], "den": request.GET.get("den", "")} if "tu" in request.GET else None, initial=usual
    )


def _asked(request: HttpRequest, one: Visit, form: Between, book: Book) -> Asked:
    days: dict[str, Any] = dict(form.initial)
    if form.is_bound and form.is_valid():
        days |= {name: value for name, value in form.cleaned_data.items() if value}
        if days["den"] < days["tu"]:
            days["den"] = max(days["tu"], one.today)
    choice = request.GET.get("chon", "")[:100]
    end = days["den"] + timedelta(days=1)
    asked = Asked(one.fund, chart(), days["tu"], end, one.today, choice)
    if not book.is_list:
        return asked
    if code := request.GET.get("dot", ""):
        campaign = Campaign.objects.filter(fund=one.fund, code=code).first()
        if campaign is None:
            raise Http404
        tomorrow = one.today + timedelta(days=1)
        return replace(asked, campaign=campaign, start=BEGINNING, end=tomorrow, day="occurred_on")
    return replace(asked, day="occurred_on") if request.GET.get("ngay") == BY_EVENT else asked


def heads_of(sheet: Sheet) -> list[dict[str, str]]:
    """Return the heads of a sheet's columns as the table draws them."""
    kinds = {Kind.MONEY: "num", Kind.COUNT: "num", Kind.DATE: "date"}
    return [
        {
            "label": f"{one.group}: {one.head.lower() if len(one.group) > 4 else one.head}" if one.group else one.head,
            "kind": kinds.get(one.kind, ""),
        }
        for one in sheet.columns
    ]


def cells_of(sheet: Sheet, row: SheetRow, *, link: str = "Số chứng từ") -> dict[str, Any]:
    """Return a line as the table draws it; the cell under the head `link` opens what the line is of."""
    cells = [
        {"text": shown(value, one.kind), "head": head["label"], "kind": head["kind"], "link": False}
        for value, one, head in zip(row.cells, sheet.columns, heads_of(sheet), strict=True)
    ]
    for cell, one in zip(cells, sheet.columns, strict=True):
        cell["link"] = bool(row.url) and one.head == link
    return {"cells": cells, "url": row.url, "is_sum": row.is_sum}
