"""Taking in a bank's file: read, held against what is there, shown, and then added whole or not at all.

A file that was renamed, saved again, turned round or overlaps another adds nothing twice; a changed amount under one
reference is a conflict and never a new line.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import rows
from chungtay.audit import services as audit
from chungtay.banking.chain import Break, check_chain
from chungtay.banking.guards import UPLOAD, Limits
from chungtay.banking.keys import Pair, compare, keyed_values, line_keys
from chungtay.banking.profiles import Profile
from chungtay.banking.reading import read_statement
from chungtay.banking.statement import LineProblem, NoHeader, Statement
from chungtay.banking.statement import StatementLine as Line
from chungtay.funds import words
from chungtay.funds.models import BankAccount, LineHead, StatementFile, StatementLine
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text

AT_ONCE = 5_000
Progress = Callable[[int, int], None]
Reader = Callable[[bytes, str, Profile | None, Limits], Statement]
"""What opens a file: `read_statement` here and now, or `child.read_apart` in a process of its own."""


class WrongAccount(DomainError):
    """The file is of another account."""


class NotTakenIn(DomainError):
    """The file has broken lines or conflicts: nothing of it was added."""

    def __init__(self, findings: "Findings") -> None:
        count = len(findings.problems) + len(findings.conflicts)
        super().__init__(f"Chưa nhận dòng nào vì có {format_integer(count)} dòng phải xem lại. {findings.sentences[0]}")
        self.findings = findings


@dataclass(frozen=True)
class Findings:
    """What a file says beside what is known; nothing is written yet.

    `added` are positions in the statement's lines; `keys` those of all lines, in their order; `known` counts lines.
    """

    statement: Statement
    keys: Iterable[str]
    added: Sequence[int]
    known: int
    conflicts: Sequence[Pair]
    breaks: Sequence[Break]

    @property
    def problems(self) -> Sequence[LineProblem]:
        """What could not be read."""
        return self.statement.problems

    @property
    def is_clean(self) -> bool:
        """Whether every line was read and none contradicts what is known."""
        return not self.problems and not self.conflicts

    @property
    def sentences(self) -> list[str]:
        """What is wrong, line by line, for people."""
        rows = [(problem.row, _told(problem)) for problem in self.problems]
        rows += [(pair.new.row, _conflict(pair)) for pair in self.conflicts]
        return [sentence for _, sentence in sorted(rows)] + [broken.sentence for broken in self.breaks]


def look_into(
    account: BankAccount,
    data: bytes,
    name: str,
    *,
    profile: Profile | None = None,
    limits: Limits = UPLOAD,
    reader: Reader = read_statement,
) -> Findings:
    """Read a file and hold it against the account's lines. Raises UnreadableStatement, WrongAccount."""
    return _held_against(account, *_read(account, data, name, profile, limits, reader))


def import_statement(
    *,
    account: BankAccount,
    data: bytes,
    name: str,
    profile: Profile | None = None,
    limits: Limits = UPLOAD,
    reader: Reader = read_statement,
    keep_good: bool = False,
    progress: Progress | None = None,
    now: datetime,
    by: User | None,
) -> tuple[StatementFile, Findings]:
    """Add a file's new lines, all or none; `keep_good`: also where other lines are broken or in conflict.

    The file is read before anything is locked. Raises UnreadableStatement, WrongAccount, NotTakenIn, and what
    `access.require` raises.
    """
    if by is not None:
        access.require(by, "import", account, on=localdate(now))
    sha256 = hashlib.sha256(data).hexdigest()
    read = _read(account, data, name, profile, limits, reader)
    del data  # 50 MB of it are not needed while the lines are written
    with transaction.atomic():
        head = _locked_head()
        BankAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        findings = _held_against(account, *read)
        if not findings.is_clean and not keep_good:
            raise NotTakenIn(findings)
        file = _keep_file(account, sha256, name, findings, now, by)
        _add(head, account, file, findings, progress)
        words.tell_conflicts(account, file, len(findings.conflicts), now, by)
        details = {"file": file.name, "sha256": file.sha256, "lines": file.lines, "added": file.added}
        audit.record("funds.statement.imported", obj=file, area_id=account.access_area_id, data=details, now=now, by=by)
    return file, findings


def _read(
    account: BankAccount, data: bytes, name: str, profile: Profile | None, limits: Limits, reader: Reader
) -> tuple[Statement, Sequence[Break]]:
    remembered = None if profile else _remembered(account)
    try:
        statement = reader(data, name, profile or remembered, limits)
    except NoHeader:  # one account's files come in several layouts: the PDF has other heads than the workbook
        if remembered is None:
            raise
        statement = reader(data, name, None, limits)
    if statement.account and _digits(statement.account) != _digits(account.number):
        raise WrongAccount(
            f"Sao kê này của tài khoản đuôi {_digits(statement.account)[-4:]}, không phải tài khoản {account.code} "
            f"(đuôi {_digits(account.number)[-4:]}). Hãy chọn đúng tài khoản."
        )
    return statement, check_chain(statement).breaks


