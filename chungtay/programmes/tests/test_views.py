"""The pages of documents and changes through a browser's eyes: each opens, each form does what it says, strangers get 404."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.programmes import services
from chungtay.programmes.links import shown_by
from chungtay.programmes.models import Document, Proposal
from chungtay.programmes.tests.linked import Linked

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def said(linked: Linked, **more: object) -> dict[str, object]:
    parties = [str(party.body_id) for party in linked.programme.parties.all()]
    form = {"kind": "CTPH", "number": "500/CTPH", "abstract": "Về nhiệm vụ", "signed_on": "05/01/2020"}
    return form | {"effect_from": "05/01/2020", "parties": parties} | more


def test_a_document_is_recorded_amended_and_read_by_day(linked: Linked, web) -> None:
    officer, code = web(linked.cast.officer), [linked.programme.code]
    empty = officer.get(reverse("document-list", args=code)).content.decode()
    assert "Chưa ghi văn bản nào" in empty
    create = reverse("document-create", args=code)
    wrong = officer.post(create, said(linked, signed_on="31/02/2020"))
    assert wrong.status_code == 422
    assert "31/02/2020" in wrong.content.decode()
    officer.post(create, said(linked, file=SimpleUploadedFile("ctph.pdf", PDF)))
    first = Document.objects.get()
    page = officer.get(reverse("document-detail", args=[*code, first.pk]))
    assert "ctph.pdf" in page.content.decode()
    file = officer.get(reverse("document-file", args=[*code, first.pk, 1]))
    assert file["Content-Disposition"].startswith("attachment")
    assert officer.get(reverse("document-file", args=[*code, first.pk, 2])).status_code == 404
    change = {"number": "12/CTPH", "signed_on": "01/06/2021", "effect_from": "01/06/2021"}
    more = {"effect": "replaces", "note": "Toàn bộ"}
    officer.post(f"{create}?sua={first.pk}", said(linked, **change, **more))
    listed = officer.get(reverse("document-list", args=code), {"ngay": "01/01/2021", "loc": "hieu-luc"})
    assert [row["document"].number for row in listed.context["rows"]] == ["500/CTPH"]
    later = officer.get(reverse("document-list", args=code), {"ngay": "02/06/2021"}).content.decode()
    assert "Đã được thay thế" in later
    second = Document.objects.get(number="12/CTPH")
    url = reverse("document-detail", args=[*code, second.pk])
    assert officer.post(url, {"do": "withdraw", "w-reason": ""}).status_code == 422
    officer.post(url, {"do": "withdraw", "w-reason": "Nhầm số"})
    assert "Nhầm số" in officer.get(url).content.decode()
    clerk = web(linked.cast.clerk)
    assert clerk.get(url).status_code == 200
    assert clerk.get(create).status_code == 403
    assert clerk.post(url, {"do": "withdraw", "w-reason": "x"}).status_code == 403
    for name in ("document-list", "change-list", "document-create"):
        assert web(linked.cast.outsider).get(reverse(name, args=code)).status_code == 404


def test_a_document_belongs_to_its_programme_alone(linked: Linked, web) -> None:
    document = services.record_document(
        programme=linked.programme, kind="CTPH", number="1", abstract="Về", signed_on=date(2020, 1, 5),
        effect_from=date(2020, 1, 5), parties=[linked.cast.body(linked.cast.city)], now=linked.tick(),
        by=linked.cast.officer,
    )  # fmt: skip
    officer = web(linked.cast.officer)
    assert officer.get(reverse("document-detail", args=[linked.plan.code, document.pk])).status_code == 404
    assert officer.get(reverse("document-file", args=[linked.plan.code, document.pk, 1])).status_code == 404
    assert officer.get(f"{reverse('document-create', args=[linked.programme.code])}?sua=x").status_code == 404


def test_a_change_goes_down_and_the_answer_comes_up(linked: Linked, web) -> None:
    officer, clerk, leader = web(linked.cast.officer), web(linked.cast.clerk), web(linked.cast.leader)
    top, plan = [linked.programme.code], [linked.plan.code]
    reword = reverse("area-reword", args=[*top, 1])
    assert clerk.get(reword).status_code == 403
    assert officer.get(reverse("area-reword", args=[*top, 9])).status_code == 404
    same = officer.post(reword, {"title": "Giảm nghèo bền vững", "basis": "KH", "seen": 1})
    assert "giống hệt" in same.content.decode()
    officer.post(reword, {"title": "Giảm nghèo đa chiều bền vững", "basis": "KH 18", "seen": 1})
    proposal = Proposal.objects.get(plan=linked.plan)
    url = reverse("proposal-detail", args=[*plan, proposal.pk])
    assert url in clerk.get(reverse("desk-home")).content.decode()
    page = clerk.get(url).content.decode()
    assert re.search(r"<ins>.*đa chiều *</ins>", page)
    assert "Đồng ý, trả lời cấp trên" not in page
    answer = {"way": "adapt", "typed": "Giảm nghèo ven sông", "reason": "", "seen": 0, "do": "draft"}
    assert clerk.post(url, answer).status_code == 422
    clerk.post(url, answer | {"reason": "Chỉ còn ở đó"})
    assert url not in clerk.get(reverse("desk-home")).content.decode()
    assert url in leader.get(reverse("desk-home")).content.decode()
    assert "Người dự thảo không tự quyết định" in clerk.get(url).content.decode()
    assert clerk.post(url, {"do": "hold", "seen": 1}).status_code == 422
    leader.post(url, {"do": "hold", "seen": 1, "note": ""})
    assert shown_by(linked.plan)[0].value == "Giảm nghèo ven sông"
    assert url not in leader.get(reverse("desk-home")).content.decode()
    above = officer.get(reverse("change-list", args=top)).content.decode()
    assert "1/2 kế hoạch đã trả lời" in above
    assert "Chỉ còn ở đó" in above
    assert "Giảm nghèo ven sông" in clerk.get(reverse("change-list", args=plan)).content.decode()
    other = reverse("proposal-detail", args=[linked.plans[1].code, proposal.pk])
    assert officer.get(other).status_code == 404
    assert web(linked.cast.other_clerk).get(url).status_code == 404
