"""Books of a province and two communes that are sound whatever is asked of them: steps that would not be are left out.

A step is a tuple of small integers, drawn by hypothesis or from a seeded source; the clerk turns it into a voucher.
"""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from chungtay.ledger.accounts import Account, AccountType, Mark, Side
from chungtay.ledger.balances import Balances, Key
from chungtay.ledger.book import (
    BankLine,
    BankLink,
    Book,
    BookPeriod,
    Opening,
    PeriodState,
    StoredBalance,
    Transfer,
)
from chungtay.ledger.chain import GENESIS, chain_hash
from chungtay.ledger.entries import Entry, Voucher, VoucherKind, check_voucher, reversal_of

START = date(2025, 1, 1)
PROVINCE, *COMMUNES = "T87", "X301", "X302"
BODIES = (PROVINCE, *COMMUNES)
FUND = "VNN"
PURPOSES = ("", "nha", "hocbong")
ITEMS = ("gạo", "chăn")
BANK, TILL, GOODS, SENT, GIFT, SPENT, RESULT = "1121", "111", "152", "6118", "511", "611", "431"
HELD, HELD_BACK = "0071", "0072"
PREFIXES = {
    VoucherKind.RECEIPT: "PT",
    VoucherKind.PAYMENT: "PC",
    VoucherKind.TRANSFER: "CC",
    VoucherKind.IN_KIND_RECEIPT: "NK",
    VoucherKind.IN_KIND_ISSUE: "XK",
    VoucherKind.CLOSING: "KC",
    VoucherKind.REVERSAL: "GD",
}


def account(code, type_, normal=Side.DEBIT, parent="", valid_to=None, marks=()):
    return Account(
        code, f"Tài khoản {code}", type_, normal, date(2020, 1, 1), valid_to, parent, "để thử", False, frozenset(marks)
    )


ACCOUNTS = (
    account(TILL, AccountType.ASSET, marks=[Mark.CASH]),
    account("112", AccountType.ASSET, marks=[Mark.CASH]),
    account(BANK, AccountType.ASSET, parent="112", marks=[Mark.CASH]),
    account("1122", AccountType.ASSET, parent="112", marks=[Mark.CASH]),
    account(GOODS, AccountType.ASSET, marks=[Mark.GOODS]),
    account("331", AccountType.LIABILITY, Side.CREDIT),
    account(RESULT, AccountType.EQUITY, Side.CREDIT),
    account(GIFT, AccountType.INCOME, Side.CREDIT),
    account("5118", AccountType.INCOME, Side.CREDIT, marks=[Mark.INTERNAL]),
    account(SPENT, AccountType.EXPENSE),
    account(SENT, AccountType.EXPENSE, marks=[Mark.INTERNAL]),
    account("007", AccountType.OFF_BALANCE),
    account(HELD, AccountType.OFF_BALANCE, parent="007"),
    account(HELD_BACK, AccountType.OFF_BALANCE, Side.CREDIT, parent="007"),
    account("008", AccountType.OFF_BALANCE, valid_to=date(2023, 1, 1)),
)
INTERNAL = {SENT, "5118"}


