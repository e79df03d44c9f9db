"""What is to be said about the cells of a return: wrong, empty, broken rules, and what is unusual and wants explaining. Pure.

A value is unusual against the last period, against the unit's own past periods, or, where that past does not vouch for
it, against its neighbours of the same level in the same period.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from chungtay.kernel.errors import Severity
from chungtay.kernel.money import MAX_VND
from chungtay.kernel.numerals import NumberProblem, format_integer, read_decimal, read_integer
from chungtay.returns.outliers import LIMIT, Usual, usual_range
from chungtay.returns.relations import broken_relations
from chungtay.returns.rules import (
    ASK_WHY,
    EMPTY,
    EVERY_CELL,
    WATCHING,
    CellProblem,
    CellSpec,
    Entry,
    RuleKind,
    RuleSpec,
    keys_of_side,
    spoken_value,
    still_open,
)

# A figure is asked to be explained when it is this many times the last one, and the change is worth a question.
UNUSUAL_TIMES = 3
WORTH_ASKING = {True: 50_000_000, False: 10}  # đồng, or units counted
MIN_PAST, MOST_PAST = 5, 20
"""Past periods of the unit that make a habit; older ones than the newest MOST_PAST say nothing about today."""
MIN_PEERS = 7
"""Neighbours that must have sent the same cell before a unit is held against them."""


@dataclass(frozen=True)
class Known:
    """What a return is held against, by cell key: the last period, the unit's past periods (numbers only), its neighbours."""

    previous: Mapping[str, int | None] = field(default_factory=dict)
    past: Mapping[str, Sequence[int]] = field(default_factory=dict)
    peers: Mapping[str, Sequence[int]] = field(default_factory=dict)


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class _Watch:
    """When a cell is unusual: `times` and `least` (scaled) of a change, `limit` and `apart` of an outlier."""

    times: Fraction
    least: int
    limit: int
    apart: int
    of_change: Severity = Severity.EXPLAIN
    of_outlier: Severity = Severity.EXPLAIN


def check_cells(
    cells: Sequence[CellSpec],
    relations: Sequence[RuleSpec],
    entries: Mapping[str, Entry],
    known: Known = NOTHING_KNOWN,
) -> list[CellProblem]:
    """Return every problem of a return that is still open, in the order of the form."""
    return still_open(findings(cells, relations, entries, known))


def findings(
    cells: Sequence[CellSpec],
    relations: Sequence[RuleSpec],
    entries: Mapping[str, Entry],
    known: Known = NOTHING_KNOWN,
) -> list[CellProblem]:
    """Return everything there is to say about a return, in the order of the form, also what was explained."""
    found: list[CellProblem] = []
    own = _own_watches(cells, relations)
    by_kind: dict[tuple[bool, int], _Watch] = {}
    last_of, past_of, peers_of = known.previous.get, known.past.get, known.peers.get
    for cell in cells:
        key = cell.key
        entry = entries.get(key, EMPTY)
        value, text, absent, _, _ = entry
        if value is None or text or absent or not 0 <= value < MAX_VND:
            if problem := _misfilled(cell, entry):
                found.append(problem)
            continue
        last, before, beside = last_of(key), past_of(key, ()), peers_of(key, ())
        has_habit = len(before) >= MIN_PAST or len(beside) >= MIN_PEERS
        if not last and not has_habit:  # nothing to hold it against
            continue
        watch = own.get(key)
        if watch is None:
            kind = (cell.is_money, cell.decimals)
            watch = by_kind.get(kind) or by_kind.setdefault(kind, _house_watch(cell))
        if last and _jumped(value, last, watch):
            sentence = f"{_times(value, last)} kỳ trước ({spoken_value(cell, last)})."
            found.append(_asked(cell, entry, watch.of_change, sentence))
        if has_habit and (sentence := _unusual(cell, value, before, beside, watch)):
            found.append(_asked(cell, entry, watch.of_outlier, sentence))
    if not relations:
        return found
    by_key = {cell.key: cell for cell in cells}
    order = {key: place for place, key in enumerate(by_key)}
    return sorted([*found, *broken_relations(relations, by_key, entries)], key=lambda p: order[p.key])


def _house_watch(cell: CellSpec) -> _Watch:
    least = WORTH_ASKING[cell.is_money] * 10**cell.decimals
    return _Watch(Fraction(UNUSUAL_TIMES), least, LIMIT, least)


