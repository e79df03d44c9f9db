"""Published days of an account: which are frozen, what changed since, their files; publishing more, and checking what is there."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.funds import bank_forms, selectors, services
from chungtay.funds import disclosure_forms as forms
from chungtay.funds.bank.reconciling import DayCompared
from chungtay.funds.bank_views.doors import AccountVisit, account_visit
from chungtay.funds.disclosure import frozen
from chungtay.funds.disclosure.files import as_csv
from chungtay.funds.disclosure.lines import public_days
from chungtay.funds.disclosure_views.doors import day_or_404, home_crumbs
from chungtay.funds.models import FrozenDay, StatementLine
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.web.http import redirect_with, render_page

MEDIA = {"csv": "text/csv; charset=utf-8", "sqlite3": "application/vnd.sqlite3", "json": "application/json"}


@login_required
@require_http_methods(["GET", "POST"])
def frozen_list(request: HttpRequest, fund_id: UUID, account_id: UUID) -> HttpResponse:
    """Show a month of an account as published: ?thang=2025-03. POST publishes days, or checks the files."""
    at = account_visit(request, fund_id, account_id)
    form = forms.Freeze(
        request.POST if request.method == "POST" and "last" in request.POST else None,
        initial={"last": at.one.today - timedelta(days=1)},
    )
    if request.method == "POST":
        if request.POST.get("do") == "verify":
            return _verify(request, at)
        at.one.require("publish", "statement")
        if form.is_valid() and (answer := _freeze(request, at, form)):
            return answer
    asked = request.GET.get("thang")
    rows = StatementLine.objects.filter(account=at.account).order_by("-booked_on")
    newest = rows.values_list("booked_on", flat=True).first()
    first = bank_forms.Month({"thang": asked} if asked else None).first(newest or at.one.today)
    following = (first + timedelta(days=31)).replace(day=1)
    days = _days(at, first, following - timedelta(days=1))
    context = {
        "one": at.one,
        "at": at,
        "first": first,
        "previous": first - timedelta(days=1),
        "following": following,
        "rows": days,
        "waiting": sum(row["state"] != "approved" for row in days),
        "form": form if at.one.can("publish", at.account) else None,
        "crumbs": home_crumbs(at.one, (f"Ngày đã chốt, {at.title}", "")),
    }
    return render_page(request, "funds/disclosure/days.html", context, status=422 if form.is_bound else 200)


def _days(at: AccountVisit, first: date, last: date) -> list[dict[str, Any]]:
    """Return the days of a month on which the bank moved, newest first, with their editions and how they stand."""
    editions: dict[date, list[FrozenDay]] = {}
    rows = FrozenDay.objects.filter(account=at.account, day__gte=first, day__lte=last).order_by("-edition")
    for one in rows.select_related("by"):
        one.account = at.account
        editions.setdefault(one.day, []).append(one)
    now = {
        day: frozen.sha256(as_csv(lines))
        for day, lines in public_days(at.account, first, last, on=at.one.today).items()
    }
    found = []
    for day in reversed(selectors.compared(at.account, first, last)):
        if day.day not in now:
            continue
        mine = editions.get(day.day, [])
        state, label = _standing(day, mine, now[day.day], at.one.today)
        found.append({"day": day, "state": state, "label": label, "editions": [_edition(at, one) for one in mine]})
    return found


def _standing(day: DayCompared, editions: list[FrozenDay], digest: str, today: date) -> tuple[str, str]:
    if day.day >= today:
        return "none", "Chưa hết ngày"
    if not editions:
        return "missing", "Chưa chốt"
    if editions[0].csv_sha256 != digest:
        return "explain", "Có thay đổi, chưa chốt lại"
    return "approved", "Đã chốt"


def _edition(at: AccountVisit, one: FrozenDay) -> dict[str, Any]:
    where = [at.one.fund.pk, at.account.pk, one.day.isoformat(), one.edition]
    kinds = [kind for kind in frozen.KINDS if kind != "json" or one.manifest_sha256]
    return {
        "frozen": one,
        "files": [{"kind": kind, "url": reverse("frozen-file", args=[*where, kind])} for kind in kinds],
    }


def _freeze(request: HttpRequest, at: AccountVisit, form: forms.Freeze) -> HttpResponse | None:
    def freeze() -> dict[str, object]:
        made = services.freeze_days(account=at.account, last=form.cleaned_data["last"], now=at.one.now, by=at.one.user)
        return {"days": len(made)}

    try:
        count = int(str(at.one.once("funds.days.freeze", request, freeze)["days"]))
    except DomainError as wrong:
        form.add_error(None, str(wrong))
        return None
    said = f"Đã chốt {format_integer(count)} ngày." if count else "Không ngày nào có gì mới: mọi ngày đã chốt vẫn đúng."
    return redirect_with(request, said, reverse("frozen-list", args=[at.one.fund.pk, at.account.pk]))


def _verify(request: HttpRequest, at: AccountVisit) -> HttpResponse:
    url = reverse("frozen-list", args=[at.one.fund.pk, at.account.pk])
    faults = frozen.faults_of(at.account)
    if not faults:
        count = FrozenDay.objects.filter(account=at.account).count()
        said = f"Đã kiểm tra {format_integer(count)} lần chốt: mọi tệp còn nguyên, đúng mã SHA-256."
        return redirect_with(request, said, url)
    more = f" Còn {format_integer(len(faults) - 3)} tệp nữa." if len(faults) > 3 else ""
    said = f"{' '.join(fault.sentence for fault in faults[:3])}{more} Hãy báo quản trị lấy lại tệp từ bản sao lưu."
    return redirect_with(request, said, url, messages.ERROR)


@login_required
@require_safe
def frozen_file(
    request: HttpRequest, fund_id: UUID, account_id: UUID, day: str, edition: int, kind: str
) -> HttpResponse:
    """Send a published file. One that is gone or altered is not sent."""
    at = account_visit(request, fund_id, account_id)
    rows = FrozenDay.objects.filter(account=at.account, day=day_or_404(day), edition=min(edition, 32_767))
    one = rows.select_related("account").first()
    if one is None or kind not in MEDIA or (kind == "json" and not one.manifest_sha256):
        raise Http404
    name = frozen.file_name(one, kind)
    faults = [fault.sentence for fault in frozen.faults_in(one) if fault.file == name]
    if faults:
        said = f"{faults[0]} Hãy báo quản trị lấy lại tệp từ bản sao lưu."
        url = reverse("frozen-list", args=[fund_id, account_id])
        return redirect_with(request, said, f"{url}?thang={one.day:%Y-%m}", messages.ERROR)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse((frozen.folder() / name).read_bytes(), content_type=MEDIA[kind], headers=headers)
