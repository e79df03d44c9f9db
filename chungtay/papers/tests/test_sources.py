"""The sources annex: every figure of the paper has a row."""

from dataclasses import replace

from chungtay.papers.rules import SourcesBlock, manifest
from chungtay.papers.sources import source_numbers, sources_annex, with_sources
from chungtay.papers.tests.sample import report


def rows(paper):
    return [row for annex in paper.annexes for b in annex.blocks if isinstance(b, SourcesBlock) for row in b.rows]


def test_every_printed_figure_has_its_row(paper):
    assert {row.key for row in manifest(paper)} <= set(source_numbers(paper))


def test_rows_are_numbered_in_order_and_sentences_come_first(paper):
    made = rows(paper)
    assert [row.number for row in made] == list(range(1, len(made) + 1))
    assert made[0].printed == "15/15\u00a0xã, phường"
    assert made[1].exact == "58.100.000.000\u00a0đồng"


def test_the_cells_of_a_table_share_a_row_for_each_source_and_coverage(paper):
    labels = [row.label for row in rows(paper)]
    whole = "Phụ lục\u00a0I: Vận động Quỹ (đồng), Nhà ở (căn), Cầu, Hỗ trợ khác, Hội quán"
    assert labels[-2:] == [whole, "Phụ lục\u00a0I: Tổ ND tự quản"]
    assert labels[-4:-2] == ["Bảng\u00a01", "Hình\u00a01"]


def test_making_the_annex_twice_changes_nothing(paper):
    assert with_sources(paper) == paper


def test_a_first_annex_beside_the_sources_is_called_by_its_number():
    bare = report(sources=False)
    one = replace(bare, annexes=bare.annexes[:1])
    assert any(row.label.startswith("Phụ lục\u00a0I: ") for row in sources_annex(one).blocks[0].rows)
