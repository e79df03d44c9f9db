from datetime import date

import pytest

from chungtay.banking.matching import Candidate, propose
from chungtay.banking.names import similarity, words_of
from chungtay.banking.references import make
from chungtay.banking.tests.making import line

CODE = make("K", 4711)
MEMO = f"MBVCB.69161.{CODE[:6]} {CODE[6:]} NGUYEN VAN THU ung ho.CT tu 999000333444"
FIRST = Candidate("1", 50_000, date(2026, 9, 5), CODE, "Nguyễn Văn Thử")


def only(lines, candidates, **options):
    (found,) = propose(lines, candidates, **options)
    return found


def test_everything_fits():
    (proposal,) = only([line(text=MEMO)], [FIRST]).proposals
    assert proposal.score == 100
    assert proposal.reasons == (
        f"Mã {CODE} khớp",
        "Đúng số tiền",
        "Tên trùng “Nguyễn Văn Thử” (không kể dấu)",
        "Cùng ngày",
    )


def test_the_reference_counts_more_than_all_the_rest():
    other = Candidate("2", 50_000, date(2026, 9, 5), "", "Nguyễn Văn Thử")
    found = only([line(text=MEMO, credit=50_000)], [other, Candidate("1", 80_000, None, CODE)])
    assert [p.candidate.id for p in found.proposals] == ["1", "2"]
    assert "Số tiền ít hơn 30.000 đồng" in found.proposals[0].reasons


def test_equal_proposals_are_shown_as_equal():
    twins = [Candidate(str(n), 50_000, date(2026, 9, 5), "", "Trần Thị Mẫu") for n in range(5)]
    found = only([line(text="TRAN THI MAU ung ho")], twins)
    assert found.tied == 5
    assert len(found.proposals) == 5
    assert len({p.score for p in found.proposals}) == 1


def test_names_in_another_order_or_as_one_word():
    for memo in ("mau thi tran ung ho", "TRANTHIMAU ck", "ck boi TRAN THI MAU."):
        (proposal,) = only([line(text=memo)], [Candidate("1", 50_000, None, "", "Trần Thị Mẫu")]).proposals
        assert proposal.score == 35, memo


def test_a_name_with_a_slip_is_called_alike():
    (proposal,) = only(
        [line(text="", counterparty_name="PHAM KHONK THAT")], [Candidate("1", 50_000, None, "", "Phạm Không Thật")]
    ).proposals
    assert "Tên gần giống “Phạm Không Thật”" in proposal.reasons


def test_money_out_is_matched_to_money_out_only():
    out = Candidate("1", -50_000, date(2026, 9, 5))
    assert list(propose([line()], [out])) == []
    assert only([line(debit=50_000, credit=0)], [out]).proposals[0].candidate == out


def test_a_plain_reference_of_others_is_matched_as_a_word():
    (proposal,) = only(
        [line(text="thanh toan HD-2026/17 dot 1")], [Candidate("1", 9, None, "hd 2026/17".replace(" ", "-"))]
    ).proposals
    assert proposal.score == 60


def test_an_amount_alone_is_proposed_only_near_its_day():
    near, far = Candidate("1", 50_000, date(2026, 9, 9)), Candidate("2", 50_000, date(2026, 1, 9))
    found = only([line()], [near, far])
    assert [p.candidate.id for p in found.proposals] == ["1"]
    assert found.proposals[0].reasons == ("Đúng số tiền", "Cách 4 ngày")


def test_nothing_fits_nothing_is_proposed():
    assert list(propose([line(text="x", credit=7)], [FIRST])) == []
    assert list(propose([], [FIRST])) == []
    assert list(propose([line()], [])) == []


@pytest.mark.parametrize(
    ("name", "text", "least", "most"),
    [
        ("Nguyễn Văn Thử", "NGUYEN VAN THU", 1, 1),
        ("Đỗ Ví Dụ", "do vi du gui", 1, 1),
        ("Nguyễn Văn Thử", "NGUYEN VAN BA", 0.6, 0.7),
        ("Nguyễn Văn Thử", "LE THI GIA DINH", 0, 0),
        ("", "a", 0, 0),
    ],
)
def test_similarity_of_names(name, text, least, most):
    assert least <= similarity(words_of(name), words_of(text)) <= most
