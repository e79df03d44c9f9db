"""A return as a sheet to be read or filled: its rows in the order of the form, each with everything that is said about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chungtay.kernel.errors import Severity
from chungtay.kernel.numerals import format_percent
from chungtay.kernel.periods import parse_period
from chungtay.returns import rules
from chungtay.returns.background import Background
from chungtay.returns.records import CellRecord
from chungtay.returns.rules import CellProblem, CellSpec, Change, Entry
from chungtay.returns.selectors import FormSpec, OpenRemark, Ratio


@dataclass(frozen=True)
class Row:
    """One cell of a form. `number` counts from 1 through the whole form; `previous` is scaled, None when unknown."""

    cell: CellSpec
    number: int
    entry: Entry
    previous: int | None
    problems: tuple[CellProblem, ...] = ()
    remark: OpenRemark | None = None
    change: Change | None = None
    ratio: str = ""
    ticked: str | None = None  # the reason of an officer who marks the cell to go back; None when unmarked
    record: CellRecord | None = None  # of a cell that a register keeps
    recorded_then: int | None = None  # what it said when the version was sent

    @property
    def typed(self) -> str:
        """What stands in the box: the number as it is written, or the text as it was typed."""
        return rules.spoken_value(self.cell, self.entry.value) or self.entry.text

    @property
    def is_missing(self) -> bool:
        """Whether nobody has said anything about the cell."""
        return self.entry.value is None and not self.entry.absent and not self.entry.text

    @property
    def missing_sentence(self) -> str:
        """What to do about an empty cell."""
        return next((p.sentence for p in self.problems if p.severity is Severity.MISSING), "")

    @property
    def wrong(self) -> list[str]:
        """The sentences that stop the sending, without the one of an empty cell."""
        return [p.sentence for p in self.problems if p.severity is Severity.WRONG]

    @property
    def unusual(self) -> str:
        """What is unusual about the figure, whether it is explained or not: "Gấp 5,9 lần kỳ trước (210)."."""
        asked = (p.sentence for p in self.problems if p.severity is Severity.EXPLAIN)
        return " ".join(sentence.removesuffix(rules.ASK_WHY).strip() for sentence in asked)

    @property
    def unexplained(self) -> str:
        """Why the figure is asked to be explained, "" when it is not or is explained."""
        is_open = any(p.severity is Severity.EXPLAIN and not p.is_explained for p in self.problems)
        return f"{self.unusual} {rules.ASK_WHY}" if is_open else ""

    @property
    def hints(self) -> list[str]:
        """What is only to be known about the figure."""
        return [p.sentence for p in self.problems if p.severity is Severity.HINT]

    @property
    def record_said(self) -> str:
        """What the register says of the cell: that the number is its own, what it has instead, or that it has none yet."""
        if self.record is None:
            return ""
        if self.record.value is None:
            return f"{self.record.keeper.capitalize()} chưa có số của kỳ này; số ghi ở đây chỉ để đối chiếu."
        if self.entry.value == self.record.value:
            return f"Số lấy từ {self.record.keeper}"
        return f"{self.record.keeper.capitalize()} ghi {rules.spoken_value(self.cell, self.record.value)}"

    @property
    def record_value(self) -> str:
        """What the register holds, as it is written in the form; "" when it holds nothing."""
        return "" if self.record is None else rules.spoken_value(self.cell, self.record.value)

    @property
    def record_moved(self) -> str:
        """How the register changed since the version was sent, "" when it did not."""
        if self.record is None or self.recorded_then is None or self.record.value == self.recorded_then:
            return ""
        now = "không còn số" if self.record.value is None else rules.spoken_value(self.cell, self.record.value)
        was = rules.spoken_value(self.cell, self.recorded_then)
        return f"{self.record.keeper.capitalize()} ghi {was} khi gửi, nay {'' if self.record.value is None else 'ghi '}{now}."

    @property
    def is_answered(self) -> bool:
        """Whether a cell that came back was mended or answered."""
        return self.remark is not None and not self.wrong

    @property
    def shows_absent(self) -> bool:
        """Whether the reason for having no number stands open: it is written."""
        return bool(self.entry.absent)

    @property
    def shows_explain(self) -> bool:
        """Whether the box of the explanation stands open: it is written, or asked for."""
        return bool(self.entry.explain or self.unexplained)

    @property
    def has_notes(self) -> bool:
        """Whether a reader is told anything beside the number."""
        said = (self.wrong, self.unusual, self.hints, self.entry.explain, self.ratio, self.remark, self.entry.reply)
        return any(said) or bool(self.record or (self.entry.value is None and self.entry.absent))

    @property
    def is_ticked(self) -> bool:
        """Whether the officer marks the cell to go back."""
        return self.ticked is not None

    @property
    def state(self) -> str:
        """The sign of the row: what came back, what is wrong, what wants explaining."""
        if self.remark:
            return "returned"
        return "wrong" if self.wrong else "explain" if self.unexplained else ""


@dataclass(frozen=True)
class Sheet:
    """The rows of a return by section."""

    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    before: str  # the period of the column "Kỳ trước", "" when there was none

    @property
    def rows(self) -> list[Row]:
        """Every row, in the order of the form."""
        return [row for _, rows in self.sections for row in rows]

    @property
    def filled(self) -> int:
        """How many cells say something that counts: a number, or why there is none."""
        return sum(1 for row in self.rows if row.entry.value is not None or row.entry.absent)

    @property
    def has_notes(self) -> bool:
        """Whether anything is said beside the numbers."""
        return any(row.has_notes for row in self.rows)

    @property
    def with_number(self) -> int:
        """How many cells have a number."""
        return sum(1 for row in self.rows if row.entry.value is not None)

    @property
    def blocking(self) -> list[Row]:
        """The rows that stop the sending."""
        return [row for row in self.rows if row.wrong or row.missing_sentence or row.unexplained]

    @property
    def returned(self) -> list[Row]:
        """The rows that came back."""
        return [row for row in self.rows if row.remark]

    @property
    def looks(self) -> list["Look"]:
        """What deserves a look before a decision, in the order of the form."""
        return [look for row in self.rows if (look := look_at(row))]


@dataclass(frozen=True)
class Look:
    """Why a row deserves a look: the sign of its worst reason, and all of them in words."""

    row: Row
    state: str
    text: str


def look_at(row: Row) -> Look | None:
    """Return why a row deserves a look before it is signed or approved, None when it is like the last one."""
    reasons = [(state, text) for state, text in _reasons(row) if text]
    if not reasons:
        return None
    order = ("returned", "explain", "missing", "info")
    return Look(row, min((state for state, _ in reasons), key=order.index), " ".join(text for _, text in reasons))


def _reasons(row: Row) -> list[tuple[str, str]]:
    change = row.change
    moved = change is not None and change.before_text != change.after_text
    before = change.before_text or "để trống" if change else ""
    after = change.after_text or "để trống" if change else ""
    absent = row.entry.absent if row.entry.value is None else ""
    was = f"Bản trước ghi {before}, nay chưa có số" if moved else "Chưa có số"
    mended = f"đã sửa {before} thành {after}" if moved and not absent else "giữ nguyên số" if not moved else "bỏ số"
    return [
        ("returned", f"Bị trả lại lần trước, {mended}." if row.remark else ""),
        ("returned", f"Trả lời: “{row.entry.reply}”" if row.remark and row.entry.reply else ""),
        ("missing", f"{was}: “{absent}”" if absent else ""),
        ("info", f"Đổi {before} thành {after} so với bản trước." if moved and not absent and not row.remark else ""),
        ("explain", f"{row.unusual} Chưa giải thích." if row.unexplained else row.unusual),
        ("explain", f"Giải thích: “{row.entry.explain}”" if row.entry.explain else ""),
        ("explain", row.record_moved),
        ("info", " ".join(row.hints)),
    ]


def sheet_of(
    spec: FormSpec,
    entries: Mapping[str, Entry],
    background: Background,
    *,
    problems: Iterable[CellProblem] = (),
    remarks: Mapping[str, OpenRemark] | None = None,
    changes: Iterable[Change] = (),
    ratios: Sequence[Ratio] = (),
    ticked: Mapping[str, str] | None = None,
) -> Sheet:
    """Put together what is known about each cell of a form."""
    by_key: dict[str, list[CellProblem]] = {}
    for problem in problems:
        by_key.setdefault(problem.key, []).append(problem)
    changed = {change.cell.key: change for change in changes}
    worked_out = {r.denominator.key: ratio_text(r, entries) for r in ratios}
    numbers = {cell.key: number for number, cell in enumerate(spec.cells, 1)}

    def row(cell: CellSpec) -> Row:
        return Row(
            cell,
            numbers[cell.key],
            entries.get(cell.key, Entry()),
            background.previous.get(cell.key),
            tuple(by_key.get(cell.key, ())),
            (remarks or {}).get(cell.key),
            changed.get(cell.key),
            worked_out.get(cell.key, ""),
            (ticked or {}).get(cell.key),
            background.records.get(cell.key),
            background.recorded_then.get(cell.key),
        )

    before = parse_period(background.period_code).short() if background.period_code else ""
    return Sheet(tuple((title, tuple(row(cell) for cell in cells)) for title, cells in spec.sections()), before)


def ratio_text(ratio: Ratio, entries: Mapping[str, Entry]) -> str:
    """Return "Tỷ lệ hộ nghèo 1,35% = 61 / 4.512", "" while one of the two terms has no number."""
    top, bottom = (entries.get(c.key, Entry()).value for c in (ratio.numerator, ratio.denominator))
    if top is None or not bottom:
        return ""
    share = Fraction(top, 10**ratio.numerator.decimals) / Fraction(bottom, 10**ratio.denominator.decimals)
    percent = format_percent(share.numerator, share.denominator, places=2)
    terms = " / ".join(rules.spoken_value(c, v) for c, v in ((ratio.numerator, top), (ratio.denominator, bottom)))
    return f"{ratio.name} {percent} = {terms}"


def left_words(problems: Iterable[CellProblem]) -> str:
    """Say what is left to do: "còn 1 ô trống, 1 ô phải sửa, 1 ô phải giải thích"; "đủ số, gửi được" when nothing is."""
    cells: dict[Severity, set[str]] = {severity: set() for severity in Severity}
    for problem in rules.stops_sending(problems):
        cells[problem.severity].add(problem.key)
    words = {
        Severity.MISSING: "ô trống",
        Severity.WRONG: "ô phải sửa",
        Severity.EXPLAIN: "ô phải giải thích",
    }
    parts = [f"{len(cells[severity])} {word}" for severity, word in words.items() if cells[severity]]
    return f"còn {', '.join(parts)}" if parts else "đủ số, gửi được"
