"""What people say of a line: explained, left out, taken back; and a look at the other side's full account."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chungtay.funds import bank_forms as forms
from chungtay.funds import services
from chungtay.funds.bank_views.doors import AccountVisit, line_visit, seen_of
from chungtay.funds.bank_views.lines import line_page
from chungtay.funds.models import StatementLine, Voucher
from chungtay.kernel.errors import DomainError
from chungtay.web.http import redirect_with

MOVED_ON = "Người khác vừa ghi về dòng này. Hãy xem lại phần “Lịch sử dòng này” rồi làm tiếp nếu còn cần."


@login_required
@require_POST
def bank_line_settle(request: HttpRequest, fund_id: UUID, line_id: int) -> HttpResponse:
    """Say which vouchers explain the line; their amounts add up to it. “Thêm dòng” asks for one more."""
    at, line = line_visit(request, fund_id, line_id)
    at.one.require("match", "statement")
    if request.POST.get("do") == "add-row":
        return line_page(request, at, line, parts=_unchecked(forms.parts_of(request.POST, extra=1)))
    parts = forms.parts_of(request.POST)
    filled = [part for part in parts if not part.is_blank] or parts[:1]
    checked = [part.is_valid() for part in filled]  # every row tells its errors
    if not all(checked):
        return line_page(request, at, line, parts=parts)
    try:
        vouchers = _vouchers(at, filled)
    except DomainError as wrong:
        return line_page(request, at, line, parts=parts, refused=str(wrong))

    def settle() -> None:
        services.settle(line=line, vouchers=vouchers, now=at.one.now, by=at.one.user)

    said = "Đã khớp dòng này." if len(vouchers) == 1 else f"Đã tách dòng này cho {len(vouchers)} chứng từ."
    refused = _try(request, at, line, "funds.line.settle", settle, seen=request.POST.get("seen", ""))
    return line_page(request, at, line, parts=parts, refused=refused) if refused else _back(request, at, line, said)


def _unchecked(parts: Sequence[forms.VoucherPart]) -> Sequence[forms.VoucherPart]:
    """Show what was typed without its errors: nothing was asked yet."""
    return [forms.VoucherPart(prefix=part.prefix, initial=_typed(part)) for part in parts]


def _typed(part: forms.VoucherPart) -> dict[str, str]:
    return {name: str(part.data.get(part.add_prefix(name), "")) for name in part.fields}


def _vouchers(at: AccountVisit, parts: Sequence[forms.VoucherPart]) -> dict[Voucher, int]:
    """Look the vouchers up. Raises NotExplained for one that is not there, or stands there twice."""
    found: dict[Voucher, int] = {}
    for part in parts:
        prefix, year, number = part.cleaned_data["voucher"]
        voucher = Voucher.objects.filter(fund=at.one.fund, prefix=prefix, year=year, number=number).first()
        if voucher is None:
            typed = _typed(part)["voucher"].strip()
            raise services.NotExplained(f"Sổ của quỹ không có chứng từ “{typed}”.")
        if voucher in found:
            raise services.NotExplained(f"{voucher} được ghi hai lần. Mỗi chứng từ một dòng.")
        found[voucher] = part.cleaned_data["amount"]
    return found


@login_required
@require_POST
def bank_line_leave_out(request: HttpRequest, fund_id: UUID, line_id: int) -> HttpResponse:
    """Leave the line out of the books, with the reason; it stays visible as such."""
    at, line = line_visit(request, fund_id, line_id)
    at.one.require("match", "statement")
    form = forms.LeaveOut(request.POST)

    def leave_out() -> None:
        services.leave_out(line=line, reason=form.cleaned_data["reason"], now=at.one.now, by=at.one.user)

    refused = _reasoned(request, at, line, form, "funds.line.leave_out", leave_out)
    if form.errors or refused:
        return line_page(request, at, line, out=form, refused=refused)
    return _back(request, at, line, "Đã loại dòng này ra, lý do còn ghi ở đây.")


@login_required
@require_POST
def bank_line_take_back(request: HttpRequest, fund_id: UUID, line_id: int) -> HttpResponse:
    """Take back what was said of the line, with the reason; it waits again."""
    at, line = line_visit(request, fund_id, line_id)
    at.one.require("match", "statement")
    form = forms.TakeBack(request.POST)

    def take_back() -> None:
        services.take_back(line=line, reason=form.cleaned_data["reason"], now=at.one.now, by=at.one.user)

    refused = _reasoned(request, at, line, form, "funds.line.take_back", take_back)
    if form.errors or refused:
        return line_page(request, at, line, back=form, refused=refused)
    return _back(request, at, line, "Đã lấy lại. Dòng này chờ khớp.")


@login_required
@require_POST
def bank_line_reveal(request: HttpRequest, fund_id: UUID, line_id: int) -> HttpResponse:
    """Show the other side's account in full, once; who looked and what for is recorded."""
    at, line = line_visit(request, fund_id, line_id)
    at.one.require("reveal", "statement")
    form = forms.Reveal(request.POST)
    said = form.is_valid() and {
        "line": line,
        "purpose": form.cleaned_data["purpose"],
        "now": at.one.now,
        "by": at.one.user,
    }
    if said and form.try_(services.reveal_party, **said):
        return line_page(request, at, line, party=form.result)
    return line_page(request, at, line, reveal=form)


def _reasoned(
    request: HttpRequest, at: AccountVisit, line: StatementLine, form: forms.SayWhy, action: str, do: Callable[[], None]
) -> str:
    if not form.is_valid():
        return ""
    return _try(request, at, line, action, do, seen=str(form.cleaned_data["seen"]), prefix=str(form.prefix))


def _try(
    request: HttpRequest,
    at: AccountVisit,
    line: StatementLine,
    action: str,
    do: Callable[[], None],
    *,
    seen: str,
    prefix: str = "",
) -> str:
    """Do it once, on the line as it was seen; return the sentence of a refusal, "" when it is done."""

    def work() -> dict[str, object]:
        if seen != str(seen_of(StatementLine.objects.select_related("standing").get(pk=line.pk))):
            raise services.NotExplained(MOVED_ON)
        do()
        return {"line": line.pk}

    try:
        at.one.once(action, request, work, prefix=prefix)
    except DomainError as wrong:
        return str(wrong)
    return ""


def _back(request: HttpRequest, at: AccountVisit, line: StatementLine, said: str) -> HttpResponse:
    return redirect_with(request, said, reverse("bank-line-detail", args=[at.one.fund.pk, line.pk]))