def _held_against(account: BankAccount, statement: Statement, breaks: Sequence[Break]) -> Findings:
    """Compare a file with the account's lines of its days: by key first, and what is left line by line."""
    lines = statement.lines
    fresh_keys = line_keys(account.number, lines)
    if not lines:
        return Findings(statement, fresh_keys, (), 0, (), breaks)
    known = StatementLine.objects.filter(
        account=account, booked_on__gte=lines[0].booked_on, booked_on__lte=lines[-1].booked_on
    )
    there = set(known.values_list("key", flat=True).iterator(chunk_size=AT_ONCE))
    if not there:  # the keys are made one by one when the lines are written: 300,000 of them take 30 MB
        return Findings(statement, fresh_keys, range(len(lines)), 0, (), breaks)
    keys = list(fresh_keys)
    fresh = [at for at, key in enumerate(keys) if key not in there]
    if not fresh:
        return Findings(statement, keys, (), len(keys), (), breaks)
    new = [lines[at] for at in fresh]
    found = compare(account.number, _lines_of(known, there.difference(keys)), new)
    rows = {line.row for line in found.added}
    added = [at for at, line in zip(fresh, new, strict=True) if line.row in rows]
    seen = len(keys) - len(fresh) + len(found.present) + len(found.reworded)
    return Findings(statement, keys, added, seen, found.conflicts, breaks)


def _locked_head() -> LineHead:
    head = LineHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LineHead.objects.bulk_create([LineHead()], ignore_conflicts=True)
        head = LineHead.objects.select_for_update().get(pk=1)
    return head


def _keep_file(
    account: BankAccount, sha256: str, name: str, findings: Findings, now: datetime, by: User | None
) -> StatementFile:
    statement = findings.statement
    return StatementFile.objects.create(
        account=account,
        name=name[-200:],
        sha256=sha256,
        from_on=statement.from_on,
        to_on=statement.to_on,
        opening=statement.opening,
        closing=statement.closing,
        lines=len(statement.lines),
        added=len(findings.added),
        at=now,
        by=by,
    )


def _add(
    head: LineHead, account: BankAccount, file: StatementFile, findings: Findings, progress: Progress | None
) -> None:
    """Write the new lines: there may be hundreds of thousands."""
    new, count = keyed_values(account.number, findings.statement.lines), len(findings.added)
    if count < len(findings.statement.lines):
        wanted = set(findings.added)
        new = (pair for at, pair in enumerate(new) if at in wanted)
    lines = _rows(new, head.last_line, account, file)
    head.last_line += rows.insert(StatementLine, lines, told=progress and (lambda done: progress(done, count)))
    head.save()


def _rows(
    new: Iterable[tuple[str, tuple[Any, ...]]], last: int, account: BankAccount, file: StatementFile
) -> Iterator[rows.Row]:
    account_id, file_id = account.pk, file.pk
    for number, (key, (row, booked_on, value_on, ref, debit, credit, balance, text, name, other, bank)) in enumerate(
        new, start=last + 1
    ):
        yield (
            *(number, account_id, file_id, key, row, booked_on, value_on, ref[:100], debit, credit, balance),
            *(text[:1000], name[:200], other[:60], bank[:150], None),
        )


def _lines_of(known: "QuerySet[StatementLine]", keys: set[str]) -> Iterator[Line]:
    columns = (
        "key", "row", "booked_on", "value_on", "ref", "debit", "credit", "balance", "text", "party_name", "party_account",
        "party_bank",
    )  # fmt: skip
    for key, *values in known.order_by("id").values_list(*columns).iterator(chunk_size=AT_ONCE):
        if key in keys:
            yield Line(*values)


def _remembered(account: BankAccount) -> Profile | None:
    return Profile.from_json(json.dumps(account.profile)) if account.profile else None


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).upper()


def _told(problem: LineProblem) -> str:
    where = f"Dòng {problem.row}" if problem.row else "Cả tệp"
    return f"{where}, cột {problem.column}: {problem.sentence}" if problem.column else f"{where}: {problem.sentence}"


def _conflict(pair: Pair) -> str:
    amounts = f"{format_integer(abs(pair.new.amount))}, đã nhận trước đây {format_integer(abs(pair.known.amount))}"
    day = date_text(pair.new.booked_on)
    return f"Dòng {pair.new.row}: tham chiếu {pair.new.ref} ngày {day} ghi {amounts} đồng. Hãy hỏi lại ngân hàng."
