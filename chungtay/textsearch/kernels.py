"""The inner loops of searching, compiled: words in a row of bytes, 64 at a time, and the lines in which they stand.

A word is looked for by two of its letters: where both stand at their distance, the whole word is compared. Behind every
text lie `lines.PAD` bytes that may be read. Loops take addresses, plain numbers, instead of arrays: passing an array on
counts a reference, which costs more than most of the work done here. Whoever calls `scan` keeps the arrays.
Every function lets go of the interpreter's lock and writes only what it is given. This module needs numba; `compiled`
says when it is used, and `plain` gives the same answers without it.
"""

# mypy: disable-error-code="no-untyped-def,untyped-decorator,call-arg,no-untyped-call,unreachable,var-annotated"
import numpy as np
from numba import njit

from chungtay.textsearch.machine import (
    address_of,
    both,
    byte_at,
    code_at,
    day_at,
    eight,
    first_bit,
    long_at,
    offset_at,
    put,
)

NONE, ONE = np.uint64(0), np.uint64(1)
DAY, NEWEST = 1, 2
FEW = 8
"""When one line of so many or fewer is wanted by its columns, each is looked at by itself."""

# What `asked` says: bounds, both included, what they apply to, the order of the page and how many lines it needs.
LOW_AMOUNT, HIGH_AMOUNT, LOW_DAY, HIGH_DAY, BY_AMOUNT, BY_PURPOSE, ORDER, DESCENDING, KEEP = range(9)
# What `state` holds: lines that match, the two halves of their sum, lines kept, and the key above which one is kept.
COUNT, UPPER, LOWER, FILLED, EDGE, HAS_EDGE = range(6)
# What `needles` says of each word: where it stands, its length, and the places of the two letters.
PLACE, LENGTH, LEFT, RIGHT = range(4)


@njit(nogil=True, cache=True)
def is_same(text, word, length):
    """Whether two addresses hold the same `length` bytes."""
    if length < 8:
        return ((eight(text) ^ eight(word)) << np.uint64(64 - 8 * length)) == NONE
    for at in range(0, length - 8, 8):
        if eight(text + at) != eight(word + at):
            return False
    return eight(text + length - 8) == eight(word + length - 8)


@njit(nogil=True, cache=True)
def find(start, stop, words, needle):
    """Return the first address in [start, stop) where a word begins that ends before `stop`, or `stop`."""
    word, length = words + long_at(needle, PLACE), long_at(needle, LENGTH)
    left, right = long_at(needle, LEFT), long_at(needle, RIGHT)
    left_byte, right_byte = byte_at(word, left), byte_at(word, right)
    border = stop - length + 1
    at = start
    while at < border:
        found = both(at + left, at + right, left_byte, right_byte)
        while found != NONE:
            place = at + first_bit(found)
            if place >= border:
                return stop
            if is_same(place, word, length):
                return place
            found &= found - ONE
        at += 64
    return stop


@njit(nogil=True, cache=True)
def holds(start, stop, words, needles, first, count):
    """Whether the text [start, stop) holds every word from the `first` on."""
    n = first
    while n < count and find(start, stop, words, needles + 32 * n) != stop:
        n += 1
    return n >= count


@njit(nogil=True, cache=True)
def row_at(offsets, row, last, place):
    """Return the line in [row, last) in which a place stands that is not before `row`."""
    step = 1
    while row + step < last and offset_at(offsets, row + step) <= place:
        row += step
        step += step
    high = min(row + step, last)
    while high - row > 1:
        middle = (row + high) // 2
        if offset_at(offsets, middle) <= place:
            row = middle
        else:
            high = middle
    return row


@njit(nogil=True, cache=True)
def is_wanted(row, amounts, days, purposes, asked, allowed):
    """Whether a line is wanted by its columns."""
    amount, day = long_at(amounts, row), day_at(days, row)
    return (
        (amount >= long_at(asked, LOW_AMOUNT))
        & (amount <= long_at(asked, HIGH_AMOUNT))
        & (day >= long_at(asked, LOW_DAY))
        & (day <= long_at(asked, HIGH_DAY))
        & ((long_at(asked, BY_PURPOSE) == 0) | (byte_at(allowed, code_at(purposes, row)) != 0))
    )


