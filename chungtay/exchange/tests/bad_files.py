"""Files that are wrong, and what has to be said of each: a fragment of the refusal, or (lines taken, codes of the conflicts)."""

import gzip
import json

from chungtay.exchange.faults import Code

HEAD = "dataelement,period,orgunit,catoptcombo,attroptcombo,value\n"
DXF = '<dataValueSet xmlns="http://dhis2.org/schema/dxf/2.0">'
ADX = '<adx xmlns="urn:ihe:qrph:adx:2015" exported="2022-04-05T08:30:00Z">'
GOOD = {"dataElement": "health.visits", "period": "202201", "orgUnit": "29863", "value": "5"}


def as_json(*values: object, **head: object) -> bytes:
    return json.dumps({**head, "dataValues": list(values)}, ensure_ascii=False).encode()


def but(**more: object) -> dict:
    return {**GOOD, **more}


def _csv(*lines: str, head: str = HEAD) -> bytes:
    return (head + "\n".join(lines) + "\n").encode()


_ROW = "health.visits,202201,29863,,,5"
_BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "Tệp trống"),
    "blank lines": (b"\xef\xbb\xbf \r\n\r\n", "Tệp trống"),
    "half a JSON": (as_json(GOOD)[:-20], "JSON sai ở dòng 1"),
    "a JSON list": (json.dumps([GOOD]).encode(), "dataValues"),
    "JSON without values": (b'{"dataSet": "X"}', "dataValues"),
    "JSON with no value": (as_json(), "không có giá trị nào"),
    "NaN": (b'{"dataValues":[{"dataElement":"a","value":NaN}]}', "NaN"),
    "JSON a thousand levels deep": (b'{"dataValues":' + b"[" * 200_000, "JSON"),
    "Windows-1258": (
        _csv(_ROW).replace(b"health", "trạm".encode("cp1258", "replace") + b"\xd0"),
        "không phải chữ UTF-8",
    ),
    "UTF-16 without its mark": (_csv(_ROW).decode().encode("utf-16-le"), "NUL"),
    "CSV without heads": ((_ROW + "\n").encode(), "dòng tiêu đề"),
    "CSV with half its heads": (b"dataelement,period,value\na,202201,5\n", "orgunit"),
    "CSV with a head twice": (_csv(_ROW, head=HEAD.replace("attroptcombo", "value")), "hai lần"),
    "CSV with an open quotation mark": (_csv(_ROW, '"health.visits,202202'), "dấu nháy"),
    "a workbook": (b"PK\x03\x04" + b"\x00" * 40, "bảng tính"),
    "half a gzip": (gzip.compress(as_json(*[GOOD] * 50))[:-15], "Tệp nén"),
    "gzip of much": (gzip.compress(b" " * (65 * 1024 * 1024)), "lớn hơn 64 MB"),
    "half an XML": ((DXF + '<dataValue dataElement="a"/>').encode(), "XML sai ở dòng 1"),
    "XML of nobody": (b"<html><body/></html>", "không phải <dataValueSet>"),
    "XML in another namespace": (DXF.replace("dxf/2.0", "dxf/1.0").encode() + b"</dataValueSet>", "không gian tên"),
    "ADX in another namespace": (ADX.replace("2015", "2099").encode() + b"</adx>", "không gian tên"),
    "XML in another encoding than it says": (
        b'<?xml version="1.0" encoding="UTF-8"?>' + DXF.encode() + '<dataValue comment="Trạm"/>'.encode("utf-16-le"),
        "XML sai",
    ),
    "XML in an encoding that nobody knows": (b'<?xml version="1.0" encoding="vni-win"?>' + DXF.encode(), "XML"),
    "a bomb of entities": ((_BOMB + DXF + "&b;</dataValueSet>").encode(), "DOCTYPE"),
    "an entity that reads a file": ((_OUTSIDE + DXF + '<dataValue comment="&x;"/></dataValueSet>').encode(), "DOCTYPE"),
    "XML a thousand levels deep": ((DXF + "<a>" * 1_000).encode(), "quá 8 cấp"),
    "ten million letters in a field": (
        (DXF + f'<dataValue dataElement="{"x" * 10_000_000}"/></dataValueSet>').encode(),
        "dài hơn",
    ),
    "ADX with a value outside a group": (
        (ADX + '<dataValue dataElement="a" value="1"/></adx>').encode(),
        "nằm ngoài <group>",
    ),
}

