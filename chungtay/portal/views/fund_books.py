"""A fund's books for everybody: what lies in it, where the money came from and what it became, its years, its campaigns."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.funds import public_books
from chungtay.funds.public_books import OpenBook
from chungtay.papers.sheets import shown, write_sheet_pdf, write_sheet_workbook
from chungtay.portal import streams
from chungtay.web import clock
from chungtay.web.http import render_page

WRITERS = {
    "pdf": (write_sheet_pdf, "application/pdf"),
    "xlsx": (write_sheet_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _book(fund_id: UUID) -> OpenBook:
    book = public_books.open_book(fund_id)
    if book is None:
        raise Http404
    return book


@require_safe
def fund_book(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show what a fund holds and how its money flowed; ?nam= only what came in in that year."""
    book = _book(fund_id)
    asked = request.GET.get("nam", "")
    years = range((book.until - timedelta(days=1)).year, book.start.year - 1, -1)
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    flows = public_books.flows_of(book, year)
    context = {
        "book": book,
        "chest": public_books.chest_of(book),
        "year": year,
        "choices": years,
        "flows": flows,
        "total": sum(flow.amount for flow in flows),
        "drawing": streams.draw(flows),
        "receiving": public_books.receiving(book.fund),
        "drives": [one for one in public_books.drives() if one.campaign.fund_id == book.fund.pk],
    }
    return render_page(request, "portal/fund_book.html", context)


@require_safe
def fund_year(request: HttpRequest, fund_id: UUID, year: int) -> HttpResponse:
    """Show what was collected and spent in a closed year."""
    book = _book(fund_id)
    sheet = public_books.year_sheet(book, year, made_on=clock.today())
    if sheet is None:
        raise Http404
    rows = [
        {
            "cells": [shown(value, one.kind) for value, one in zip(row.cells, sheet.columns, strict=True)],
            "is_sum": row.is_sum,
        }
        for row in sheet.rows
    ]
    return render_page(request, "portal/fund_year.html", {"book": book, "year": year, "sheet": sheet, "rows": rows})


@require_safe
def fund_year_file(request: HttpRequest, fund_id: UUID, year: int, kind: str) -> HttpResponse:
    """Send a closed year as "pdf" or "xlsx"."""
    sheet = public_books.year_sheet(_book(fund_id), year, made_on=clock.today()) if kind in WRITERS else None
    if sheet is None:
        raise Http404
    write, media_type = WRITERS[kind]
    response = HttpResponse(write(sheet), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="bao-cao-thu-chi-{year}.{kind}"'
    return response


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Show the campaigns: those that receive now, those to come, and what the others brought."""
    today = clock.today()
    drives = public_books.drives()
    context = {
        "now": [one for one in drives if one.campaign.starts_on <= today <= one.campaign.ends_on],
        "soon": [one for one in drives if one.campaign.starts_on > today],
        "over": [one for one in drives if one.campaign.ends_on < today],
    }
    return render_page(request, "portal/campaigns.html", context)


@require_safe
def campaign_detail(request: HttpRequest, fund_id: UUID, code: str) -> HttpResponse:
    """Show a campaign: how far it came, how to give, what was announced before."""
    drive = public_books.drive_of(fund_id, code)
    if drive is None:
        raise Http404
    today = clock.today()
    is_receiving = drive.campaign.starts_on <= today <= drive.campaign.ends_on
    context = {
        "drive": drive,
        "campaign": drive.campaign,
        "is_receiving": is_receiving,
        "is_over": today > drive.campaign.ends_on,
        "receiving": public_books.receiving(drive.campaign.fund, drive.campaign) if is_receiving else [],
    }
    return render_page(request, "portal/campaign.html", context)
