"""Taking a bank's file in: sent, looked at before anything is written, its columns pointed at if need be, confirmed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.banking.columns import ALIASES, Field, field_of
from chungtay.banking.headers import Layout
from chungtay.banking.profiles import GENERIC
from chungtay.banking.statement import NoHeader, UnreadableStatement
from chungtay.funds import bank_forms as forms
from chungtay.funds import services
from chungtay.funds.bank import uploads
from chungtay.funds.bank.child import peek_apart, read_apart
from chungtay.funds.bank.previewing import Preview, preview
from chungtay.funds.bank.uploads import Upload, UploadGone
from chungtay.funds.bank_views.doors import AccountVisit, account_visit
from chungtay.funds.models import StatementFile
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.web.http import redirect_with, render_page

SENTENCES_SHOWN = 50
FILES_SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def bank_import(request: HttpRequest, fund_id: UUID, account_id: UUID) -> HttpResponse:
    """Ask for a statement and keep it for the preview; below, the files that came before."""
    at = account_visit(request, fund_id, account_id)
    at.one.require("import", "statement")
    form = forms.SendFile(request.POST, request.FILES) if request.method == "POST" else forms.SendFile()
    if form.is_valid() and form.try_(
        uploads.keep, file=form.cleaned_data["file"], account_id=at.account.pk, user_id=at.one.user.pk
    ):
        return redirect("bank-import-preview", fund_id, account_id, form.result.token)
    files = StatementFile.objects.filter(account=at.account).select_related("by").order_by("-id")
    context = {
        "one": at.one,
        "at": at,
        "form": form,
        "files": files[:FILES_SHOWN],
        "crumbs": at.crumbs(("Nhận sao kê", "")),
    }
    return render_page(request, "funds/bank_import.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def bank_import_preview(request: HttpRequest, fund_id: UUID, account_id: UUID, token: str) -> HttpResponse:
    """Say what the kept file would add; on confirmation read it again and take it in."""
    at = account_visit(request, fund_id, account_id)
    at.one.require("import", "statement")
    try:
        upload = uploads.kept(token, account_id=at.account.pk, user_id=at.one.user.pk)
    except UploadGone as gone:
        return redirect_with(request, str(gone), _address(at, "bank-import"), messages.WARNING)
    if request.POST.get("do") == "drop":
        uploads.drop(upload)
        return redirect_with(request, "Đã bỏ tệp, không dòng nào được nhận.", _address(at, "bank-line-list"))
    if request.POST.get("do") in ("take", "keep-good"):
        return _take_in(request, at, upload)
    return _preview_page(request, at, upload)


def _take_in(request: HttpRequest, at: AccountVisit, upload: Upload) -> HttpResponse:
    try:
        file, _ = services.import_statement(
            account=at.account,
            data=upload.read(),
            name=upload.name,
            reader=read_apart,
            keep_good=request.POST.get("do") == "keep-good",
            now=at.one.now,
            by=at.one.user,
        )
    except DomainError as refused:
        return _preview_page(request, at, upload, refused=str(refused), status=409)
    uploads.drop(upload)
    said = f"Đã nhận {format_integer(file.added)} dòng mới trong {format_integer(file.lines)} dòng của tệp {file.name}."
    return redirect_with(request, said, _address(at, "bank-line-list"))


def _preview_page(
    request: HttpRequest, at: AccountVisit, upload: Upload, *, refused: str = "", status: int = 200
) -> HttpResponse:
    try:
        found = preview(at.account, upload.read(), upload.name)
    except NoHeader:
        return redirect("bank-import-columns", at.one.fund.pk, at.account.pk, upload.token)
    except DomainError as wrong:
        uploads.drop(upload)
        form = forms.SendFile()
        context = {
            "one": at.one,
            "at": at,
            "form": form,
            "refused": str(wrong),
            "crumbs": at.crumbs(("Nhận sao kê", "")),
        }
        return render_page(request, "funds/bank_import.html", context, status=422)
    context = {
        "one": at.one,
        "at": at,
        "upload": upload,
        "refused": refused,
        **_said(found),
        "crumbs": at.crumbs(("Nhận sao kê", _address(at, "bank-import")), ("Xem trước", "")),
    }
    return render_page(request, "funds/bank_preview.html", context, status=status)


def _said(found: Preview) -> dict[str, Any]:
    findings = found.findings
    wrong = findings.sentences[: len(findings.problems) + len(findings.conflicts)]
    return {
        "preview": found,
        "statement": findings.statement,
        "counts": [
            ("Dòng mới", len(findings.added)),
            ("Đã nhận trước đây", findings.known),
            ("Mâu thuẫn", len(findings.conflicts)),
            ("Không đọc được", len(findings.problems)),
        ],
        "wrong": wrong[:SENTENCES_SHOWN],
        "wrong_more": max(0, len(wrong) - SENTENCES_SHOWN),
        "breaks": findings.breaks[:SENTENCES_SHOWN],
        "breaks_more": max(0, len(findings.breaks) - SENTENCES_SHOWN),
        "is_clean": findings.is_clean,
    }


@login_required
@require_http_methods(["GET", "POST"])
def bank_import_columns(request: HttpRequest, fund_id: UUID, account_id: UUID, token: str) -> HttpResponse:
    """Show the first rows of a file and let people say which column is what; remembered for the account's next file."""
    at = account_visit(request, fund_id, account_id)
    at.one.require("import", "statement")
    try:
        upload = uploads.kept(token, account_id=at.account.pk, user_id=at.one.user.pk)
        rows = peek_apart(upload.read())
    except (UploadGone, UnreadableStatement) as gone:
        return redirect_with(request, str(gone), _address(at, "bank-import"), messages.WARNING)
    initial = _guessed(rows)
    form = forms.PointAtColumns(request.POST if request.method == "POST" else None, rows=rows, initial=initial)
    if form.is_valid() and form.try_(
        preview, account=at.account, data=upload.read(), name=upload.name, profile=form.profile()
    ):
        if form.result.findings.statement.lines:
            services.remember_profile(account=at.account, profile=form.profile(), now=at.one.now, by=at.one.user)
            return redirect("bank-import-preview", fund_id, account_id, token)
        first = next(iter(form.result.findings.sentences), "")
        form.add_error(None, f"Đọc theo các cột này thì không ra dòng giao dịch nào. {first}")
    context = {
        "one": at.one,
        "at": at,
        "upload": upload,
        "form": form,
        "rows": list(enumerate(rows, start=1)),
        "crumbs": at.crumbs(("Nhận sao kê", _address(at, "bank-import")), ("Chỉ các cột", "")),
    }
    return render_page(request, "funds/bank_columns.html", context, status=422 if form.is_bound else 200)


def _guessed(rows: list[list[str]]) -> dict[str, Any]:
    """Begin with what can be guessed: the row with the most cells filled among the first, and the columns known by name."""
    layout: Layout | None = GENERIC.locate(rows)
    if layout is not None:
        named = {f"column-{column}": field.value for field, column in layout.columns.items()}
        return named | {"header_row": layout.body}
    counts = [sum(map(bool, row)) for row in rows]
    place = counts.index(max(counts))
    known = [(at, field_of(title, ALIASES)) for at, title in enumerate(rows[place])]
    named = {f"column-{at}": found[0].value for at, found in known if found and found[0] is not Field.IGNORED}
    return named | {"header_row": place + 1}


def _address(at: AccountVisit, name: str) -> str:
    return reverse(name, args=[at.one.fund.pk, at.account.pk])
