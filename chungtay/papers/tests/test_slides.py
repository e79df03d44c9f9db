"""Decks read back: words, alternative texts, faces, room; a planted number, an unknown key and too much are refused."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
from pptx import Presentation

from chungtay.papers.deck import BigFigure, Deck, Figures, Graph, Points, Slide, deck_prints
from chungtay.papers.rereading import leftover_numbers, text_of_pptx
from chungtay.papers.rules import ChartBlock, PaperError, UnknownFigure, UnsourcedNumber
from chungtay.papers.slides import fits, write_slides


@pytest.fixture(scope="module")
def deck(paper):
    chart = next(block for block in paper.blocks if isinstance(block, ChartBlock))
    whole = replace(chart, bars=tuple(replace(bar, parts=()) for bar in chart.bars))
    keys = [key for key, figure in paper.figures.items() if figure.coverage][:4]
    items = tuple(BigFigure(key, "kết quả của năm", "so với {" + keys[0] + "}") for key in keys)
    return Deck(
        title="Sơ kết Chương trình phối hợp số 500",
        lines=("giai đoạn 2020 - 2024",),
        issuer="Ủy ban nhân dân thành phố Cao Lãnh",
        dated_on=date(2023, 5, 26),
        slides=(
            Slide(title="Vận động được {" + keys[0] + "}", parts=(Figures(items),), says=("Năm {" + keys[1] + "}.",)),
            Slide(title="Theo năm", parts=(Figures(items[:2]), Graph(chart))),
            Slide(title="Theo đơn vị", parts=(Graph(whole, is_lying=True), Points(("Phường 11 đi đầu.",)))),
        ),
        figures=paper.figures,
        names=paper.names,
        note="Số liệu minh họa",
    )


@pytest.fixture(scope="module")
def file(deck):
    return write_slides(deck)


def shapes(file):
    return [shape for page in Presentation(io.BytesIO(file)).slides for shape in page.shapes]


def test_nothing_is_left_over(deck, file):
    assert leftover_numbers(text_of_pptx(file), deck_prints(deck), deck.names) == []


@pytest.mark.parametrize("planted", ["Xây 37 căn", "Đạt 99,5%"])
def test_a_planted_number_is_caught(deck, file, planted):
    book = Presentation(io.BytesIO(file))
    book.slides[2].shapes[3].text_frame.text = planted
    out = io.BytesIO()
    book.save(out)
    assert leftover_numbers(text_of_pptx(out.getvalue()), deck_prints(deck), deck.names) != []


def test_a_number_on_a_bar_that_was_changed_by_hand_is_caught(deck, file):
    book = Presentation(io.BytesIO(file))
    chart = next(shape.chart for shape in book.slides[3].shapes if shape.has_chart)
    chart.plots[0].series[0].points[0].data_label.text_frame.text = "98,76"
    out = io.BytesIO()
    book.save(out)
    assert "98,76" in leftover_numbers(text_of_pptx(out.getvalue()), deck_prints(deck), deck.names)


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (Points(("Xây 400 căn.",)), UnsourcedNumber),
        (Points(("Xây {nobody}.",)), UnknownFigure),
        (Figures(()), PaperError),
        (Points(()), PaperError),
    ],
)
def test_a_deck_obeys_the_law_of_papers(deck, part, fault):
    with pytest.raises(fault):
        write_slides(replace(deck, slides=(Slide(title="Kết quả", parts=(part,)),)))


def test_more_than_a_slide_has_room_for_is_refused(deck):
    items = deck.slides[0].parts[0].items * 2
    with pytest.raises(PaperError, match="hai trang"):
        write_slides(replace(deck, slides=(Slide(title="Kết quả", parts=(Figures(items),)),)))


def test_the_same_deck_gives_the_same_bytes_and_no_time_but_the_papers_day(deck, file):
    assert write_slides(deck) == file
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 5, 26, 0, 0, 0)}
        assert b"2023-05-26T00:00:00Z" in archive.read("docProps/core.xml")
        book = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        with zipfile.ZipFile(io.BytesIO(archive.read(book))) as inner:
            assert b"2023-05-26T00:00:00Z" in inner.read("docProps/core.xml")


def test_every_part_is_well_formed_and_nothing_of_the_library_is_left(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                fromstring(archive.read(name))
        assert not [name for name in names if "thumbnail" in name or "printer" in name]
        assert len([name for name in names if "slideLayouts/slideLayout" in name and name.endswith(".xml")]) == 1
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert 'latin typeface="Arial"' in theme
    assert "Calibri" not in theme.split("<a:ea")[0]


def test_every_chart_says_in_words_what_it_shows(deck, file):
    charts = [shape for shape in shapes(file) if shape.has_chart]
    assert len(charts) == 2
    for shape in charts:
        words = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert words.startswith("Biểu đồ: ")
        assert all(deck.figures[bar.total].text in words for bar in deck.slides[1].parts[1].chart.bars)


def test_every_slide_has_its_title_first_and_every_word_is_vietnamese_in_our_face(file):
    for page in Presentation(io.BytesIO(file)).slides:
        assert page.shapes[0] == page.shapes.title
        assert page.shapes.title.text_frame.text.strip()
        for shape in page.shapes:
            for run in [r for p in shape.text_frame.paragraphs for r in p.runs] if shape.has_text_frame else []:
                assert run.font.name == "Arial"
                assert run._r.rPr.get("lang") == "vi-VN"
                assert run.font.size.pt >= 12


def test_nothing_stands_outside_its_page(file):
    book = Presentation(io.BytesIO(file))
    for shape in shapes(file):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= book.slide_width
        assert shape.top + shape.height <= book.slide_height


def test_a_name_that_looks_like_a_formula_stays_a_name(deck):
    chart = deck.slides[2].parts[0].chart
    wild = replace(chart, bars=(replace(chart.bars[0], label="=CMD()"), *chart.bars[1:]))
    file = write_slides(replace(deck, slides=(Slide(title="Đơn vị", parts=(Graph(wild),)),)))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        book = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        with zipfile.ZipFile(io.BytesIO(archive.read(book))) as inner:
            assert b"<f>" not in inner.read("xl/worksheets/sheet1.xml")


def test_points_that_do_not_fit_are_told_apart_from_those_that_do():
    assert fits(["Một việc rõ người, rõ cơ quan chủ trì."] * 6, 20)
    assert not fits(["Một việc rõ người, rõ cơ quan chủ trì và thời hạn cụ thể. " * 3] * 12, 18)
