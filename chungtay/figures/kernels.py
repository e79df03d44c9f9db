"""The inner loops of consolidation at national size, compiled: flows, and what ratios and stocks use too.

Units stand side by side; `borders` cut them into segments, and group g is the segments [lows[g], highs[g]) of them. Rows of
bits hold one unit per bit; a border at unit p is word `words[b]` of such a row and the bits `below[b]` of that word. `runs`
are rows (group, group after the last, its segment) of groups that are one segment each, side by side; `wide` are the others.
Each line reads its values once, column after column, and works out its windows while their sums are still in the
processor's cache. Every function lets go of the interpreter's lock and writes only the rows it is given. Whoever changes a
loop: no slices inside (each costs a count of references), positions unsigned (signed ones are checked for being negative).
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
def tell(window, line, counts, runs, wide, lows, highs, total, reported):
    """Fill the cells of a window with the differences of sums and counts over borders; return how many sums are 0."""
    zeros = 0
    for run in range(len(runs)):
        shift = runs[run, 2] - runs[run, 0]
        for group in range(runs[run, 0], runs[run, 1]):
            value = line[group + shift + ONE] - line[group + shift]
            total[window, group] = value
            reported[window, group] = counts[group + shift + ONE] - counts[group + shift]
            zeros += value == 0
    for at in range(len(wide)):
        group = wide[at]
        value = line[highs[group]] - line[lows[group]]
        total[window, group] = value
        reported[window, group] = counts[highs[group]] - counts[lows[group]]
        zeros += value == 0
    return zeros


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
def less_twins(window, mine, twins, twin_groups, reported):
    """Portions of one unit count once."""
    for at in range(len(twins)):
        if (mine[twins[at] >> np.uint64(6)] >> (twins[at] & np.uint64(63))) & ONE:
            reported[window, twin_groups[at]] -= 1


@njit(nogil=True, cache=True)
def any_between(row, words, below, low, high):
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
def add_column(values, column, borders, sums):
    """Fill sums[column + 1, border] with all values up to a column and before each border."""
    before = np.int64(0)
    sums[column + 1, 0] = sums[column, 0]
    for segment in range(len(borders) - 1):
        for unit in range(borders[segment], borders[segment + 1]):
            before += values[column, unit]
        sums[column + 1, segment + 1] = sums[column, segment + 1] + before


@njit(nogil=True, cache=True)
def tally_alone(values, column, bits, other, segment_of, tally):
    """Add to tally[segment + 1] the values of a column of the units that lack the other term of a ratio.

    While the column is at hand: to look them up later would cost a read of memory each.
    """
    for word in range(bits.shape[1]):
        alone = bits[column, word] & ~other[column, word]
        while alone:
            unit = (np.uint64(word) << np.uint64(6)) + lowest(alone)
            alone &= alone - ONE
            if segment_of[unit] >= 0:
                tally[segment_of[unit] + 1] += values[column, unit]


@njit(nogil=True, cache=True)
def is_inside(cell, bins, column, first):
    """Whether the facts of a column lie wholly after the beginning of a window."""
    return cell[column] > 0 and bins[column] - cell[column] + 1 >= first


@njit(nogil=True, cache=True)
def cover(bits, cell, bins, low, high, first, complete, some):
    """Narrow `complete` to who has every column and widen `some` to who has any; return how many bins they fill."""
    filled = np.int64(0)
    for column in range(low, high):
        if is_inside(cell, bins, column, first):
            filled += cell[column]
            for word in range(bits.shape[1]):
                complete[word] &= bits[column, word]
                some[word] |= bits[column, word]
    return filled


@njit(nogil=True, cache=True)
def restrict(bits, cell, bins, low, high, first, is_filled, partial, overlap, begin, end, complete, mine):
    """Fill `mine` with who is complete: all of `complete` if the window is filled, and who lives in a part of it that is."""
    for word in range(len(complete)):
        mine[word] = complete[word] if is_filled else NONE
    for at in range(begin, end):
        filled = np.int64(0)
        for column in range(low, high):
            if is_inside(cell, bins, column, first) and has(bits, column, partial[at]):
                filled += cell[column]
        put(mine, partial[at], filled >= overlap[at])


@njit(nogil=True, cache=True)
def sum_window(sums, cell, bins, low, high, first, line):
    """Fill line[border] with the sum of a window before each border, without the facts that began before it."""
    for border in range(len(line)):
        line[border] = sums[high, border] - sums[low, border]
    for column in range(low, high):
        if cell[column] > 0 and bins[column] - cell[column] + 1 < first:
            for border in range(len(line)):
                line[border] -= sums[column + 1, border] - sums[column, border]


@njit(nogil=True, cache=True)
def know(window, zeros, some, words, below, lows, highs, total, under, known):
    """Say which cells are known: a sum that is not 0, or any unit with data behind it. `under` is also looked at."""
    for group in range(len(lows)):
        known[window, group] = True
    if zeros:
        for group in range(len(lows)):
            if total[window, group] == 0 and under[window, group] == 0:
                known[window, group] = any_between(some, words, below, lows[group], highs[group])


@njit(nogil=True, cache=True)
def flows(lines, series, masks, values, bits, cell, low, high, bins, windows, partial, overlap, begins, due, borders, words,
          below, runs, wide, lows, highs, twins, twin_groups, total, known, reported):  # fmt: skip
    """Work out the flows `lines`; series[line] and masks[line] are their own, [low, high) the cube's columns."""
    sums = np.zeros((high - low + 1, len(borders)), np.int64)
    for line in lines:
        at = series[line, 0]
        _flow(sums, values[at][low:high], bits[at][low:high], cell[at][low:high], bins, windows, partial, overlap, begins,
              due[masks[line]], borders, words, below, runs, wide, lows, highs, twins, twin_groups, total[line],
              known[line], reported[line])  # fmt: skip


@njit(nogil=True, cache=True)
def _flow(sums, values, bits, cell, bins, windows, partial, overlap, begins, due, borders, words, below, runs, wide, lows,
         highs, twins, twin_groups, total, known, reported):  # fmt: skip
    """Work out one flow: total, known, reported [window, group]. windows: rows of (low, high, first, length)."""
    size = bits.shape[1]
    complete, some, mine = np.empty(size, np.uint64), np.zeros(size + 1, np.uint64), np.zeros(size + 1, np.uint64)
    line, counts = np.empty(len(words), np.int64), np.empty(len(words), np.int64)
    running = np.empty(size + 1, np.uint64)
    for column in range(values.shape[0]):
        add_column(values, column, borders, sums)
    past_low = past_high = past_first = filled = np.int64(-1)
    for window in range(len(windows)):
        low, high, first, length = windows[window, 0], windows[window, 1], windows[window, 2], windows[window, 3]
        if low != past_low or first != past_first or high < past_high:  # else it goes on where the last one ended
            past_high, filled = low, np.int64(0)
            for word in range(size):
                complete[word], some[word] = ALL, NONE
        filled += cover(bits, cell, bins, past_high, high, first, complete, some)
        past_low, past_high, past_first = low, high, first
        restrict(bits, cell, bins, low, high, first, filled == length, partial, overlap, begins[window],
                  begins[window + 1], complete, mine)  # fmt: skip
        for word in range(size):
            mine[word] &= due[window, word]
        count_before(mine, words, below, running, counts)
        sum_window(sums, cell, bins, low, high, first, line)
        zeros = tell(window, line, counts, runs, wide, lows, highs, total, reported)
        know(window, zeros, some, words, below, lows, highs, total, total, known)
        less_twins(window, mine, twins, twin_groups, reported)
