"""DHIS2 data value sets as XML (DXF 2), in and out. Pure."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element  # type only; the parser is defusedxml's
from xml.sax.saxutils import quoteattr  # writes, reads nothing

from chungtay.exchange.values import MOST_VALUES, OPTIONS, DataValue, ValueSet, too_many
from chungtay.exchange.xml_safely import check_root, elements, legal, local

NAMESPACE = "http://dhis2.org/schema/dxf/2.0"
_TEXTS = {
    "dataElement": "data_element",
    "period": "period",
    "orgUnit": "org_unit",
    "categoryOptionCombo": "category_option_combo",
    "attributeOptionCombo": "attribute_option_combo",
    "value": "value",
    "storedBy": "stored_by",
    "lastUpdated": "last_updated",
    "comment": "comment",
}
_INHERITED = frozenset({"period", "orgUnit", "attributeOptionCombo"})


def read_xml(data: bytes) -> ValueSet:
    """Return the values. Raises UnreadableFile as `xml_safely.elements` does, and for another root or namespace."""
    values: list[DataValue] = []
    root: Element | None = None
    head: dict[str, str] = {}
    for event, element in elements(data):
        if event == "start":
            if root is None:
                check_root(element, "dataValueSet", (NAMESPACE,))
                root, head = element, dict(element.attrib)
            elif local(element) == "dataValue":
                values.append(_value(len(values), element.attrib, head))
                if len(values) > MOST_VALUES:
                    raise too_many()
    return ValueSet(
        values,
        data_set=head.get("dataSet", "").strip(),
        complete_date=head.get("completeDate", "").strip(),
        options={name: head[name].strip() for name in OPTIONS if name in head},
    )


def write_xml(values: Iterable[DataValue], *, data_set: str = "") -> Iterator[str]:
    """Yield a data value set piece by piece, a value a piece."""
    said = f" dataSet={_quoted(data_set)}" if data_set else ""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<dataValueSet xmlns="{NAMESPACE}"{said}>\n'
    for one in values:
        parts = [f"{name}={_quoted(text)}" for name, ours in _TEXTS.items() if (text := getattr(one, ours))]
        parts += ['value=""'] if one.value == "" else []
        parts += ['followUp="true"'] if one.follow_up else []
        parts += ['deleted="true"'] if one.deleted else []
        yield f"<dataValue {' '.join(parts)}/>\n"
    yield "</dataValueSet>\n"


def _value(number: int, said: dict[str, str], head: dict[str, str]) -> DataValue:
    def text(name: str) -> str:
        return said.get(name, "").strip() or (head.get(name, "").strip() if name in _INHERITED else "")

    value = said.get("value")
    return DataValue(
        text("dataElement"),
        text("period"),
        text("orgUnit"),
        text("categoryOptionCombo"),
        text("attributeOptionCombo"),
        None if value is None else value.strip(),
        said.get("comment", ""),
        said.get("followUp", said.get("followup", "")).strip().lower() == "true",
        text("deleted").lower() == "true",
        text("storedBy"),
        text("lastUpdated"),
        where=f"dataValue {number + 1}",
    )


def _quoted(text: str) -> str:
    return quoteattr(legal(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
