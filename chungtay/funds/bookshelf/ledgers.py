"""Books in the order of booking: cash, bank, goods, and the detail of an account, of a purpose, of a donor."""

from collections.abc import Iterator

from django.db.models import Q

from chungtay.funds.accounts_offered import GIFT, GIFT_IN_KIND, name_of, not_carried
from chungtay.funds.bookshelf.asking import HAND, Asked
from chungtay.funds.models import Entry
from chungtay.funds.overview import UNRESTRICTED_NAME
from chungtay.ledger.accounts import Chart, Mark
from chungtay.ledger.sum_invariants import RESULTS
from chungtay.papers.sheets import Kind, Sheet, SheetColumn, SheetRow

NOBODY = "khong"  # the purpose "none", where "" asks for all
MONEY = 26
HEADS = (
    SheetColumn("Ngày ghi sổ", 20, Kind.DATE),
    SheetColumn("Số chứng từ", 29),
    SheetColumn("Ngày phát sinh", 20, Kind.DATE),
    SheetColumn("Diễn giải"),
)
KEEPER = (("Thủ quỹ", HAND), ("Phụ trách kế toán", HAND), ("Trưởng Ban vận động", "(Ký, họ tên, đóng dấu)"))


def cash_choices(asked: Asked) -> list[tuple[str, str]]:
    """The accounts of cash in hand."""
    return [one for one in _tills(asked.chart) if one[0].startswith("111")]


def bank_choices(asked: Asked) -> list[tuple[str, str]]:
    """The accounts of money at banks and treasuries."""
    return [one for one in _tills(asked.chart) if not one[0].startswith("111")]


def account_choices(asked: Asked) -> list[tuple[str, str]]:
    """Every account that was ever booked on in the fund, by code."""
    used = {
        code for pair in asked.before_end(Q()).order_by().values_list("debit", "credit").distinct() for code in pair
    }
    return [(code, f"{code} {name_of(asked.chart, code)}") for code in sorted(used)]


def purpose_choices(asked: Asked) -> list[tuple[str, str]]:
    """The purposes of the fund, and money without one."""
    return [(NOBODY, UNRESTRICTED_NAME), *asked.fund.purposes.order_by("name").values_list("code", "name")]


def cash_book(asked: Asked) -> Sheet:
    """Cash in hand: what came, what went, what is left after each voucher."""
    return _till_book(asked, "so-quy-tien-mat", "Sổ quỹ tiền mặt", cash_choices(asked))


def bank_book(asked: Asked) -> Sheet:
    """Money at the bank: what came, what went, what is left after each voucher."""
    return _till_book(asked, "so-tien-gui", "Sổ tiền gửi ngân hàng, kho bạc", bank_choices(asked))


def _till_book(asked: Asked, code: str, title: str, tills: list[tuple[str, str]]) -> Sheet:
    chosen = asked.choice or (tills[0][0] if tills else "")
    heads = (
        *HEADS,
        SheetColumn("Thu", MONEY, Kind.MONEY, "Số tiền"),
        SheetColumn("Chi", MONEY, Kind.MONEY, "Số tiền"),
        SheetColumn("Tồn", MONEY, Kind.MONEY, "Số tiền"),
    )
    name = name_of(asked.chart, chosen)
    return asked.sheet(
        code,
        title,
        heads,
        _lines(asked, frozenset({chosen})),
        scope=f"{chosen} {name}",
        signers=KEEPER,
        is_landscape=True,
    )


def account_ledger(asked: Asked) -> Sheet:
    """Every line of one account with its counter account."""
    chosen = asked.choice or next((code for code, _ in account_choices(asked)), "")
    heads = (
        *HEADS,
        SheetColumn("TK đối ứng", 16),
        SheetColumn("Nợ", MONEY, Kind.MONEY, "Số phát sinh"),
        SheetColumn("Có", MONEY, Kind.MONEY, "Số phát sinh"),
        SheetColumn("Số dư", MONEY, Kind.MONEY),
    )
    account = asked.chart.latest(chosen)
    is_credit = account is not None and account.natural(1) < 0
    rows = _lines(asked, frozenset({chosen}), with_counter=True, sign=-1 if is_credit else 1)
    scope = f"{chosen} {name_of(asked.chart, chosen)}"
    side = "bên Có" if is_credit else "bên Nợ"
    return asked.sheet(
        "so-chi-tiet",
        "Sổ chi tiết tài khoản",
        heads,
        rows,
        scope=scope,
        notes=(f"Số dư ghi ở {side}.",),
        is_landscape=True,
    )


