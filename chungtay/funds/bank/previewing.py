"""What a bank's file would add, before anything is written: beside the findings, whether it goes on where the last ended."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.banking.chain import Gap, check_chain
from chungtay.banking.profiles import Profile
from chungtay.banking.statement import Statement
from chungtay.banking.statement import StatementLine as Line
from chungtay.funds.bank.child import read_apart
from chungtay.funds.bank.importing import Findings, look_into
from chungtay.funds.models import BankAccount, StatementFile, StatementLine

SHOWN = 50


@dataclass(frozen=True)
class Preview:
    """The findings of a file, the gap to what came before it, and the file itself when it was taken in already."""

    findings: Findings
    gap: Gap | None
    again: StatementFile | None

    @property
    def new_lines(self) -> list[Line]:
        """The first lines that would be added, in the order of time."""
        lines = self.findings.statement.lines
        return [lines[at] for at in self.findings.added[:SHOWN]]

    @property
    def new_sum(self) -> int:
        """What all new lines add up to, integer đồng, in less out."""
        lines = self.findings.statement.lines
        return sum(lines[at].amount for at in self.findings.added)


def preview(account: BankAccount, data: bytes, name: str, *, profile: Profile | None = None) -> Preview:
    """Read a file in a child process and say what it would add. Raises UnreadableStatement (NoHeader), WrongAccount."""
    findings = look_into(account, data, name, profile=profile, reader=read_apart)
    sha256 = hashlib.sha256(data).hexdigest()
    again = StatementFile.objects.filter(account=account, sha256=sha256).order_by("id").first()
    return Preview(findings, _gap(account, findings.statement), again)


def _gap(account: BankAccount, statement: Statement) -> Gap | None:
    """Compare where the account's earlier lines lead with where the file begins; None = no gap can be seen."""
    opening, begin = check_chain(statement).opening, statement.from_on
    if opening is None or begin is None:
        return None
    before = StatementLine.objects.filter(account=account, booked_on__lt=begin)
    last = before.exclude(balance=None).order_by("-booked_on", "-id").first()
    if last is None or last.balance == opening or last.balance is None:
        return None
    files = StatementFile.objects.filter(account=account, to_on__lt=begin).order_by("-to_on")
    end = files.values_list("to_on", flat=True).first()
    missing = _days_between(end, begin)
    return Gap(*missing, last.balance, opening)


def _days_between(end: date | None, begin: date) -> tuple[date | None, date | None]:
    one = timedelta(days=1)
    if end is None or begin <= end + one:
        return None, None
    return end + one, begin - one
