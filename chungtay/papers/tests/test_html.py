"""The screen's fragment: escaped, free of inline styles, every figure a chip."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from chungtay.papers.html import write_html
from chungtay.papers.rules import Heading, Paragraph, PrintedFigure, manifest


class Balance(HTMLParser):
    """Collects tags that are closed out of order."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """A tag that closes itself changes nothing."""

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_the_fragment_is_balanced_and_has_no_inline_style_or_script(paper):
    fragment, parser = write_html(paper), Balance()
    parser.feed(fragment)
    assert (parser.open, parser.wrong) == ([], [])
    assert not re.search(r"\sstyle=|<script|\son\w+=", fragment)


def test_every_figure_of_sentences_and_cells_is_a_chip_that_opens(paper):
    fragment = write_html(paper)
    keys = re.findall(r'data-figure="([^"]+)"', fragment)
    assert keys == [row.key for row in manifest(paper) if row.part in ("sentence", "cell")]
    assert '<a class="chip" href="/so-lieu/SL11-3D801D/"' in fragment


def test_texts_labels_and_addresses_are_escaped(paper):
    wild = '<script>alert("&")</script>'
    bad = PrintedFigure(key='k"><i>', text=wild, label=wild, exact=wild, unit="", url="javascript:alert(1)")
    good = replace(bad, key="g", url='/x?a="><script>')
    blocks = (Heading(1, wild), Paragraph(wild + ' {k"><i>} {g}'))
    fragment = write_html(
        replace(paper, blocks=blocks, annexes=(), figures={bad.key: bad, "g": good}, addressees=(wild,), note=wild)
    )
    assert "<script" not in fragment
    assert "javascript:" not in fragment
    assert 'href="/x?a=&quot;&gt;&lt;script&gt;"' in fragment


def test_rows_and_columns_have_heads(paper):
    fragment = write_html(paper)
    assert '<th scope="colgroup" colspan="3">Vận động Quỹ (đồng)</th>' in fragment
    assert '<th scope="row">Phường 11</th>' in fragment


def test_a_chart_says_what_it_shows(paper):
    assert 'role="img"' in write_html(paper)
    said = "<title>Biểu đồ cột: kết quả vận động theo năm, số liệu như Bảng 1 (tỷ đồng). 2020: 14,78; 2021: 18,15; "
    assert said in write_html(paper)
