"""A file in whichever form it comes, told by its name, its type or its first bytes. Pure."""

import re

from chungtay.exchange.adx import read_adx
from chungtay.exchange.dhis_csv import read_csv
from chungtay.exchange.dhis_json import read_json
from chungtay.exchange.dhis_xml import read_xml
from chungtay.exchange.rules import Format
from chungtay.exchange.texts import unpacked
from chungtay.exchange.values import UnreadableFile, ValueSet

READERS = {Format.JSON: read_json, Format.CSV: read_csv, Format.XML: read_xml, Format.ADX: read_adx}
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?adx[\s>/]")


def read_values(data: bytes, form: Format | None = None) -> ValueSet:
    """Return the values of a file, gzip or not; form None: as its first bytes tell. Raises UnreadableFile with where and what to do."""
    plain = unpacked(data)
    found = READERS[form or form_of(plain)](plain)
    if not found.values:
        raise UnreadableFile("Tệp không có giá trị nào. Hãy xuất lại tệp.", "The file holds no values.")
    return found


def form_of(data: bytes) -> Format:
    """Return the form that the first bytes of a file tell; what is neither JSON nor XML is read as CSV."""
    head = data[:4096].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    if head[:1] in (b"{", b"["):
        return Format.JSON
    if head[:1] != b"<":
        return Format.CSV
    return Format.ADX if _ROOT.search(head) else Format.XML
