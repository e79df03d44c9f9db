"""The page that stands alone: complete, without script or network, and with every figure that the screen has."""

import re
from dataclasses import replace

from chungtay.papers.rules import Paragraph, manifest
from chungtay.papers.tests.test_html import Balance
from chungtay.papers.webpage import write_page


def test_the_page_asks_for_nothing_and_runs_nothing(paper):
    page = write_page(paper).decode()
    assert not re.search(r"<script|<link|<iframe|\ssrc=|@import|url\(|\son\w+=", page)
    assert not re.search(r'href="/', page)


def test_every_figure_of_the_paper_is_in_the_page(paper):
    keys = re.findall(r'data-figure="([^"]+)"', write_page(paper).decode())
    assert keys == [row.key for row in manifest(paper) if row.part in ("sentence", "cell")]


def test_every_chart_says_in_words_what_it_shows(paper):
    drawings = re.findall(r"<svg [^>]*>", write_page(paper).decode())
    assert drawings
    assert all(re.search(r'aria-label="[^"]+"', drawing) for drawing in drawings)


def test_the_page_is_balanced_and_the_same_paper_gives_the_same_bytes(paper):
    page, parser = write_page(paper), Balance()
    parser.feed(re.sub(r"<meta[^>]*>", "", page.decode()))
    assert (parser.open, parser.wrong) == ([], [])
    assert page == write_page(paper)


def test_markup_in_texts_stays_text(paper):
    page = write_page(replace(paper, blocks=(*paper.blocks, Paragraph("<script>x</script>")))).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
