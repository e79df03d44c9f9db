"""The file of a nomination and the certificates, written and read back: every number in them is a figure with a source."""

import io

import docx
import pypdfium2
import pytest

from chungtay.emulation import minuting, nominating, printing, selectors, services
from chungtay.emulation.models import Vote
from chungtay.emulation.rules import Recipient
from chungtay.emulation.services import BadDecision, Line
from chungtay.emulation.tests.making import Council
from chungtay.papers.docx import write_docx
from chungtay.papers.pdf import write_pdf
from chungtay.papers.rereading import text_of_docx
from chungtay.papers.rules import check_paper

pytestmark = pytest.mark.django_db


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    return text.replace("\u00a0", " ")


def test_every_paper_of_a_nomination_is_written_and_says_what_was_decided(council: Council):
    contest = council.published()
    sheet = council.sheet(contest)
    council.tick(days=7)
    line = Line(Recipient.COLLECTIVE, sheet.name, "Dẫn đầu khối phường", sheet)
    decision = council.decision(contest=contest, lines=[line])
    vote = Vote.objects.get()
    body = council.cast.body(council.cast.city)
    papers = {
        "proposal": nominating.proposal(decision),
        "achievements": minuting.achievements(council.fresh(sheet), is_sample=False),
        "minutes": minuting.minutes(vote, body, "Cao Lãnh"),
        "decision": nominating.decision_paper(decision),
    }
    said = {}
    for name, paper in papers.items():
        check_paper(paper)
        said[name] = words(write_pdf(paper))
        assert docx.Document(io.BytesIO(write_docx(paper))).tables
    assert "77,5" in said["proposal"] and sheet.name in said["proposal"]
    assert "15 căn" in said["achievements"]
    assert "Tán thành" in said["minutes"]
    for juror in council.jurors:
        assert juror.full_name in said["minutes"], "who was there is said, who chose what is not"
    assert "900.000" in said["decision"]
    assert "1.490.000" in text_of_docx(write_docx(papers["decision"])), "the computation is the source of the money"


def test_a_number_typed_into_an_achievement_is_refused_before_it_is_printed(council: Council):
    with pytest.raises(BadDecision, match="số “400” gõ tay"):
        council.decision(lines=[Line(Recipient.COLLECTIVE, "Tổ 15", "Vận động xây 400 căn nhà")])


def test_certificates_print_what_the_book_holds_and_the_address_of_their_page(council: Council):
    lines = [Line(Recipient.COLLECTIVE, f"Tổ {at}", "Giữ gìn an ninh") for at in (15, 16)]
    decision = council.issue(council.decision(lines=lines))
    entries = list(selectors.entries_of(decision))
    text = words(printing.certificates_pdf(entries, lambda code: f"https://vi.du/{code}/"))
    for entry in entries:
        assert entry.content["to"] in text
        assert entry.code in text
        assert f"số: {entry}" in text
    assert "Quyết định số 418/QĐ-UBND" in text
    services.ask_revocation(entry=entries[0], reason="Sai", name="Tổ 17", now=council.tick(), by=council.cast.officer)
    made = services.decide_revocation(
        entry=entries[0], confirms=True, reason="Sai", now=council.tick(), by=council.cast.upper_leader
    )
    assert [str(one) for one in selectors.entries_of(decision)] == ["02/2023", "03/2023"]
    assert made is not None and "Tổ 17" in words(printing.certificates_pdf([made], str))
