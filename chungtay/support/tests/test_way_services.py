"""A case on its way: two persons, days of posting, ceilings, helps before, money to the đồng, evidence, history."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.support import services
from chungtay.support.checking import look
from chungtay.support.models import Case, CaseStep, CaseVersion, CostShare, Role
from chungtay.support.rules import NotReady, Share, Source, State, WrongTurn


def told(here, case, call, /, **more):
    return call(case=case, revision=here.fresh(case).revision, now=here.tick(), **more)


def test_a_house_goes_its_whole_way_and_every_step_is_told(place):
    case = place.lead(place.propose(), State.ACCEPTED)
    assert (case.state, case.minutes_number) == (State.ACCEPTED, "05/BB-NT")
    states = list(CaseStep.objects.filter(case=case).order_by("id").values_list("state", flat=True))
    assert states == ["proposed", "verified", "posted", "approved", "funded", "delivered", "accepted"]
    codes = set(AuditEvent.objects.filter(object_id=str(case.pk)).values_list("code", flat=True))
    past = ("proposed", "verified", "posted", "approved", "funded", "delivered", "accepted")
    assert codes >= {f"support.case.{word}" for word in past} | {"support.voucher.linked", "support.evidence.added"}


def test_numbers_have_no_gap_in_a_place_and_year(place):
    assert [str(place.propose()) for _ in range(3)] == ["HT-2025-00001", "HT-2025-00002", "HT-2025-00003"]


def test_nobody_approves_what_they_prepared(place):
    case = services.propose(area=place.area, content=place.content(), now=place.tick(), by=place.leader)
    place.verify(case)
    told(place, case, services.post, first=place.today, place="Khóm 2", by=place.clerk)
    place.tick(days=9)
    with pytest.raises(NotAllowed, match="đã tham gia"):
        place.approve(case)
    place.approve(case, by=place.second)
    assert place.fresh(case).state == State.APPROVED


def test_who_is_related_does_not_decide(place):
    case = place.lead(place.propose(), State.POSTED)
    with pytest.raises(services.Related):
        place.approve(case, related=True)
    assert place.fresh(case).state == State.POSTED
    with pytest.raises(services.ReasonNeeded, match="quan hệ"):
        place.verify(place.propose(), related=True)


def test_a_case_hangs_its_days_and_every_comment_is_answered(place):
    case = place.propose()
    place.verify(case)
    with pytest.raises(NotReady, match="chưa niêm yết"):
        place.approve(case)
    told(place, case, services.post, first=place.today, place="Khóm 2", by=place.clerk)
    with pytest.raises(NotReady, match="Đang niêm yết"):
        place.approve(case)
    said = services.record_comment(
        case=place.fresh(case),
        said_by="Bà Tư",
        said_on=place.today,
        text="Hộ này có đất",
        now=place.tick(),
        by=place.clerk,
    )
    place.tick(days=5)
    with pytest.raises(NotReady, match="chưa được trả lời"):
        place.approve(case)
    services.answer_comment(comment=said, text="Đất thuê", now=place.tick(), by=place.clerk)
    with pytest.raises(services.Answered):
        services.answer_comment(comment=said, text="Lần nữa", now=place.tick(), by=place.clerk)
    place.approve(case)


def test_an_emergency_need_not_hang(place):
    more = {"kind": "emergency", "details": {"event": "Cháy nhà", "happened_on": "2025-03-09"}}
    case = place.propose(total=5_000_000, shares=(Share(Source.FUND, 5_000_000),), **more)
    place.verify(case)
    place.approve(case)
    assert place.fresh(case).lines.get().value == 5_000_000


def test_a_ceiling_is_passed_only_with_a_reason_and_a_place_sets_its_own(place):
    case = place.lead(place.propose(total=95_000_000, shares=(Share(Source.FUND, 95_000_000),)), State.POSTED)
    place.tick(days=9)
    with pytest.raises(NotReady, match=r"vượt mức tối đa 80\.000\.000"):
        place.approve(case)
    services.set_limit(
        area=place.area, kind="house", most=100_000_000, days=3, valid_from=place.today - timedelta(days=1),
        legal_basis="QĐ 12/QĐ-BTT", is_verified=True, now=place.tick(), by=place.leader,
    )  # fmt: skip
    assert look(place.fresh(case), place.today).ceiling == []
    place.approve(case)


def test_a_ceiling_passed_is_told_with_its_reason(place):
    case = place.lead(place.propose(total=95_000_000, shares=(Share(Source.FUND, 95_000_000),)), State.POSTED)
    place.tick(days=9)
    place.approve(case, over_reason="Hộ ở vùng ngập, phải nâng nền")
    data = CaseStep.objects.get(case=case, act="approve").data
    assert data["over_reason"] == "Hộ ở vùng ngập, phải nâng nền"
    assert "chưa đối chiếu văn bản" in data["over"][0]


def test_a_second_help_is_found_over_the_years_and_needs_a_reason(place):
    first = place.lead(place.propose(), State.ACCEPTED)
    place.tick(days=900)
    case = place.lead(place.propose(), State.POSTED)
    place.tick(days=9)
    with pytest.raises(NotReady, match=str(first)):
        place.approve(case)
    place.approve(case, again_reason="Nhà cũ cháy")
    assert str(first) in CaseStep.objects.get(case=case, act="approve").data["again"][0]


def test_two_lists_with_one_name_are_found(place):
    place.lead(place.list_of(), State.APPROVED)
    case = place.list_of(services.LineDraft("LE VAN CHÍN", "khóm 3", 300_000))
    place.verify(case)
    told(place, case, services.post, first=place.today, place="Khóm 3", by=place.clerk)
    place.tick(days=9)
    with pytest.raises(NotReady, match="cùng tên “Lê Văn Chín”"):
        place.approve(case)


def test_money_comes_after_approval_and_to_the_dong(place):
    early = place.pay(50_000_000)
    case = place.lead(place.propose(), State.POSTED)
    link = {"voucher": early, "amount": 50_000_000, "by": place.office.accountant}
    with pytest.raises((services.NotThisVoucher, NotAllowed)):
        told(place, case, services.link_voucher, **link)
    place.tick(days=9)
    place.approve(case)
    with pytest.raises(services.NotThisVoucher, match="trước ngày duyệt"):
        told(place, case, services.link_voucher, **link)
    with pytest.raises(NotReady, match=r"còn thiếu 50\.000\.000"):
        told(place, case, services.confirm_funded, by=place.office.accountant)
    voucher = place.pay(60_000_000)
    with pytest.raises(services.NotThisVoucher, match=r"chỉ còn 50\.000\.000"):
        told(place, case, services.link_voucher, voucher=voucher, amount=60_000_000, by=place.office.accountant)
    told(place, case, services.link_voucher, voucher=voucher, amount=50_000_000, by=place.office.accountant)
    with pytest.raises(NotReady, match="đảo phiếu chi"):
        told(place, case, services.cancel, reason="Hộ chuyển đi", by=place.leader)
    with pytest.raises(NotReady, match="đảo phiếu chi"):
        told(place, case, services.send_back, reason="Sai hộ", by=place.leader)
    told(place, case, services.confirm_funded, by=place.office.accountant)
    assert place.fresh(case).state == State.FUNDED


def test_one_voucher_pays_many_cases_never_more_than_itself(place):
    cases = [place.lead(place.propose(household=one), State.APPROVED) for one in place.households]
    voucher = place.pay(60_000_000)
    told(place, cases[0], services.link_voucher, voucher=voucher, amount=50_000_000, by=place.office.accountant)
    with pytest.raises(services.NotThisVoucher, match=r"còn 10\.000\.000"):
        told(place, cases[1], services.link_voucher, voucher=voucher, amount=20_000_000, by=place.office.accountant)
    told(place, cases[0], services.unlink_voucher, voucher=voucher, reason="Nhầm hộ", by=place.office.accountant)
    told(place, cases[1], services.link_voucher, voucher=voucher, amount=50_000_000, by=place.office.accountant)
    told(place, cases[0], services.cancel, reason="Hộ rút", by=place.leader)


def test_delivery_needs_the_receipt_and_acceptance_minutes_and_a_picture(place):
    case = place.lead(place.propose(), State.FUNDED)
    with pytest.raises(NotReady, match="ký nhận"):
        told(place, case, services.deliver, on=place.today, by=place.clerk)
    place.keep(case, Role.RECEIPT)
    told(place, case, services.deliver, on=place.today, by=place.clerk)
    with pytest.raises(NotReady, match=r"biên bản nghiệm thu đã ký.*ảnh công trình"):
        told(place, case, services.accept, minutes="05", on=place.today, by=place.leader)
    with pytest.raises(NotAllowed):
        told(place, case, services.accept, minutes="05", on=place.today, by=place.clerk)


def test_the_versions_of_a_case_stay_and_a_stale_page_changes_nothing(place):
    case = place.propose()
    seen = case.revision
    services.revise(
        case=case, content=place.content(title="Xây nhà cho bà Sáu"), revision=seen, now=place.tick(), by=place.clerk
    )
    with pytest.raises(services.CaseMovedOn):
        services.revise(case=case, content=place.content(), revision=seen, now=place.tick(), by=place.clerk)
    versions = CaseVersion.objects.filter(case=case).order_by("number")
    assert [one.content["title"] for one in versions] == ["Xây mới nhà cho hộ bà Sáu", "Xây nhà cho bà Sáu"]
    with pytest.raises(HistoryIsFixed):
        versions[0].delete()
    with pytest.raises(HistoryIsFixed):
        CostShare.objects.filter(case=case).update(amount=1)


def test_a_case_comes_back_with_its_reason_and_goes_again(place):
    case = place.lead(place.propose(), State.APPROVED)
    with pytest.raises(services.ReasonNeeded):
        told(place, case, services.send_back, reason=" ", by=place.leader)
    told(place, case, services.send_back, reason="Thiếu đơn", by=place.leader)
    row = place.fresh(case)
    assert (row.state, row.approved_on, row.posted_until) == (State.RETURNED, None, None)
    services.revise(case=row, content=place.content(), revision=row.revision, now=place.tick(), by=place.clerk)
    assert place.lead(case, State.APPROVED).state == State.APPROVED
    with pytest.raises((WrongTurn, NotAllowed)):
        told(place, case, services.accept, minutes="1", on=place.today, by=place.leader)


def test_a_proposal_says_all_that_is_wrong_at_once(place):
    with pytest.raises(NotReady) as wrong:
        place.propose(details={"work": "new"}, household=None, need=" ", total=79_000_000)
    assert len(wrong.value.reasons) == 5
    other = place.households[0]
    other.area = place.cast.communes[1]
    other.save()
    with pytest.raises(NotReady, match="đơn vị khác"):
        place.propose(household=other)
    assert not Case.objects.exists()


def test_the_database_holds_that_a_decided_case_has_its_day(place):
    case = place.propose()
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(state=State.APPROVED)
