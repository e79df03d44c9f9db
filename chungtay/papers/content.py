"""What an official paper holds, without saying how it looks: head, blocks, annexes, and the figures it prints.

One rule above all: a number in a paper is a PrintedFigure named by its key, never a typed digit, so that every number
printed can be listed (`rules.manifest`) and opened to its source. Layout: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum
from fractions import Fraction

from chungtay.kernel.numerals import pad_count, to_roman
from chungtay.kernel.text import day_text

# ---------------------------------------------------------------- head and closing


class HeadKind(StrEnum):
    """Who issues the paper; the head's layout follows from it."""

    UBND = "ubnd"
    MTTQ = "mttq"
    JOINT = "joint"
    PARTY = "party"

    @property
    def is_verified(self) -> bool:
        """False for the Party head: its rules (HD 36-HD/VPTW) were not read in full; screens must say so."""
        return self is not HeadKind.PARTY


@dataclass(frozen=True, kw_only=True)
class Head:
    """The first lines of a paper. `superior` and `issuer` are printed one line each, in capitals, broken by sense."""

    kind: HeadKind
    issuer: tuple[str, ...]
    symbol: str  # "BC-UBND"; "BC/TU" for the Party
    place: str
    dated_on: date
    issuer_in_text: str
    superior: tuple[str, ...] = ()
    number: str = ""  # "152"; empty while the paper has no number yet

    @property
    def number_text(self) -> str:
        """E.g. "05" for "5", and room to write by hand while there is no number."""
        return pad_count(int(self.number)) if self.number.isdigit() else self.number or "\u00a0" * 6

    @property
    def reference(self) -> str:
        """E.g. "152/BC-UBND", and "41-BC/TU" for the Party."""
        return f"{self.number_text}{'-' if self.kind is HeadKind.PARTY else '/'}{self.symbol}"

    @property
    def number_line(self) -> str:
        """E.g. "Số: 152/BC-UBND"; the Party writes no colon."""
        return f"Số{' ' if self.kind is HeadKind.PARTY else ': '}{self.reference}"

    @property
    def place_and_date(self) -> str:
        """E.g. "Cao Lãnh, ngày 05 tháng 01 năm 2024"."""
        return f"{self.place}, {day_text(self.dated_on)}"


@dataclass(frozen=True)
class Signature:
    """Authority and position ("TM. …", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), then the name under the room to sign."""

    lines: tuple[str, ...]
    name: str


# ---------------------------------------------------------------- figures


@dataclass(frozen=True, kw_only=True)
class PrintedFigure:
    """A number as it is printed, and everything needed to open it to its source. Texts are Vietnamese, for people.

    `value` is an integer scaled by 10**decimals (đồng: decimals 0). A table that shows triệu đồng keeps the value in
    đồng and says divisor=1_000_000, places=2: the workbook then holds the exact value and shows the printed one.
    A percentage holds `ratio` instead of `value`.
    """

    key: str
    text: str  # "trên 18,15 tỷ đồng"
    label: str  # "Vận động năm 2021"
    exact: str  # "18.153.450.000 đồng"
    unit: str  # "đồng", "căn", "%"
    value: int | None = None
    decimals: int = 0
    divisor: int = 1
    places: int = 0
    ratio: Fraction | None = None
    coverage: str = ""  # "15/15 đơn vị"
    when: str = ""  # "từ tháng 01/2020 đến tháng 4/2023"
    known_at: datetime | None = None
    source: str = ""  # "Sổ Quỹ “Vì người nghèo”"
    trace: str = ""
    url: str = ""


# ---------------------------------------------------------------- blocks


@dataclass(frozen=True)
class Heading:
    """Level 1 is "I. KẾT QUẢ" (printed in capitals), level 2 "1. Nhà ở". The numeral is part of the text."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; `{key}` stands for the figure of that key. The last paragraph of a paper ends with "./."."""

    text: str


@dataclass(frozen=True)
class ListBlock:
    """Items printed one a paragraph after a dash; they may hold `{key}` and carry their own closing marks."""

    items: tuple[str, ...]


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Column:
    """A column's head; neighbours with the same `group` stand under one common head. Width 0 shares what is left."""

    head: str
    width_mm: float = 0
    align: Align = Align.RIGHT
    group: str = ""


