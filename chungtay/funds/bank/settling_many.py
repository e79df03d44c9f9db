"""Lines that one voucher explains beyond doubt, agreed to by a person at once: a statement of a year is settled in one step."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.banking.matching import Candidate
from chungtay.funds.bank.settling import NotExplained, live_links, proposals_for
from chungtay.funds.models import BankAccount, Entry, LineLink, LineMark, LineState, Standing, StatementLine, Voucher
from chungtay.places.registry import Entry as Event

Pair = tuple[StatementLine, Voucher]
AT_ONCE = 2_000


def sure_pairs(account: BankAccount, lines: Iterable[StatementLine]) -> list[Pair]:
    """Return the lines that wait and have one best voucher, of the same amount and the same day, with that voucher.

    A voucher that is the best for two lines is sure for neither.
    """
    waiting = [line for line in lines if not hasattr(line, "standing") or line.standing.state == LineState.UNMATCHED]
    best: dict[int, int] = {}
    by_id = {line.pk: line for line in waiting}
    for line_id, found in proposals_for(account, waiting).items():
        first = found.proposals[0].candidate
        if found.tied == 1 and _is_sure(first, by_id[line_id]):
            best[line_id] = int(first.id[1:])
    claims = Counter(best.values())
    vouchers = Voucher.objects.in_bulk([key for key, count in claims.items() if count == 1])
    return [(by_id[line_id], vouchers[key]) for line_id, key in best.items() if key in vouchers]


def _is_sure(candidate: Candidate, line: StatementLine) -> bool:
    amount = line.credit - line.debit
    return candidate.id.startswith("v") and candidate.amount == amount and candidate.on == line.booked_on


@transaction.atomic
def settle_all(*, account: BankAccount, pairs: Sequence[Pair], now: datetime, by: User) -> list[LineMark]:
    """Say of each line that its voucher explains it wholly; all or none. A line or voucher stands in one pair only.

    Raises NotExplained and what `access.require` raises.
    """
    row = BankAccount.objects.select_for_update(of=("self",)).select_related("fund__body").get(pk=account.pk)
    access.require(by, "match", row, on=localdate(now))
    lines = {line.pk: line for line, _ in pairs}
    locked = StatementLine.objects.select_for_update(of=("self",)).filter(account=row).order_by("pk").in_bulk(lines)
    _check(row, pairs, set(locked))
    marks = LineMark.objects.bulk_create(
        (LineMark(line=line, state=LineState.MATCHED, at=now, by=by) for line, _ in pairs), batch_size=AT_ONCE
    )
    LineLink.objects.bulk_create(
        (
            LineLink(mark=mark, voucher=voucher, amount=line.debit + line.credit)
            for mark, (line, voucher) in zip(marks, pairs, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    Standing.objects.bulk_create(
        (Standing(line=line, mark=mark, state=mark.state) for mark, (line, _) in zip(marks, pairs, strict=True)),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["line"],
        update_fields=["mark", "state"],
    )
    events = (_event(line, voucher, row) for line, voucher in pairs)
    audit.record_all(events, now=now, by=by)
    return marks


def _check(account: BankAccount, pairs: Sequence[Pair], locked: set[int]) -> None:
    """Hold every pair against the books: the voucher moved just that on this account, and explains nothing else yet."""
    lines, vouchers = [line.pk for line, _ in pairs], [voucher.pk for _, voucher in pairs]
    if len(set(lines)) < len(lines) or len(set(vouchers)) < len(vouchers):
        raise NotExplained("Một dòng hoặc một chứng từ đứng trong hai cặp. Hãy tách ra rồi khớp từng dòng.")
    said = Standing.objects.filter(line__in=lines).exclude(state=LineState.UNMATCHED)
    settled = set(said.values_list("line_id", flat=True))
    used = set(live_links().filter(voucher__in=vouchers).values_list("voucher_id", flat=True))
    moved: Counter[int] = Counter()
    entries = Entry.objects.filter(fund=account.fund, voucher__in=vouchers, voucher__reversal=None)
    for side, sign in (("debit", 1), ("credit", -1)):
        sums = entries.filter(**{side: account.ledger_account}).values_list("voucher").annotate(total=Sum("amount"))
        for voucher_id, total in sums.order_by():
            moved[voucher_id] += sign * total
    for line, voucher in pairs:
        if line.pk not in locked or line.pk in settled:
            raise NotExplained(f"Dòng {line.pk} đã được khớp hoặc không thuộc tài khoản này. Hãy tải lại trang.")
        if voucher.pk in used or moved[voucher.pk] != line.credit - line.debit:
            raise NotExplained(f"{voucher} không giải thích đúng số tiền của dòng {line.pk}. Hãy khớp riêng dòng này.")


def _event(line: StatementLine, voucher: Voucher, account: BankAccount) -> Event:
    said = {"state": LineState.MATCHED.value, "reason": "", "vouchers": {str(voucher): line.debit + line.credit}}
    return Event("funds.line.marked", line, account.access_area_id, said)
