"""The inner loops of consolidation at national size, compiled: column sums, flows and their ratios.

Units stand side by side; `borders` cut them into segments, and group g is the segments [lows[g], highs[g]) of them. Rows of
bits hold one unit per bit; a border at unit p is word `words[b]` of such a row and the bits `below[b]` of that word. `runs`
are rows (group, group after the last, its segment) of groups that are one segment each, side by side; `wide` are the others.
Every function lets go of the interpreter's lock and writes only the rows it is given. Whoever changes a loop: no slices
inside (each costs a count of references), and positions unsigned (signed ones are checked for being negative).
This module needs numba; `compiled` says when it is used, and `general` gives the same answers without it.
"""

# mypy: disable-error-code="no-untyped-def,untyped-decorator,call-arg"
import numpy as np
from numba import njit, types
from numba.extending import intrinsic

ALL = np.uint64(2**64 - 1)
NONE, ONE = np.uint64(0), np.uint64(1)


@intrinsic
def ones(typing_context, word):
    """Count the set bits of a word: one instruction of the processor."""

    def generate(context, builder, signature, args):
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), generate


@njit(nogil=True, cache=True)
def lowest(word):
    """Return the position of the lowest set bit of a word that has one."""
    return ones((word & (~word + ONE)) - ONE)


@njit(nogil=True, cache=True)
def has(bits, row, unit):
    """Whether a unit's bit is set in a row."""
    return (bits[row, unit >> np.uint64(6)] >> (unit & np.uint64(63))) & ONE != NONE


@njit(nogil=True, cache=True)
def put(words, unit, value):
    """Set or clear a unit's bit."""
    bit = ONE << (unit & np.uint64(63))
    if value:
        words[unit >> np.uint64(6)] |= bit
    else:
        words[unit >> np.uint64(6)] &= ~bit


@njit(nogil=True, cache=True)
def add_up(chosen, slots, values, first, end, borders, sums):
    """Sum series over segments and columns, in the only pass over their values: sums[slots[s], column + 1, border]."""
    for series in chosen:
        _column_sums(values[series][first:end], borders, sums[slots[series]])


@njit(nogil=True, cache=True)
def _column_sums(values, borders, sums):
    """Fill sums[column + 1, border] with all of `values` [column, unit] up to that column and before that border."""
    for border in range(len(borders)):
        sums[0, border] = 0
    for column in range(values.shape[0]):
        before = np.int64(0)
        sums[column + 1, 0] = sums[column, 0]
        for segment in range(len(borders) - 1):
            for unit in range(borders[segment], borders[segment + 1]):
                before += values[column, unit]
            sums[column + 1, segment + 1] = sums[column, segment + 1] + before


@njit(nogil=True, cache=True)
def count_before(row, words, below, running, counts):
    """Fill counts[border] with the set bits of a row before each border."""
    total = np.uint64(0)
    for word in range(len(row)):
        running[word] = total
        total += ones(row[word])
    for border in range(len(words)):
        word = words[border]
        counts[border] = np.int64(running[word] + ones(row[word] & below[border]))


@njit(nogil=True, cache=True)
def spread(window, line, runs, wide, lows, highs, cells):
    """Fill cells[window, group] with the differences of a line over borders."""
    for run in range(len(runs)):
        shift = runs[run, 2] - runs[run, 0]
        for group in range(runs[run, 0], runs[run, 1]):
            cells[window, group] = line[group + shift + ONE] - line[group + shift]
    for at in range(len(wide)):
        group = wide[at]
        cells[window, group] = line[highs[group]] - line[lows[group]]


@njit(nogil=True, cache=True)
def _cover(bits, cell, bins, low, high, first, length, partial, overlap, begin, end, complete, some):
    """Fill the words of who is complete in a window and who has anything in it, over one flow."""
    filled = np.int64(0)
    size = bits.shape[1]
    for word in range(size):
        complete[word] = ALL
        some[word] = NONE
    for column in range(low, high):
        if cell[column] > 0 and bins[column] - cell[column] + 1 >= first:
            filled += cell[column]
            for word in range(size):
                complete[word] &= bits[column, word]
                some[word] |= bits[column, word]
    if filled != length:
        for word in range(size):
            complete[word] = NONE
    for at in range(begin, end):  # a unit that lives in a part of the window only has to fill that part
        mine = np.int64(0)
        for column in range(low, high):
            if cell[column] > 0 and bins[column] - cell[column] + 1 >= first and has(bits, column, partial[at]):
                mine += cell[column]
        put(complete, partial[at], mine >= overlap[at])


@njit(nogil=True, cache=True)
def _sum(sums, cell, bins, low, high, first, line):
    """Fill line[border] with the sum of a window before each border, without the facts that began before it."""
    for border in range(len(line)):
        line[border] = sums[high, border] - sums[low, border]
    for column in range(low, high):
        if cell[column] > 0 and bins[column] - cell[column] + 1 < first:
            for border in range(len(line)):
                line[border] -= sums[column + 1, border] - sums[column, border]


@njit(nogil=True, cache=True)
def report(window, complete, due, words, below, running, counts, runs, wide, lows, highs, twins, twin_groups, reported):
    """Count the due units among the complete ones; portions of one unit count once."""
    for word in range(due.shape[1]):
        complete[word] &= due[window, word]
    count_before(complete, words, below, running, counts)
    spread(window, counts, runs, wide, lows, highs, reported)
    for at in range(len(twins)):
        if (complete[twins[at] >> np.uint64(6)] >> (twins[at] & np.uint64(63))) & ONE:
            reported[window, twin_groups[at]] -= 1


