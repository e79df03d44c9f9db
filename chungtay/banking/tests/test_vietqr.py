from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.banks import BANKS, bank_name
from chungtay.banking.tlv import InvalidCode, WrongLength
from chungtay.banking.vietqr import (
    BadChecksum,
    InvalidPayload,
    Payload,
    Service,
    UnknownScheme,
    checksum,
    decode,
    encode,
    plain_purpose,
    svg,
)

CARD = "9704031101234567"
# NAPAS, QR format T&C v1.0 (09/2021), 6.1.2 to 6.1.4, and two codes published by others.
VECTORS = {
    "NAPAS 6.1.2": (
        "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52",
        Payload("970403", CARD, Service.CARD),
    ),
    "NAPAS 6.1.3": (
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang63042E2E",
        Payload("970403", "0011012345678", amount=180_000, bill="NPS6869", purpose="thanh toan don hang"),
    ),
    "NAPAS 6.1.4": (
        "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang6304A203",
        Payload("970403", CARD, Service.CARD, 180_000, "thanh toan don hang", bill="NPS6869"),
    ),
}
NAPAS_6_1_1 = "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5"
GOOD, PAYLOAD = VECTORS["NAPAS 6.1.3"]


@pytest.mark.parametrize(("text", "payload"), VECTORS.values(), ids=VECTORS)
def test_published_codes_hold_in_both_directions(text, payload):
    assert decode(text) == payload
    assert encode(payload) == text


def test_the_first_published_code_has_the_right_checksum_and_a_wrong_length_inside():
    # The account has 13 digits, the field says 12; the frame around it counts 13.
    assert checksum(NAPAS_6_1_1[:-4]) == NAPAS_6_1_1[-4:]
    with pytest.raises(InvalidCode) as raised:
        decode(NAPAS_6_1_1)
    assert raised.value.where.startswith("38.01")
    repaired = encode(Payload("970403", "0011012345678"))
    assert repaired[:-4] == NAPAS_6_1_1[:-4].replace("0112001101", "0113001101")


def test_the_checksum_is_crc_16_ccitt_false():
    assert checksum("123456789") == "29B1"


@pytest.mark.parametrize(
    ("damage", "error", "where"),
    [
        (lambda t: t.replace("180000", "980000"), BadChecksum, "63"),
        (lambda t: t[:-1], WrongLength, "63"),
        (lambda t: t[:60], WrongLength, None),
        (lambda t: t[:-8], WrongLength, "63"),
        (lambda t: signed(t.replace("A000000727", "A000000999")), UnknownScheme, "38.00"),
        (lambda t: signed(t.replace("QRIBFTTA", "QRPUSHXX")), UnknownScheme, "38.02"),
        (lambda t: signed(t.replace("5303704", "5303840")), UnknownScheme, "53"),
        (lambda t: signed(t.replace("5802VN", "5802US")), UnknownScheme, "58"),
        (lambda t: signed(t.replace("5406180000", "540600000A")), InvalidCode, "54"),
        (lambda t: signed(t.replace("5406180000", "5406000000")), InvalidCode, "54"),
        (lambda t: signed(t.replace("010212", "010219")), InvalidCode, "01"),
        (lambda t: signed(t.replace("0006970403", "000697040X")), InvalidPayload, "38.01.00"),
        (lambda t: signed(t.replace("5802VN", "5802VN5802VN")), InvalidCode, "58"),
        (lambda t: "https://example.vn/pay", InvalidCode, None),
        (lambda t: "", UnknownScheme, "00"),
    ],
)
def test_a_damaged_code_is_refused_with_the_place(damage, error, where):
    with pytest.raises(error) as raised:
        decode(damage(GOOD))
    assert where is None or raised.value.where == where
    assert str(raised.value)


def signed(text):
    """The code with a checksum that fits: a fault that was put in on purpose, not on the way."""
    return text[:-4] + checksum(text[:-4])


@given(st.integers(0, len(GOOD) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_any_one_wrong_character_is_noticed(place, character):
    damaged = GOOD[:place] + character + GOOD[place + 1 :]
    if damaged.upper() != GOOD.upper() or damaged[:-4] != GOOD[:-4]:
        with pytest.raises(InvalidCode):
            decode(damaged)


PLAIN = st.text("ABCxyz0189 ", max_size=19).map(plain_purpose)
PAYLOADS = st.builds(
    Payload,
    bin=st.from_regex(r"\A[0-9]{6}\Z"),
    number=st.from_regex(r"\A[0-9]{6,19}\Z"),
    amount=st.none() | st.integers(1, 10**13 - 1),
    purpose=PLAIN,
    bill=PLAIN,
    reference=PLAIN,
    name=st.text("ABC ", max_size=25),
    city=st.just("CAO LANH") | st.just(""),
)


@given(PAYLOADS)
def test_what_is_written_is_read_back(payload):
    assert decode(encode(payload)) == payload


@pytest.mark.parametrize(
    "changes",
    [
        {"bin": "97043"},
        {"number": ""},
        {"number": "0123 456"},
        {"number": "1" * 20},
        {"amount": 0},
        {"amount": -1},
        {"amount": 10**13},
        {"purpose": "ủng hộ"},
        {"purpose": "a" * 20},
        {"purpose": "a & b"},
        {"name": "QUỸ"},
        {"city": "C" * 16},
        {"service": Service.CARD},
        {"bill": "A" * 25, "reference": "B" * 25, "terminal": "C" * 25, "purpose": "D" * 19},
    ],
)
def test_a_payload_that_banks_would_refuse_is_not_written(changes):
    with pytest.raises(InvalidPayload):
        encode(replace(PAYLOAD, **changes))


def test_a_purpose_becomes_what_banks_carry():
    assert plain_purpose("  Ủng hộ  bão số 3! ") == "Ung ho bao so 3"
    assert plain_purpose("Đợt 1 – quỹ “Vì người nghèo” xã") == "Dot 1 quy Vi nguoi"
    assert plain_purpose("") == ""


@given(st.text())
def test_every_text_has_a_purpose_that_can_be_written(text):
    purpose = plain_purpose(text)
    assert plain_purpose(purpose) == purpose
    encode(Payload("970436", "999000111222", purpose=purpose))


def test_banks_are_named_by_their_bin():
    assert bank_name("970436") == "Vietcombank"
    assert bank_name("000000") is None
    assert all(len(bin_) == 6 and bin_.isdigit() for bin_ in BANKS)


def test_the_picture_is_svg_with_a_quiet_zone():
    root = ElementTree.fromstring(svg(PAYLOAD))
    assert root.tag.endswith("svg")
    side = int(root.get("width")) // 4
    assert (side - 8 - 17) % 4 == 0  # 4 modules of quiet zone on each side of a code of 17 + 4 n modules