def _lines(asked: Asked, codes: frozenset[str], *, with_counter: bool = False, sign: int = 1) -> Iterator[SheetRow]:
    pad = (None,) if with_counter else ()
    opening = asked.opening(Q(debit__in=codes)) - asked.opening(Q(credit__in=codes))
    yield SheetRow((None, None, None, "Số dư đầu kỳ", *pad, None, None, sign * opening), is_sum=True)
    balance, came, went = opening, 0, 0
    for entry in asked.entries(Q(debit__in=codes) | Q(credit__in=codes)):
        for is_debit in (True, False):
            if (entry.debit if is_debit else entry.credit) not in codes:
                continue
            debit, credit = (entry.amount, 0) if is_debit else (0, entry.amount)
            balance, came, went = balance + debit - credit, came + debit, went + credit
            counter = (entry.credit if is_debit else entry.debit,) if with_counter else ()
            yield _row(asked, entry, *counter, debit or None, credit or None, sign * balance)
    yield SheetRow((None, None, None, "Cộng phát sinh trong kỳ", *pad, came, went, None), is_sum=True)
    yield SheetRow((None, None, None, "Số dư cuối kỳ", *pad, None, None, sign * balance), is_sum=True)


def general_journal(asked: Asked) -> Sheet:
    """Every entry in the order of booking, with both its accounts."""
    heads = (
        *HEADS,
        SheetColumn("TK Nợ", 16),
        SheetColumn("TK Có", 16),
        SheetColumn("Số tiền", 30, Kind.MONEY),
    )
    rows, total = [], 0
    for entry in asked.entries(Q()):
        total += entry.amount
        rows.append(_row(asked, entry, entry.debit, entry.credit, entry.amount))
    rows.append(SheetRow((None, None, None, f"Cộng {len(rows)} bút toán", None, None, total), is_sum=True))
    return asked.sheet("nhat-ky-chung", "Nhật ký chung", heads, rows, carried=6, is_landscape=True)


def goods_book(asked: Asked) -> Sheet:
    """Goods by item: what came, what was handed over, what is left, each with its value."""
    goods = asked.chart.codes_marked(Mark.GOODS)
    mine = Q(debit__in=goods) | Q(credit__in=goods)
    items = sorted(asked.before_end(mine).exclude(item="").order_by().values_list("item", flat=True).distinct())
    heads = (
        *HEADS,
        SheetColumn("Số lượng", 18, Kind.COUNT, "Nhập"),
        SheetColumn("Giá trị", MONEY, Kind.MONEY, "Nhập"),
        SheetColumn("Số lượng", 18, Kind.COUNT, "Xuất"),
        SheetColumn("Giá trị", MONEY, Kind.MONEY, "Xuất"),
        SheetColumn("Số lượng", 18, Kind.COUNT, "Tồn"),
        SheetColumn("Giá trị", MONEY, Kind.MONEY, "Tồn"),
    )
    kept = [item for item in items if not asked.choice or item == asked.choice]
    rows = [row for item in kept for row in _goods_lines(asked, item, goods)]
    return asked.sheet("so-hien-vat", "Sổ theo dõi hiện vật", heads, rows, is_landscape=True)


def goods_choices(asked: Asked) -> list[tuple[str, str]]:
    """The kinds of goods that the fund ever held."""
    goods = asked.chart.codes_marked(Mark.GOODS)
    mine = asked.before_end(Q(debit__in=goods) | Q(credit__in=goods)).exclude(item="")
    return [(item, item) for item in sorted(mine.order_by().values_list("item", flat=True).distinct())]


def _goods_lines(asked: Asked, item: str, goods: frozenset[str]) -> Iterator[SheetRow]:
    came, went = Q(item=item, debit__in=goods), Q(item=item, credit__in=goods)
    count = asked.opening(came, "quantity") - asked.opening(went, "quantity")
    value = asked.opening(came) - asked.opening(went)
    yield SheetRow((None, None, None, f"{item}: tồn đầu kỳ", None, None, None, None, count, value), is_sum=True)
    for entry in asked.entries(came | went):
        is_in = entry.debit in goods
        sign = 1 if is_in else -1
        count, value = count + sign * entry.quantity, value + sign * entry.amount
        moved = (entry.quantity, entry.amount)
        sides = (*moved, None, None) if is_in else (None, None, *moved)
        yield _row(asked, entry, *sides, count, value)
    yield SheetRow((None, None, None, f"{item}: tồn cuối kỳ", None, None, None, None, count, value), is_sum=True)


