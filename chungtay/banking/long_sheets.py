"""Long .xlsx files row by row: only the texts that cells share are kept, never a whole sheet.

The ordinary reader lays out every cell of a sheet at once: 300,000 rows take 200 MB. This one gives the same values, more
slowly, so it is used from some size on. `guards.check_workbook` has refused DOCTYPEs before; here one is an error.
"""

import re
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from chungtay.banking.cells import Cell

LONG = 16 * 1024 * 1024
"""Bytes of a sheet's XML from which on it is read row by row."""

MOST_ROWS = 1 << 20
"""What a sheet has room for."""

_CHUNK = 1 << 17
_DIGITS = "0123456789"
_BUILT_IN = {str(number): "d" for number in (*range(14, 23), *range(27, 37), 45, 47, *range(50, 59))} | {"46": "[h]"}
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NOT_DAY = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]', re.IGNORECASE)
_DAY_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # cells know no zone


class DamagedWorkbook(ValueError):
    """A part of the workbook that is not what it should be."""


class LongBook:
    """A workbook whose sheets are walked through; `sheets` are their names and parts in the order of the tabs."""

    def __init__(self, data: bytes) -> None:
        self._archive = ZipFile(BytesIO(data))
        book = self._tree("xl/workbook.xml")
        targets = {
            one.get("Id"): _part(one.get("Target", "")) for one in self._tree("xl/_rels/workbook.xml.rels").iter()
        }
        self.sheets: list[tuple[str, str]] = []
        for sheet in _named(book, "sheet"):
            relation = next((value for name, value in sheet.items() if name.endswith("}id")), None)
            if (part := targets.get(relation)) is not None and part in self._archive.namelist():
                self.sheets.append((sheet.get("name", ""), part))
        self._is_1904 = any(one.get("date1904") in ("1", "true") for one in _named(book, "workbookPr"))

    @property
    def is_long(self) -> bool:
        """Whether a sheet is so long that it is better read here. Days counted from 1904 are left to the ordinary reader."""
        sizes = (self._archive.getinfo(part).file_size for _, part in self.sheets)
        return not self._is_1904 and max(sizes, default=0) >= LONG

    def rows(self, part: str) -> Iterator[list[Cell]]:
        """Yield the rows of a sheet from the first one on, empty ones too; a row ends with its last cell.

        Raises DamagedWorkbook.
        """
        return _Sheet(self._shared(), self._styles()).rows(self._chunks(part))

    def _shared(self) -> "_Texts":
        texts = _Texts()
        if "xl/sharedStrings.xml" in self._archive.namelist():
            _SharedTexts(texts).read(self._chunks("xl/sharedStrings.xml"))
        return texts

    def _styles(self) -> dict[str, Callable[[float], Cell]]:
        """Return what the cell formats that show days or hours make of a number."""
        if "xl/styles.xml" not in self._archive.namelist():
            return {}
        styles = self._tree("xl/styles.xml")
        own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _named(styles, "numFmt")}
        formats = next(iter(_named(styles, "cellXfs")), None)
        numbers = [] if formats is None else [one.get("numFmtId", "0") for one in _named(formats, "xf")]
        makers = {str(place): _maker(number, own) for place, number in enumerate(numbers)}
        return {place: maker for place, maker in makers.items() if maker is not None}

    def _chunks(self, part: str) -> Iterator[bytes]:
        try:
            with self._archive.open(part) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (BadZipFile, EOFError, OSError) as error:
            raise DamagedWorkbook(part) from error

    def _tree(self, part: str) -> Element:
        try:
            tree: Element = fromstring(self._archive.read(part))
        except (KeyError, SyntaxError, ValueError, BadZipFile) as error:  # a SyntaxError is what the parser raises
            raise DamagedWorkbook(part) from error
        return tree


