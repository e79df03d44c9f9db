"""What is wrong with a list of units: each finding names its row and says in a sentence what is wrong and what to do."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """An error stops the whole import; a warning asks to be looked at; a note tells what is done by itself."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """Every kind of finding, by its code in the report."""

    UNREADABLE = "unreadable"  # the file, or a line of it
    NO_HEAD = "no-head"
    UNKNOWN_COLUMN = "unknown-column"
    MISSING_COLUMN = "missing-column"
    EMPTY_CELL = "empty-cell"
    TOO_LONG = "too-long"
    UNICODE = "unicode-form"
    BAD_DATE = "bad-date"
    BAD_LEVEL = "bad-level"
    BAD_SHARE = "bad-share"
    NO_SHARE_BASIS = "no-share-basis"
    SHARE_SUM = "share-sum"
    DUPLICATE = "duplicate"
    UNKNOWN_UNIT = "unknown-unit"
    AMBIGUOUS = "ambiguous-name"
    WRONG_ERA = "code-of-wrong-era"
    OTHER_NAME = "other-name"
    OTHER_MARKS = "other-marks"  # Hòa against Hóa
    SPELLING = "spelling"  # Hòa against Hoà
    OTHER_ABOVE = "other-district-or-province"
    LEADING_ZERO = "leading-zero"
    TWO_NAMES = "two-names-of-a-code"
    TWO_ANSWERS = "two-answers-of-a-unit"  # level, parent
    TWO_CODES = "two-codes-of-a-name"
    CODE_TAKEN = "code-taken"
    MISSING_UNIT = "missing-unit"
    NO_SOURCE = "no-source"
    UNKNOWN_PARENT = "unknown-parent"
    CIRCLE = "circle"
    LEVEL_ORDER = "level-order"
    NOT_NEIGHBOURS = "not-neighbours"
    FAR_SOURCES = "far-sources"
    OTHER_PROVINCE = "other-province"
    NO_LEGAL_BASIS = "no-legal-basis"
    NOT_LISTED = "not-listed"
    LATER_CHANGE = "later-change-recorded"
    REFUSED = "refused"  # by the service that records it
    ALREADY_THERE = "already-there"
    ENDS_BY_ITSELF = "ends-by-itself"


_LIGHT = {
    **dict.fromkeys(
        (
            Kind.UNKNOWN_COLUMN, Kind.UNICODE, Kind.NO_SHARE_BASIS, Kind.SPELLING, Kind.LEADING_ZERO,
            Kind.FAR_SOURCES, Kind.OTHER_PROVINCE, Kind.NOT_LISTED,
        ),
        Weight.WARNING,
    ),
    **dict.fromkeys((Kind.ALREADY_THERE, Kind.ENDS_BY_ITSELF), Weight.NOTE),
}  # fmt: skip
WEIGHT_WORDS = {Weight.ERROR: "lỗi", Weight.WARNING: "cảnh báo", Weight.NOTE: "lưu ý"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its row (line 0 = the whole file), what is wrong, and what was probably meant where that is known."""

    kind: Kind
    sentence: str
    file: str
    line: int = 0
    column: str = ""
    suggestion: str = ""

    @property
    def weight(self) -> Weight:
        return _LIGHT.get(self.kind, Weight.ERROR)

    @property
    def where(self) -> str:
        return f"{self.file}, dòng {self.line}" if self.line else self.file

    def as_json(self) -> dict[str, str | int]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.weight.value,
            "kind": self.kind.value,
            "sentence": self.sentence,
            "suggestion": self.suggestion,
        }


def in_order(findings: Iterable[Finding], files: Iterable[str]) -> list[Finding]:
    """Return findings as somebody works through them: by file as given, by line, errors first."""
    place = {name: number for number, name in enumerate(files)}
    weights = list(Weight)
    return sorted(
        dict.fromkeys(findings),
        key=lambda f: (place.get(f.file, len(place)), f.line, weights.index(f.weight), f.kind.value),
    )


def as_csv(findings: Iterable[Finding]) -> str:
    """Return the table of findings as CSV for a spreadsheet: UTF-8 with mark, no cell begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["tệp", "dòng", "cột", "mức", "loại", "nội dung", "gợi ý"])
    for f in findings:
        weight = WEIGHT_WORDS[f.weight]
        writer.writerow(
            [_plain(c) for c in (f.file, str(f.line or ""), f.column, weight, f.kind, f.sentence, f.suggestion)]
        )
    return "\ufeff" + out.getvalue()


def _plain(cell: str) -> str:
    """A spreadsheet takes a cell that begins with one of these for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
