"""The compiled loops of stocks and of ratios of stocks: each unit's last value in a window, and how new it is.

Nearly every unit has a value in the last column of a window, so the sum of that column is taken first; only units that
lack it are looked up in earlier columns. A unit whose life ended before the window's end (`gone`) does not count.
"""

# mypy: disable-error-code="no-untyped-def,untyped-decorator"
import numpy as np
from numba import njit

from chungtay.figures.kernels import NONE, ONE, count_before, has, lowest, put, spread


@njit(nogil=True, cache=True)
def _last(bits, unit, low, newest):
    """Return the newest column from `low` to `newest` in which a unit has a value, -1 without one."""
    column = newest
    while column >= low:
        if has(bits, column, unit):
            return column
        column -= 1
    return -1


@njit(nogil=True, cache=True)
def _line(sums, newest, change, line):
    """Fill line[border] with the sum of one column and of the changes before each border; forget the changes."""
    before = np.int64(0)
    for border in range(len(line)):
        before += change[border]
        change[border] = 0
        line[border] = sums[newest + 1, border] - sums[newest, border] + before


@njit(nogil=True, cache=True)
def _is_set(words, unit):
    return (words[unit >> np.uint64(6)] >> (unit & np.uint64(63))) & ONE != NONE


@njit(nogil=True, cache=True)
def _place_of(older, size, unit):
    """Return where a unit stands among the older ones, `size` when it does not."""
    place = np.searchsorted(older[:size], unit)
    return place if place < size and older[place] == unit else size


@njit(nogil=True, cache=True)
def _finish(window, present, older, column_of, size, newest, due, words, below, runs, wide, lows, highs, twins, twin_groups,
            counts, running, mine, known, reported, newest_of):  # fmt: skip
    """Say of each group whether it is known, as of which column, and how many of the due units are that new."""
    for word in range(due.shape[1]):
        mine[word] = present[word] & due[window, word]
    count_before(mine, words, below, running, counts)
    spread(window, counts, runs, wide, lows, highs, reported)
    count_before(present, words, below, running, counts)
    spread(window, counts, runs, wide, lows, highs, newest_of)
    unknown = 0
    for group in range(len(lows)):
        is_known = newest_of[window, group] != 0
        known[window, group] = is_known
        newest_of[window, group] = newest if is_known else -1
        unknown += not is_known
    if unknown and size:
        _look_back(window, older, column_of, size, due, words, below, running, counts, lows, highs, mine, known, reported,
                   newest_of)  # fmt: skip
    for at in range(len(twins)):
        unit, group = twins[at], twin_groups[at]
        column = newest
        if not _is_set(present, unit):
            place = _place_of(older, size, unit)
            column = column_of[place] if place < size else -1
        if column >= 0 and column == newest_of[window, group] and has(due, window, unit):
            reported[window, group] -= 1


@njit(nogil=True, cache=True)
def _look_back(window, older, column_of, size, due, words, below, running, counts, lows, highs, mine, known, reported,
               newest_of):  # fmt: skip
    """Say of the groups without a value in the newest column what they have in older ones."""
    for word in range(len(mine)):
        mine[word] = NONE
    for at in range(size):
        put(mine, older[at], True)
    count_before(mine, words, below, running, counts)
    for group in range(len(lows)):
        if known[window, group]:
            continue
        top, count = -1, 0
        for at in range(counts[lows[group]], counts[highs[group]]):
            if column_of[at] > top:
                top, count = column_of[at], 0
            if column_of[at] == top and has(due, window, older[at]):
                count += 1
        if top >= 0:
            known[window, group], newest_of[window, group], reported[window, group] = True, top, count


@njit(nogil=True, cache=True)
def _nothing(window, total, known, reported, newest_of):
    for group in range(total.shape[1]):
        total[window, group] = 0
        known[window, group] = False
        reported[window, group] = 0
        newest_of[window, group] = -1


@njit(nogil=True, cache=True)
def stocks(lines, series, masks, slots, sums, values, bits, low, high, windows, gone, begins, due, words, below, runs,
           wide, lows, highs, twins, twin_groups, total, known, reported, segment_of, newest, newest_at):  # fmt: skip
    """Work out the stocks `lines`; series[line] and masks[line] are their own, [low, high) the cube's columns."""
    for line in lines:
        at = series[line, 0]
        _stock(sums[slots[at]], values[at][low:high], bits[at][low:high], windows, gone, begins, due[masks[line]],
               words, below, runs, wide, lows, highs, segment_of, twins, twin_groups, total[line], known[line],
               reported[line], newest[newest_at[line]])  # fmt: skip


