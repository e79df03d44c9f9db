"""DHIS2 data value sets as JSON, in and out. Numbers are read as the text they were written in: nothing is rounded. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from chungtay.exchange.texts import decoded
from chungtay.exchange.values import (
    LONGEST_TEXT,
    MOST_VALUES,
    OPTIONS,
    DataValue,
    UnreadableFile,
    ValueSet,
    too_long,
    too_many,
)

_TEXTS = {
    "dataElement": "data_element",
    "period": "period",
    "orgUnit": "org_unit",
    "categoryOptionCombo": "category_option_combo",
    "attributeOptionCombo": "attribute_option_combo",
    "comment": "comment",
    "storedBy": "stored_by",
    "lastUpdated": "last_updated",
}
_FLAGS = {"followup": "follow_up", "followUp": "follow_up", "deleted": "deleted"}


def read_json(data: bytes) -> ValueSet:
    """Return the values. Raises UnreadableFile: no JSON, or no list `dataValues`; a line that is wrong by itself has its fault."""
    text = decoded(data)
    try:
        said = json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        raise UnreadableFile(
            f"JSON sai ở dòng {wrong.lineno}, cột {wrong.colno}: tệp bị cắt hoặc thiếu dấu. Hãy xuất lại tệp.",
            f"The JSON is broken at line {wrong.lineno}, column {wrong.colno}. Export the file again.",
        ) from None
    except RecursionError:
        raise UnreadableFile(
            "JSON lồng nhau quá sâu nên không đọc được. Hãy xuất lại tệp.", "The JSON is nested too deeply."
        ) from None
    found = said.get("dataValues") if isinstance(said, dict) else None
    if not isinstance(found, list):
        raise UnreadableFile(
            "JSON không có danh sách “dataValues”. Tệp này không phải bộ giá trị (data value set).",
            "The JSON has no list “dataValues”: it is no data value set.",
        )
    if len(found) > MOST_VALUES:
        raise too_many()
    head = {name: _text(said.get(name)) for name in ("period", "orgUnit", "attributeOptionCombo")}
    return ValueSet(
        [_value(number, one, head) for number, one in enumerate(found)],
        data_set=_text(said.get("dataSet")),
        complete_date=_text(said.get("completeDate")),
        options={name: _text(said[name]) for name in OPTIONS if said.get(name) is not None},
    )


def write_json(values: Iterable[DataValue], *, data_set: str = "") -> Iterator[str]:
    """Yield a data value set piece by piece, a value a piece."""
    yield "{" + (f'"dataSet":{_dumped(data_set)},' if data_set else "") + '"dataValues":['
    for number, one in enumerate(values):
        yield ("," if number else "") + "\n" + _dumped(_as_json(one))
    yield "\n]}\n"


def _value(number: int, said: Any, head: dict[str, str]) -> DataValue:
    where = f"dataValues[{number}]"
    if not isinstance(said, dict):
        return DataValue("", "", "", where=where, fault="not_a_value")
    found: dict[str, Any] = {}
    for name, ours in _TEXTS.items():
        text = said.get(name)
        if text is None or text == "":
            found[ours] = head.get(name, "")
        elif isinstance(text, str):
            found[ours] = text.strip() if ours != "comment" else text
        else:
            return DataValue("", "", "", where=where, fault="not_a_value")
        if len(found[ours]) > LONGEST_TEXT:
            raise too_long(where)
    value = said.get("value")
    if isinstance(value, list | dict):
        return DataValue("", "", "", where=where, fault="not_a_value")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise too_long(where)
    found["value"] = None if value is None else _text(value)
    for name, ours in _FLAGS.items():
        if name in said:
            found[ours] = said[name] is True or said[name] == "true"
    return DataValue(**found, where=where)


def _as_json(one: DataValue) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(one, ours) for name, ours in _TEXTS.items() if getattr(one, ours)}
    if one.value is not None:
        said["value"] = one.value
    if one.follow_up:
        said["followup"] = True
    if one.deleted:
        said["deleted"] = True
    return said


def _text(said: Any) -> str:
    """Return a plain value as text; what is none is shown as JSON would write it."""
    if said is None:
        return ""
    return said.strip() if isinstance(said, str) else _dumped(said)[:200]


def _dumped(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _no_number(said: str) -> NoReturn:
    raise UnreadableFile(
        f"JSON có “{said}”, không phải một số. Hãy bỏ giá trị đó rồi gửi lại.",
        f"The JSON holds “{said}”, which is no number.",
    )