class Clerk:
    """Books step after step, day after day; knows what is there and spends no more."""

    def __init__(self):
        self.day = START
        self.vouchers, self.lines, self.links, self.transfers = [], [], [], []
        self.numbers, self.entry_count = defaultdict(int), 0
        self.money, self.results, self.goods = defaultdict(int), defaultdict(int), defaultdict(int)
        self.reversed, self.waiting = set(), []
        self.openings = []
        for body in BODIES:
            self.openings += [
                Opening(body, Key(FUND, "", BANK), 500_000),
                Opening(body, Key(FUND, "", RESULT), -500_000),
            ]
            self.money[body, BANK, ""] += 500_000

    def entry(self, debit, credit, amount, **more):
        self.entry_count += 1
        more = {"occurred_on": self.day, "booked_on": self.day, "fund": FUND, **more}
        return Entry(self.entry_count, debit, credit, amount, group=len(self.vouchers) + 1, **more)

    def number(self, body, kind):
        self.numbers[body, kind, self.day.year] += 1
        return self.numbers[body, kind, self.day.year]

    def post(self, body, kind, *entries):
        self.keep(
            Voucher(
                id=len(self.vouchers) + 1,
                kind=kind,
                body=body,
                fund=FUND,
                prefix=PREFIXES[kind],
                year=self.day.year,
                number=self.number(body, kind),
                entries=entries,
                drafted_by="An",
                posted_by="Bình",
                paid_by="Chi" if kind in (VoucherKind.PAYMENT, VoucherKind.TRANSFER) else "",
            )
        )

    def keep(self, voucher):
        self.vouchers.append(check_voucher(voucher))
        for entry in voucher.entries:
            self.money[voucher.body, entry.debit, entry.purpose] += entry.amount
            self.money[voucher.body, entry.credit, entry.purpose] -= entry.amount
            if entry.item:
                self.goods[voucher.body, entry.item] += entry.quantity * (1 if entry.debit == GOODS else -1)

    def step(self, what, who, purpose, amount, days):
        self.day += timedelta(days=days)
        body, purpose = BODIES[who % 3], PURPOSES[purpose % 3]
        getattr(self, ("receive", "pay", "send", "take_in_goods", "give_goods", "undo", "hold", "close")[what % 8])(
            body, purpose, amount
        )

    def receive(self, body, purpose, amount):
        late = self.day - timedelta(days=min(amount % 4, (self.day - START).days))
        first = self.entry(BANK, GIFT, amount, purpose=purpose, occurred_on=late, donor="Tổ 3; “Hai”", memo="ủng hộ")
        second = self.entry(TILL, GIFT, amount + 1, purpose=purpose)
        self.post(body, VoucherKind.RECEIPT, first, second)
        self.on_statement(BANK, amount, (first,))

    def pay(self, body, purpose, amount):
        if amount <= self.money[body, BANK, purpose]:
            entry = self.entry(SPENT, BANK, amount, purpose=purpose, memo="hỗ trợ\nlàm nhà")
            self.post(body, VoucherKind.PAYMENT, entry)
            self.on_statement(BANK, -amount, (entry,))

    def send(self, body, purpose, amount):
        """The province sends; a commune books what has been sent and not yet received."""
        if body == PROVINCE and amount <= self.money[body, BANK, purpose]:
            transfer = f"CT{len(self.transfers) + 1}"
            self.post(body, VoucherKind.TRANSFER, self.entry(SENT, BANK, amount, purpose=purpose, transfer=transfer))
            self.transfers.append(Transfer(transfer, amount, False))
            self.waiting.append((transfer, purpose, amount))
        elif body != PROVINCE and self.waiting:
            transfer, purpose, amount = self.waiting.pop(0)
            self.post(body, VoucherKind.RECEIPT, self.entry(BANK, "5118", amount, purpose=purpose, transfer=transfer))
            self.transfers = [
                line._replace(is_received=line.is_received or line.id == transfer) for line in self.transfers
            ]

    def take_in_goods(self, body, purpose, amount):
        item = ITEMS[amount % 2]
        entry = self.entry(GOODS, GIFT, amount, purpose=purpose, item=item, quantity=amount % 50 + 1)
        self.post(body, VoucherKind.IN_KIND_RECEIPT, entry)

    def give_goods(self, body, purpose, amount):
        item, quantity = ITEMS[amount % 2], amount % 20 + 1
        if quantity <= self.goods[body, item] and amount <= self.money[body, GOODS, purpose]:
            entry = self.entry(SPENT, GOODS, amount, purpose=purpose, item=item, quantity=quantity)
            self.post(body, VoucherKind.IN_KIND_ISSUE, entry)

    def undo(self, body, purpose, amount):
        for voucher in reversed(self.vouchers[-20:]):
            if voucher.body == body and voucher.kind is VoucherKind.PAYMENT and voucher.id not in self.reversed:
                self.undo_voucher(voucher)
                return

    def undo_voucher(self, voucher):
        new = reversal_of(
            voucher,
            voucher_id=len(self.vouchers) + 1,
            entry_ids=range(self.entry_count + 1, self.entry_count + 1 + len(voucher.entries)),
            prefix=PREFIXES[VoucherKind.REVERSAL],
            number=self.number(voucher.body, VoucherKind.REVERSAL),
            booked_on=self.day,
            reversed_ids=self.reversed,
            by="An",
        )
        self.entry_count += len(voucher.entries)
        self.reversed.add(voucher.id)
        self.keep(replace(new, posted_by="Bình"))

    def hold(self, body, purpose, amount):
        self.post(
            body,
            VoucherKind.IN_KIND_RECEIPT,
            self.entry(HELD, HELD_BACK, amount),
            self.entry(HELD, HELD_BACK, amount + 2),
        )

    def close(self, body, purpose, amount):
        received = -self.money[body, GIFT, purpose]
        if received > 0:
            self.post(body, VoucherKind.CLOSING, self.entry(GIFT, RESULT, received, purpose=purpose))

    def on_statement(self, code, amount, entries):
        line = BankLine(f"SK{len(self.lines) + 1}", code, self.day, amount, True)
        self.lines.append(line)
        self.links += [BankLink(line.id, entry.id, entry.amount) for entry in entries]

    def statement(self):
        """The bank's lines, those that are explained first, and their links: a line whose voucher was undone waits again."""
        undone = {entry.reverses for voucher in self.vouchers for entry in voucher.entries}
        waiting = {link.line for link in self.links if link.entry in undone}
        lines = [line._replace(is_settled=line.is_settled and line.id not in waiting) for line in self.lines]
        links = [link for link in self.links if link.line not in waiting]
        return sorted(lines, key=lambda line: not line.is_settled), links

    def book(self):
        half = START + (self.day - START) // 2
        book = sealed(Book(self.vouchers, ACCOUNTS, openings=self.openings, transfers=self.transfers))
        early = {
            body: max((voucher.position for voucher in chain if voucher.entries[0].booked_on < half), default=0)
            for body, chain in book.chains.items()
        }
        periods = [BookPeriod(body, START, half, PeriodState.CLOSED, last) for body, last in early.items()]
        periods += [BookPeriod(body, half, date(2100, 1, 1), PeriodState.OPEN) for body in BODIES]
        heads = {body: (chain[-1].position, chain[-1].hash) for body, chain in book.chains.items()}
        lines, links = self.statement()
        return replace(book, periods=periods, bank_lines=lines, bank_links=links, heads=heads)


