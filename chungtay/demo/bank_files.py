"""What the banks of the story tell of each fund: movements to the đồng, written as the files that a bank lets one download."""

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO, StringIO
from itertools import chain

import xlsxwriter

from chungtay.demo.story import Unit, first_units, story, units
from chungtay.demo.treasury import fund_months, left_at_the_end
from chungtay.kernel.folding import fold
from chungtay.kernel.text import date_text

BANK = "112"
HEADS = (
    "Ngày giao dịch",
    "Số tham chiếu",
    "Số tiền ghi nợ",
    "Số tiền ghi có",
    "Số dư",
    "Nội dung",
    "Tên tài khoản đối ứng",
    "Số tài khoản đối ứng",
)


@dataclass(frozen=True)
class Movement:
    """One movement on a fund's account: `amount` in integer đồng, positive for money that came in."""

    day: date
    amount: int
    memo: str
    who: str = ""


@dataclass(frozen=True)
class Told:
    """A movement as the bank tells it: with its reference, the balance after it, the other side's account."""

    movement: Movement
    ref: str
    balance: int
    account: str


def number_of(unit: Unit) -> tuple[str, str]:
    """Return (bank, number) of a fund's account; no bank of the world gave this number out."""
    banks, dice = story()["fund"]["bank"]["banks"], random.Random(f"{story()['seed']}/account/{unit.ref}")
    return banks[unit.weight % len(banks)], f"999{dice.randrange(10**9):09d}"


def code_of(unit: Unit) -> str:
    """Return what the account is called on the command line and in names of files."""
    return f"vnn-{unit.slug}"


@cache
def told(unit: Unit) -> tuple[Told, ...]:
    """Return everything that happened on a fund's account, in order of time."""
    dice = random.Random(f"{story()['seed']}/bank/{unit.ref}")
    balance, found = 0, []
    moved = sorted(_movements(unit), key=lambda one: (one.day, one.amount < 0))
    for at, movement in enumerate(moved, start=1):
        balance += movement.amount
        account = f"{dice.randrange(10**11, 10**12)}" if movement.amount > 0 else ""
        found.append(Told(movement, f"FT{movement.day:%y%m%d}{at:05d}", balance, account))
    return tuple(found)


def _movements(unit: Unit) -> Iterator[Movement]:
    for month in fund_months():
        if month.unit != unit:
            continue
        donor = _plain(month.donor)
        yield from (_gift(month.day, line.amount, donor) for line in month.cash_lines if line.debit == BANK)
        if paid := sum(line.amount for line in month.spent if line.credit == BANK):
            yield Movement(
                month.day, -paid, f"UNC CHI HO TRO THEO DANH SACH DUOC DUYET {month.day:%m/%Y}", "CAC HO DUOC HO TRO"
            )
    yield from _handed_on(unit)
    yield from _astray(unit)


def _gift(day: date, amount: int, donor: str) -> Movement:
    dice = random.Random(f"{story()['seed']}/memo/{day}/{amount}")
    phone = f" SDT 09{dice.randrange(10**8):08d}" if dice.randrange(4) == 0 else ""
    return Movement(day, amount, f"{donor} UNG HO QUY VI NGUOI NGHEO{phone}", donor)


def _handed_on(unit: Unit) -> Iterator[Movement]:
    """What a unit's fund leaves goes out on its last working day; the bank puts what two leave together on the new account."""
    if unit.until is not None and (left := left_at_the_end(unit).get(BANK)):
        yield Movement(unit.until - timedelta(days=2), -left, "BAN GIAO SO DU QUY KHI SAP NHAP DON VI")
    if unit.since is not None:
        former = [one for one in first_units() if one.ref in unit.formed_from]
        if came := sum(left_at_the_end(one).get(BANK, 0) for one in former):
            yield Movement(unit.since + timedelta(days=1), came, "NHAN BAN GIAO SO DU CAC QUY SAP NHAP")


def _astray(unit: Unit) -> Iterator[Movement]:
    """Money sent by mistake and given back, gifts that nobody has written a receipt for yet, and one whose receipt waits."""
    bank, waiting = story()["fund"]["bank"], story()["fund"]["waiting"]
    if (back := bank["returned"])["unit"] == unit.ref:
        day = date.fromisoformat(back["day"])
        yield Movement(day, back["amount"], "CHUYEN NHAM TAI KHOAN", "CONG TY VAT LIEU MINH HOA")
        yield Movement(day, -back["amount"], "HOAN TRA KHOAN CHUYEN NHAM", "CONG TY VAT LIEU MINH HOA")
    for one in bank["strays"]:
        if one["unit"] == unit.ref:
            yield Movement(date.fromisoformat(one["day"]), one["amount"], one["memo"], one["who"])
    if waiting["unit"] == unit.ref:
        who = _plain(waiting["party"])
        yield Movement(date.fromisoformat(waiting["at"][:10]), waiting["amount"], f"{who} UNG HO", who)


def spans(unit: Unit) -> list[tuple[date, date]]:
    """Return the [first, last] days of the files of an account: each year, and in the last year up to the day before today."""
    today = date.fromisoformat(story()["lives_on"][:10])
    end = unit.until - timedelta(days=1) if unit.until else today - timedelta(days=1)
    begin = unit.since or date.fromisoformat(story()["fund"]["opened_on"])
    return [(max(begin, date(year, 1, 1)), min(end, date(year, 12, 31))) for year in range(begin.year, end.year + 1)]


def file_of(unit: Unit, first: date, last: date) -> tuple[str, bytes]:
    """Return (name, bytes) of the file of some days: a workbook, at every fourth unit a text with semicolons."""
    mine = [one for one in told(unit) if first <= one.movement.day <= last]
    opening = mine[0].balance - mine[0].movement.amount if mine else 0
    name = f"{code_of(unit)}_{first:%Y%m%d}-{last:%Y%m%d}"
    write: Callable[..., bytes] = _text if units().index(unit) % 4 == 3 else _workbook
    return f"{name}.{'csv' if write is _text else 'xlsx'}", write(unit, first, last, opening, mine)


def _preamble(unit: Unit, first: date, last: date, opening: int) -> list[list[str | int]]:
    return [
        ["SAO KÊ TÀI KHOẢN (SỐ LIỆU MINH HỌA)"],
        ["Số tài khoản", number_of(unit)[1]],
        ["Từ ngày", date_text(first), "Đến ngày", date_text(last)],
        ["Số dư đầu kỳ", opening],
        [],
        list(HEADS),
    ]


def _row(one: Told) -> list[str | int]:
    amount = one.movement.amount
    sides: list[str | int] = [-amount, ""] if amount < 0 else ["", amount]
    return [date_text(one.movement.day), one.ref, *sides, one.balance, one.movement.memo, one.movement.who, one.account]


def _workbook(unit: Unit, first: date, last: date, opening: int, mine: Sequence[Told]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Sao kê")
        for at, row in enumerate(chain(_preamble(unit, first, last, opening), map(_row, mine))):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def _text(unit: Unit, first: date, last: date, opening: int, mine: Sequence[Told]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in chain(_preamble(unit, first, last, opening), map(_row, mine)):
        writer.writerow([f"{cell:,}".replace(",", ".") if isinstance(cell, int) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(donor: str) -> str:
    """Return a name as banks write it: without marks, in capitals, without what is in brackets."""
    return fold(donor.partition("(")[0]).upper()
