"""What the columns of bank statements are called, and which field of a line each name means.

Names are folded (no accents, no case, no punctuation). A name of one word must be the whole of a part of the header
("Nợ / Debit" has the parts "nợ" and "debit"); a longer one may also be its beginning ("Số dư TK", "Số tiền ghi nợ (VND)").
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from chungtay.kernel.folding import fold


class Field(StrEnum):
    """What a column holds."""

    BOOKED = "booked"
    TRADED = "traded"
    VALUE = "value"
    REF = "ref"
    DEBIT = "debit"
    CREDIT = "credit"
    AMOUNT = "amount"
    SIGN = "sign"
    FEE = "fee"
    BALANCE = "balance"
    TEXT = "text"
    NAME = "name"
    ACCOUNT = "account"
    BANK = "bank"
    IGNORED = "ignored"


DAYS = (Field.BOOKED, Field.TRADED, Field.VALUE)
MONEY = (Field.DEBIT, Field.CREDIT, Field.AMOUNT)

_NAMES: dict[Field, str] = {
    Field.BOOKED: "ngay hach toan|ngay ghi so|accounting date|posting date|post date|booking date|ngay ht",
    Field.TRADED: "ngay giao dich|ngay gd|thoi gian giao dich|ngay phat sinh giao dich|ngay phat sinh|ngay thang|ngay|"
    "thoi gian|tnx date|txn date|trans date|transaction date|transaction time|date time|date|trdt|ngay ct|ngay chung tu",
    Field.VALUE: "ngay hieu luc|ngay hl|effective date|value date|ngay gia tri",
    Field.REF: "so tham chieu|so ct|so chung tu|ma gd|ma giao dich|so gd|so giao dich|so but toan|doc no|reference|"
    "reference no|reference number|ref no|ref|transaction no|transaction number|transaction id|so hieu|ma tham chieu",
    Field.DEBIT: "so tien ghi no|ghi no|phat sinh no|ps no|tien ra|so tien rut|tien rut|tien rut ra|rut tien|rut|chi|no|"
    "so tien chi|debit|debit amount|withdrawal|withdrawals|so tien no|no debit|money out|paid out",
    Field.CREDIT: "so tien ghi co|ghi co|phat sinh co|ps co|tien vao|so tien gui|tien gui|tien gui vao|gui tien|nap|thu|co|"
    "so tien thu|nop|credit|credit amount|deposit|deposits|so tien co|co credit|money in|paid in|tien nap",
    Field.AMOUNT: "so tien|so tien giao dich|amount|transaction amount|acctccyamt|gia tri giao dich|phat sinh",
    Field.SIGN: "no co|ghi no ghi co|d c|dr cr|debit credit|loai phat sinh|dau|debit credit indicator",
    Field.FEE: "phi|phi giao dich|fee|fees",
    Field.BALANCE: "so du|ton quy|balance|account balance|running balance|aftrbal|so du tk|so du luy ke|du cuoi|so du sau giao dich",
    Field.TEXT: "noi dung|noi dung chi tiet|noi dung giao dich|mo ta|mo ta giao dich|dien giai|chi tiet|chi tiet giao dich|"
    "description|transaction description|details|detail|transactions in detail|transaction details|remark|remarks|"
    "narrative|rem|ghi chu|particulars",
    Field.NAME: "ten tai khoan doi ung|ten doi ung|don vi thu huong|nguoi chuyen|nguoi thu huong|thu huong|"
    "ten nguoi chuyen|ten nguoi nhan|corresponsive name|correspondent name|beneficiary name|counterparty name|"
    "beneficiary applicant|doi tac|ten nguoi thu huong|remitter name|account name|ten tai khoan|don vi chuyen",
    Field.ACCOUNT: "so tai khoan doi ung|tai khoan doi ung|tk doi ung|so tk doi ung|corresponsive account|tai khoan account|"
    "correspondent account|counterparty account|beneficiary account|tai khoan|account|account number|so tai khoan|remitter account",
    Field.BANK: "ngan hang doi tac|ngan hang doi ung|remitter bank|correspondent bank|counterparty bank|ngan hang|"
    "beneficiary bank|ten ngan hang doi ung|corresponsive bank|bank name",
    Field.IGNORED: "stt|so thu tu|chi nhanh|ma dinh danh|to virtual account|mtid|citad|loai tien|currency|kenh|gdv|teller|"
    "phong giao dich|chung tu goc|loai giao dich|transaction type|trcdnm",
}
ALIASES: dict[str, Field] = {name: field for field, names in _NAMES.items() for name in names.split("|")}
"""Folded name → field, for any bank: what a profile starts from."""

_PARTS = re.compile(r"[/\n\r()|:;\[\]]+")
_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_EXACT = 1000


def words(text: str) -> str:
    """Fold a header to plain words: "Số tiền\\nghi nợ/Debit" -> "so tien ghi no debit"."""
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def field_of(header: str, aliases: Mapping[str, Field]) -> tuple[Field, int] | None:
    """Return the field a header means, and how sure that is (a larger number is surer); None when it means none."""
    whole = words(header)
    if not whole:
        return None
    if whole in aliases:
        return aliases[whole], _EXACT + len(whole)
    if found := _beginning(whole, aliases):
        return found
    for part in _parts(header):
        if part in aliases:
            return aliases[part], len(part)
        if found := _beginning(part, aliases):
            return found
    return None


def holds_day_and_ref(header: str, aliases: Mapping[str, Field]) -> bool:
    """Whether one cell names both a day and a document: "Ngày GD/TNX Date" above "Số CT/Doc No"."""
    found = {aliases.get(part) for part in _parts(header)}
    return bool(found & set(DAYS)) and Field.REF in found


def _beginning(text: str, aliases: Mapping[str, Field]) -> tuple[Field, int] | None:
    """The longest name of two words or more with which the text begins."""
    pieces = text.split()
    for count in range(len(pieces), 1, -1):
        start = " ".join(pieces[:count])
        if start in aliases:
            return aliases[start], len(start)
    return None


def _parts(header: str) -> list[str]:
    return [part for piece in _PARTS.split(header) if (part := words(piece))]
