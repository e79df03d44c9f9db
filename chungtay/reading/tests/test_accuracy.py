"""The reader against what persons marked, on the passages it was made with and on those that were kept aside."""

import unicodedata

import pytest

from chungtay.reading import Figure, read
from chungtay.reading.tests.corpus import Passage, passages
from chungtay.reading.tests.measuring import measure

PARTS = ("tuned", "held_out")


def _as_printed(passage: Passage) -> Passage:
    """The same passage with unbreakable spaces, so that every place stays."""
    return passage._replace(text=passage.text.replace(" ", "\u00a0"))


def _wrapped(text: str, width: int) -> str:
    """The same passage with line breaks for some of its spaces, so that every place stays."""
    letters, column = list(text), 0
    for at, letter in enumerate(letters):
        column = 0 if letter == "\n" else column + 1
        if letter == " " and column >= width:
            letters[at], column = "\n", 0
    return "".join(letters)


def test_the_corpus_is_large_and_a_quarter_of_it_is_kept_aside() -> None:
    tuned, held_out = (passages(part) for part in PARTS)
    assert len(tuned) + len(held_out) >= 80
    assert len(held_out) * 4 >= len(tuned) + len(held_out)
    assert sum(len(passage.labels) for passage in tuned + held_out) >= 300
    assert sum(len(passage.others) for passage in tuned + held_out) >= 190


@pytest.mark.parametrize("part", PARTS)
def test_spans_values_units_and_qualifiers_are_read_as_persons_mark_them(part: str) -> None:
    measured = measure(passages(part))
    told = "\n".join(measured.faults)
    assert measured.span_value >= 0.97, told
    assert measured.value_unit >= 0.93, told
    assert measured.qualifier >= 0.98, told
    assert measured.taken < 0.02, told


@pytest.mark.parametrize("part", PARTS)
def test_unbreakable_spaces_change_nothing(part: str) -> None:
    printed = measure([_as_printed(passage) for passage in passages(part)])
    plain = measure(passages(part))
    assert printed[:4] == plain[:4]


@pytest.mark.parametrize("part", PARTS)
def test_lines_may_break_anywhere(part: str) -> None:
    """As in the text of a PDF; the bounds still hold."""
    for width in (40, 60, 90):
        broken = measure([passage._replace(text=_wrapped(passage.text, width)) for passage in passages(part)])
        assert broken.span_value >= 0.97, broken.faults
        assert broken.taken < 0.02, broken.faults


@pytest.mark.parametrize("part", PARTS)
def test_decomposed_accents_change_no_value(part: str) -> None:
    for passage in passages(part):
        taken_apart = unicodedata.normalize("NFD", passage.text)
        assert [_known(figure) for figure in read(taken_apart)] == [_known(figure) for figure in read(passage.text)]


def test_the_measure_sees_what_is_missing_and_what_is_too_much() -> None:
    """Bounds that nothing could break would say nothing."""

    def without_the_last(text: str) -> list[Figure]:
        return read(text)[:-1]

    def all_exact_and_doubled(text: str) -> list[Figure]:
        return [figure for one in read(text) for figure in (one._replace(qualifier=type(one.qualifier).EXACT), one)]

    assert measure(passages("tuned"), without_the_last).span_value < 0.97
    doubled = measure(passages("tuned"), all_exact_and_doubled)
    assert doubled.span_value < 0.97
    assert doubled.qualifier < 0.98


def _known(figure: Figure) -> tuple[object, ...]:
    unit = unicodedata.normalize("NFC", figure.unit)
    return figure.value, figure.value_max, figure.of, unit, figure.qualifier, figure.period