class Mark(Enum):
    """A cell without a number. Missing is never printed as zero."""

    MISSING = "…"  # not reported
    NONE = "-"  # nothing occurred
    NO_SUM = "x"  # a sum has no meaning here
    EMPTY = ""  # room to write


@dataclass(frozen=True)
class TextCell:
    """Words. Its digits obey the same rule as a sentence's; `{key}` is allowed."""

    text: str


@dataclass(frozen=True)
class OrdinalCell:
    """The sequence mark of a row in column TT: "A", "I", "1". Numbers must count 1, 2, 3 …: they are not figures."""

    text: str


@dataclass(frozen=True)
class NumberCell:
    """The figure of that key."""

    key: str


Cell = TextCell | OrdinalCell | NumberCell | Mark


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """A table. A caption is printed after its name (`Numbering`); `small` sets 11 pt; `numbered` adds the row "(1) (2) …"."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit_line: str = ""  # "triệu đồng": printed after "Đơn vị tính:"
    total: tuple[Cell, ...] | None = None
    note: str = ""
    small: bool = False
    numbered: bool = False
    is_form: bool = False  # a form of an annex, counted by itself


@dataclass(frozen=True)
class Bar:
    """One column of a chart: stacked parts, the figure written above, and the plan as a stroke. All are figure keys."""

    label: str
    parts: tuple[str, ...]
    total: str
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class ChartBlock:
    """A column chart, always beside its table. `series` names the parts (at most four); bars carry their values."""

    caption: str
    alt: str
    unit_line: str
    bars: tuple[Bar, ...]
    series: tuple[str, ...] = ()
    plan_label: str = "kế hoạch"


@dataclass(frozen=True)
class SourceRow:
    """A row of the sources annex: one figure of the text, or the figures of a table that share source and coverage."""

    number: int
    label: str
    printed: str
    exact: str
    coverage: str
    when: str
    source: str
    trace: str
    url: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class SourcesBlock:
    """The table of sources, made by `sources.sources_annex`; never written by hand."""

    rows: tuple[SourceRow, ...]
    note: str


class Numbering:
    """Names tables and charts in the order of the paper: "Bảng 1", "Hình 1"; the forms of its annexes "Biểu 1" (no-break spaces)."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def table(self, table: TableBlock) -> str:
        """Return the name of the next table; "" for one without a caption, which is not counted."""
        return self._next("Biểu" if table.is_form else "Bảng") if table.caption else ""

    def chart(self) -> str:
        """Return the name of the next chart."""
        return self._next("Hình")

    def _next(self, word: str) -> str:
        self._counts[word] += 1
        return f"{word}\u00a0{self._counts[word]}"


Block = Heading | Paragraph | ListBlock | TableBlock | ChartBlock | SourcesBlock


@dataclass(frozen=True)
class Annex:
    """A part on its own pages. It is numbered in Roman by its place when the paper has two or more."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper:
    """All of a paper. `names` are names that hold digits ("Phường 11", "2021" as a row's head)."""

    head: Head
    type_name: str  # "BÁO CÁO"
    abstract: tuple[str, ...]
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    note: str = ""  # "Số liệu minh họa": at the foot of every page
    figures: Mapping[str, PrintedFigure] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Type and abstract in one line, for file properties."""
        return " ".join((self.type_name, *self.abstract))

    def annex_label(self, index: int) -> str:
        """E.g. "Phụ lục II" (no-break space), or "Phụ lục" when there is only one."""
        return "Phụ lục" if len(self.annexes) == 1 else f"Phụ lục\u00a0{to_roman(index + 1)}"

    def annex_reference(self) -> str:
        """E.g. "(Kèm theo Báo cáo số … ngày … của …)"."""
        head = self.head
        paper = f"{self.type_name.capitalize()} số {head.reference}"
        return f"(Kèm theo {paper} {day_text(head.dated_on)} của {head.issuer_in_text})"