class _Texts:
    """Texts one behind the other in bytes, given out by number."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])

    def append(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise DamagedWorkbook(f"text {number}")
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")


class _Walk(ABC):
    """Walks through a part of XML and tells `start` and `end` of its elements, by names without a prefix."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.CharacterDataHandler = self.heard.append
        parser.StartElementHandler, parser.EndElementHandler = self.begin, self.end
        parser.StartDoctypeDeclHandler = _refuse

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Hear the name of the whole: with a prefix, all names are told without it from here on, which costs time."""
        if ":" in name:
            self._parser.StartElementHandler = lambda name, attributes: self.start(_local(name), attributes)
            self._parser.EndElementHandler = lambda name: self.end(_local(name))
        else:
            self._parser.StartElementHandler = self.start

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""

    @abstractmethod
    def end(self, name: str) -> None:
        """Hear an element end."""

    def text(self) -> str:
        """Return what was heard since the last time."""
        text = "".join(self.heard)
        self.heard.clear()
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        """Walk on. Raises DamagedWorkbook."""
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, ValueError) as error:
            raise DamagedWorkbook(str(error)) from error


class _SharedTexts(_Walk):
    """Texts that cells share: pieces in different type are one text, how it is read aloud (`rPh`) is none of it."""

    def __init__(self, into: _Texts) -> None:
        super().__init__()
        self._into = into
        self._kept: list[str] = []

    def read(self, chunks: Iterator[bytes]) -> None:
        for chunk in chunks:
            self.feed(chunk)
        self.feed(b"", is_last=True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.heard.clear()  # white space between elements

    def end(self, name: str) -> None:
        if name == "t":
            self._kept.append(self.text())
        elif name == "rPh":
            self._kept.pop()
        elif name == "si":
            self._into.append("".join(self._kept))
            self._kept.clear()


class _Sheet(_Walk):
    """Rows of cells; a cell stands where its address says, else beside the one before."""

    def __init__(self, texts: _Texts, styles: Mapping[str, Callable[[float], Cell]]) -> None:
        super().__init__()
        self._texts, self._styles = texts, styles
        self._done: list[list[Cell]] = []
        self._row: list[Cell] = []
        self._cell: dict[str, str] = {}
        self._number = 0

    def rows(self, chunks: Iterator[bytes]) -> Iterator[list[Cell]]:
        for chunk in chunks:
            self.feed(chunk)
            yield from self._done
            self._done.clear()
        self.feed(b"", is_last=True)
        yield from self._done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell = attributes
        elif name == "v" or name == "t":  # in the midst of millions: quicker than a set
            self.heard.clear()  # a formula, or white space between elements
        elif name == "row":
            number = int(attributes.get("r") or self._number + 1)
            if number > MOST_ROWS:
                raise DamagedWorkbook(f"row {number}")
            self._done.extend([] for _ in range(number - self._number - 1))
            self._number, self._row = max(number, self._number + 1), []

    def end(self, name: str) -> None:
        if name == "v":
            self._place(self._value(self.text()))
        elif name == "t":
            self._cell["said"] = self._cell.get("said", "") + self.text()
        elif name == "is":
            self._place(self._cell.pop("said", ""))
        elif name == "row":
            self._done.append(self._row)

    def _place(self, value: Cell) -> None:
        row, address = self._row, self._cell.get("r")
        column = _column(address.rstrip(_DIGITS)) if address else len(row)
        if column == len(row):
            row.append(value)
        else:
            row.extend([""] * (column + 1 - len(row)))
            row[column] = value

    def _value(self, text: str) -> Cell:
        kind = self._cell.get("t", "n")
        if kind == "s":
            return self._texts[int(text)]
        if kind == "n":
            try:
                number = float(text)
            except ValueError:
                return text
            style = self._styles.get(self._cell.get("s", ""))
            return number if style is None else style(number)
        if kind == "b":
            return text != "0"
        if kind == "e":
            return ""
        return _iso(text) if kind == "d" else text


def _moment(number: float) -> Cell:
    """A number of days since the last of 1899 as a day, a moment, or, below one day, an hour."""
    with suppress(OverflowError):
        moment = _EPOCH + timedelta(milliseconds=round(number * 86_400_000))
        if 0 <= number < 1:
            return moment.time()
        return moment.date() if moment.time() == time() else moment
    return number


def _span(number: float) -> Cell:
    """A number of days as hours that go on beyond a day."""
    with suppress(OverflowError):
        return timedelta(milliseconds=round(number * 86_400_000))
    return number


def _iso(text: str) -> date | datetime | str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if "T" in text else moment.date()


def _maker(number: str, own: Mapping[str, str]) -> Callable[[float], Cell] | None:
    """Return what a format of numbers makes of one, None for amounts and the like."""
    code = own.get(number, _BUILT_IN.get(number, ""))
    if _SPAN.search(code):
        return _span
    return _moment if _DAY_LETTER.search(_NOT_DAY.sub("", code.split(";")[0])) else None


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    if not (len(letters) <= 3 and letters.isascii() and letters.isupper() and letters.isalpha()):
        raise DamagedWorkbook(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _named(tree: Element, name: str) -> Sequence[Element]:
    return [one for one in tree.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name]


def _part(target: str) -> str:
    """Where a relation of the workbook leads; an address within the file may begin at its root."""
    path = PurePosixPath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    steps: list[str] = []
    for step in path.parts:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def _refuse(*_: Any) -> None:
    raise DamagedWorkbook("DOCTYPE")
