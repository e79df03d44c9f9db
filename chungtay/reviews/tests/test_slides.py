"""The slides: nothing but what the report prints, every figure equal to the account, sources spoken, the same deck for ever."""

import io
from fractions import Fraction

import pytest
from pptx import Presentation

from chungtay.papers.deck import Graph, deck_prints, keys_of
from chungtay.papers.rereading import chart_values, leftover_numbers, text_of_pptx
from chungtay.papers.rules import manifest
from chungtay.papers.slides import write_slides
from chungtay.reviews.content import paper_of
from chungtay.reviews.files import one_file, papers_of
from chungtay.reviews.slides import deck_of, sentences
from chungtay.reviews.tests.world import paragraph_of


@pytest.fixture
def told(world):
    content = world.content()
    paper = paper_of(content)
    return paper, deck_of(content, paper)


def test_a_leader_speaks_from_ten_to_twenty_slides(told):
    _, deck = told
    assert 10 <= len(deck.slides) + 1 <= 20


def test_the_slides_print_no_figure_that_the_report_does_not_print(told):
    paper, deck = told
    held = {row.key for row in manifest(paper)}
    assert {row.key for row in deck_prints(deck) if row.key} <= held


def test_no_number_of_the_file_is_typed_by_hand(told):
    _, deck = told
    assert leftover_numbers(text_of_pptx(write_slides(deck)), deck_prints(deck), deck.names) == []


def test_every_bar_is_drawn_from_the_exact_value(told):
    paper, deck = told
    graphs = [part.chart for slide in deck.slides for part in slide.parts if isinstance(part, Graph)]
    drawn = iter(chart_values(write_slides(deck)))
    for chart in graphs:
        is_stacked = any(len(bar.parts) > 1 for bar in chart.bars)
        for place in range(len(chart.series)) if is_stacked else (0,):
            _, values = next(drawn)
            for bar, value in zip(chart.bars, values, strict=True):
                figure, whole = paper.figures[bar.parts[place] if is_stacked else bar.total], paper.figures[bar.total]
                exact = figure.ratio * 100 if figure.ratio is not None else Fraction(figure.value, whole.divisor)
                assert value == float(exact)
    assert next(drawn, None) is None


def test_every_slide_says_where_its_figures_come_from(told):
    _, deck = told
    book = Presentation(io.BytesIO(write_slides(deck)))
    for page, slide in zip(list(book.slides)[1:], deck.slides, strict=True):
        said = page.notes_slide.notes_text_frame.text
        for key in keys_of(slide):
            figure = deck.figures[key]
            assert all(part in said for part in (figure.exact, figure.source, figure.trace, deck.rows[key]))


def test_titles_say_what_the_figures_say(told):
    _, deck = told
    titles = [slide.title for slide in deck.slides]
    assert titles[0].startswith("vận động được {vận động quỹ}; xây dựng, sửa chữa {nhà ở}")
    assert "Vận động: cao nhất là Phường 4, thấp nhất là Phường 11" in titles
    assert not [title for title in titles if title.startswith("Nhà ở: cao nhất")]  # all units built the same
    assert "Còn thiếu số liệu gì, của đơn vị nào" in titles


def test_what_people_wrote_in_the_report_is_what_the_slides_say(world):
    review = world.create()
    block = paragraph_of(review, "lessons")
    block.text = "Giao việc rõ người. Số liệu {nhà ở} lấy từ sổ gốc."
    block.save()
    from chungtay.reviews import selectors

    content = selectors.content_of(review)
    deck = deck_of(content, paper_of(content))
    slide = next(slide for slide in deck.slides if slide.title == "Bài học kinh nghiệm")
    assert slide.parts[0].items == ("Giao việc rõ người.", "Số liệu {nhà ở} lấy từ sổ gốc.")


def test_the_same_moment_gives_the_same_slides_to_the_byte(world):
    before = papers_of(world.content()).pptx
    world.correct()
    assert one_file(world.content(), "pptx")[1] == before


def test_sentences_lose_the_numeral_that_opens_a_paragraph():
    assert sentences("1. Giao việc; rõ người. {nhà ở} là đủ.") == ["Giao việc; rõ người.", "{nhà ở} là đủ."]