@njit(nogil=True, cache=True)
def stock_ratios(lines, series, masks, slots, sums, values, bits, low, high, windows, gone, begins, due, words, below,
                 runs, wide, lows, highs, twins, twin_groups, total, known, reported, segment_of, newest, newest_at, under,
                 under_at):  # fmt: skip
    """Work out ratios of stocks; their denominators are under[under_at[line]]."""
    for line in lines:
        a, b = series[line, 0], series[line, 1]
        _stock_ratio(sums[slots[a]], values[a][low:high], bits[a][low:high], sums[slots[b]], values[b][low:high],
                     bits[b][low:high], windows, gone, begins, due[masks[line]], words, below, runs, wide, lows, highs,
                     segment_of, twins, twin_groups, total[line], under[under_at[line]], known[line], reported[line],
                     newest[newest_at[line]])  # fmt: skip


@njit(nogil=True, cache=True)
def _stock(sums, values, bits, windows, gone, begins, due, words, below, runs, wide, lows, highs, segment_of,
          twins, twin_groups, total, known, reported, newest_of):  # fmt: skip
    """Work out one stock: total, known, reported, newest_of (column, -1 unknown) [window, group]."""
    size, units = bits.shape[1], np.uint64(values.shape[1])
    present, dead, mine = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    line, counts, running = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.empty(size + 1, np.uint64),
    )
    change, older, column_of = np.zeros(len(words), np.int64), np.empty(units, np.uint64), np.empty(units, np.int32)
    for window in range(len(windows)):
        low, high = windows[window, 0], windows[window, 1]
        if high <= low:
            _nothing(window, total, known, reported, newest_of)
            continue
        newest = high - 1
        for word in range(size):
            present[word] = bits[newest, word]
            dead[word] = NONE
        for at in range(begins[window], begins[window + 1]):
            unit = gone[at]
            put(dead, unit, True)
            if _is_set(present, unit):
                put(present, unit, False)
                if segment_of[unit] >= 0:
                    change[segment_of[unit] + 1] -= values[newest, unit]
        found = 0
        if newest > low:
            for word in range(size):
                lacking = ~present[word] & ~dead[word]
                while lacking:
                    unit = (np.uint64(word) << np.uint64(6)) + lowest(lacking)
                    lacking &= lacking - ONE
                    if unit >= units or segment_of[unit] < 0:
                        continue
                    column = _last(bits, unit, low, newest - 1)
                    if column >= 0:
                        change[segment_of[unit] + 1] += values[column, unit]
                        older[found] = unit
                        column_of[found] = column
                        found += 1
        _line(sums, newest, change, line)
        spread(window, line, runs, wide, lows, highs, total)
        _finish(window, present, older, column_of, found, newest, due, words, below, runs, wide, lows, highs, twins,
                twin_groups, counts, running, mine, known, reported, newest_of)  # fmt: skip


@njit(nogil=True, cache=True)
def _stock_ratio(sums_a, values_a, bits_a, sums_b, values_b, bits_b, windows, gone, begins, due, words, below, runs, wide,
                lows, highs, segment_of, twins, twin_groups, total, under, known, reported, newest_of):  # fmt: skip
    """Work out the ratio of two stocks over the units that have both, as of the older of the two."""
    size, units = bits_a.shape[1], np.uint64(values_a.shape[1])
    present, dead, mine = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    line, counts, running = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.empty(size + 1, np.uint64),
    )
    change, change_b = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    older, column_of = np.empty(units, np.uint64), np.empty(units, np.int32)
    for window in range(len(windows)):
        low, high = windows[window, 0], windows[window, 1]
        if high <= low:
            _nothing(window, total, known, reported, newest_of)
            for group in range(len(lows)):
                under[window, group] = 0
            continue
        newest = high - 1
        for word in range(size):
            dead[word] = NONE
        for at in range(begins[window], begins[window + 1]):
            put(dead, gone[at], True)
        found = 0
        for word in range(size):
            present[word] = bits_a[newest, word] & bits_b[newest, word] & ~dead[word]
            rest = ~present[word]
            while rest:
                unit = (np.uint64(word) << np.uint64(6)) + lowest(rest)
                rest &= rest - ONE
                if unit >= units or segment_of[unit] < 0:
                    continue
                segment = segment_of[unit] + 1
                if has(bits_a, newest, unit):
                    change[segment] -= values_a[newest, unit]
                if has(bits_b, newest, unit):
                    change_b[segment] -= values_b[newest, unit]
                if newest == low or _is_set(dead, unit):
                    continue
                column_a = _last(bits_a, unit, low, newest)
                column_b = _last(bits_b, unit, low, newest) if column_a >= 0 else -1
                if column_b >= 0:
                    change[segment] += values_a[column_a, unit]
                    change_b[segment] += values_b[column_b, unit]
                    older[found] = unit
                    column_of[found] = min(column_a, column_b)
                    found += 1
        _line(sums_a, newest, change, line)
        spread(window, line, runs, wide, lows, highs, total)
        _line(sums_b, newest, change_b, line)
        spread(window, line, runs, wide, lows, highs, under)
        _finish(window, present, older, column_of, found, newest, due, words, below, runs, wide, lows, highs, twins,
                twin_groups, counts, running, mine, known, reported, newest_of)  # fmt: skip
