"""The screens through a browser's eyes: every page opens, every form does what it says, every refusal is a sentence."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from chungtay.emulation import services
from chungtay.emulation.models import BookEntry, Contest, CriteriaSet, Decision, Score, Sheet, VoteMark
from chungtay.emulation.rules import ContestState, Stage
from chungtay.emulation.tests.making import HOUSES, Council
from chungtay.papers.tests.keys import PASSWORD, make_key, status_of
from chungtay.web.waiting import Asked, waiting_for

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def criteria(**more: str) -> dict[str, str]:
    rows = [
        {"number": "1", "title": "Chăm lo người nghèo", "most": "60", "how": "group"},
        {
            "number": "1.1",
            "title": "Nhà",
            "most": "60",
            "how": "at_least",
            "indicator": HOUSES,
            "value": "15: 60; 5: 30,5",
        },
        {"number": "2", "title": "Phối hợp", "most": "40", "how": "people"},
    ]
    said = {"rows": "3", "code": "bo", "title": "Bộ tiêu chí", "basis": "", "do": "save"}
    return said | {f"r{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()} | more


def test_empty_pages_teach(council: Council, web) -> None:
    officer = web(council.cast.officer)
    for name, says in (
        ("contest-list", "Chưa có đợt thi đua nào"),
        ("criteria-list", "Chưa có bộ tiêu chí nào"),
        ("decision-list", "Chưa có quyết định nào"),
        ("reward-book", "Sổ chưa có dòng nào"),
        ("rule-list", "chưa kiểm chứng"),
    ):
        assert says in page(officer, name)


def test_a_contest_goes_its_whole_way_on_the_screens(council: Council, web) -> None:
    officer, leader, clerk = web(council.cast.officer), web(council.cast.upper_leader), web(council.cast.clerk)
    wrong = officer.post(reverse("criteria-create"), criteria(**{"r1-most": "70"}))
    assert wrong.status_code == 422 and "nhiều hơn điểm tối đa" in wrong.content.decode()
    assert officer.post(reverse("criteria-create"), criteria(do="add-row")).status_code == 200
    assert officer.post(reverse("criteria-create"), criteria()).status_code == 302
    kept = CriteriaSet.objects.get()
    assert "từ 15 căn: 60 điểm; từ 5 căn: 30,5 điểm; còn lại 0 điểm" in page(officer, "criteria-detail", kept.pk)
    assert "15: 60; 5: 30,5" in officer.get(reverse("criteria-create"), {"tu": str(kept.pk)}).content.decode()

    said = {
        "title": "Thi đua", "code": "td", "criteria": str(kept.pk), "programme": "", "period": "2022",
        "due_on": "10/05/2023", "appeal_days": "5", "who": "body:mttq",
    }  # fmt: skip
    assert officer.post(reverse("contest-create"), said | {"due_on": "31/02/2023"}).status_code == 422
    assert officer.post(reverse("contest-create"), said).status_code == 302
    contest = Contest.objects.get()
    step = reverse("contest-step", args=[contest.pk])
    assert leader.post(step, {"do": "open", "revision": "1"}).status_code == 302
    assert [one.label for one in told(council, council.cast.clerk)] == [f"Tự chấm: {council.sheet(contest).name}"]

    sheet = council.sheet(contest)
    point = contest.criteria.criteria.get(number="2").pk
    score = reverse("sheet-score", args=[sheet.pk])
    over = clerk.post(score, {"revision": "1", f"points-{point}": "41"})
    assert over.status_code == 422 and "từ 0 đến 40" in over.content.decode()
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    file = SimpleUploadedFile("anh.png", out.getvalue())
    given = {"revision": "1", f"points-{point}": "35,5", f"note-{point}": "Có kế hoạch", f"file-{point}": file}
    assert clerk.post(score, given).status_code == 302
    shown = page(clerk, "sheet-detail", sheet.pk)
    assert "95,5 / 100 điểm" in shown and "/con-so/" in shown and "anh.jpg" in shown
    row = Score.objects.get(sheet=sheet, evidence__isnull=False)
    assert clerk.get(reverse("sheet-evidence", args=[sheet.pk, row.pk])).status_code == 200

    stale = {"do": "forward", "revision": "1", "seen": "x"}
    refused = web(council.cast.leader).post(reverse("sheet-step", args=[sheet.pk]), stale)
    assert refused.status_code == 422 and "vừa được người khác thay đổi" in refused.content.decode()
    council.forward(sheet, council.cast.leader)
    back = {"do": "send-back", "revision": str(council.fresh(sheet).revision), "reason": "Bổ sung"}
    assert officer.post(reverse("sheet-step", args=[sheet.pk]), back).status_code == 302
    assert Sheet.objects.get(pk=sheet.pk).stage == Stage.SELF


def told(council: Council, user) -> list:
    from chungtay.access import selectors as access

    return waiting_for(Asked(user, access.keys_of(user, on=council.today), council.today))


def test_a_unit_sees_no_other_units_points_before_they_are_published(council: Council, web) -> None:
    contest = council.open()
    council.lead(council.sheet(contest, 1), Stage.DEPARTMENT)
    other = services.standing_of(council.sheet(contest, 1)).total
    assert other == 4100
    assert ">41<" not in page(web(council.cast.clerk), "contest-detail", contest.pk)
    assert ">41<" in page(web(council.cast.officer), "contest-detail", contest.pk)


def test_a_member_votes_once_and_the_page_says_what_is_not_kept(council: Council, web) -> None:
    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), Stage.COUNCIL)
    contest.refresh_from_db()
    officer = web(council.cast.officer)
    step = reverse("contest-step", args=[contest.pk])
    assert officer.post(step, {"do": "open-vote", "revision": str(contest.revision)}).status_code == 302
    vote = contest.votes.get()
    juror = web(council.jurors[1])  # with a post in the second commune
    url = reverse("vote-cast", args=[vote.pk])
    shown = juror.get(url).content.decode()
    assert "không ghi ai chọn gì" in shown and "Phiếu của bạn thiếu đơn vị của bạn" in shown
    assert str(council.sheet(contest, 1).pk) not in shown
    assert any("Bỏ phiếu kín" in one.label for one in told(council, council.jurors[1]))
    assert juror.post(url, {}).status_code == 422
    assert juror.post(url, {str(council.sheet(contest).pk): "yes"}).status_code == 302
    assert VoteMark.objects.count() == 1
    assert "Bạn đã bỏ phiếu" in juror.get(url).content.decode()
    assert officer.get(url).status_code == 404, "who is no member has no paper"
    few = officer.post(step, {"do": "close-vote"})
    assert few.status_code == 422 and "1/3 thành viên" in few.content.decode()
    assert officer.post(step, {"do": "give-up-vote"}).status_code == 302


def test_results_decision_money_and_certificates_on_the_screens(council: Council, web) -> None:
    contest = council.published()
    officer, leader = web(council.cast.officer), web(council.cast.upper_leader)
    assert "Đã công bố lần 1" in page(web(council.cast.clerk), "contest-detail", contest.pk)
    losing = council.sheet(contest, 1)
    appeal = {"do": "appeal", "reason": "Xem lại"}
    assert web(council.cast.leader).post(reverse("sheet-step", args=[losing.pk]), appeal).status_code == 302
    assert any("Trả lời kiến nghị" in one.label for one in told(council, council.cast.upper_leader))
    answer = reverse("appeal-answer", args=[losing.pk, losing.appeals.get().pk])
    assert officer.post(answer, {"text": "Không"}).status_code == 403
    assert leader.post(answer, {"text": "Giữ nguyên"}).status_code == 302
    for kind in ("pdf", "docx"):
        assert officer.get(reverse("vote-minutes", args=[contest.votes.get().pk, kind])).status_code == 200
        assert officer.get(reverse("sheet-paper", args=[losing.pk, kind])).status_code == 200
    council.tick(days=7)

    fresh = officer.get(reverse("decision-create"), {"dot": str(contest.pk)}).content.decode()
    first = council.sheet(contest)
    assert first.name in fresh and "Hạng nhất khối phường" in fresh
    said = {
        "rows": "1", "a0-sheet": str(first.pk), "a0-kind": "collective", "a0-name": first.name, "do": "save",
        "a0-achievement": "Dẫn đầu", "form": "giay-khen-huyen", "merit": "Đã có thành tích xuất sắc", "place": "Cao Lãnh",
        "signed_on": council.today.strftime("%d/%m/%Y"), "position": "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH", "signer": "Trần Văn Bình",
        "programme": "", "money": "budget", "fund": "",
    }  # fmt: skip
    url = f"{reverse('decision-create')}?dot={contest.pk}"
    assert officer.post(url, said | {"a0-achievement": "Xây 40 căn"}).status_code == 422
    assert officer.post(url, said).status_code == 302
    decision = Decision.objects.get()
    assert "0,6 × 1.490.000 = 894.000 đồng" in page(officer, "decision-detail", decision.pk)
    step = reverse("decision-step", args=[decision.pk])
    issue = {"do": "issue", "reason": "418/QĐ-UBND", "typed": "418", "revision": "1"}
    assert leader.post(step, issue).status_code == 422
    assert leader.post(step, issue | {"typed": "418/QĐ-UBND"}).status_code == 302
    for paper in ("to-trinh", "quyet-dinh"):
        assert officer.get(reverse("decision-paper", args=[decision.pk, paper, "docx"])).status_code == 200
    assert officer.get(reverse("decision-certificates", args=[decision.pk])).content[:5] == b"%PDF-"
    entry = BookEntry.objects.get()
    assert officer.get(reverse("certificate-file", args=[entry.pk])).status_code == 200
    assert "900.000" in officer.get(reverse("reward-book"), {"q": "phuong", "nam": "2023"}).content.decode()
    assert Contest.objects.get(pk=contest.pk).state == ContestState.PUBLISHED


def test_anybody_checks_a_certificate_and_learns_nothing_else(council: Council, web) -> None:
    decision = council.issue(council.decision())
    entry, visitor = council.entry(decision), Client()
    url = reverse("certificate-check", args=[entry.code])
    shown = visitor.get(url).content.decode()
    assert "Giấy khen thật, đang có giá trị" in shown and entry.content["to"] in shown
    assert "900.000" not in shown and council.cast.officer.full_name not in shown
    found = visitor.get(reverse("certificate-find"), {"ma": f" {entry.code.lower()[:6]}-{entry.code.lower()[6:]}"})
    assert found.headers["Location"] == url

    officer, leader = web(council.cast.officer), web(council.cast.upper_leader)
    step = reverse("certificate-step", args=[entry.pk])
    assert officer.post(step, {"do": "ask", "reason": " "}).status_code == 422
    assert officer.post(step, {"do": "ask", "reason": "Sai tên", "name": "Tổ Mới"}).status_code == 302
    assert "đang có giá trị" in visitor.get(url).content.decode(), "asked for is not decided"
    assert officer.post(step, {"do": "confirm", "reason": "Tự duyệt"}).status_code == 422
    assert leader.post(step, {"do": "confirm", "reason": "Đúng là sai"}).status_code == 302
    shown = visitor.get(url).content.decode()
    assert "đã được thay bằng bản khác" in shown and "02/2023" in shown and "Sai tên" not in shown
    assert officer.get(reverse("certificate-file", args=[entry.pk])).status_code == 404
    for code in ("ABC", "234567ABCDEF", "../../x"[:5]):
        answer = visitor.get(f"/khen-thuong/kiem-tra/{code}/")
        assert answer.status_code == 404
    assert (
        "Không có giấy khen nào mang mã này" in visitor.get(reverse("certificate-check", args=["X"])).content.decode()
    )


def test_an_office_sets_a_rule_and_its_picture(council: Council, web) -> None:
    officer = web(council.cast.officer)
    said = {
        "what": "base:",
        "value": "1.800.000",
        "valid_from": "01/01/2023",
        "valid_to": "",
        "legal_basis": "Văn bản 1",
    }
    assert officer.post(reverse("rule-list"), said | {"value": "không"}).status_code == 422
    assert officer.post(reverse("rule-list"), said).status_code == 302
    assert "Văn bản 1" in page(officer, "rule-list")
    wrong = {"picture": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")}
    assert officer.post(reverse("artwork-set"), wrong).status_code == 422
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (10, 120, 30)).save(out, "PNG")
    assert (
        officer.post(reverse("artwork-set"), {"picture": SimpleUploadedFile("a.png", out.getvalue())}).status_code
        == 302
    )
    decision = council.issue(council.decision())
    assert officer.get(reverse("decision-certificates", args=[decision.pk])).status_code == 200


def test_a_key_that_does_not_sign_is_told_in_words_and_nothing_is_printed_unsigned(
    council: Council, web, settings, tmp_path
) -> None:
    settings.DATA_DIR = tmp_path
    decision = council.issue(council.decision())
    (tmp_path / "signing").mkdir()
    (tmp_path / "signing" / f"{decision.body_id}.p12").write_bytes(b"no key")
    officer = web(council.cast.officer)
    for url in (
        reverse("decision-certificates", args=[decision.pk]),
        reverse("certificate-file", args=[council.entry(decision).pk]),
    ):
        answer = officer.get(url)
        assert answer.status_code == 422
        assert "ký" in answer.content.decode()


def test_certificates_are_signed_by_the_offices_own_key(council: Council, web, settings, tmp_path, monkeypatch) -> None:
    settings.DATA_DIR = tmp_path
    decision = council.issue(council.decision())
    (tmp_path / "signing").mkdir()
    own = make_key(tmp_path / "signing" / f"{decision.body_id}.p12")
    monkeypatch.setenv("CHUNGTAY_SIGNING_PASSWORD", PASSWORD)
    officer = web(council.cast.officer)
    for url in (
        reverse("decision-certificates", args=[decision.pk]),
        reverse("certificate-file", args=[council.entry(decision).pk]),
    ):
        status = status_of(officer.get(url).content, trusts=own)
        assert status.bottom_line, status.pretty_print_details()
