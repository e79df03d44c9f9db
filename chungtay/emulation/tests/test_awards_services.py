"""Decisions, the reward book, money and certificates through the services, on both databases."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.emulation import selectors, services
from chungtay.emulation.awarding import CODE_LENGTH
from chungtay.emulation.dated import RuleKind
from chungtay.emulation.eligibility import NotEligible
from chungtay.emulation.models import Award, BookEntry, Decision
from chungtay.emulation.rules import (
    AwardState,
    CertificateState,
    Form,
    MoneyFrom,
    MovedOn,
    Recipient,
    WrongConfirmation,
    WrongTurn,
)
from chungtay.emulation.services import BadDecision, BadRule, Line, NotPayable
from chungtay.emulation.tests.making import Council
from chungtay.funds import services as funds
from chungtay.funds.models import Draft

pytestmark = pytest.mark.django_db


def test_a_decision_is_issued_by_somebody_else_numbered_and_fixed(council: Council):
    decision = council.decision()
    given = {"decision": decision, "number": "418/QĐ-UBND", "now": council.tick()}
    with pytest.raises(WrongConfirmation):
        services.issue_decision(**given, typed="418", revision=1, by=council.cast.upper_leader)
    with pytest.raises(NotAllowed):
        services.issue_decision(**given, typed="418/QĐ-UBND", revision=1, by=council.cast.officer)
    with pytest.raises(MovedOn):
        services.issue_decision(**given, typed="418/QĐ-UBND", revision=7, by=council.cast.upper_leader)
    council.issue(decision)
    entry = council.entry(decision)
    assert (str(entry), entry.amount, len(entry.code)) == ("01/2023", 900_000, CODE_LENGTH)
    assert entry.content["decision"].replace("\u00a0", " ") == "Quyết định số 418/QĐ-UBND ngày 04 tháng 5 năm 2023"
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(merit="khác"),
        lambda: Award.objects.filter(decision=decision).update(name="khác"),
        lambda: Award.objects.filter(decision=decision).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    again = council.decision(lines=[Line(Recipient.COLLECTIVE, "Tổ Mười lăm", "Giữ gìn an ninh")])
    with pytest.raises(BadDecision, match="đã dùng"):
        council.issue(again)


def test_one_achievement_is_commended_once_unless_the_first_was_taken_back(council: Council):
    decision = council.issue(council.decision())
    second = council.decision()
    with pytest.raises(NotEligible, match="đã được khen về thành tích này tại Quyết định số 418"):
        council.issue(second, "500/QĐ-UBND")
    services.ask_revocation(
        entry=council.entry(decision), reason="Kê khai sai", now=council.tick(), by=council.cast.officer
    )
    services.decide_revocation(
        entry=council.entry(decision),
        confirms=True,
        reason="Đúng là sai",
        now=council.tick(),
        by=council.cast.upper_leader,
    )
    council.issue(second, "500/QĐ-UBND")


def test_a_decision_of_a_contest_waits_for_its_appeals_and_its_vote(council: Council):
    contest = council.published()
    sheet = council.sheet(contest)
    line = Line(Recipient.COLLECTIVE, sheet.name, "Dẫn đầu khối phường", sheet)
    decision = council.decision(contest=contest, lines=[line])
    with pytest.raises(NotEligible, match="Chưa hết hạn kiến nghị"):
        council.issue(decision)
    services.file_appeal(
        sheet=council.sheet(contest, 1), text="Xem lại điểm", now=council.tick(), by=council.cast.leader
    )
    council.tick(days=7)
    with pytest.raises(NotEligible, match="Còn 1 kiến nghị"):
        council.issue(decision)
    appeal = selectors.open_appeals(contest).get()
    services.answer_appeal(appeal=appeal, text="Giữ nguyên", now=council.tick(), by=council.cast.upper_leader)
    council.issue(decision)


def test_who_was_not_carried_by_the_vote_is_not_commended(council: Council):
    from chungtay.emulation.rules import Stage

    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), Stage.COUNCIL)
    council.vote(contest, agrees=False)
    for at in (0, 1):
        council.forward(council.sheet(contest, at), council.jurors[0])
    council.publish(contest)
    council.tick(days=7)
    sheet = council.sheet(contest)
    line = Line(Recipient.COLLECTIVE, sheet.name, "Dẫn đầu", sheet)
    with pytest.raises(NotEligible, match="chưa được Hội đồng bỏ phiếu tán thành"):
        council.issue(council.decision(contest=contest, lines=[line]))


def test_the_book_of_a_body_and_year_counts_without_gaps(council: Council):
    lines = [Line(Recipient.COLLECTIVE, f"Tổ {at}", "Giữ gìn an ninh") for at in range(3)]
    council.issue(council.decision(lines=lines))
    council.issue(council.decision(lines=[Line(Recipient.PERSON, "Lê Thị Ba", "Hiến đất")]), "2")
    council.tick(days=300)
    council.issue(council.decision(lines=[Line(Recipient.PERSON, "Lê Thị Tư", "Hiến đất")]), "3")
    rows = BookEntry.objects.order_by("year", "number").values_list("year", "number")
    assert list(rows) == [(2023, 1), (2023, 2), (2023, 3), (2023, 4), (2024, 1)]
    assert len(set(BookEntry.objects.values_list("code", flat=True))) == 5


def test_money_of_a_fund_needs_its_purpose_and_becomes_one_drafted_voucher(council: Council):
    body = council.cast.body(council.cast.city, "mttq")
    funds.load_chart()
    plain, purposed = (
        funds.open_fund(
            body=body, code=code, name=code, opened_on=date(2020, 1, 1), purposes=purposes, now=council.tick(), by=None
        )
        for code, purposes in (("vnn", ()), ("tdkt", (("khen-thuong", "Khen thưởng"),)))
    )
    with pytest.raises(BadDecision, match="không có mục đích “khen thưởng”"):
        council.decision(money=MoneyFrom.FUND, fund=plain)
    decision = council.decision(money=MoneyFrom.FUND, fund=purposed)
    pay = {"decision": decision, "by": council.accountant}
    with pytest.raises(NotAllowed):
        services.draft_payout(**pay, now=council.tick())
    council.issue(decision)
    made = services.draft_payout(**pay, now=council.tick())
    draft = Draft.objects.get(pk=made.draft_id)
    assert (made.amount, draft.fund_id, draft.lines[0]["purpose"]) == (900_000, purposed.pk, "khen-thuong")
    with pytest.raises(NotPayable, match="đã lập"):
        services.draft_payout(**pay, now=council.tick())
    budget = council.issue(council.decision(lines=[Line(Recipient.PERSON, "Lê Thị Ba", "Hiến đất")]), "9")
    with pytest.raises(NotPayable, match="không chi từ Quỹ"):
        services.draft_payout(decision=budget, now=council.tick(), by=council.accountant)


def test_an_office_corrects_a_dated_rule_and_what_was_paid_stays(council: Council):
    first = council.issue(council.decision())
    rule = {
        "area": council.cast.city, "kind": RuleKind.RATE, "key": f"{Form.DISTRICT}/{Recipient.COLLECTIVE}", "value": 700,
        "valid_from": date(2023, 1, 1), "now": council.tick(), "by": council.cast.officer,
    }  # fmt: skip
    with pytest.raises(BadRule, match="căn cứ"):
        services.set_rule(**rule, legal_basis=" ")
    services.set_rule(**rule, legal_basis="Quyết định 12", is_verified=True)
    second = council.issue(council.decision(lines=[Line(Recipient.COLLECTIVE, "Tổ Hai", "Việc tốt")]), "2")
    assert (council.entry(first).amount, council.entry(second).amount) == (900_000, 1_050_000)
    assert council.entry(second).reward["bases"][0] == "Quyết định 12"


def test_a_draft_is_changed_and_dropped_and_an_issued_one_is_not(council: Council):
    decision = council.decision()
    given = {"decision": decision, "now": council.tick(), "by": council.cast.officer}
    services.change_decision(**given, content=council.content(merit="Lời khác"), revision=1)
    services.drop_decision(**given, revision=2)
    with pytest.raises(WrongTurn):
        services.drop_decision(**given, revision=3)
    assert Decision.objects.get(pk=decision.pk).state == AwardState.DROPPED


# ---------------------------------------------------------------- certificates


def test_a_certificate_is_replaced_by_two_people_under_a_new_number(council: Council):
    decision = council.issue(council.decision())
    entry = council.entry(decision)
    ask = {"entry": entry, "reason": "Sai tên", "name": "Ban Công tác Mặt trận Khóm Bốn", "now": council.tick()}
    services.ask_revocation(**ask, by=council.cast.officer)
    with pytest.raises(WrongTurn):
        services.ask_revocation(**ask, by=council.cast.officer)
    assert selectors.certificate_state(council.entry(decision)) is CertificateState.ASKED
    decide = {"entry": entry, "confirms": True, "reason": "Đã xem", "now": council.tick()}
    with pytest.raises(NotAllowed):
        services.decide_revocation(**decide, by=council.cast.officer)
    made = services.decide_revocation(**decide, by=council.cast.upper_leader)
    assert made is not None
    assert (str(made), made.amount, made.content["to"]) == ("02/2023", 0, "Ban Công tác Mặt trận Khóm Bốn")
    assert selectors.certificate_state(council.entry(decision)) is CertificateState.REPLACED
    with pytest.raises(WrongTurn):
        services.decide_revocation(**decide, by=council.cast.upper_leader)


def test_a_declined_request_leaves_the_certificate_valid(council: Council):
    decision = council.issue(council.decision())
    entry = council.entry(decision)
    services.ask_revocation(entry=entry, reason="Nghi sai", now=council.tick(), by=council.cast.officer)
    services.decide_revocation(
        entry=entry, confirms=False, reason="Không sai", now=council.tick(), by=council.cast.upper_leader
    )
    assert selectors.certificate_state(council.entry(decision)) is CertificateState.VALID


def test_what_was_commended_is_told_as_known_then(council: Council):
    decision = council.issue(council.decision(programme=council.programme))
    issued = council.now
    entry = council.entry(decision)
    services.ask_revocation(
        entry=entry, reason="Sai tên", name="Tổ Mới", now=council.tick(days=1), by=council.cast.officer
    )
    services.decide_revocation(
        entry=entry, confirms=True, reason="Sai", now=council.tick(), by=council.cast.upper_leader
    )
    asked = {
        "programme": council.programme, "area_id": council.cast.city.pk,
        "first": date(2023, 1, 1), "last": date(2023, 12, 31),
    }  # fmt: skip

    def names(at):
        return [one.name for one in selectors.commended(**asked, known_at=at)]

    assert names(issued - timedelta(days=1)) == []
    assert names(issued) == ["Ban Công tác Mặt trận Khóm Ba"]
    assert names(council.now) == ["Tổ Mới"]
