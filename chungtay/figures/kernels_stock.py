"""The compiled loops of stocks and of ratios of stocks: each unit's last value in a window, and how new it is.

Columns are gone through once, the windows that end with a column right after it. Nearly every unit has a value in the last
column of a window, so the sum of that column is taken first. Of a unit that falls silent its last value is kept while its
column is at hand; where a window looks further back, those are added. A unit whose life ended before the window's end
(`gone`) does not count, unless it ended inside the window (`ended`) and is carried there (`stays`, see `carrying`).
"""

# mypy: disable-error-code="no-untyped-def,untyped-decorator"
import numpy as np
from numba import njit

from chungtay.figures.kernels import NONE, ONE, any_between, count_before, has, lowest, put, spread, tally_alone, tell


@njit(nogil=True, cache=True)
def _is_set(words, unit):
    return (words[unit >> np.uint64(6)] >> (unit & np.uint64(63))) & ONE != NONE


@njit(nogil=True, cache=True)
def _row_sums(values, column, borders, row):
    """Fill row[border] with the values of a column before each border."""
    before = np.int64(0)
    row[0] = 0
    for segment in range(len(borders) - 1):
        for unit in range(borders[segment], borders[segment + 1]):
            before += values[column, unit]
        row[segment + 1] = before


@njit(nogil=True, cache=True)
def _less_alone(values, column, bits, other, segment_of, change, row):
    """Take from the sums of a column the units that lack the other term of a ratio."""
    tally_alone(values, column, bits, other, segment_of, change)
    before = np.int64(0)
    for border in range(len(row)):
        before += change[border]
        change[border] = 0
        row[border] -= before


@njit(nogil=True, cache=True)
def _line(row, change, line):
    """Fill line[border] with the sum of a column and of the changes before each border; forget the changes."""
    before = np.int64(0)
    for border in range(len(line)):
        before += change[border]
        change[border] = 0
        line[border] = row[border] + before


@njit(nogil=True, cache=True)
def _remember(values, column, bits, seen, last, held):
    """Keep the values of the units that have one in the column before but none in this one."""
    for word in range(bits.shape[1]):
        seen[word] |= bits[column, word]
        if column:
            silent = bits[column - 1, word] & ~bits[column, word]
            while silent:
                unit = (np.uint64(word) << np.uint64(6)) + lowest(silent)
                silent &= silent - ONE
                last[unit] = column - 1
                held[unit] = values[column - 1, unit]


@njit(nogil=True, cache=True)
def _earliest(windows, by_end, begin, end):
    """Return the first column that any of the windows looks back to."""
    floor = windows[by_end[begin], 0]
    for at in range(begin, end):
        floor = min(floor, windows[by_end[at], 0])
    return floor


@njit(nogil=True, cache=True)
def _bury(window, gone, begins, ended, ended_begins, stays, present, dead):
    """Set the bits of the units that are gone, but not of those that are carried; return whether there are any."""
    if begins[window] == begins[window + 1]:
        return False
    for word in range(len(dead)):
        dead[word] = NONE
    for at in range(begins[window], begins[window + 1]):
        put(dead, gone[at], True)
    for at in range(ended_begins[window], ended_begins[window + 1]):
        if stays[at]:
            put(dead, ended[at], False)
    for word in range(len(dead)):
        present[word] &= ~dead[word]
    return True


@njit(nogil=True, cache=True)
def _counts_as(at, older, column_of, low, is_dying, dead):
    """Whether an older value counts in a window."""
    return column_of[at] >= low and not (is_dying and _is_set(dead, older[at]))


@njit(nogil=True, cache=True)
def _place(older, found, unit):
    """Return how many of the older ones stand before a unit."""
    low, high = 0, found
    while low < high:
        middle = (low + high) // 2
        if older[middle] < unit:
            low = middle + 1
        else:
            high = middle
    return low


@njit(nogil=True, cache=True)
def _finish(window, low, newest, present, older, column_of, found, is_dying, dead, due, borders, words, below, runs, wide, lows,
            highs, twins, twin_groups, counts, running, mine, line, total, known, reported, newest_of):  # fmt: skip
    """Say of each group its total, whether it is known, as of which column, and how many of the due units are that new."""
    for word in range(due.shape[1]):
        mine[word] = present[word] & due[window, word]
    count_before(mine, words, below, running, counts)
    tell(window, line, counts, runs, wide, lows, highs, total, reported)
    none_due = 0
    for group in range(len(lows)):
        known[window, group] = True
        newest_of[window, group] = newest
        none_due += reported[window, group] == 0
    if none_due:
        for group in range(len(lows)):
            if reported[window, group] == 0 and not any_between(present, words, below, lows[group], highs[group]):
                _look_back(window, group, low, older, column_of, found, is_dying, dead, due, borders[lows[group]],
                           borders[highs[group]], known, reported, newest_of)  # fmt: skip
    for at in range(len(twins)):
        unit, group = twins[at], twin_groups[at]
        column = newest
        if not _is_set(present, unit):
            place = _place(older, found, unit)
            is_older = place < found and older[place] == unit
            column = column_of[place] if is_older and _counts_as(place, older, column_of, low, is_dying, dead) else -1
        if column >= 0 and column == newest_of[window, group] and has(due, window, unit):
            reported[window, group] -= 1