def sealed(book):
    """The book with sums and seals made anew: what is wrong in it was wrong from the start."""
    last = defaultdict(lambda: (0, GENESIS))
    vouchers = []
    for voucher in book.vouchers:
        position, previous = last[voucher.body]
        voucher = replace(voucher, position=position + 1, previous_hash=previous)
        voucher = replace(voucher, hash=chain_hash(previous, voucher))
        last[voucher.body] = (voucher.position, voucher.hash)
        vouchers.append(voucher)
    return replace(book, vouchers=vouchers, stored=sums(vouchers), heads=dict(last))


def sums(vouchers):
    by_body = defaultdict(Balances)
    for voucher in vouchers:
        for entry in voucher.entries:
            by_body[voucher.body].apply(entry)
    return [
        StoredBalance(body, key, *balances.totals(key))
        for body, balances in by_body.items()
        for key in sorted(balances)
    ]


def book_of(steps):
    clerk = Clerk()
    for step in steps:
        clerk.step(*step)
    return clerk.book()


def random_steps(seed, count, days=1):
    source = random.Random(seed)
    return [
        (
            source.randrange(8),
            source.randrange(3),
            source.randrange(3),
            source.randrange(1, 9_000),
            source.randrange(days),
        )
        for _ in range(count)
    ]


def large_book(seed, vouchers):
    """A random book of at least so many vouchers over about two years, each step that is possible booked."""
    clerk, source = Clerk(), random.Random(seed)
    while len(clerk.vouchers) < vouchers:
        clerk.step(*(source.randrange(top) for top in (8, 3, 3)), source.randrange(1, 9_000), source.random() < 0.1)
    return clerk.book()


def steps(most=40):
    step = st.tuples(
        st.integers(0, 7), st.integers(0, 2), st.integers(0, 2), st.integers(1, 900_000), st.integers(0, 40)
    )
    return st.lists(step, max_size=most)


def entries_of(book, body=None):
    return [entry for voucher, entry in book.posted if body in (None, voucher.body)]
