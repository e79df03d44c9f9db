"""What is said of a figure in words, for a page, a comment in Word and the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chungtay.checking.pairing import Candidate, Finding
from chungtay.checking.rules import VERDICT_LABELS, Verdict, why_not
from chungtay.kernel.numerals import format_decimal
from chungtay.kernel.text import NBSP

STATES = {
    Verdict.AGREES: "approved",
    Verdict.DIFFERS: "discrepancy",
    Verdict.NO_SOURCE: "missing",
    Verdict.UNCLEAR: "explain",
}


@dataclass(frozen=True)
class Piece:
    """A run of the text; with a finding it is a figure, numbered as in the list below the text."""

    text: str
    number: int = 0
    finding: Finding | None = None


def pieces(text: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    """Cut a text at its figures."""
    at = 0
    for number, finding in enumerate(findings, start=1):
        figure = finding.figure
        if figure.start < at:  # inside the one before
            continue
        if figure.start > at:
            yield Piece(text[at : figure.start])
        yield Piece(text[figure.start : figure.end], number, finding)
        at = figure.end
    if at < len(text):
        yield Piece(text[at:])


def known_text(candidate: Candidate) -> str:
    """Write what the account knows in full: "58.100.000.000 đồng", "1,0%", "400 căn"."""
    if candidate.value is None:
        return "chưa có số"
    if candidate.unit == "%":
        return f"{_shortest(candidate.value)}%"
    return f"{_shortest(candidate.value)}{NBSP}{'đồng' if candidate.unit == 'VND' else candidate.unit}"


def meant_text(candidate: Candidate) -> str:
    """Say which figure of the account it is: name, period, and the unit where it is a part of the area."""
    where = f", {candidate.place}" if candidate.place else ""
    return f"“{candidate.name}” {candidate.period_label}{where}"


def sentence_of(finding: Finding) -> str:
    """Say in a sentence what the account says of a figure."""
    match finding.verdict:
        case Verdict.NO_SOURCE if finding.was_chosen:
            return "Đã có người ghi: không phải số liệu của chương trình."
        case Verdict.NO_SOURCE:
            return "Không có số liệu nào của chương trình ứng với con số này."
        case Verdict.UNCLEAR:
            return "Chưa rõ con số này nói về chỉ tiêu nào. Hãy chọn; lần sau phần mềm nhớ."
    paired = finding.paired
    if paired is None or paired.value is None:
        return ""
    known = f"{meant_text(paired)}: {known_text(paired)} ({paired.coverage})"
    if finding.verdict is Verdict.AGREES:
        return f"Khớp với {known}."
    why = why_not(finding.figure, paired.value)
    return " ".join(filter(None, (f"Lệch so với {known}; {difference_text(finding)}.", why)))


def difference_text(finding: Finding) -> str:
    """Say by how much a text is above or below the account."""
    difference, known = finding.difference, finding.paired
    if difference is None or known is None:
        return ""
    if not difference:
        return "bằng đúng số liệu"
    unit = " điểm phần trăm" if known.unit == "%" else f"{NBSP}{'đồng' if known.unit == 'VND' else known.unit}"
    return f"văn bản {'cao' if difference > 0 else 'thấp'} hơn {_shortest(abs(difference))}{unit}"


def label_of(finding: Finding) -> str:
    """Return the verdict's word."""
    return VERDICT_LABELS[finding.verdict]


def _shortest(value: Fraction) -> str:
    text = format_decimal(value, 3)
    return text.rstrip("0").rstrip(",") if "," in text else text
