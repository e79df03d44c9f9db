"""The way of a case over random sequences of acts, its shares, its days and its money."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.support.kinds import Measure, detail_problems, kind_of, kinds
from chungtay.support.likeness import Help, alike
from chungtay.support.limits import Limit, built_in, ceiling_problems, limit_on
from chungtay.support.rules import (
    OPEN_FOR_MONEY,
    OVER,
    TURNS,
    WAY,
    Act,
    Posting,
    Share,
    Source,
    State,
    WrongTurn,
    acts_from,
    after,
    is_past,
    labour,
    money_problems,
    posting_problems,
    share_problems,
    stuck_by_money,
)

DAY = date(2025, 3, 10)


@given(st.lists(st.sampled_from(Act), max_size=40))
def test_whatever_is_tried_a_case_only_stands_where_its_way_leads(acts):
    state, seen = State.PROPOSED, [State.PROPOSED]
    for act in acts:
        try:
            state = after(state, act)
        except WrongTurn:
            assert act not in acts_from(state)
            continue
        assert act in acts_from(seen[-1])
        seen.append(state)
    for before, now in pairwise(seen):
        steps = WAY.index(now) - WAY.index(before) if now in WAY and before in WAY else None
        assert steps is None or steps <= 1 or (before, now) == (State.VERIFIED, State.APPROVED)
        assert before is not State.CANCELLED
    for milestone in (State.VERIFIED, State.APPROVED, State.FUNDED, State.DELIVERED):
        if State.ACCEPTED in seen:
            assert seen.index(milestone) < seen.index(State.ACCEPTED)


@given(st.lists(st.tuples(st.sampled_from(Act), st.booleans()), max_size=60))
def test_money_lies_only_on_cases_that_were_approved(moves):
    """Vouchers are named in OPEN_FOR_MONEY alone, and no case that holds money is cancelled or loses its approval."""
    state, paid = State.PROPOSED, 0
    for act, links in moves:
        if links and state in OPEN_FOR_MONEY:
            paid = 100
        if (state, act) not in TURNS or stuck_by_money(act, state, paid):
            continue
        if act is Act.FUND and money_problems(100, paid):
            continue
        state = after(state, act)
        assert not paid or is_past(state, State.APPROVED)
        assert not is_past(state, State.FUNDED) or paid == 100


def test_every_state_can_be_reached_and_only_two_are_the_end():
    reached = {State.PROPOSED}
    for _ in State:
        reached |= {to for (start, _), to in TURNS.items() if start in reached}
    assert reached == set(State)
    assert acts_from(State.CANCELLED) == ()
    assert acts_from(State.ACCEPTED) == (Act.SEND_BACK,)
    assert {State.CANCELLED, State.ACCEPTED} == OVER


amounts = st.integers(1, 10**9)
shares = st.lists(
    st.one_of(
        st.builds(lambda a: Share(Source.SPONSOR, a, "Công ty A"), amounts),
        st.builds(lambda a: Share(Source.FAMILY, a), amounts),
        st.builds(labour, st.integers(1, 500), st.integers(1, 10**6)),
    ),
    max_size=6,
)


@given(shares, st.integers(0, 10**9), st.integers(-5, 5))
def test_shares_must_add_up_to_the_dong(others, fund, off):
    listed = [*others, *([Share(Source.FUND, fund)] if fund else [])]
    total = sum(share.amount for share in listed)
    wrong = share_problems(listed, total + off)
    assert (wrong == []) == (off == 0 and total > 0)


def test_a_share_without_a_name_or_with_wrong_labour_is_refused():
    assert "phải có tên" in share_problems([Share(Source.SPONSOR, 5, " ")], 5)[0]
    assert "Ngày công" in share_problems([Share(Source.LABOUR, 5, days=2, rate=2)], 5)[0]
    assert "một dòng" in share_problems([Share(Source.FUND, 2), Share(Source.FUND, 3)], 5)[0]
    assert "thiếu 1 đồng" in share_problems([Share(Source.FUND, 4)], 5)[0]


@given(st.integers(0, 20), st.integers(0, 20), st.integers(-30, 30))
def test_posting_is_over_when_all_its_days_have_passed(days, length, later):
    first = DAY
    last = first + timedelta(days=length)
    free = not posting_problems(Posting(first, last), days, last + timedelta(days=later))
    assert free == (days == 0 or (length + 1 >= days and later >= 1))


def test_an_unanswered_comment_holds_the_decision():
    assert posting_problems(Posting(open_comments=1), 0, DAY)
    assert posting_problems(Posting(), 5, DAY)
    assert not posting_problems(Posting(), 0, DAY)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_money_is_complete_when_it_is_the_share_to_the_dong(share, paid):
    assert (money_problems(share, paid) == []) == (share == paid)
    assert stuck_by_money(Act.CANCEL, State.FUNDED, paid) == stuck_by_money(Act.CANCEL, State.APPROVED, paid)
    assert bool(stuck_by_money(Act.SEND_BACK, State.APPROVED, paid)) == bool(paid)
    assert not stuck_by_money(Act.SEND_BACK, State.DELIVERED, paid)


def test_kinds_are_data_and_each_has_its_own_fields():
    assert {kind.measure for kind in kinds().values()} == set(Measure)
    house = kind_of("house")
    good = {"work": "new", "house_kind": "kindness", "area_m2": 50}
    assert detail_problems(house, good) == []
    assert house.words_of(good) == [
        ("Cách làm", "Xây mới"),
        ("Loại nhà", "Nhà nhân ái"),
        ("Diện tích sử dụng (m²)", "50"),
    ]
    for bad in (
        {"work": "x"},
        {"area_m2": 5},
        {"area_m2": True},
        {"starts_on": "2025-02-30"},
        {"other": 1},
        {"house_kind": ""},
    ):
        assert detail_problems(house, good | bad), bad


def test_the_places_own_limit_goes_before_everybodys_and_the_newest_counts():
    place = UUID(int=1)
    own = Limit("house", "", 50, None, 7, 0, date(2025, 1, 1), date(2026, 1, 1), "QĐ 12", True, place, 3)
    limits = [*built_in(), own]
    assert limit_on(limits, "house", "new", DAY) is own
    assert limit_on(limits, "house", "new", date(2026, 1, 1)).most == 80_000_000
    assert limit_on(limits, "house", "repair", date(2024, 1, 1)).most == 40_000_000
    assert "chưa đối chiếu" in limit_on(limits, "house", "repair", date(2024, 1, 1)).basis
    assert limit_on([], "gift", "", DAY).most is None
    assert "tối đa 50 đồng (QĐ 12)" in ceiling_problems(own, [60, 60, 40], "căn")[0]
    assert len(ceiling_problems(own, [60, 60, 40], "căn")) == 1


def help_(number: int, **more: object) -> Help:
    said = {"kind": "house", "name": "Nguyễn Văn Hòa", "hamlet": "Khóm 2", "day": DAY, "amount": 50}
    return Help(UUID(int=number), f"HT-{number}", **said | more)  # type: ignore[arg-type]


def test_helped_before_is_found_over_years_funds_and_spellings():
    new = help_(1)
    before = [
        help_(2, day=date(2020, 5, 1), payer="Quỹ tỉnh"),
        help_(3, name="NGUYEN VAN HOÀ", hamlet="khóm 2", day=date(2024, 1, 1)),
        help_(4, day=date(2015, 3, 9)),
        help_(5, kind="gift"),
        help_(6, hamlet="Khóm 3"),
        help_(1, day=date(2024, 1, 1)),
    ]
    assert [one.earlier.label for one in alike(new, before, 10)] == ["HT-3", "HT-2"]
    assert "Quỹ tỉnh" in alike(new, before, 10)[1].sentence


@given(st.integers(0, 3), st.integers(0, 3))
def test_a_household_is_known_by_its_record_whatever_its_name(one, other):
    earlier = help_(2, household=UUID(int=other + 1), name="Tên khác")
    found = alike(help_(1, household=UUID(int=one + 1)), [earlier], 5)
    assert [hit.is_certain for hit in found] == ([True] if one == other else [])


def test_an_unknown_kind_is_refused():
    with pytest.raises(Exception, match="Không có loại hỗ trợ"):
        kind_of("none")
