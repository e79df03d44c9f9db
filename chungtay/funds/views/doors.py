"""How a fund and its vouchers are fetched: with what the visitor may do, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Guarded, Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.funds import idempotency
from chungtay.funds.models import Draft, Fund, Voucher
from chungtay.ledger.numbering import BadVoucherNumber, parse_number
from chungtay.web import clock

Thing = TypeVar("Thing", Draft, Voucher)
NOT_SENT = frozenset({"csrfmiddlewaretoken", "key", "ask-key", "decline-key", "pay-key"})


@dataclass(frozen=True)
class Visit:
    """One fund as one person meets it at one moment."""

    user: User
    keys: Keys
    fund: Fund
    now: datetime

    @property
    def today(self) -> date:
        """The day of the visit."""
        return localdate(self.now)

    def can(self, action: str, obj: Guarded) -> bool:
        """Say whether the person may do that."""
        return self.keys.can(action, obj)

    def may(self, action: str, type_: str = "voucher") -> bool:
        """Say whether the person may do that to things of a type of this fund in some state."""
        return self.fund.access_area_id in self.keys.areas_for(action, type_)

    @property
    def may_draft(self) -> bool:
        """Whether the person may write vouchers of the fund."""
        return self.can("draft", Matter("voucher", self.fund.access_area_id, "draft"))

    def require(self, action: str, type_: str = "voucher") -> None:
        """Return if the person may in some state. Raises PermissionDenied with the sentence that names who may."""
        if self.may(action, type_):
            return
        try:
            access.require(self.user, action, Matter(type_, self.fund.access_area_id), on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    def once(
        self, action: str, request: HttpRequest, do: Callable[[], dict[str, object]], *, prefix: str = ""
    ) -> dict[str, object]:
        """Do what a form asks for, once however often it is sent: its key stands in the page, a program's in the header.

        Raises what `idempotency.once` raises.
        """
        sent: Mapping[str, list[str]] = {
            name: request.POST.getlist(name) for name in request.POST if name not in NOT_SENT
        }
        key = request.POST.get(f"{prefix}-key" if prefix else "key", "") or request.headers.get("Idempotency-Key", "")
        body = {"path": request.path, "sent": sent}
        return idempotency.once(key=key[:200], action=action, body=body, do=do, now=self.now, by=self.user)


def visit(request: HttpRequest, fund_id: UUID) -> Visit:
    """Return the visit of a signed-in person. Raises Http404 for a stranger: they do not learn that the fund exists."""
    user = user_of(request)
    keys = access.keys_of(user, on=clock.today())
    fund = Fund.objects.select_related("body").filter(pk=fund_id).first()
    if fund is None or not keys.can("view", fund):
        raise Http404
    return Visit(user, keys, fund, clock.now())


def draft_or_404(one: Visit, draft_id: UUID) -> Draft:
    """Return a draft of the fund. Raises Http404."""
    found = Draft.objects.filter(fund=one.fund, pk=draft_id).select_related("drafted_by", "campaign", "voucher").first()
    if found is None:
        raise Http404
    found.fund = one.fund
    return _seen(one, found)


def voucher_or_404(one: Visit, label: str) -> Voucher:
    """Return a voucher of the fund by its number as printed. Raises Http404."""
    try:
        prefix, year, number = parse_number(label)
    except BadVoucherNumber as wrong:
        raise Http404 from wrong
    related = ("handout__by", "reversal", "reverses", "drafted_by", "posted_by", "campaign", "draft")
    rows = Voucher.objects.filter(fund=one.fund, prefix=prefix, year=year, number=number)
    found = rows.select_related(*related).first()
    if found is None:
        raise Http404
    found.fund = one.fund
    return _seen(one, found)


def _seen(one: Visit, thing: Thing) -> Thing:
    if not one.can("view", thing):
        raise Http404
    return thing


def crumbs(one: Visit, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page of a fund: the list, the fund, then steps (label, address or "")."""
    found = [{"label": "Quỹ", "url": reverse("fund-list")}]
    if not steps:
        return [*found, {"label": one.fund.name}]
    found.append({"label": one.fund.name, "url": reverse("fund-detail", args=[one.fund.pk])})
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]


def voucher_url(one: Visit, voucher: Voucher) -> str:
    """Return the address of a voucher."""
    return reverse("voucher-detail", args=[one.fund.pk, str(voucher)])