@njit(nogil=True, cache=True)
def choose(begin, end, amounts, days, purposes, asked, allowed, chosen):
    """List the lines of a block that are wanted by their columns; return how many."""
    low, high = long_at(asked, LOW_AMOUNT), long_at(asked, HIGH_AMOUNT)
    count = 0
    if long_at(asked, BY_AMOUNT) != 0:  # most blocks hold no line of a rare amount: this loop is the fastest
        for row in range(begin, end):
            amount = long_at(amounts, row)
            count += (amount >= low) & (amount <= high)
        if count == 0:
            return 0
    count = 0
    for row in range(begin, end):
        put(chosen, count, row)
        count += is_wanted(row, amounts, days, purposes, asked, allowed)
    return count


@njit(nogil=True, cache=True)
def take(row, ids, amounts, days, asked, keys, rows, state):
    """Count a line, add its amount, and keep it when it may stand on the page; return how many are kept."""
    amount = long_at(amounts, row)
    put(state, COUNT, long_at(state, COUNT) + 1)
    put(state, UPPER, long_at(state, UPPER) + (amount >> 32))
    put(state, LOWER, long_at(state, LOWER) + (amount & 0xFFFFFFFF))
    key, order, filled = amount, long_at(asked, ORDER), long_at(state, FILLED)
    if order == DAY:
        key = np.int64(day_at(days, row))
    elif order == NEWEST:
        key = long_at(ids, row)
    if long_at(asked, DESCENDING) == 0:
        key = ~key
    if key > long_at(state, EDGE) or long_at(state, HAS_EDGE) == 0:
        put(keys, filled, key)
        put(rows, filled, row)
        filled += 1
        put(state, FILLED, filled)
    return filled


@njit(nogil=True, cache=True)
def cut(keep, keys, rows, state):
    """Keep the best; of equals the first. What is kept stays in its order."""
    filled = state[FILLED]
    edge = np.partition(keys[:filled], filled - keep)[filled - keep]
    equals = keep
    for at in range(filled):
        equals -= keys[at] > edge
    kept = 0
    for at in range(filled):
        if keys[at] > edge or (keys[at] == edge and equals > 0):
            equals -= keys[at] == edge
            keys[kept], rows[kept] = keys[at], rows[at]
            kept += 1
    state[FILLED], state[EDGE], state[HAS_EDGE] = kept, edge, 1


@njit(nogil=True, cache=True)
def scan(blocks, size, columns, texts, day_blocks, asked, allowed, needles, keys, rows, state, chosen):
    """Look through blocks of `size` lines, from the first of `blocks` to before the second; lines that match are taken."""
    ids, amounts = address_of(columns[0]), address_of(columns[1])
    days, purposes = address_of(columns[2]), address_of(columns[3])
    offsets, text = address_of(texts[0]), address_of(texts[1])
    low, high = day_blocks
    words, table, count = address_of(needles[0]), address_of(needles[1]), len(needles[1])
    asks, allows, lasts = address_of(asked), address_of(allowed), address_of(state)
    best, whose, listed = address_of(keys), address_of(rows), address_of(chosen)
    for block in range(blocks[0], blocks[1]):
        if high[block] < asked[LOW_DAY] or low[block] > asked[HIGH_DAY]:
            continue
        begin, end = block * size, min(block * size + size, len(columns[0]))
        is_open = asked[BY_AMOUNT] == 0 and asked[BY_PURPOSE] == 0
        is_open = is_open and low[block] >= asked[LOW_DAY] and high[block] <= asked[HIGH_DAY]
        wanted = end - begin
        if not is_open:
            wanted = choose(begin, end, amounts, days, purposes, asks, allows, listed)
        if wanted == 0:
            continue
        if count == 0 or wanted * FEW <= end - begin:
            for n in range(wanted):
                row = begin + n if is_open else long_at(listed, n)
                start, stop = text + offset_at(offsets, row), text + offset_at(offsets, row + 1)
                is_match = holds(start, stop, words, table, 0, count)
                if is_match and take(row, ids, amounts, days, asks, best, whose, lasts) == len(keys):
                    cut(asked[KEEP], keys, rows, state)
            continue
        row, place, border = begin, text + offset_at(offsets, begin), text + offset_at(offsets, end)
        while place < border:
            place = find(place, border, words, table)
            if place == border:
                break
            row = row_at(offsets, row, end, place - text)
            start, place = text + offset_at(offsets, row), text + offset_at(offsets, row + 1)
            is_match = is_open or is_wanted(row, amounts, days, purposes, asks, allows)
            is_match = is_match and holds(start, place, words, table, 1, count)
            if is_match and take(row, ids, amounts, days, asks, best, whose, lasts) == len(keys):
                cut(asked[KEEP], keys, rows, state)
            row += 1
    if 0 < asked[KEEP] < state[FILLED]:
        cut(asked[KEEP], keys, rows, state)
