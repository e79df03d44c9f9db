"""A table of codes as a file, in and out: CSV or a workbook with one name of theirs a line; every problem is named by its line."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay.exchange.models import MappingLine
from chungtay.exchange.rules import DEFAULT_COMBOS, EVER, LONGEST_ID, MAPPING_LABELS, MappingKind
from chungtay.exchange.services import Meaning
from chungtay.exchange.texts import decoded
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import dimension_keys
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.tables.apart import rows_apart

HEADS = ("Loại", "Mã của họ", "Tổ hợp phân tổ của họ", "Mã của Chung Tay", "Phân tổ", "Từ ngày")
_NAMES = {
    **dict.fromkeys(("loai", "kind"), "kind"),
    **dict.fromkeys(("ma cua ho", "theirs"), "theirs"),
    **dict.fromkeys(("to hop phan to cua ho", "combo", "category option combo"), "combo"),
    **dict.fromkeys(("ma cua chung tay", "ours"), "ours"),
    **dict.fromkeys(("phan to", "dimension"), "dimension"),
    **dict.fromkeys(("tu ngay", "valid from"), "valid_from"),
}
_KINDS = {fold(label): kind for kind, label in MAPPING_LABELS.items()} | {
    "element": MappingKind.ELEMENT,
    "unit": MappingKind.UNIT,
}
_NEEDED = ("kind", "theirs", "ours")
MOST_ROWS = 20_000
_ZIP = b"PK\x03\x04"


class NotATable(DomainError):
    """The file is no table of codes."""


@dataclass(frozen=True)
class LineProblem:
    """What is wrong with a line of the file, in a sentence."""

    line: int
    sentence: str


def read_table(data: bytes) -> tuple[list[Meaning], list[LineProblem]]:
    """Return what the lines mean, and what is wrong with others. Raises NotATable, UnreadableTable, UnreadableFile."""
    rows = rows_apart(data, most_rows=MOST_ROWS) if data[:4] == _ZIP else _rows_of_csv(decoded(data))
    if not rows:
        raise NotATable("Tệp trống. Hãy tải mẫu, điền rồi nộp lại.")
    columns = [_NAMES.get(fold(_text(cell)).replace("_", " "), "") for cell in rows[0]]
    if missing := [name for name in _NEEDED if name not in columns]:
        heads = dict(zip(("kind", "theirs", "combo", "ours"), HEADS, strict=False))
        raise NotATable(
            f"Dòng 1 thiếu cột {', '.join(f'“{heads[name]}”' for name in missing)}. Hãy tải mẫu và giữ dòng tiêu đề."
        )
    codes = {_text(cell) for row in rows[1:] for name, cell in zip(columns, row, strict=False) if name == "ours"}
    indicators = {
        one.code: one for one in Indicator.objects.filter(code__in=[code for code in codes if 0 < len(code) <= 80])
    }
    meanings, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: _text(cell) for name, cell in zip(columns, row, strict=False) if name}
        if not any(cells.values()):
            continue
        try:
            meanings.append(_meaning(cells, indicators))
        except NotATable as wrong:
            problems.append(LineProblem(number, str(wrong)))
    return meanings, problems


def write_table(lines: Iterable[MappingLine], day: date) -> str:
    """Return a table of codes as CSV that `read_table` reads."""
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\r\n")
    out.writerow(HEADS)
    for one in lines:
        ours = one.indicator.code if one.indicator is not None else _ref(one, day)
        since = "" if one.valid_from == EVER else one.valid_from.isoformat()
        out.writerow((MAPPING_LABELS[MappingKind(one.kind)], one.theirs, one.combo, ours, one.dimension, since))
    return "\ufeff" + buffer.getvalue()


def _ref(one: MappingLine, day: date) -> str:
    if one.place_id is None:
        return ""
    code = places.code_on(one.place_id, day)
    borne_on = places.day_of_code(code, {one.place_id})
    return f"{code}@{borne_on}" if borne_on else code


def _meaning(cells: Mapping[str, str], indicators: Mapping[str, Indicator]) -> Meaning:
    kind = _KINDS.get(fold(cells.get("kind", "")))
    if kind is None:
        raise NotATable(
            f"Cột Loại ghi “{cells.get('kind', '')[:40]}”; chỉ nhận {' hoặc '.join(MAPPING_LABELS.values())}."
        )
    theirs, ours, combo = cells.get("theirs", ""), cells.get("ours", ""), cells.get("combo", "")
    if not theirs or len(theirs) > LONGEST_ID or len(combo) > LONGEST_ID or "\x00" in theirs + combo + ours:
        raise NotATable("Chưa ghi mã của họ, hoặc mã dài quá 120 ký tự.")
    since = _day(cells.get("valid_from", ""))
    combo = "" if combo in DEFAULT_COMBOS else combo
    if kind is MappingKind.UNIT:
        if combo or cells.get("dimension"):
            raise NotATable("Dòng đơn vị không có phân tổ. Hãy để trống hai cột đó.")
        return Meaning(kind, theirs, since, place_id=_place(ours, since).pk if ours else None)
    if not ours:
        return Meaning(kind, theirs, since, combo)
    if ours not in indicators:
        raise NotATable(f"Không có chỉ tiêu mang mã “{ours[:60]}”.")
    key = cells.get("dimension", "")
    if key and key not in dict(dimension_keys(indicators[ours])):
        raise NotATable(f"Chỉ tiêu “{ours}” không có phân tổ “{key[:60]}”.")
    return Meaning(kind, theirs, since, combo, indicators[ours], key)


def _place(ref: str, since: date) -> Any:
    try:
        return places.area_by_ref(ref[:60], since if since != EVER else None)
    except (places.UnknownArea, places.AmbiguousArea) as wrong:
        raise NotATable(str(wrong)) from None


def _day(text: str) -> date:
    if not text:
        return EVER
    day, slash, rest = text.partition("/")
    month, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day)) if slash else date.fromisoformat(text)
    except ValueError:
        raise NotATable(
            f"“{text[:40]}” không phải một ngày có trong lịch. Ghi dạng 01/07/2025 hoặc 2025-07-01."
        ) from None


def _rows_of_csv(text: str) -> Sequence[Sequence[object]]:
    first = text.partition("\n")[0]
    separator = max((",", ";", "\t"), key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise NotATable("CSV có dấu nháy kép mở mà không đóng. Hãy xuất lại tệp.") from None
    if len(rows) > MOST_ROWS:
        raise NotATable(f"Tệp có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp.")
    return rows


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
