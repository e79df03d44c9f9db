"""MT940, the text form of SWIFT: the file is cut into its fields here, the fields are read by the mt-940 package.

Field by field, so that one broken line is reported and the others stand.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import mt940

from chungtay.banking.cells import plain
from chungtay.banking.packing import PackedLines
from chungtay.banking.statement import LineProblem, Statement, UnreadableStatement
from chungtay.kernel.money import MAX_VND

# The package writes what it cannot read, memos and accounts with it, into the log; we report it ourselves.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_BLOCK_END = re.compile(r"^-\}?\s*$|^\{.*$", re.MULTILINE)
_SUBFIELD = re.compile(r"\?(\d\d)([^?]*)")
_LINE = mt940.tags.Statement()
_BALANCE = mt940.tags.FinalOpeningBalance()
_COLLECTION = mt940.models.Transactions(options=mt940.Options.all())  # the tags ask it for their options only
_ACCOUNT = re.compile(r"(?:[A-Z0-9]{8,11}/)?([0-9A-Za-z]{4,34})")
_OPENING, _CLOSING = {"60F", "60M"}, {"62F", "62M"}


@dataclass(frozen=True)
class _Field:
    row: int  # the physical line, from 1
    tag: str
    value: str


@dataclass(frozen=True)
class _Balance:
    on: date
    amount: int
    currency: str


def looks_like_mt940(text: str) -> bool:
    """Whether the beginning of a text has MT940's fields."""
    return bool(re.search(r"^:20:", text, re.MULTILINE) and re.search(r"^:(25P?|28C?|60[FM]):", text, re.MULTILINE))


def read_mt940(text: str) -> Statement:
    """Read one account's statement, of one day or many. Raises UnreadableStatement for several accounts or another currency."""
    lines, problems = PackedLines(), list[LineProblem]()
    accounts: list[str] = []
    balances: dict[str, list[_Balance]] = {"opening": [], "closing": []}
    waiting: _Field | None = None
    memo = ""

    def take() -> None:
        if waiting is not None:
            try:
                _append(lines, waiting, memo)
            except (RuntimeError, ValueError, ArithmeticError) as error:
                sentence = str(error) if isinstance(error, _Broken) else "Dòng :61: không đúng mẫu MT940."
                problems.append(LineProblem(waiting.row, ":61:", sentence))

    for field in _fields(text):
        if field.tag == "86" and waiting is not None:
            memo = f"{memo}\n{field.value}" if memo else field.value
            continue
        take()
        waiting, memo = (field, "") if field.tag == "61" else (None, "")
        if field.tag in {"25", "25P"} and (match := _ACCOUNT.search(field.value)):
            accounts.append(match[1])
        elif field.tag in _OPENING | _CLOSING:
            try:
                balances["opening" if field.tag in _OPENING else "closing"].append(_balance(field.value))
            except (RuntimeError, ValueError, ArithmeticError):
                problems.append(LineProblem(field.row, f":{field.tag}:", "Số dư không đúng mẫu MT940."))
    take()
    return _finished(accounts, balances, lines, problems)


class _Broken(ValueError):
    """A field of the right shape with a wrong value; the sentence is for people."""


def _finished(
    accounts: list[str], balances: dict[str, list[_Balance]], lines: PackedLines, problems: list[LineProblem]
) -> Statement:
    if len(set(accounts)) > 1:
        raise UnreadableStatement("Tệp có sao kê của nhiều tài khoản; hãy tải từng tài khoản một.")
    opening, closing = balances["opening"], balances["closing"]
    currencies = {balance.currency for balance in opening + closing}
    if currencies - {"VND"}:
        raise UnreadableStatement("Chỉ nhận sao kê bằng đồng Việt Nam (VND).")
    if not accounts and not lines and not opening:
        raise UnreadableStatement("Tệp không có nội dung MT940 đọc được.")
    for before, after in zip(closing, opening[1:], strict=False):
        if before.amount != after.amount:
            sentence = f"Số dư đầu ngày {after.on:%d/%m/%Y} khác số dư cuối của phần trước."
            problems.append(LineProblem(0, ":60F:", sentence))
    lines.put_in_order()
    days = lines.days()
    return Statement(
        account=accounts[0] if accounts else None,
        currency="VND",
        opening=opening[0].amount if opening else None,
        closing=closing[-1].amount if closing else None,
        from_on=min([balance.on for balance in opening[:1]] + ([days[0]] if days else []), default=None),
        to_on=max([balance.on for balance in closing[-1:]] + ([days[1]] if days else []), default=None),
        lines=lines,
        problems=tuple(problems),
    )


def _fields(text: str) -> Iterator[_Field]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    starts = list(_FIELD.finditer(text))
    row, counted = 1, 0
    for start, following in zip_longest(starts, starts[1:]):
        row += text.count("\n", counted, start.start())
        counted = start.start()
        value = text[start.end() : following.start() if following else len(text)]
        if end := _BLOCK_END.search(value):
            value = value[: end.start()]
        yield _Field(row, start[1], value.strip("\n"))


def _append(lines: PackedLines, field: _Field, memo: str) -> None:
    parsed: dict[str, Any] = _LINE(_COLLECTION, _LINE.parse(_COLLECTION, field.value.rstrip()))
    value_on = date(parsed["date"].year, parsed["date"].month, parsed["date"].day)
    entry = parsed.get("entry_date")
    booked_on = date(entry.year, entry.month, entry.day) if entry else value_on
    amount = _whole(str(parsed["amount"].amount).lstrip("-"))
    is_out = parsed["status"] in {"D", "RC"}
    own = (parsed.get("customer_reference") or "").strip()
    ref = (parsed.get("bank_reference") or "").strip() or ("" if own == "NONREF" else own)
    text, name, account, bank = _memo(memo or parsed.get("extra_details") or "")
    if not amount:
        raise _Broken("Dòng không có số tiền.")
    texts = (ref, text, name, account, bank)
    lines.append(field.row, booked_on, value_on, amount if is_out else 0, 0 if is_out else amount, None, texts)


def _memo(value: str) -> tuple[str, str, str, str]:
    """The free text, and name, account and bank of the other side where the bank writes subfields (?20 … ?33)."""
    if not re.match(r"\d{3}\?\d\d", value):
        return plain(value), "", "", ""
    parts = {tag: text.replace("\n", "") for tag, text in _SUBFIELD.findall(value)}
    text = "".join(part for tag, part in sorted(parts.items()) if "20" <= tag <= "29" or "60" <= tag <= "63")
    name = plain(parts.get("32", "") + parts.get("33", ""))
    return plain(text or parts.get("00", "")), name, plain(parts.get("31", "")), plain(parts.get("30", ""))


def _balance(value: str) -> _Balance:
    parsed: dict[str, Any] = _BALANCE(_COLLECTION, _BALANCE.parse(_COLLECTION, value.strip()))
    balance = parsed["final_opening_balance"]
    on, money = balance.date, balance.amount
    amount = _whole(str(money.amount).lstrip("-"))
    return _Balance(date(on.year, on.month, on.day), -amount if money.amount < 0 else amount, str(money.currency))


def _whole(text: str) -> int:
    whole, _, fraction = text.partition(".")
    if fraction.strip("0"):
        raise _Broken(f"Số tiền {text} có phần lẻ: tiền đồng phải là số nguyên.")
    if int(whole) > MAX_VND:
        raise _Broken(f"Số tiền {text} quá lớn.")
    return int(whole)