@njit(nogil=True, cache=True)
def _look_back(
    window, group, low, older, column_of, found, is_dying, dead, due, first, end, known, reported, newest_of
):
    """Say of a group without a value in the newest column what it has in older ones."""
    top, count = -1, 0
    at = _place(older, found, first)
    while at < found and older[at] < end:
        if _counts_as(at, older, column_of, low, is_dying, dead):
            if column_of[at] > top:
                top, count = column_of[at], 0
            count += column_of[at] == top and has(due, window, older[at])
        at += 1
    known[window, group], newest_of[window, group], reported[window, group] = top >= 0, top, count


@njit(nogil=True, cache=True)
def _nothing(windows, total, known, reported, newest_of):
    """Say that nothing is known of the windows without a column."""
    for window in range(len(windows)):
        if windows[window, 1] <= windows[window, 0]:
            for group in range(total.shape[1]):
                total[window, group] = 0
                known[window, group] = False
                reported[window, group] = 0
                newest_of[window, group] = -1


@njit(nogil=True, cache=True)
def stocks(lines, series, masks, values, bits, low, high, windows, by_end, ends, life, stays, due, borders, words, below, runs,
           wide, lows, highs, twins, twin_groups, total, known, reported, segment_of, newest, newest_at):  # fmt: skip
    """Work out the stocks `lines`; series[line] and masks[line] are their own, [low, high) the cube's columns.

    by_end[ends[column] : ends[column + 1]] are the windows whose last column that is; life: the units that are gone, that ended
    in a window, and where those of each window begin; stays[newest_at[line]]: which of the latter are carried.
    """
    for line in lines:
        at = series[line, 0]
        _stock(values[at][low:high], bits[at][low:high], windows, by_end, ends, life, stays[newest_at[line]], due[masks[line]], borders,
               words, below, runs, wide, lows, highs, segment_of, twins, twin_groups, total[line], known[line],
               reported[line], newest[newest_at[line]])  # fmt: skip


@njit(nogil=True, cache=True)
def stock_ratios(lines, series, masks, values, bits, low, high, windows, by_end, ends, life, stays, due, borders, words, below,
                 runs, wide, lows, highs, twins, twin_groups, total, known, reported, segment_of, newest, newest_at, under,
                 under_at):  # fmt: skip
    """Work out ratios of stocks; their denominators are under[under_at[line]]."""
    for line in lines:
        a, b = series[line, 0], series[line, 1]
        _nothing(windows, under[under_at[line]], known[line], reported[line], newest[newest_at[line]])
        _stock_ratio(values[a][low:high], bits[a][low:high], values[b][low:high], bits[b][low:high], windows, by_end, ends,
                     life, stays[newest_at[line]], due[masks[line]], borders, words, below, runs, wide, lows, highs, segment_of, twins,
                     twin_groups, total[line], under[under_at[line]], known[line], reported[line],
                     newest[newest_at[line]])  # fmt: skip


@njit(nogil=True, cache=True)
def _stock(values, bits, windows, by_end, ends, life, stays, due, borders, words, below, runs, wide, lows, highs, segment_of,
           twins, twin_groups, total, known, reported, newest_of):  # fmt: skip
    """Work out one stock: total, known, reported, newest_of (column, -1 unknown) [window, group]."""
    size, units = bits.shape[1], values.shape[1]
    gone, begins, ended, ended_begins = life
    present, dead, mine = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    seen, running = np.zeros(size, np.uint64), np.empty(size + 1, np.uint64)
    row, line, counts = np.empty(len(words), np.int64), np.empty(len(words), np.int64), np.empty(len(words), np.int64)
    change, older, column_of = np.zeros(len(words), np.int64), np.empty(units, np.uint64), np.empty(units, np.int32)
    value_of, last, held = np.empty(units, np.int64), np.empty(units, np.int32), np.empty(units, np.int64)
    _nothing(windows, total, known, reported, newest_of)
    for column in range(values.shape[0]):
        _row_sums(values, column, borders, row)
        _remember(values, column, bits, seen, last, held)
        if ends[column] == ends[column + 1]:
            continue
        found, floor = 0, _earliest(windows, by_end, ends[column], ends[column + 1])
        for word in range(size if floor < column else 0):
            silent = seen[word] & ~bits[column, word]
            while silent:
                unit = (np.uint64(word) << np.uint64(6)) + lowest(silent)
                silent &= silent - ONE
                if last[unit] >= floor and segment_of[unit] >= 0:
                    older[found], column_of[found], value_of[found] = unit, last[unit], held[unit]
                    found += 1
        for at in range(ends[column], ends[column + 1]):
            window = by_end[at]
            low, begin, end = windows[window, 0], begins[window], begins[window + 1]
            for word in range(size):
                present[word] = bits[column, word]
            is_dying = _bury(window, gone, begins, ended, ended_begins, stays, present, dead)
            for each in range(begin, end):
                unit = gone[each]
                if _is_set(dead, unit) and has(bits, column, unit) and segment_of[unit] >= 0:
                    change[segment_of[unit] + 1] -= values[column, unit]
            for each in range(found if low < column else 0):
                if _counts_as(each, older, column_of, low, is_dying, dead):
                    change[segment_of[older[each]] + 1] += value_of[each]
            _line(row, change, line)
            _finish(window, low, column, present, older, column_of, found, is_dying, dead, due, borders, words, below, runs,
                    wide, lows, highs, twins, twin_groups, counts, running, mine, line, total, known, reported,
                    newest_of)  # fmt: skip