def purpose_ledger(asked: Asked) -> Sheet:
    """Money and goods of one purpose: what it received, what it spent, what is left of it."""
    chosen = asked.choice or NOBODY
    name = dict(purpose_choices(asked)).get(chosen, chosen)
    results = asked.chart.codes_of(*RESULTS) | asked.chart.codes_marked(Mark.INTERNAL)
    mine = Q(purpose="" if chosen == NOBODY else chosen)
    mine &= ~Q(credit__in=results, debit__in=results)  # the closing of a year leaves a purpose what it has
    came, went = mine & Q(credit__in=results), mine & Q(debit__in=results)
    heads = (
        *HEADS,
        SheetColumn("Nhận", MONEY, Kind.MONEY),
        SheetColumn("Sử dụng", MONEY, Kind.MONEY),
        SheetColumn("Còn lại", MONEY, Kind.MONEY),
    )

    def rows() -> Iterator[SheetRow]:
        left = asked.opening(came) - asked.opening(went)
        yield SheetRow((None, None, None, "Còn lại đầu kỳ", None, None, left), is_sum=True)
        received = used = 0
        for entry in asked.entries(came | went):
            plus = entry.amount if entry.credit in results else 0
            minus = entry.amount if entry.debit in results else 0
            left, received, used = left + plus - minus, received + plus, used + minus
            yield _row(asked, entry, plus or None, minus or None, left)
        yield SheetRow((None, None, None, "Cộng trong kỳ", received, used, None), is_sum=True)
        yield SheetRow((None, None, None, "Còn lại cuối kỳ", None, None, left), is_sum=True)

    return asked.sheet("so-muc-dich", "Sổ chi tiết theo mục đích", heads, rows(), scope=name, is_landscape=True)


def donor_ledger(asked: Asked) -> Sheet:
    """Gifts donor by donor, in money and in kind; reversed gifts are taken off where they were reversed."""
    gifts = (GIFT, GIFT_IN_KIND)
    heads = (
        SheetColumn("Người, đơn vị ủng hộ"),
        SheetColumn("Số lần", 14, Kind.COUNT),
        SheetColumn("Bằng tiền", 30, Kind.MONEY),
        SheetColumn("Hiện vật quy tiền", 30, Kind.MONEY),
    )
    sums: dict[str, list[int]] = {}
    said = asked.entries((Q(credit__in=gifts) | Q(debit__in=gifts)) & not_carried())
    for donor, party, credit, debit, amount in said.values_list("donor", "voucher__party", "credit", "debit", "amount"):
        own = sums.setdefault(donor or party or "Không nêu tên", [0, 0, 0])
        sign, account = (1, credit) if credit in gifts else (-1, debit)
        own[0] += sign
        own[1 + gifts.index(account)] += sign * amount
    kept = {name: own for name, own in sums.items() if any(own)}
    rows = [SheetRow((name, *own)) for name, own in sorted(kept.items(), key=lambda one: (-sum(one[1][1:]), one[0]))]
    totals = [sum(own[at] for own in kept.values()) for at in range(3)]
    rows.append(SheetRow((f"Cộng {len(kept)} người, đơn vị", *totals), is_sum=True))
    return asked.sheet("so-nguoi-ung-ho", "Sổ chi tiết theo người ủng hộ", heads, rows)


def _row(asked: Asked, entry: Entry, *values: str | int | None) -> SheetRow:
    label = str(entry.voucher)
    words = entry.voucher.memo if not entry.memo else f"{entry.voucher.memo}: {entry.memo}"
    who = entry.donor or entry.voucher.party
    told = f"{who}: {words}" if who else words
    return SheetRow((entry.booked_on, label, entry.occurred_on, told, *values), asked.voucher_url(label))


def _tills(chart: Chart) -> list[tuple[str, str]]:
    codes = sorted(chart.codes_marked(Mark.CASH))
    return [(code, name_of(chart, code)) for code in codes if not any(o != code and o.startswith(code) for o in codes)]
