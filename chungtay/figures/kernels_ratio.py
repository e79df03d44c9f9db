"""The compiled loops of ratios of flows: both terms are summed over the units that have both."""

# mypy: disable-error-code="no-untyped-def,untyped-decorator"
import numpy as np
from numba import njit

from chungtay.figures.kernels import (
    ALL,
    NONE,
    ONE,
    add_column,
    count_before,
    cover,
    is_inside,
    know,
    less_twins,
    lowest,
    restrict,
    spread,
    sum_window,
    tally_alone,
    tell,
)


@njit(nogil=True, cache=True)
def flow_ratios(lines, series, masks, values, bits, cell, low, high, bins, windows, partial, overlap, begins, due, borders,
                words, below, runs, wide, lows, highs, twins, twin_groups, total, known, reported, segment_of, under,
                under_at):  # fmt: skip
    """Work out ratios of flows; their denominators are under[under_at[line]]."""
    size = (high - low + 1, len(borders))
    sums_a, sums_b, only_a, only_b = (
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
    )
    for line in lines:
        a, b = series[line, 0], series[line, 1]
        _flow_ratio(sums_a, only_a, values[a][low:high], bits[a][low:high], cell[a][low:high], sums_b, only_b,
                    values[b][low:high], bits[b][low:high], cell[b][low:high], bins, windows, partial, overlap, begins,
                    due[masks[line]], borders, words, below, runs, wide, lows, highs, segment_of, twins, twin_groups,
                    total[line], under[under_at[line]], known[line], reported[line])  # fmt: skip


@njit(nogil=True, cache=True)
def _add_alone(values, column, bits, other, segment_of, change, only):
    """Fill only[column, border] with the values before each border of the units that lack the other flow in a column."""
    tally_alone(values, column, bits, other, segment_of, change)
    before = np.int64(0)
    for border in range(len(change)):
        before += change[border]
        change[border] = 0
        only[column, border] = before


@njit(nogil=True, cache=True)
def _less_alone(values, cell, bins, low, high, first, mine, other, size, segment_of, change, line):
    """Take from the sums before each border the units that have this flow in a window but not the other one."""
    touched = False
    for word in range(size):
        alone = mine[word] & ~other[word]
        while alone:
            unit = (np.uint64(word) << np.uint64(6)) + lowest(alone)
            alone &= alone - ONE
            value = np.int64(0)
            for column in range(low, high):
                if is_inside(cell, bins, column, first):
                    value += values[column, unit]
            if segment_of[unit] >= 0:
                change[segment_of[unit] + 1] += value
                touched = True
    if touched:
        before = np.int64(0)
        for border in range(len(line)):
            before += change[border]
            change[border] = 0
            line[border] -= before


@njit(nogil=True, cache=True)
def _less_column(only, column, line):
    for border in range(len(line)):
        line[border] -= only[column, border]


@njit(nogil=True, cache=True)
def _flow_ratio(sums_a, only_a, values_a, bits_a, cell_a, sums_b, only_b, values_b, bits_b, cell_b, bins, windows, partial,
                overlap, begins, due, borders, words, below, runs, wide, lows, highs, segment_of, twins, twin_groups, total,
                under, known, reported):  # fmt: skip
    """Work out the ratio of two flows over the units that have both: total is its numerator, `under` its denominator."""
    size = bits_a.shape[1]
    whole_a, some_a, mine = np.empty(size, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    whole_b, some_b, mine_b = np.empty(size, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    line, line_b, change = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.zeros(len(words), np.int64),
    )
    counts, running, both = np.empty(len(words), np.int64), np.empty(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    for column in range(values_a.shape[0]):
        add_column(values_a, column, borders, sums_a)
        _add_alone(values_a, column, bits_a, bits_b, segment_of, change, only_a)
        add_column(values_b, column, borders, sums_b)
        _add_alone(values_b, column, bits_b, bits_a, segment_of, change, only_b)
    past_low = past_high = past_first = filled_a = filled_b = np.int64(-1)
    for window in range(len(windows)):
        low, high, first, length = windows[window, 0], windows[window, 1], windows[window, 2], windows[window, 3]
        begin, end = begins[window], begins[window + 1]
        if low != past_low or first != past_first or high < past_high:  # else it goes on where the last one ended
            past_high, filled_a, filled_b = low, np.int64(0), np.int64(0)
            for word in range(size):
                whole_a[word], whole_b[word], some_a[word], some_b[word] = ALL, ALL, NONE, NONE
        filled_a += cover(bits_a, cell_a, bins, past_high, high, first, whole_a, some_a)
        filled_b += cover(bits_b, cell_b, bins, past_high, high, first, whole_b, some_b)
        past_low, past_high, past_first = low, high, first
        restrict(
            bits_a, cell_a, bins, low, high, first, filled_a == length, partial, overlap, begin, end, whole_a, mine
        )
        restrict(
            bits_b, cell_b, bins, low, high, first, filled_b == length, partial, overlap, begin, end, whole_b, mine_b
        )
        for word in range(size):
            mine[word] &= mine_b[word] & due[window, word]
            both[word] = some_a[word] & some_b[word]
        count_before(mine, words, below, running, counts)
        sum_window(sums_a, cell_a, bins, low, high, first, line)
        sum_window(sums_b, cell_b, bins, low, high, first, line_b)
        if high == low + 1 and is_inside(cell_a, bins, low, first) and is_inside(cell_b, bins, low, first):
            _less_column(only_a, low, line)
            _less_column(only_b, low, line_b)
        else:
            _less_alone(values_a, cell_a, bins, low, high, first, some_a, some_b, size, segment_of, change, line)
            _less_alone(values_b, cell_b, bins, low, high, first, some_b, some_a, size, segment_of, change, line_b)
        spread(window, line_b, runs, wide, lows, highs, under)
        zeros = tell(window, line, counts, runs, wide, lows, highs, total, reported)
        know(window, zeros, both, words, below, lows, highs, total, under, known)
        less_twins(window, mine, twins, twin_groups, reported)
