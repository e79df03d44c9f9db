"""How an account and its lines are fetched: with what the visitor may do, or not at all."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from chungtay.banking.banks import bank_name
from chungtay.banking.masking import mask_account
from chungtay.funds.models import BankAccount, LineState, StatementLine
from chungtay.funds.views.doors import Visit, crumbs, visit

# (data-state, words) of what people have said of a line.
STATES = {
    LineState.UNMATCHED.value: ("explain", "Chưa khớp"),
    LineState.MATCHED.value: ("matched", "Đã khớp"),
    LineState.SPLIT.value: ("matched", "Đã tách"),
    LineState.EXCLUDED.value: ("none", "Loại ra"),
}
BIGGEST = 2**63 - 1


@dataclass(frozen=True)
class AccountVisit:
    """One account as one person meets it."""

    one: Visit
    account: BankAccount

    @property
    def may_import(self) -> bool:
        """Whether the person may take files in."""
        return self.one.can("import", self.account)

    @property
    def may_match(self) -> bool:
        """Whether the person may say what explains a line."""
        return self.one.can("match", self.account)

    @property
    def bank(self) -> str:
        """The bank's usual name."""
        return bank_name(self.account.bank) or f"Ngân hàng {self.account.bank}"

    @property
    def title(self) -> str:
        """The account in a few words: the bank and how the number ends."""
        return f"{self.bank} {mask_account(self.account.number)}"

    def crumbs(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """Return the way to a page of the account."""
        address = reverse("bank-line-list", args=[self.one.fund.pk, self.account.pk]) if steps else ""
        return bank_crumbs(self.one, (self.title, address), *steps)


def bank_visit(request: HttpRequest, fund_id: UUID) -> Visit:
    """Return the visit of somebody who may look at the fund's statements. Raises Http404 for everybody else."""
    one = visit(request, fund_id)
    if not one.may("view", "statement"):
        raise Http404
    return one


def account_visit(request: HttpRequest, fund_id: UUID, account_id: UUID) -> AccountVisit:
    """Return the visit of an account of the fund. Raises Http404."""
    one = bank_visit(request, fund_id)
    return _of(one, BankAccount.objects.filter(fund=one.fund, pk=account_id).first())


def line_visit(request: HttpRequest, fund_id: UUID, line_id: int) -> tuple[AccountVisit, StatementLine]:
    """Return a line of the fund with its account. Raises Http404."""
    one = bank_visit(request, fund_id)
    rows = StatementLine.objects.filter(account__fund=one.fund, pk=min(line_id, BIGGEST))
    line = rows.select_related("account", "file__by", "standing", "corrects").first()
    if line is None:
        raise Http404
    at = _of(one, line.account)
    return at, line


def _of(one: Visit, account: BankAccount | None) -> AccountVisit:
    if account is None:
        raise Http404
    account.fund = one.fund
    if not one.can("view", account):
        raise Http404
    return AccountVisit(one, account)


def bank_crumbs(one: Visit, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page of the fund's bank."""
    address = reverse("bank-account-list", args=[one.fund.pk]) if steps else ""
    return crumbs(one, ("Ngân hàng", address), *steps)


def state_of(line: StatementLine) -> tuple[str, str]:
    """Return (data-state, words) of a line."""
    return STATES[line.standing.state if hasattr(line, "standing") else LineState.UNMATCHED.value]


def seen_of(line: StatementLine) -> int:
    """Return the id of the last word on a line, 0 when nobody said anything."""
    return line.standing.mark_id if hasattr(line, "standing") else 0