_NOWHERE, _ROUNDED = Code.UNIT_UNKNOWN, Code.VALUE_DECIMALS
JUDGED: dict[str, tuple[bytes, int, list[Code]]] = {
    "period of month 13": (as_json(but(period="202213"), GOOD), 1, [Code.PERIOD_UNKNOWN]),
    "no period": (as_json(but(period="")), 0, [Code.PERIOD_MISSING]),
    "a relative period": (as_json(but(period="LAST_MONTH")), 0, [Code.PERIOD_UNKNOWN]),
    "a week, a day": (as_json(but(period="2022W5"), but(period="20220105")), 0, [Code.PERIOD_NO_COUNTERPART] * 2),
    "a month made a day by Excel": (_csv("health.visits,Jan-22,29863,,,5"), 0, [Code.PERIOD_UNKNOWN]),
    "a month that is not over": (as_json(but(period="202210"), but(period="2022")), 0, [Code.PERIOD_FUTURE] * 2),
    "a financial year of November, which systems count differently": (
        as_json(but(period="2021Nov")),
        0,
        [Code.PERIOD_UNKNOWN],
    ),
    "an unknown unit": (as_json(but(orgUnit="12345"), GOOD), 1, [Code.UNIT_UNKNOWN]),
    "no unit": (as_json(but(orgUnit=None)), 0, [Code.UNIT_MISSING]),
    "a unit of another office": (as_json(but(orgUnit="867")), 0, [Code.UNIT_OUTSIDE]),
    "a unit mangled by Excel": (
        _csv("health.visits,202201,2.9863E+04,,,5", "health.visits,202201,29863.0,,,5"),
        0,
        [Code.UNIT_UNKNOWN] * 2,
    ),
    "an unknown element": (as_json(but(dataElement="s46m5MS0hxu")), 0, [Code.ELEMENT_UNKNOWN]),
    "no element": (as_json(but(dataElement="")), 0, [Code.ELEMENT_MISSING]),
    "a ratio": (as_json(but(dataElement="health.rate")), 0, [Code.ELEMENT_DERIVED]),
    "a cell that does not exist": (as_json(but(categoryOptionCombo="male")), 0, [Code.COMBO_UNKNOWN]),
    "the sum over a breakdown": (as_json(but(dataElement="support.houses")), 0, [Code.COMBO_NEEDED]),
    "an attribute combo": (as_json(but(attributeOptionCombo="C6nZpLKjEJr")), 0, [Code.ATTRIBUTE_COMBO]),
    "letters for a number": (
        as_json(but(value="năm"), but(value=True), but(value="5 lượt")),
        0,
        [Code.VALUE_NO_NUMBER] * 3,
    ),
    "separators of thousands": (as_json(but(value="1,204"), but(value="1 204")), 0, [Code.VALUE_NO_NUMBER] * 2),
    "a decimal comma": (_csv("land.area;2021;29863;;;12,5", head=HEAD.replace(",", ";")), 0, [Code.VALUE_NO_NUMBER]),
    "decimals that would be rounded": (
        as_json(but(value="5.5"), but(dataElement="land.area", value="1.005")),
        0,
        [Code.VALUE_DECIMALS] * 2,
    ),
    "a number that Excel shortened": (as_json(but(value="1.2E+06")), 0, [Code.VALUE_EXPONENT]),
    "a negative count": (as_json(but(value="-5")), 0, [Code.VALUE_NEGATIVE]),
    "more than the world holds": (as_json(but(value="9" * 18)), 0, [Code.VALUE_TOO_LARGE]),
    "a number of a million digits": (as_json(but(value="9" * 40_000)), 0, [Code.VALUE_NO_NUMBER]),
    "no value": (as_json(but(value=None), but(value="", comment="chưa có")), 0, [Code.VALUE_MISSING] * 2),
    "a value twice": (as_json(GOOD, GOOD), 1, [Code.TWICE]),
    "two values for a cell": (as_json(GOOD, but(value="6")), 0, [Code.TWICE_DIFFERENT] * 2),
    "a month and its quarter": (as_json(GOOD, but(period="2022Q1", value="15")), 0, [Code.OVERLAP] * 2),
    "a total beside its parts": (as_json(GOOD, but(orgUnit="29866"), but(orgUnit="866", value="10")), 2, [Code.TOTAL]),
    "what returns keep": (as_json(but(dataElement="groups.clubs")), 0, [Code.OWNED]),
    "no object among values": (as_json("x", 5, GOOD, [GOOD], but(dataElement=["a"])), 1, [Code.NOT_A_VALUE] * 4),
    "a cell too many, a cell too few": (
        _csv(_ROW + ",,,7", "health.visits,202202"),
        0,
        [Code.TOO_MANY_CELLS, Code.TOO_FEW_CELLS],
    ),
    "ADX without a period": (
        (
            ADX + '<group orgUnit="29863" dataSet="X"><dataValue dataElement="health.visits" value="1"/></group></adx>'
        ).encode(),
        0,
        [Code.PERIOD_MISSING],
    ),
    "ADX of seven days": (
        (
            ADX
            + '<group orgUnit="29863" period="2022-01-03/P7D"><dataValue dataElement="health.visits"/></group></adx>'
        ).encode(),
        0,
        [Code.PERIOD_NO_COUNTERPART],
    ),
    "ADX with a breakdown that the indicator lacks": (
        (
            ADX
            + '<group orgUnit="29863" period="2022-01-01/P1M"><dataValue dataElement="health.visits" SEX="F"/></group></adx>'
        ).encode(),
        0,
        [Code.COMBO_UNKNOWN],
    ),
}
