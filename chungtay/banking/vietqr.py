"""VietQR: the text of a transfer code, both ways, and its picture, made offline.

After NAPAS's QR format (EMVCo merchant-presented mode): what we write, every banking app reads; what others wrote is
checked field by field before it is believed.
"""

import binascii
import re
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

import segno

from chungtay.banking.tlv import MAX_VALUE, InvalidCode, WrongLength, field, fields
from chungtay.kernel.folding import fold

GUID = "A000000727"
"""NAPAS's registered identifier in field 38.00."""
MAX_PURPOSE = 19
"""vietqr.io takes 25 characters, vietqr.vn 19: the shorter one arrives everywhere."""
MAX_NAME = 25
MAX_CITY = 15
MAX_AMOUNT = 10**13 - 1

_ADDITIONAL = (("01", "bill"), ("05", "reference"), ("07", "terminal"), ("08", "purpose"))


class BadChecksum(InvalidCode):
    """The last four characters do not fit the rest: the code was damaged or changed."""


class UnknownScheme(InvalidCode):
    """A payment code, but not of the Vietnamese transfer network."""


class InvalidPayload(InvalidCode):
    """A value that may not stand in a code."""


class Service(StrEnum):
    """What the number in the code is."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


@dataclass(frozen=True)
class Payload:
    """What a code says. `number` is the account or the card, as `service` tells; `amount` is integer đồng, None = open."""

    bin: str
    number: str
    service: Service = Service.ACCOUNT
    amount: int | None = None
    purpose: str = ""
    bill: str = ""
    reference: str = ""
    terminal: str = ""
    name: str = ""
    city: str = ""


def plain_purpose(text: str) -> str:
    """Return the text as banks carry it: no accents, no special characters, single spaces, at most 19 characters.

    "Ủng hộ bão số 3!" -> "Ung ho bao so 3".
    """
    bare = "".join(_bare(character) for character in text)
    return " ".join(re.sub(r"[^A-Za-z0-9]+", " ", bare).split())[:MAX_PURPOSE].rstrip()


def encode(payload: Payload) -> str:
    """Return the text of the code. Raises InvalidPayload naming the field that cannot stand in it."""
    _check(payload)
    beneficiary = field("00", payload.bin) + field("01", payload.number)
    additional = "".join(field(tag, value) for tag, key in _ADDITIONAL if (value := str(getattr(payload, key))))
    if len(additional) > MAX_VALUE:
        raise InvalidPayload(f"các thông tin thêm dài {len(additional)} ký tự, tối đa {MAX_VALUE}.", "62")
    parts = [
        field("00", "01"),
        field("01", "11" if payload.amount is None else "12"),
        field("38", field("00", GUID) + field("01", beneficiary) + field("02", payload.service)),
        field("53", "704"),
        "" if payload.amount is None else field("54", str(payload.amount)),
        field("58", "VN"),
        field("59", payload.name) if payload.name else "",
        field("60", payload.city) if payload.city else "",
        field("62", additional) if additional else "",
        "6304",
    ]
    text = "".join(parts)
    return text + checksum(text)


def decode(text: str) -> Payload:
    """Return what a code says. Raises InvalidCode (WrongLength, BadChecksum, UnknownScheme …) with what is wrong and where."""
    text = text.strip()
    top = fields(text)
    if top.get("00") != "01" or not text.startswith("000201"):
        raise UnknownScheme("mã phải bắt đầu bằng 000201 (chuẩn EMVCo).", "00")
    if list(top)[-1] != "63" or len(top["63"]) != 4:
        raise WrongLength("mã phải kết thúc bằng 4 ký tự kiểm tra; có thể đã bị cắt.", "63")
    if (right := checksum(text[:-4])) != top["63"].upper():
        raise BadChecksum(f"ký tự kiểm tra là {top['63']}, đúng phải là {right}: mã bị hỏng hoặc bị sửa.", "63")
    if top.get("01", "11") not in {"11", "12"}:
        raise InvalidCode(f"chỉ nhận 11 (tĩnh) hoặc 12 (có số tiền), đang là “{top['01']}”.", "01")
    if top.get("53") != "704":
        raise UnknownScheme(f"chỉ nhận tiền đồng (704), đang là “{top.get('53', '')}”.", "53")
    if top.get("58") != "VN":
        raise UnknownScheme(f"chỉ nhận mã của Việt Nam (VN), đang là “{top.get('58', '')}”.", "58")
    bin_, number, service = _beneficiary(top.get("38"))
    more = fields(top.get("62", ""), "62")
    payload = Payload(
        bin=bin_,
        number=number,
        service=service,
        amount=_amount(top["54"]) if "54" in top else None,
        name=top.get("59", ""),
        city=top.get("60", ""),
        **{key: more.get(tag, "") for tag, key in _ADDITIONAL},
    )
    _check_beneficiary(payload)
    return payload


def svg(payload: Payload, *, scale: float = 4) -> str:
    """Return the code as an SVG element: error correction M, quiet zone of 4 modules, `scale` pixels a module."""
    out = BytesIO()
    segno.make_qr(encode(payload), error="m").save(out, kind="svg", scale=scale, border=4, xmldecl=False, nl=False)
    return out.getvalue().decode()


def checksum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE as four capital hexadecimal digits: "123456789" -> "29B1"."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def _bare(character: str) -> str:
    """One letter without marks, its case kept; folding alone would lose it."""
    bare = fold(character) or " "
    return bare.upper() if character.isupper() else bare


def _beneficiary(text: str | None) -> tuple[str, str, Service]:
    if text is None:
        raise UnknownScheme("không có thông tin người nhận của VietQR.", "38")
    scheme = fields(text, "38")
    if scheme.get("00") != GUID:
        raise UnknownScheme(f"định danh phải là {GUID} (NAPAS), đang là “{scheme.get('00', '')}”.", "38.00")
    parts = fields(scheme.get("01", ""), "38.01")
    try:
        service = Service(scheme.get("02", ""))
    except ValueError:
        raise UnknownScheme(f"chưa nhận dịch vụ “{scheme.get('02', '')}”.", "38.02") from None
    return parts.get("00", ""), parts.get("01", ""), service


def _amount(text: str) -> int:
    # EMVCo allows decimals; a đồng has none, so only zeros may follow the point.
    match = re.fullmatch(r"([0-9]{1,13})(?:\.0{0,2})?", text, re.ASCII)
    if match is None or int(match[1]) == 0:
        raise InvalidCode(f"số tiền “{text}” không phải là số đồng nguyên lớn hơn 0.", "54")
    return int(match[1])


def _check_beneficiary(payload: Payload) -> None:
    if not re.fullmatch(r"[0-9]{6}", payload.bin):
        raise InvalidPayload(f"mã ngân hàng (BIN) phải có 6 chữ số, đang là “{payload.bin}”.", "38.01.00")
    if not re.fullmatch(r"[0-9A-Za-z]{1,19}", payload.number):
        raise InvalidPayload("số tài khoản hoặc số thẻ phải có 1–19 chữ số, chữ cái không dấu.", "38.01.01")
    if payload.service is Service.CARD and not re.fullmatch(r"[0-9]{16}|[0-9]{19}", payload.number):
        raise InvalidPayload("số thẻ phải có 16 hoặc 19 chữ số.", "38.01.01")


def _check(payload: Payload) -> None:
    _check_beneficiary(payload)
    if payload.amount is not None and not 0 < payload.amount <= MAX_AMOUNT:
        raise InvalidPayload("số tiền phải lớn hơn 0 và có tối đa 13 chữ số.", "54")
    if payload.purpose != plain_purpose(payload.purpose):
        raise InvalidPayload(
            f"nội dung chỉ gồm chữ không dấu, chữ số, dấu cách đơn, tối đa {MAX_PURPOSE} ký tự.", "62.08"
        )
    for value, longest, where in (
        (payload.name, MAX_NAME, "59"),
        (payload.city, MAX_CITY, "60"),
        (payload.bill, MAX_NAME, "62.01"),
        (payload.reference, MAX_NAME, "62.05"),
        (payload.terminal, MAX_NAME, "62.07"),
    ):
        if len(value) > longest or not re.fullmatch(r"[ -~]*", value):
            raise InvalidPayload(f"“{value}” phải là chữ không dấu, tối đa {longest} ký tự.", where)
