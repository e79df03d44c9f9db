"""ADX (aggregate data exchange of IHE), in and out: groups of one unit, period and data set; breakdowns as attributes. Pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element  # type only; the parser is defusedxml's
from xml.sax.saxutils import escape  # writes, reads nothing

from chungtay.exchange.dhis_xml import _quoted
from chungtay.exchange.values import MOST_VALUES, OPTIONS, DataValue, UnreadableFile, ValueSet, too_many
from chungtay.exchange.xml_safely import check_root, elements, legal, local

NAMESPACE = "urn:ihe:qrph:adx:2015"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_OF_GROUP = frozenset({"orgUnit", "period", "dataSet", "completeDate", "attributeOptionCombo", "comment"})
_OF_VALUE = frozenset(
    {"dataElement", "value", "categoryOptionCombo", "comment", "storedBy", "lastUpdated", "followUp", "deleted"}
)


def read_adx(data: bytes) -> ValueSet:
    """Return the values; a group without its period or unit gives each of its values that fault.

    Raises UnreadableFile as `xml_safely.elements` does, and for another root or namespace or a value outside a group.
    """
    values: list[DataValue] = []
    root: Element | None = None
    group: Element | None = None
    options: dict[str, str] = {}
    data_sets: list[str] = []
    for event, element in elements(data):
        name = local(element)
        if event == "start" and root is None:
            check_root(element, "adx", (NAMESPACE,))
            root, options = element, {one: element.attrib[one].strip() for one in OPTIONS if one in element.attrib}
        elif event == "start" and name == "group":
            group = element
            data_sets.append(element.get("dataSet", "").strip())
        elif event == "end" and name == "dataValue":
            if group is None:
                raise UnreadableFile(
                    f"Giá trị thứ {len(values) + 1} nằm ngoài <group>: ADX ghi đơn vị và kỳ ở <group>. Hãy xuất lại tệp.",
                    f"Value {len(values) + 1} stands outside a <group>, where ADX says unit and period.",
                )
            values.append(_value(element, group, len(data_sets), len(values)))
            if len(values) > MOST_VALUES:
                raise too_many()
        elif event == "end" and element is group:
            group = None
    sets = {one for one in data_sets if one}
    return ValueSet(
        values, data_set=next(iter(sets)) if len(sets) == 1 else "", options={"idScheme": "code", **options}
    )


def write_adx(values: Iterable[DataValue], *, exported: str, data_set: str = "") -> Iterator[str]:
    """Yield an ADX message; neighbours of one unit, period and attribute combo share a group. Periods are ISO intervals already.

    exported: the moment, ISO 8601. Raises ValueError for a breakdown whose name is no name of an attribute.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<adx xmlns="{NAMESPACE}" exported={_quoted(exported)}>\n'
    for (unit, period, combo), members in groupby(
        values, lambda one: (one.org_unit, one.period, one.attribute_option_combo)
    ):
        more = f" attributeOptionCombo={_quoted(combo)}" if combo else ""
        yield f"<group orgUnit={_quoted(unit)} period={_quoted(period)} dataSet={_quoted(data_set)}{more}>\n"
        for one in members:
            yield _written(one)
        yield "</group>\n"
    yield "</adx>\n"


def _value(element: Element, group: Element, number_of_group: int, number: int) -> DataValue:
    said = element.attrib
    annotation = "".join(child.text or "" for child in element if local(child) == "annotation")
    value = said.get("value")
    unit, period = group.get("orgUnit", "").strip(), group.get("period", "").strip()
    dimensions = [
        (name.rpartition("}")[2], text.strip())
        for name, text in said.items()
        if name not in _OF_VALUE and "}" not in name
    ]
    dimensions += [
        (name, text.strip()) for name, text in group.attrib.items() if name not in _OF_GROUP and "}" not in name
    ]
    return DataValue(
        said.get("dataElement", "").strip(),
        period,
        unit,
        said.get("categoryOptionCombo", "").strip(),
        group.get("attributeOptionCombo", "").strip(),
        None if value is None else value.strip(),
        said.get("comment", "") or annotation,
        said.get("followUp", "").strip().lower() == "true",
        said.get("deleted", "").strip().lower() == "true",
        said.get("storedBy", "").strip(),
        said.get("lastUpdated", "").strip(),
        tuple(sorted(dimensions)),
        f"group {number_of_group}, dataValue {number + 1}",
    )


def _written(one: DataValue) -> str:
    if wrong := [name for name, _ in one.dimensions if not _NAME.fullmatch(name) or name in _OF_VALUE | _OF_GROUP]:
        raise ValueError(f"{wrong[0]!r} is no name of an attribute")
    texts = {
        "dataElement": one.data_element,
        "categoryOptionCombo": one.category_option_combo,
        **dict(one.dimensions),
        "storedBy": one.stored_by,
        "lastUpdated": one.last_updated,
    }
    parts = [f"{name}={_quoted(text)}" for name, text in texts.items() if text]
    parts += [f"value={_quoted(one.value)}"] if one.value is not None else []
    parts += ['followUp="true"'] if one.follow_up else []
    parts += ['deleted="true"'] if one.deleted else []
    if not one.comment:
        return f"<dataValue {' '.join(parts)}/>\n"
    return f"<dataValue {' '.join(parts)}><annotation>{escape(legal(one.comment), {chr(13): '&#13;'})}</annotation></dataValue>\n"