@njit(nogil=True, cache=True)
def _stock_ratio(values_a, bits_a, values_b, bits_b, windows, by_end, ends, life, stays, due, borders, words, below, runs, wide,
                 lows, highs, segment_of, twins, twin_groups, total, under, known, reported, newest_of):  # fmt: skip
    """Work out the ratio of two stocks over the units that have both, as of the older of the two."""
    size, units = bits_a.shape[1], values_a.shape[1]
    gone, begins, ended, ended_begins = life
    present, dead, mine = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    seen_a, seen_b, running = np.zeros(size, np.uint64), np.zeros(size, np.uint64), np.empty(size + 1, np.uint64)
    row_a, line_a, change_a = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.zeros(len(words), np.int64),
    )
    row_b, line_b, change_b = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.zeros(len(words), np.int64),
    )
    last_a, held_a, older_a = np.empty(units, np.int32), np.empty(units, np.int64), np.empty(units, np.int64)
    last_b, held_b, older_b = np.empty(units, np.int32), np.empty(units, np.int64), np.empty(units, np.int64)
    counts, older, column_of = np.empty(len(words), np.int64), np.empty(units, np.uint64), np.empty(units, np.int32)
    _nothing(windows, total, known, reported, newest_of)
    for column in range(values_a.shape[0]):
        _remember(values_a, column, bits_a, seen_a, last_a, held_a)
        _remember(values_b, column, bits_b, seen_b, last_b, held_b)
        if ends[column] == ends[column + 1]:
            continue
        _row_sums(values_a, column, borders, row_a)
        _less_alone(values_a, column, bits_a, bits_b, segment_of, change_a, row_a)
        _row_sums(values_b, column, borders, row_b)
        _less_alone(values_b, column, bits_b, bits_a, segment_of, change_b, row_b)
        found, floor = 0, _earliest(windows, by_end, ends[column], ends[column + 1])
        for word in range(size if floor < column else 0):
            silent = seen_a[word] & seen_b[word] & ~(bits_a[column, word] & bits_b[column, word])
            while silent:
                unit = (np.uint64(word) << np.uint64(6)) + lowest(silent)
                silent &= silent - ONE
                newest_a = column if has(bits_a, column, unit) else last_a[unit]
                newest_b = column if has(bits_b, column, unit) else last_b[unit]
                if min(newest_a, newest_b) >= floor and segment_of[unit] >= 0:
                    older[found], column_of[found] = unit, min(newest_a, newest_b)
                    older_a[found] = values_a[column, unit] if newest_a == column else held_a[unit]
                    older_b[found] = values_b[column, unit] if newest_b == column else held_b[unit]
                    found += 1
        for at in range(ends[column], ends[column + 1]):
            window = by_end[at]
            low, begin, end = windows[window, 0], begins[window], begins[window + 1]
            for word in range(size):
                present[word] = bits_a[column, word] & bits_b[column, word]
            is_dying = _bury(window, gone, begins, ended, ended_begins, stays, present, dead)
            for each in range(begin, end):
                unit = gone[each]
                is_there = has(bits_a, column, unit) and has(bits_b, column, unit)
                if is_there and _is_set(dead, unit) and segment_of[unit] >= 0:
                    change_a[segment_of[unit] + 1] -= values_a[column, unit]
                    change_b[segment_of[unit] + 1] -= values_b[column, unit]
            for each in range(found if low < column else 0):
                if _counts_as(each, older, column_of, low, is_dying, dead):
                    change_a[segment_of[older[each]] + 1] += older_a[each]
                    change_b[segment_of[older[each]] + 1] += older_b[each]
            _line(row_a, change_a, line_a)
            _line(row_b, change_b, line_b)
            spread(window, line_b, runs, wide, lows, highs, under)
            _finish(window, low, column, present, older, column_of, found, is_dying, dead, due, borders, words, below, runs,
                    wide, lows, highs, twins, twin_groups, counts, running, mine, line_a, total, known, reported,
                    newest_of)  # fmt: skip
