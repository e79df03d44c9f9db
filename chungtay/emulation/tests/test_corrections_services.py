"""A draft is corrected while it is one: what changed stays beside it, who corrects is its author, an issued one is fixed."""

import pytest
from django.urls import reverse

from chungtay.access.selectors import NotAllowed
from chungtay.emulation import services
from chungtay.emulation.models import Award, Decision, DecisionChange
from chungtay.emulation.rules import MovedOn, Recipient, WrongTurn
from chungtay.emulation.services import Line
from chungtay.emulation.tests.making import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(council, monkeypatch, client):
    monkeypatch.setattr("chungtay.web.clock.now", lambda: council.now)
    monkeypatch.setattr("chungtay.web.clock.today", lambda: council.today)

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def correct(council, decision, *, revision=1, by=None, **more):
    content = council.content(**more)
    return services.change_decision(
        decision=decision, content=content, revision=revision, now=council.tick(), by=by or council.cast.officer
    )


def test_what_a_correction_changed_is_kept_and_the_same_again_changes_nothing(council: Council):
    decision = council.decision()
    row = correct(council, decision)
    assert (row.revision, DecisionChange.objects.count()) == (1, 0)
    row = correct(council, decision, signer="Lê Thị Hoa", lines=[Line(Recipient.PERSON, "Bà Sáu", "Giúp nhau")])
    kept = DecisionChange.objects.get()
    assert (kept.revision, row.revision) == (2, 2)
    whats = [one["what"] for one in kept.changes]
    assert "Người ký" in whats and "Thêm Bà Sáu" in whats and any(one.startswith("Bỏ ") for one in whats)
    with pytest.raises(MovedOn):
        correct(council, decision, signer="Ai đó")
    with pytest.raises(NotAllowed):
        correct(council, decision, revision=2, by=council.cast.upper_leader, signer="Ai đó")
    council.issue(decision)
    with pytest.raises(WrongTurn):
        correct(council, decision, revision=3, signer="Ai đó")


def test_who_corrected_it_does_not_issue_it(council: Council):
    decision = council.decision()
    correct(council, decision, signer="Lê Thị Hoa")
    assert Decision.objects.get().written_by == council.cast.officer
    with pytest.raises(NotAllowed):
        services.issue_decision(
            decision=decision, number="1", typed="1", revision=2, now=council.tick(), by=council.cast.officer
        )


def test_a_draft_is_corrected_on_the_screen_with_a_look_at_what_changes(council: Council, web):
    decision = council.decision()
    line = decision.awards.get()
    url, officer = reverse("decision-edit", args=[decision.pk]), web(council.cast.officer)
    shown = officer.get(url).content.decode()
    assert line.name in shown and 'name="revision" value="1"' in shown
    said = {
        "rows": "2", "revision": "1", "a0-sheet": "", "a0-kind": line.kind, "a0-name": line.name,
        "a0-achievement": line.achievement, "a1-kind": "person", "a1-name": "Bà Sáu", "a1-achievement": "Giúp nhau", "a1-sheet": "",
        "form": decision.form, "merit": decision.merit, "place": decision.place,
        "signed_on": decision.signed_on.strftime("%d/%m/%Y"), "position": decision.position, "signer": "Lê Thị Hoa",
        "programme": str(decision.programme_id or ""), "money": decision.money, "fund": "",
    }  # fmt: skip
    looked = officer.post(url, said | {"do": "look"})
    assert looked.status_code == 200
    assert "Sẽ sửa 2 chỗ" in looked.content.decode() and "<del>" in looked.content.decode()
    assert Award.objects.count() == 1, "looking saves nothing"
    assert "dòng" in officer.post(url, said | {"do": "add-row"}).content.decode().lower()
    assert officer.post(url, said | {"do": "save", "a1-achievement": "Giúp 40 hộ"}).status_code == 422
    assert officer.post(url, said | {"do": "save", "revision": "7"}).status_code == 422
    assert officer.post(url, said | {"do": "save"}).status_code == 302
    page = officer.get(reverse("decision-detail", args=[decision.pk])).content.decode()
    assert "Đã sửa dự thảo" in page and "Thêm Bà Sáu" in page and "Lê Thị Hoa" in page
    council.issue(decision)
    assert officer.get(url).status_code == 403
    assert "Sửa dự thảo</a>" not in officer.get(reverse("decision-detail", args=[decision.pk])).content.decode()


def test_a_member_declares_on_the_screen_and_the_paper_and_minutes_follow(council: Council, web):
    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), "council")
    contest.refresh_from_db()
    vote = services.open_vote(contest=contest, revision=contest.revision, now=council.tick(), by=council.cast.officer)
    juror, sheet = web(council.jurors[0]), council.sheet(contest)
    paper = reverse("vote-cast", args=[vote.pk])
    url = reverse("interest-declare", args=[vote.pk, sheet.pk])
    assert url in juror.get(paper).content.decode()
    assert "không rút lại được" in juror.get(url).content.decode()
    assert juror.post(url, {"reason": ""}).status_code == 422
    assert juror.post(url, {"reason": "Em ruột là Chủ tịch phường"}).status_code == 302
    shown = juror.get(paper).content.decode()
    assert "Bạn đã khai có liên quan" in shown and f'name="{sheet.pk}"' not in shown
    assert juror.get(url).status_code == 404, "it is no longer on the paper"
    assert web(council.jurors[2]).get(url).status_code == 200
    assert "Em ruột" not in juror.get(paper).content.decode()
    assert web(council.cast.officer).get(url).status_code == 404
    for user in council.jurors:
        mine = services.candidates_of(vote, vote.jurors.get(user=user))
        services.cast(vote=vote, choices={one.pk: True for one in mine}, now=council.tick(), by=user)
    services.close_vote(vote=vote, now=council.tick(), by=council.cast.officer)
    docx = web(council.cast.officer).get(reverse("vote-minutes", args=[vote.pk, "docx"]))
    assert docx.status_code == 200