@njit(nogil=True, cache=True)
def _any(row, words, below, low, high):
    """Whether a row has a bit between two borders."""
    first, last = words[low], words[high]
    if first == last:
        return row[first] & below[high] & ~below[low] != NONE
    if row[first] & ~below[low] != NONE or row[last] & below[high] != NONE:
        return True
    for word in range(first + ONE, last):  # noqa: SIM110 - the compiler knows no generators
        if row[word] != NONE:
            return True
    return False


@njit(nogil=True, cache=True)
def flows(lines, series, masks, slots, sums, values, bits, cell, low, high, bins, windows, partial, overlap, begins, due, words,
          below, runs, wide, lows, highs, twins, twin_groups, total, known, reported):  # fmt: skip
    """Work out the flows `lines`; series[line] and masks[line] are their own, [low, high) the cube's columns."""
    for line in lines:
        at = series[line, 0]
        _flow(sums[slots[at]], bits[at][low:high], cell[at][low:high], bins, windows, partial, overlap, begins, due[masks[line]],
              words, below, runs, wide, lows, highs, twins, twin_groups, total[line], known[line], reported[line])  # fmt: skip


@njit(nogil=True, cache=True)
def flow_ratios(lines, series, masks, slots, sums, values, bits, cell, low, high, bins, windows, partial, overlap, begins, due,
                words, below, runs, wide, lows, highs, twins, twin_groups, total, known, reported, segment_of, under,
                under_at):  # fmt: skip
    """Work out ratios of flows; their denominators are under[under_at[line]]."""
    for line in lines:
        a, b = series[line, 0], series[line, 1]
        _flow_ratio(sums[slots[a]], values[a][low:high], bits[a][low:high], cell[a][low:high], sums[slots[b]],
                    values[b][low:high], bits[b][low:high], cell[b][low:high], bins, windows, partial, overlap, begins,
                    due[masks[line]], words, below, runs, wide, lows, highs, segment_of, twins, twin_groups, total[line],
                    under[under_at[line]], known[line], reported[line])  # fmt: skip


@njit(nogil=True, cache=True)
def _flow(sums, bits, cell, bins, windows, partial, overlap, begins, due, words, below, runs, wide, lows, highs, twins,
         twin_groups, total, known, reported):  # fmt: skip
    """Work out one flow: total, known, reported [window, group]. windows: rows of (low, high, first, length)."""
    size = bits.shape[1]
    complete, some = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    line, counts, running = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.empty(size + 1, np.uint64),
    )
    for window in range(len(windows)):
        low, high, first, length = windows[window, 0], windows[window, 1], windows[window, 2], windows[window, 3]
        _cover(
            bits,
            cell,
            bins,
            low,
            high,
            first,
            length,
            partial,
            overlap,
            begins[window],
            begins[window + 1],
            complete,
            some,
        )
        _sum(sums, cell, bins, low, high, first, line)
        spread(window, line, runs, wide, lows, highs, total)
        zeros = 0
        for group in range(len(lows)):
            known[window, group] = total[window, group] != 0
            zeros += total[window, group] == 0
        if zeros:  # a sum of 0 has data behind it, or none
            for group in range(len(lows)):
                if not known[window, group]:
                    known[window, group] = _any(some, words, below, lows[group], highs[group])
        report(
            window, complete, due, words, below, running, counts, runs, wide, lows, highs, twins, twin_groups, reported
        )


@njit(nogil=True, cache=True)
def _less_alone(values, cell, bins, low, high, first, mine, other, size, segment_of, change, line):
    """Take from the sums before each border the units that have this flow but not the other one."""
    touched = False
    for word in range(size):
        alone = mine[word] & ~other[word]
        while alone:
            unit = (np.uint64(word) << np.uint64(6)) + lowest(alone)
            alone &= alone - ONE
            value = np.int64(0)
            for column in range(low, high):
                if cell[column] > 0 and bins[column] - cell[column] + 1 >= first:
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
def _flow_ratio(sums_a, values_a, bits_a, cell_a, sums_b, values_b, bits_b, cell_b, bins, windows, partial, overlap, begins,
               due, words, below, runs, wide, lows, highs, segment_of, twins, twin_groups, total, under, known, reported):  # fmt: skip
    """Work out the ratio of two flows over the units that have both: total is its numerator, `under` its denominator."""
    size = bits_a.shape[1]
    complete, some = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    complete_b, some_b = np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    line, line_b, change = (
        np.empty(len(words), np.int64),
        np.empty(len(words), np.int64),
        np.zeros(len(words), np.int64),
    )
    counts, running = np.empty(len(words), np.int64), np.empty(size + 1, np.uint64)
    for window in range(len(windows)):
        low, high, first, length = windows[window, 0], windows[window, 1], windows[window, 2], windows[window, 3]
        begin, end = begins[window], begins[window + 1]
        _cover(bits_a, cell_a, bins, low, high, first, length, partial, overlap, begin, end, complete, some)
        _cover(bits_b, cell_b, bins, low, high, first, length, partial, overlap, begin, end, complete_b, some_b)
        _sum(sums_a, cell_a, bins, low, high, first, line)
        _sum(sums_b, cell_b, bins, low, high, first, line_b)
        _less_alone(values_a, cell_a, bins, low, high, first, some, some_b, size, segment_of, change, line)
        _less_alone(values_b, cell_b, bins, low, high, first, some_b, some, size, segment_of, change, line_b)
        for word in range(size):
            complete[word] &= complete_b[word]
            some[word] &= some_b[word]
        spread(window, line, runs, wide, lows, highs, total)
        spread(window, line_b, runs, wide, lows, highs, under)
        for group in range(len(lows)):
            known[window, group] = (total[window, group] | under[window, group]) != 0
            if not known[window, group]:
                known[window, group] = _any(some, words, below, lows[group], highs[group])
        report(
            window, complete, due, words, below, running, counts, runs, wide, lows, highs, twins, twin_groups, reported
        )
