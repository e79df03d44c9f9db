"""DHIS2 data values as CSV, in and out. Columns are found by their names: a file without heads would lose its first line. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator

from chungtay.exchange.texts import decoded
from chungtay.exchange.values import LONGEST_TEXT, MOST_VALUES, DataValue, UnreadableFile, ValueSet, too_long, too_many

HEADS = (
    *("dataelement", "period", "orgunit", "catoptcombo", "attroptcombo", "value"),
    *("storedby", "lastupdated", "comment", "followup", "deleted"),
)
_FIELDS = {
    **dict.fromkeys(("dataelement", "de"), "data_element"),
    **dict.fromkeys(("period", "pe"), "period"),
    **dict.fromkeys(("orgunit", "ou"), "org_unit"),
    **dict.fromkeys(("catoptcombo", "categoryoptioncombo", "coc"), "category_option_combo"),
    **dict.fromkeys(("attroptcombo", "attributeoptioncombo", "aoc"), "attribute_option_combo"),
    **dict.fromkeys(("value", "val"), "value"),
    **dict.fromkeys(("storedby", "usr"), "stored_by"),
    **dict.fromkeys(("lastupdated", "timestamp", "upd", "lastupd"), "last_updated"),
    **dict.fromkeys(("comment", "cmt"), "comment"),
    **dict.fromkeys(("followup", "flwup"), "follow_up"),
    "deleted": "deleted",
}
_NEEDED = {"data_element": "dataelement", "period": "period", "org_unit": "orgunit", "value": "value"}
_SEPARATORS = (",", ";", "\t")
_YES = frozenset({"true", "1"})


def read_csv(data: bytes) -> ValueSet:
    """Return the values; comma, semicolon or tab. Raises UnreadableFile: no heads, a head twice, an open quotation mark."""
    text = decoded(data)
    csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_TEXT))
    separator, columns = _head(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    values: list[DataValue] = []
    try:
        next(rows)
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            values.append(_value(row, columns, f"dòng {rows.line_num}"))
            if len(values) > MOST_VALUES:
                raise too_many()
    except csv.Error as wrong:
        if "field larger" in str(wrong):
            raise too_long(f"#{rows.line_num}") from None
        raise UnreadableFile(
            f"CSV sai ở dòng {rows.line_num}: dấu nháy kép mở mà không đóng, hoặc tệp bị cắt. Hãy xuất lại tệp.",
            f"The CSV is broken at line {rows.line_num}: a quotation mark is not closed, or the file is cut.",
        ) from None
    return ValueSet(values)


def write_csv(values: Iterable[DataValue]) -> Iterator[str]:
    """Yield the heads and a line for each value."""
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\r\n")
    out.writerow(HEADS)
    for one in values:
        out.writerow(
            (
                *(one.data_element, one.period, one.org_unit, one.category_option_combo, one.attribute_option_combo),
                *("" if one.value is None else one.value, one.stored_by, one.last_updated, one.comment),
                *("true" if one.follow_up else "false", "true" if one.deleted else ""),
            )
        )
        if buffer.tell() > 60_000:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _head(text: str) -> tuple[str, list[str]]:
    """Return the separator and the field of each column ("" for one that means nothing here)."""
    first = text.lstrip("\r\n").partition("\n")[0][:LONGEST_TEXT]
    best: list[str] = []
    for separator in _SEPARATORS:
        try:
            names = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:
            continue
        fields = [_FIELDS.get(name.strip().lower().replace(" ", "").replace("_", ""), "") for name in names]
        known = [name for name in fields if name]
        if set(_NEEDED) <= set(known):
            if twice := sorted({name for name in known if known.count(name) > 1}):
                raise UnreadableFile(
                    f"Dòng 1: cột “{twice[0]}” có hai lần. Hãy bỏ một cột.",
                    f"Line 1: the column “{twice[0]}” stands there twice.",
                )
            return separator, fields
        best = max(best, known, key=len)
    missing = ", ".join(shown for name, shown in _NEEDED.items() if name not in best)
    raise UnreadableFile(
        f"Dòng 1 không phải dòng tiêu đề của DHIS2: thiếu cột {missing}. Hãy giữ dòng tiêu đề khi xuất tệp.",
        f"Line 1 is no head line of DHIS2: the columns {missing} are missing. Keep the head line.",
    )


def _value(row: list[str], columns: list[str], where: str) -> DataValue:
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        return DataValue("", "", "", where=where, fault="too_many_cells")
    found: dict[str, str] = {}
    for name, cell in zip(columns, row, strict=False):
        if len(cell) > LONGEST_TEXT:
            raise too_long(where.replace("dòng ", "#"))
        if name:
            found[name] = cell if name == "comment" else cell.strip()
    if "org_unit" not in found:
        return DataValue("", "", "", where=where, fault="too_few_cells")

    def text(name: str) -> str:
        return found.get(name, "")

    return DataValue(
        text("data_element"),
        text("period"),
        text("org_unit"),
        text("category_option_combo"),
        text("attribute_option_combo"),
        text("value") or None,
        text("comment"),
        text("follow_up").lower() in _YES,
        text("deleted").lower() in _YES,
        text("stored_by"),
        text("last_updated"),
        where=where,
    )
