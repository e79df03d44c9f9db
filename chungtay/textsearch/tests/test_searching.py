"""Every way of searching gives the answers that going through the lines one by one gives."""

import random
import unicodedata
from itertools import accumulate
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.textsearch import compiled, searching
from chungtay.textsearch.index import TextIndex
from chungtay.textsearch.query import Answer, Order, Query
from chungtay.textsearch.tests.ways import WAYS, asked, in_parts, oracle, ready

WORDS = [
    "Đặng",
    "đồng",
    "DONG",
    "bào",
    "ủng",
    "hộ",
    "UNG HO",
    "Nguyễn",
    "Thị",
    "Hòa",
    "hoà",
    "FT2231",
    "quỹ",
    "a",
    "ß",
    "€",
    "𝒳",
]
I64 = 2**63 - 1

memos = (
    st.lists(st.sampled_from(WORDS), max_size=9)
    .map(" ".join)
    .flatmap(
        lambda text: st.sampled_from(
            [text, text.upper(), unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0\n ")]
        )
    )
)
texts = memos | st.text(max_size=20) | st.lists(memos, max_size=9).map("".join)
amounts = st.integers(-3, 3) | st.sampled_from([500_000, -I64 - 1, I64])
columns = st.tuples(
    st.integers(1, 5), texts, amounts, st.integers(0, 6) | st.integers(-(2**31), 2**31 - 1), st.integers(-2, 3)
)


@st.composite
def statements(draw):
    drawn = draw(st.lists(columns, max_size=30))
    ids = accumulate(row[0] for row in drawn)
    return [(number, *row[1:]) for number, row in zip(ids, drawn, strict=True)]


@st.composite
def queries(draw, rows):
    pieces = st.sampled_from(WORDS) | st.text(max_size=3)
    if rows:
        text = draw(st.sampled_from(rows))[1]
        pieces |= st.tuples(st.integers(0, 30), st.integers(0, 90)).map(lambda cut: text[cut[0] : cut[0] + cut[1]])
    return Query(
        tuple(draw(st.lists(pieces, max_size=3))),
        *(draw(st.none() | amounts | st.just(10**30)) for _ in range(2)),
        *(draw(st.none() | st.integers(-1, 7) | st.just(-(10**30))) for _ in range(2)),
        purposes=draw(st.frozensets(st.integers(-2, 3) | st.just(65_535), max_size=2)),
        order=draw(st.sampled_from(Order)),
        descending=draw(st.booleans()),
        offset=draw(st.integers(0, 4)),
        limit=draw(st.integers(0, 5)),
    )


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
@settings(max_examples=300)
def test_an_answer_is_what_going_through_the_lines_gives(way, data):
    ready(way)
    rows = data.draw(statements())
    index = in_parts(rows, frozen=data.draw(st.integers(0, len(rows))))
    query = data.draw(queries(rows))
    assert asked(index, query, way) == oracle(rows, query)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(4))
def test_many_lines_in_many_blocks_and_slices(way, seed):
    """Enough lines for all threads, for pages that are cut while they grow, and for every way through a block."""
    ready(way)
    dice = random.Random(seed)
    days = [dice.randrange(30) for _ in range(45_000)]
    if seed % 2:
        days.sort()
    rows = [
        (
            2 * n + 1,
            " ".join(dice.choices(WORDS, k=dice.randrange(12))),
            dice.choice([n, n % 7, 500]),
            day,
            dice.randrange(9),
        )
        for n, day in enumerate(days)
    ]
    index = in_parts(rows, frozen=30_000)
    for n in range(24):
        query = Query(
            tuple(dice.choices([*WORDS, "ung ho dang", "g h", "zz"], k=dice.randrange(3))),
            *dice.choice([(None, None), (None, None), (500, 500), (3, 40_000), (44_990, None)]),
            *dice.choice([(None, None), (None, None), (7, 9), (29, 29), (3, 27)]),
            purposes=dice.choice([frozenset(), frozenset(), frozenset({4}), frozenset(range(7))]),
            order=list(Order)[n % 3],
            descending=n % 2 == 0,
            offset=dice.choice([0, 0, 13, 1700]),
            limit=dice.choice([50, 50, 0, 3000]),
        )
        assert asked(index, query, way) == oracle(rows, query), query


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("descending", [True, False])
def test_a_page_among_thousands_of_equals_stands_by_their_order(way, descending):
    """Equals fill the page's room; better ones that come later push out the last of them, and never more."""
    ready(way)
    better = 1 if descending else -1
    rows = [(n, "", 5 + better * max(0, n - 5000), 0, 0) for n in range(8000)]
    index = in_parts(rows, frozen=0)
    for query in (Query(descending=descending, limit=3020), Query(descending=descending, offset=2990, limit=50)):
        assert asked(index, query, way) == oracle(rows, query)


@pytest.mark.parametrize("way", WAYS)
def test_sums_beyond_64_bits_are_exact(way):
    ready(way)
    index = in_parts([(n, "", I64 if n % 3 else -I64 - 1, 0, 0) for n in range(100)], frozen=50)
    assert asked(index, Query(), way).total == 66 * I64 - 34 * (I64 + 1)


@pytest.mark.parametrize("way", WAYS)
def test_long_texts_and_long_words_are_found_whole(way):
    ready(way)
    word = "".join(chr(97 + n * n % 26) for n in range(300))
    rows = [(1, "a" * 5000 + word, 1, 1, 1), (2, word[:-1], 2, 1, 1), (3, word[1:], 3, 1, 1), (4, word * 2, 4, 1, 1)]
    index = in_parts(rows, frozen=2)
    for query in (Query((word,)), Query((word[1:],)), Query((word[:-1],)), Query((word[-70:], "aaaa"))):
        assert asked(index, query, way) == oracle(rows, query)


def test_a_word_is_never_found_across_two_lines():
    index = in_parts([(1, "ung", 1, 1, 1), (2, "ho", 1, 1, 1)], frozen=0)
    assert index.search(Query(("ung ho",))).count == 0
    assert index.search(Query(("ung\nho",))).count == 0


def test_few_lines_are_searched_without_the_compiler(monkeypatch):
    monkeypatch.setattr(compiled, "is_ready", lambda: pytest.fail("asked for the compiler"))
    assert in_parts([(1, "Đồng", 5, 1, 1)], frozen=0).search(Query(("dong",))) == Answer(1, 5, (1,))


@pytest.mark.parametrize("is_ready", [False, True])
def test_many_lines_are_searched_by_the_compiled_loops_once_they_are_ready(monkeypatch, is_ready):
    monkeypatch.setattr(compiled, "ROWS_WORTH_COMPILING", 1)
    monkeypatch.setattr(compiled, "is_ready", lambda: is_ready)
    used = []
    monkeypatch.setattr(compiled, "scan", lambda parts, plan: used.append("compiled") or [])
    monkeypatch.setattr(searching, "merged", lambda hits, plan, query: None)
    in_parts([(1, "Đồng", 5, 1, 1)], frozen=0).search(Query())
    assert used == ["compiled"] * is_ready


def test_without_the_compiler_nothing_waits_for_it(monkeypatch):
    monkeypatch.setattr(compiled, "_ready", Event())
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    assert not compiled.is_ready()


def test_an_empty_index_answers_nothing():
    assert TextIndex().search(Query()) == Answer(0, 0, ())


def test_a_page_has_no_negative_place():
    with pytest.raises(ValueError, match="page"):
        Query(offset=-1)
    with pytest.raises(ValueError, match="page"):
        Query(limit=-1)