def _own_watches(cells: Sequence[CellSpec], relations: Sequence[RuleSpec]) -> dict[str, _Watch]:
    """Return the thresholds of the cells to which the form gives its own; a cell's rule goes before one of every cell."""
    told = sorted((rule for rule in relations if rule.kind in WATCHING), key=lambda rule: rule.left != EVERY_CELL)
    watches: dict[str, _Watch] = {}
    for rule in told:
        named = keys_of_side(rule.left)
        for cell in cells:
            if cell.key in named or rule.left == EVERY_CELL:
                watches[cell.key] = _told(watches.get(cell.key) or _house_watch(cell), rule, cell)
    return watches


def _told(watch: _Watch, rule: RuleSpec, cell: CellSpec) -> _Watch:
    least = None if rule.low is None else int(rule.low * 10**cell.decimals)
    if rule.kind == RuleKind.CHANGE:
        times = watch.times if rule.high is None else Fraction(rule.high)
        least = watch.least if least is None else least
        return _Watch(times, least, watch.limit, watch.apart, rule.severity, watch.of_outlier)
    limit = watch.limit if rule.high is None else int(rule.high * Decimal(1000))
    least = watch.apart if least is None else least
    return _Watch(watch.times, watch.least, limit, least, watch.of_change, rule.severity)


def _misfilled(cell: CellSpec, entry: Entry) -> CellProblem | None:
    """Say what is wrong with a cell that holds no number that could be judged."""
    wrong = Severity.WRONG
    if entry.text:
        return CellProblem(cell.key, wrong, number_sentence(cell, entry.text))
    if entry.value is None:
        sentence = "Ô này để trống. Không phát sinh thì ghi 0; chưa có số thì chọn “Chưa có số” và ghi lý do."
        return None if entry.absent else CellProblem(cell.key, Severity.MISSING, sentence)
    if entry.absent:
        return CellProblem(cell.key, wrong, "Ô này vừa có số vừa ghi “Chưa có số”. Hãy xóa một trong hai.")
    said = spoken_value(cell, entry.value)
    if entry.value < 0:
        return CellProblem(cell.key, wrong, f"Số {said} nhỏ hơn 0. Hãy nhập số từ 0 trở lên.")
    return CellProblem(
        cell.key,
        wrong,
        f"Số {said} lớn quá mức có thể có (từ {format_integer(MAX_VND)} trở lên). Hãy xem lại có thừa chữ số 0 không.",
    )


def number_sentence(cell: CellSpec, text: str) -> str:
    """Say why `text` is no number for this cell."""
    try:
        read_decimal(text, cell.decimals) if cell.decimals else read_integer(text)
    except NumberProblem as problem:
        return str(problem)
    return f"“{text}” chưa được nhập dưới dạng số. Hãy nhập lại bằng chữ số."


def _asked(cell: CellSpec, entry: Entry, severity: Severity, fact: str) -> CellProblem:
    if severity is not Severity.EXPLAIN:
        return CellProblem(cell.key, severity, fact)
    return CellProblem(cell.key, severity, f"{fact} {ASK_WHY}", is_explained=bool(entry.explain))


def _jumped(value: int, last: int, watch: _Watch) -> bool:
    if last < 0 or abs(value - last) < watch.least:
        return False
    above, below = watch.times.numerator, watch.times.denominator
    return value * below >= above * last or value * above <= below * last


def _unusual(cell: CellSpec, value: int, past: Sequence[int], peers: Sequence[int], watch: _Watch) -> str:
    """Say against what the value is unusual and what would be usual, "" when it is not."""
    if len(past) >= MIN_PAST:
        usual = usual_range(past[:MOST_PAST], least=watch.apart, limit=watch.limit)
        if usual.has(value):
            return ""  # a unit that always was unlike its neighbours is not asked every time
        return f"Khác hẳn {usual.count} kỳ trước của đơn vị: {_range_text(cell, usual)}."
    usual = usual_range(peers, least=watch.apart, limit=watch.limit)
    if usual.has(value):
        return ""
    return f"Khác hẳn {usual.count} đơn vị cùng cấp trong kỳ: {_range_text(cell, usual)}."


def _range_text(cell: CellSpec, usual: Usual) -> str:
    return f"thường từ {spoken_value(cell, max(0, usual.low))} đến {spoken_value(cell, usual.high)}"


def _times(value: int, last: int) -> str:
    if value >= last:
        tenths = value * 10 // last
        return f"Gấp {format_integer(tenths // 10)}{f',{tenths % 10}' if tenths % 10 else ''} lần"
    return f"Chỉ bằng {value * 100 // last}% số"
