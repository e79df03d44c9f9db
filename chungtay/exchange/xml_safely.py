"""XML of strangers, element by element: no DOCTYPE, no entity, few levels, bounded texts; the place of whatever is wrong. Pure."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError  # types only; the parser is defusedxml's

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from chungtay.exchange.values import LONGEST_TEXT, UnreadableFile, too_long

DEEPEST = 8
FORGOTTEN = 2
BLOCK = 500_000
"""Bytes; within twice so many every tag ends."""


def elements(data: bytes) -> Iterator[tuple[str, Element]]:
    """Yield ("start" | "end", element) in the order of the file; what has ended is forgotten, so memory stays small.

    Raises UnreadableFile: broken, cut, unknown encoding, DOCTYPE, too deep, a text that is too long.
    """
    for start in range(0, len(data) - BLOCK, BLOCK):  # the parser reads such a one again with every block that comes in
        if data.find(b">", start, start + BLOCK) < 0:
            raise too_long(f"byte {start + 1}")
    way: list[Element] = []
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                way.append(element)
                if len(way) > DEEPEST:
                    raise UnreadableFile(
                        f"XML lồng nhau quá {DEEPEST} cấp nên không phải tệp số liệu. Hãy xuất lại tệp.",
                        f"The XML is nested more than {DEEPEST} levels deep.",
                    )
                for text in element.attrib.values():
                    if len(text) > LONGEST_TEXT:
                        raise too_long(f"<{local(element)[:60]}>")
                yield event, element
                continue
            yield event, element
            way.pop()
            if way and len(way) <= FORGOTTEN:  # what lies deeper belongs to a value and goes with it
                way[-1].remove(element)
    except ParseError as wrong:
        line, column = wrong.position
        raise UnreadableFile(
            f"XML sai ở dòng {line}, cột {column + 1}: tệp bị cắt, sai bảng mã hoặc thiếu thẻ đóng. Hãy xuất lại tệp.",
            f"The XML is broken at line {line}, column {column + 1}: cut, wrongly encoded, or a tag is not closed.",
        ) from None
    except DefusedXmlException:
        raise UnreadableFile(
            "XML có khai báo DOCTYPE hoặc thực thể (entity) nên không được đọc. Hãy gửi tệp không có khai báo đó.",
            "The XML declares a DOCTYPE or entities; such files are not read.",
        ) from None
    except (ValueError, LookupError):
        raise UnreadableFile(
            "XML ghi bảng mã mà phần mềm không đọc được. Hãy lưu tệp với bảng mã UTF-8.",
            "The XML names an encoding that cannot be read. Save it as UTF-8.",
        ) from None


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Return the namespace of an element, "" without one."""
    head, brace, _ = str(element.tag).rpartition("}")
    return head.lstrip("{") if brace else ""


def check_root(element: Element, name: str, spaces: tuple[str, ...]) -> None:
    """Raise UnreadableFile when the first element is not the one of the format, in one of its namespaces or in none."""
    if local(element) != name:
        raise UnreadableFile(
            f"XML bắt đầu bằng <{local(element)[:60]}>, không phải <{name}>. Hãy kiểm tra lại định dạng của tệp.",
            f"The XML begins with <{local(element)[:60]}> and not with <{name}>.",
        )
    if namespace(element) not in ("", *spaces):
        raise UnreadableFile(
            f"XML dùng không gian tên “{namespace(element)[:100]}”, không phải “{spaces[0]}”. Hãy xuất đúng định dạng.",
            f"The XML uses the namespace “{namespace(element)[:100]}” and not “{spaces[0]}”.",
        )


def legal(text: str) -> str:
    """Return a text without the characters that XML has no way to write."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
    )
