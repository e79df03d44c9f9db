"""The fund's working lists C-01Q to C-04Q (names of TT 77/2007): gifts of money, help paid, gifts in kind.

What was reversed stands with its own line and a minus: nothing is left out.
"""

from collections.abc import Iterator

from django.db.models import Q

from chungtay.funds.accounts_offered import GIFT, GIFT_IN_KIND, name_of, not_carried
from chungtay.funds.bookshelf.asking import Asked
from chungtay.funds.models import Entry
from chungtay.ledger.accounts import AccountType, Mark
from chungtay.papers.sheets import Kind, Sheet, SheetColumn, SheetRow

OLD = "Tên bảng theo Thông tư 77/2007/TT-BTC, đã hết hiệu lực; dùng làm giấy tờ làm việc của quỹ."
NUMBER = SheetColumn("TT", 9, Kind.COUNT)
WHEN = (SheetColumn("Ngày", 19, Kind.DATE), SheetColumn("Số chứng từ", 28))
MONEY = SheetColumn("Số tiền", 27, Kind.MONEY)
VALUE = SheetColumn("Giá trị", 27, Kind.MONEY)


def money_gifts(asked: Asked) -> Sheet:
    """C-01Q: every gift of money in order of booking."""
    heads = (NUMBER, *WHEN, SheetColumn("Người, đơn vị ủng hộ", 62), SheetColumn("Địa chỉ, nội dung"), MONEY)
    rows = list(_gifts(asked, GIFT))
    return asked.sheet(
        "c-01q",
        "Bảng tổng hợp thu tiền ủng hộ",
        heads,
        [*rows, _total(rows, heads)],
        form="C-01Q",
        notes=(OLD,),
        carried=5,
        is_landscape=True,
    )


def help_paid(asked: Asked) -> Sheet:
    """C-02Q: every payment with who got it, and room to sign."""
    kinds = asked.chart.codes_of(AccountType.EXPENSE) - asked.chart.codes_marked(Mark.INTERNAL)
    tills = asked.chart.codes_marked(Mark.CASH)
    which = Q(debit__in=kinds, credit__in=tills) | Q(credit__in=kinds, debit__in=tills)
    heads = (
        NUMBER,
        *WHEN,
        SheetColumn("Người, đơn vị nhận, địa chỉ", 52),
        SheetColumn("Khoản hỗ trợ, nội dung"),
        MONEY,
        SheetColumn("Ký nhận", 26),
    )
    rows = []
    for at, entry in enumerate(asked.entries(which & not_carried()), 1):
        sign, account = (1, entry.debit) if entry.debit in kinds else (-1, entry.credit)
        who = ", ".join(part for part in (entry.voucher.party, entry.voucher.address) if part)
        told = f"{name_of(asked.chart, account)}: {entry.memo or entry.voucher.memo}"
        rows.append(_row(asked, entry, at, who, told, sign * entry.amount, None))
    return asked.sheet(
        "c-02q",
        "Bảng kê chi tiền hỗ trợ người nghèo, hộ nghèo",
        heads,
        [*rows, _total(rows, heads)],
        form="C-02Q",
        notes=(OLD,),
        carried=5,
        is_landscape=True,
    )


def goods_receipts(asked: Asked) -> Sheet:
    """C-03Q: the receipts given for gifts in kind, voucher by voucher."""
    heads = (NUMBER, *WHEN, SheetColumn("Người, đơn vị ủng hộ", 62), SheetColumn("Hiện vật"), VALUE)
    by_voucher: dict[str, list[Entry]] = {}
    for entry in asked.entries(_on(GIFT_IN_KIND)):
        by_voucher.setdefault(str(entry.voucher), []).append(entry)
    rows = []
    for at, entries in enumerate(by_voucher.values(), 1):
        items = "; ".join(f"{entry.item}: {entry.quantity}" if entry.item else entry.memo for entry in entries)
        value = sum(entry.amount if entry.credit == GIFT_IN_KIND else -entry.amount for entry in entries)
        rows.append(_row(asked, entries[0], at, entries[0].donor or entries[0].voucher.party, items, value))
    return asked.sheet(
        "c-03q",
        "Sổ biên nhận ủng hộ bằng hiện vật",
        heads,
        [*rows, _total(rows, heads)],
        form="C-03Q",
        notes=(OLD,),
        is_landscape=True,
    )


def goods_gifts(asked: Asked) -> Sheet:
    """C-04Q: every gift in kind with its count and value."""
    heads = (
        NUMBER,
        *WHEN,
        SheetColumn("Người, đơn vị ủng hộ", 62),
        SheetColumn("Hiện vật, đơn vị tính"),
        SheetColumn("Số lượng", 20, Kind.COUNT),
        VALUE,
    )
    rows = []
    for at, entry in enumerate(asked.entries(_on(GIFT_IN_KIND)), 1):
        sign = 1 if entry.credit == GIFT_IN_KIND else -1
        who = entry.donor or entry.voucher.party
        rows.append(_row(asked, entry, at, who, entry.item, sign * entry.quantity, sign * entry.amount))
    return asked.sheet(
        "c-04q",
        "Bảng kê đóng góp bằng hiện vật",
        heads,
        [*rows, _total(rows, heads)],
        form="C-04Q",
        notes=(OLD,),
        carried=6,
        is_landscape=True,
    )


def _gifts(asked: Asked, account: str) -> Iterator[SheetRow]:
    for at, entry in enumerate(asked.entries(_on(account)), 1):
        sign = 1 if entry.credit == account else -1
        told = ". ".join(part for part in (entry.voucher.address, entry.memo or entry.voucher.memo) if part)
        yield _row(asked, entry, at, entry.donor or entry.voucher.party, told, sign * entry.amount)


def _on(account: str) -> Q:
    return (Q(credit=account) | Q(debit=account)) & not_carried()


def _row(asked: Asked, entry: Entry, at: int, *values: str | int | None) -> SheetRow:
    label = str(entry.voucher)
    return SheetRow(
        (at, entry.booked_on if asked.day == "booked_on" else entry.occurred_on, label, *values),
        asked.voucher_url(label),
    )


def _total(rows: list[SheetRow], heads: tuple[SheetColumn, ...]) -> SheetRow:
    """The foot: the sum of the amounts; counts of different goods have no sum."""
    cells: list[str | int | None] = [None] * len(heads)
    cells[3] = f"Tổng cộng, {len(rows)} khoản"
    for at, column in enumerate(heads):
        if column.kind is Kind.MONEY:
            amounts = [row.cells[at] for row in rows]
            cells[at] = sum(amount for amount in amounts if isinstance(amount, int))
    return SheetRow(tuple(cells), is_sum=True)
