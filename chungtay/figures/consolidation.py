"""From the cube to consolidated figures: lines × windows × groups of units, all cells at once.

Flow: a window holds the facts that lie wholly inside it (a fact that crosses the window's start is left out, one that
crosses its end stands in a later bin anyway), so a quarter is never shown as a month. A unit is complete iff the spans
of those facts add up to the window's length, or to the part of it in which the unit lives. Sums over time are
differences of prefix sums.
Stock: each unit's last value whose period ends inside the window; a unit that is gone by the window's end counts only
until one that came after it states the line (`carrying`). The figure is as of the newest of them, and a unit has
reported iff its own last value is that new.
A line over several dimension keys adds them up; a unit must have every key that anybody stated in the window.
Ratio: sums of the two terms over the units that have both; as of the day up to which both are known.
"""

from collections.abc import Sequence

import numpy as np

from chungtay.figures import compiled
from chungtay.figures.cube import Cube, Ints, Mask
from chungtay.figures.general import state_of, work_out
from chungtay.figures.grouping import Groups
from chungtay.figures.outcome import Answer, Memory, blank_answer
from chungtay.figures.setting import Line, Lives, Setting, Term
from chungtay.kernel.errors import DomainError

__all__ = ["Answer", "Line", "Lives", "Memory", "SumTooLarge", "Term", "consolidate"]

_MOST = 2**63 - 1


class SumTooLarge(DomainError):
    """A sum may not fit 64 bits."""

    def __init__(self) -> None:
        super().__init__("Tổng vượt quá 9 tỷ tỷ đơn vị: chắc chắn có số liệu nhập sai, hãy kiểm tra lại số chữ số.")


def consolidate(
    cube: Cube,
    lines: Sequence[Line],
    groups: Groups,
    first: Ints,
    end: Ints,
    masks: Sequence[Mask],
    lives: Lives | None = None,
    memory: Memory | None = None,
) -> Answer:
    """Return every cell of lines × windows [first, end) in bins × groups.

    masks: arrays [window, unit of groups.order] of who is expected; a line names its own. lives: when those units exist,
    None for ever. Raises SumTooLarge.
    """
    setting = Setting(cube, lines, groups, first, end, masks, lives)
    answer = blank_answer(setting, memory or Memory(), state_of)
    stated = [at for at, line in enumerate(lines) if line.is_stated]
    if not (setting.columns.bins.size and groups.order.size):
        stated = []
    for at in stated:
        _check_sums(setting, lines[at])
    fast: list[int] = []
    if len(lines) * len(first) * len(groups.order) >= compiled.CELLS_WORTH_COMPILING and compiled.is_ready():
        fast = [at for at in stated if compiled.suits(setting, lines[at])] if isinstance(groups.units, slice) else []
    if fast:
        compiled.work_out(setting, answer, fast)
    _clear(answer, sorted(set(range(len(lines))) - set(stated)))
    work_out(setting, answer, sorted(set(stated) - set(fast)))
    return answer


def _clear(answer: Answer, lines: list[int]) -> None:
    """Say that nothing is known of some lines."""
    answer.total[lines], answer.known[lines], answer.reported[lines] = 0, False, 0
    for line in lines:
        if line in answer._below_at:
            answer.below_of(line)[:] = 0
        if line in answer._newest_at:
            answer.newest_of(line)[:] = -1


def _check_sums(setting: Setting, line: Line) -> None:
    """Make sure that no sum of the line can leave 64 bits. Raises SumTooLarge."""
    cube, columns, groups = setting.cube, setting.columns, setting.groups
    cells = len(columns.bins) * len(groups.order)
    for term in line.terms:
        if cells * sum(cube.measures(series)[1] for series in term.series) > _MOST:
            blocks = (cube.values[series, columns.cut].take(groups.order, axis=-1) for series in term.series)
            if sum(float(np.abs(block).sum(dtype=np.float64)) for block in blocks) > 0.99 * _MOST:
                raise SumTooLarge
