"""Whole books in one table: the trial balance of a period, and what was collected and spent in a year."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Q, Sum

from chungtay.funds.accounts_offered import name_of
from chungtay.funds.amounts import Slice, four_amounts
from chungtay.funds.bookshelf.asking import Asked
from chungtay.funds.models import Entry
from chungtay.kernel.numerals import format_integer
from chungtay.ledger.accounts import AccountType, Mark
from chungtay.ledger.balances import TrialBalance, TrialLine
from chungtay.papers.sheets import Kind, Sheet, SheetColumn, SheetRow

Nets = dict[str, tuple[int, int]]
WIDE = 28


def trial_balance(asked: Asked) -> TrialBalance:
    """Return the trial balance of the days (four sums, whatever the size of the books)."""
    before = _sides(asked, Q(booked_on__lt=asked.start))
    inside = _sides(asked, Q(booked_on__gte=asked.start, booked_on__lt=asked.end))
    lines = []
    for code in sorted({*before, *inside}):
        debit, credit = inside.get(code, (0, 0))
        opened = before.get(code, (0, 0))
        opening = opened[0] - opened[1]
        closing = opening + debit - credit
        if opening or debit or credit:
            ends = (max(opening, 0), max(-opening, 0), debit, credit, max(closing, 0), max(-closing, 0))
            lines.append(TrialLine(code, *ends))
    return TrialBalance(asked.start, asked.end, tuple(lines))


def _sides(asked: Asked, when: Q) -> Nets:
    rows = Entry.objects.filter(when, fund=asked.fund).order_by()
    debits = dict(rows.values_list("debit").annotate(total=Sum("amount")))
    credits_ = dict(rows.values_list("credit").annotate(total=Sum("amount")))
    return {code: (debits.get(code, 0), credits_.get(code, 0)) for code in {*debits, *credits_}}


def trial_balance_sheet(asked: Asked) -> Sheet:
    """Every account with its opening, what was booked, its closing; both sides equal in each pair."""
    found = trial_balance(asked)
    pairs = ("Số dư đầu kỳ", "Số phát sinh trong kỳ", "Số dư cuối kỳ")
    heads = [SheetColumn("Số hiệu", 17), SheetColumn("Tên tài khoản")]
    heads += [SheetColumn(side, WIDE, Kind.MONEY, pair) for pair in pairs for side in ("Nợ", "Có")]
    rows = [SheetRow((line.account, name_of(asked.chart, line.account), *_ends(line))) for line in found.lines]
    rows.append(SheetRow((None, "Tổng cộng", *_ends(found.total)), is_sum=True))
    said = "Hai bên Nợ, Có bằng nhau ở cả ba cặp cột." if found.is_balanced else "HAI BÊN NỢ, CÓ KHÔNG BẰNG NHAU."
    return asked.sheet("bang-can-doi", "Bảng cân đối tài khoản", heads, rows, notes=(said,), is_landscape=True)


def _ends(line: TrialLine) -> tuple[int, ...]:
    return (
        line.opening_debit,
        line.opening_credit,
        line.debit,
        line.credit,
        line.closing_debit,
        line.closing_credit,
    )


def collection_and_spending(asked: Asked) -> Sheet:
    """What was there, what was collected, what was spent, what is left: money and goods in columns of their own."""
    heads = (
        SheetColumn("TT", 12),
        SheetColumn("Chỉ tiêu"),
        SheetColumn("Bằng tiền", 36, Kind.MONEY),
        SheetColumn("Hiện vật quy tiền", 36, Kind.MONEY),
    )
    cut = Slice(asked.scope, asked.start, asked.end)
    beside = four_amounts(asked.fund, cut, spending=(), given="")
    notes = (
        f"Ngoài sổ, không cộng vào số thu: đăng ký ủng hộ trong kỳ {format_integer(beside.pledged)} đồng; "
        f"vận động trực tiếp tại cơ sở, không qua quỹ {format_integer(beside.outside)} đồng.",
        "Số thu, chi xếp theo ngày ghi sổ. Tiền nhận từ cấp khác và chuyển cho cấp khác ghi riêng để không cộng hai lần.",
    )
    return asked.sheet("bao-cao-thu-chi", "Báo cáo thu, chi", heads, _year(asked), notes=notes)


def _year(asked: Asked) -> Iterator[SheetRow]:
    chart = asked.chart
    tills, goods = chart.codes_marked(Mark.CASH), chart.codes_marked(Mark.GOODS)
    money, kind = _moved(asked, tills), _moved(asked, goods)
    opening, left = _held(asked, asked.start), _held(asked, asked.end)
    yield _sum("I", "Số dư đầu kỳ", opening)
    for number, title, type_ in (
        ("II", "Thu trong kỳ", AccountType.INCOME),
        ("III", "Chi trong kỳ", AccountType.EXPENSE),
    ):
        sign = 1 if type_ is AccountType.INCOME else -1
        codes = sorted(code for code in chart.codes_of(type_) if money.get(code) or kind.get(code))
        yield _sum(
            number, title, (sum(sign * money.get(c, 0) for c in codes), sum(sign * kind.get(c, 0) for c in codes))
        )
        for at, code in enumerate(codes, 1):
            cells = (sign * money.get(code, 0), sign * kind.get(code, 0))
            yield SheetRow((f"{number}.{at}", name_of(chart, code), *cells))
    others = {*chart.codes_of(AccountType.INCOME, AccountType.EXPENSE), *tills, *goods}
    rest = (
        sum(net for code, net in money.items() if code not in others),
        sum(net for code, net in kind.items() if code not in others),
    )
    if any(rest):
        yield _sum("IV", "Thu hộ, phải trả và thay đổi khác", rest)
    yield _sum("V" if any(rest) else "IV", "Số dư cuối kỳ", left)


def _sum(number: str, title: str, pair: tuple[int, int]) -> SheetRow:
    return SheetRow((number, title, *pair), is_sum=True)


def _moved(asked: Asked, own: frozenset[str]) -> dict[str, int]:
    """Return {counter account: what it brought to `own` in the days}; movements inside `own` bring nothing."""
    nets: dict[str, int] = defaultdict(int)
    rows = Entry.objects.filter(fund=asked.fund, booked_on__gte=asked.start, booked_on__lt=asked.end).order_by()
    for credit, total in rows.filter(debit__in=own).values_list("credit").annotate(total=Sum("amount")):
        nets[credit] += total
    for debit, total in rows.filter(credit__in=own).values_list("debit").annotate(total=Sum("amount")):
        nets[debit] -= total
    return dict(nets)


def _held(asked: Asked, day: date) -> tuple[int, int]:
    """Return what was held in money and in goods at the beginning of a day."""
    sides = _sides(asked, Q(booked_on__lt=day))
    tills, goods = asked.chart.codes_marked(Mark.CASH), asked.chart.codes_marked(Mark.GOODS)
    nets = {code: debit - credit for code, (debit, credit) in sides.items()}
    return sum(nets.get(code, 0) for code in tills), sum(nets.get(code, 0) for code in goods)
