"""The staff home is one list: what waits in every room stands in it, and who has no part in it sees nothing of it."""

from datetime import date, timedelta

import pytest

from chungtay.access.selectors import keys_of
from chungtay.community import attending as community
from chungtay.community import services as activities
from chungtay.community.tests.making import make_village
from chungtay.funds import attending as funds
from chungtay.funds.rules import Line
from chungtay.funds.tests.making import make_office
from chungtay.ledger.entries import VoucherKind
from chungtay.support import attending as support
from chungtay.support.rules import State
from chungtay.support.tests.making import make_place
from chungtay.web.waiting import Asked

pytestmark = pytest.mark.django_db


def labels(room, user, day):
    return [one.label for one in room.waiting(Asked(user, keys_of(user, on=day), day))]


def test_activities_wait_for_a_second_person(db):
    village = make_village()
    activities.record_activity(activity=village.write(), **village.given(by=village.cast.clerk))
    day = date(2023, 3, 10)
    assert labels(community, village.cast.officer, day) == ["Xác nhận 1 hoạt động"]
    assert labels(community, village.cast.clerk, day) == [], "nobody confirms what they wrote"
    assert labels(community, village.cast.outsider, day) == []


def test_a_fund_has_drafts_to_book_and_money_to_pay_out_by_somebody_else(db):
    office = make_office()
    day = office.now.date()
    office.receive(5_000_000, account="111")
    payment = office.draft(VoucherKind.PAYMENT, Line("6116", "111", 1_000_000))
    assert labels(funds, office.controller, day) == ["Ghi sổ 1 chứng từ"]
    assert labels(funds, office.accountant, day) == []
    office.post(payment)
    assert labels(funds, office.accountant, day) == ["Chi tiền 1 phiếu"]
    assert labels(funds, office.cast.outsider, day) == []


def test_cases_wait_at_their_step_and_those_that_are_posted_when_the_days_are_over(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    place = make_place()
    case = place.propose()
    assert labels(support, place.clerk, place.today) == ["Xác minh 1 hồ sơ hỗ trợ"]
    place.lead(case, State.POSTED)
    assert labels(support, place.leader, place.today) == [], "the days of comments are not over"
    assert labels(support, place.leader, place.today + timedelta(days=30)) == ["Duyệt 1 hồ sơ đã hết hạn niêm yết"]
    assert labels(support, place.cast.outsider, place.today) == []
