"""The ways of a sheet, a contest and a tree of criteria, over random sequences; places, votes, money and principles in small."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.emulation import dated, eligibility, rewards, rules, scoring
from chungtay.emulation.ballots import NoQuorum, Quorum, Tally, check_quorum
from chungtay.emulation.eligibility import Earlier, Listed, Nominee, Standing
from chungtay.emulation.ranking import Entry, ranked
from chungtay.emulation.rules import SCORING, Act, ContestState, Form, Recipient, Stage, WrongTurn
from chungtay.emulation.scoring import BadCriteria, How, Item
from chungtay.emulation.tests.making import ITEMS

# ---------------------------------------------------------------- ways


@given(st.lists(st.sampled_from(list(Act)), max_size=30))
def test_a_sheet_is_published_only_by_way_of_every_stage_and_then_stays(acts):
    stage, seen = Stage.SELF, [Stage.SELF]
    for act in acts:
        try:
            stage = rules.after(stage, act)
        except WrongTurn as refused:
            assert rules.STAGE_LABELS[stage] in str(refused)
            continue
        step = (*SCORING, Stage.PUBLISHED).index(stage) - (*SCORING, Stage.PUBLISHED).index(seen[-1])
        assert step == {Act.SCORE: 0, Act.FORWARD: 1, Act.PUBLISH: 1, Act.SEND_BACK: -1}[act]
        assert seen[-1] is not Stage.PUBLISHED, "what is published never moves"
        seen.append(stage)
    if stage is Stage.PUBLISHED:
        assert set(seen) == set(Stage)


@given(st.lists(st.sampled_from(list(ContestState)), max_size=10))
def test_a_contest_ends_published_or_cancelled_and_never_skips_its_opening(wanted):
    state, seen = ContestState.DRAFT, [ContestState.DRAFT]
    for one in wanted:
        try:
            state = rules.contest_after(state, one)
            seen.append(state)
        except WrongTurn:
            continue
    if ContestState.PUBLISHED in seen:
        assert seen == [ContestState.DRAFT, ContestState.OPEN, ContestState.PUBLISHED]


# ---------------------------------------------------------------- criteria


def test_a_whole_tree_holds_and_its_maximum_is_the_sum_of_the_top():
    scoring.check_tree(ITEMS)
    assert scoring.most_of(ITEMS) == 10_000


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Item("1.1", "Nhà", 4001, How.SHARE, "x", 20), "nhiều hơn điểm tối đa"),
        (Item("1.1", "Nhà", 3000, How.SHARE, "", 20), "phải chọn chỉ tiêu"),
        (Item("1.1", "Nhà", 0, How.SHARE, "x", 20), "phải lớn hơn 0"),
        (Item("1.1", "Nhà", 3000, How.AT_LEAST, "x"), "chưa có mức nào"),
        (Item("1.1", "Nhà", 3000, How.AT_LEAST, "x", None, ((5, 2000), (9, 1000))), "mức tốt hơn lại được ít điểm"),
        (Item("1.1", "Nhà", 3000, How.AT_MOST, "x", None, ((5, 4000),)), "nhiều điểm hơn điểm tối đa"),
        (Item("1.1", "Nhà", 3000, How.GROUP), "chưa có mục con"),
        (Item("3.1", "Nhà", 3000, How.PEOPLE), "không có mục cha 3"),
        (Item("2.1", "Nhà", 1000, How.PEOPLE), "ghi hai lần"),
    ],
)
def test_a_tree_that_does_not_hold_says_why(change, says):
    """Each is a planted fault: one item of a good tree exchanged."""
    items = [change if item.number == "1.1" else item for item in ITEMS]
    with pytest.raises(BadCriteria, match=says):
        scoring.check_tree(items)


share = Item("1", "Nhà", 3000, How.SHARE, "x", 20)
POINTS = st.fractions(min_value=-100, max_value=1000, max_denominator=50)


@given(POINTS, POINTS)
def test_points_of_a_figure_grow_with_it_stay_in_bounds_and_are_never_rounded_up(one, other):
    low, high = sorted((one, other))
    assert 0 <= scoring.points_of(share, low) <= scoring.points_of(share, high) <= share.most
    assert Fraction(scoring.points_of(share, low)) <= max(Fraction(0), low * share.most / 20)
    down = Item("1", "Hộ nghèo", 3000, How.AT_MOST, "x", None, ((1, 3000), (5, 2000), (50, 500)))
    assert scoring.points_of(down, low) >= scoring.points_of(down, high)
    up = Item("1", "Nhà", 3000, How.AT_LEAST, "x", None, ((1, 100), (50, 3000), (5, 2000)))
    assert scoring.points_of(up, low) <= scoring.points_of(up, high)


def test_what_is_not_known_earns_nothing_and_is_not_zero():
    assert scoring.points_of(share, None) is None
    assert scoring.points_of(Item("1", "Nhà", 3000, How.SHARE, "x"), Fraction(5)) is None
    assert scoring.points_of(Item("1", "Nhà", 3000, How.SHARE, "x"), Fraction(5), Fraction(10)) == 1500
    assert share.formula(0, "căn") == "30 điểm × kết quả / 20 căn, tối đa 30 điểm"


@given(st.dictionaries(st.sampled_from(["1.1", "1.2", "2.1", "2.2"]), st.integers(0, 1500)))
def test_a_group_is_the_sum_of_its_parts_and_the_sheet_the_sum_of_its_groups(points):
    every = scoring.totals(ITEMS, points)
    assert every["1"] == points.get("1.1", 0) + points.get("1.2", 0)
    assert scoring.total(ITEMS, points) == sum(points.values()) == every["1"] + every["2"]


def test_bands_are_read_as_people_write_them():
    assert scoring.read_bands("15: 10; 10,5: 7,25", 1) == ((150, 1000), (105, 725))
    with pytest.raises(BadCriteria, match="15 10"):
        scoring.read_bands("15 10", 0)


# ---------------------------------------------------------------- places


@given(st.lists(st.tuples(st.sampled_from("PX"), st.integers(0, 5)), max_size=20))
def test_ties_share_a_place_and_the_next_is_left_out_block_by_block(listed):
    places = ranked(Entry(at, block, points) for at, (block, points) in enumerate(listed))
    assert len(places) == len(listed)
    for place in places:
        better = [one for one in listed if one[0] == place.entry.block and one[1] > place.entry.points]
        assert place.place == len(better) + 1
        assert place.is_tied == (Counter(listed)[place.entry.block, place.entry.points] > 1)


# ---------------------------------------------------------------- votes


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 100))
def test_a_quorum_is_met_when_the_share_of_members_is_reached(members, voted, present):
    quorum = Quorum(present, 50)
    assert quorum.is_met(voted, members) == (100 * voted >= present * members)


def test_two_thirds_and_four_fifths_of_the_papers():
    quorum = dated.quorum_on(dated.built_in(), date(2023, 5, 1))
    assert "chưa kiểm chứng" in quorum.basis
    with pytest.raises(NoQuorum, match="cần ít nhất 7"):
        check_quorum(quorum, 6, 9)
    assert Tally(8, 2, 10).is_carried(quorum)
    assert not Tally(7, 2, 10).is_carried(quorum)
    assert not Tally(0, 0, 3).is_carried(quorum)


# ---------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("form", "kind", "day", "amount"),
    [
        (Form.COMMUNE, Recipient.PERSON, date(2023, 5, 30), 230_000),  # 0,15 × 1.490.000 = 223.500
        (Form.COMMUNE, Recipient.COLLECTIVE, date(2023, 5, 30), 450_000),
        (Form.COMMUNE, Recipient.PERSON, date(2025, 6, 30), 360_000),
        (Form.COMMUNE, Recipient.PERSON, date(2025, 7, 1), 710_000),
        (Form.COMMUNE, Recipient.HOUSEHOLD, date(2025, 7, 1), 1_060_000),
        (Form.COMMUNE, Recipient.COLLECTIVE, date(2025, 7, 1), 1_410_000),
        (Form.COMMUNE, Recipient.PERSON, date(2026, 7, 1), 760_000),
        (Form.COMMUNE, Recipient.HOUSEHOLD, date(2026, 7, 1), 1_140_000),
        (Form.COMMUNE, Recipient.COLLECTIVE, date(2026, 7, 1), 1_520_000),
        (Form.PROVINCE, Recipient.PERSON, date(2026, 7, 1), 3_800_000),
        (Form.DISTRICT, Recipient.COLLECTIVE, date(2023, 5, 26), 900_000),  # 0,6 × 1.490.000 = 894.000
    ],
)
def test_the_money_of_an_award_is_that_of_its_day_rounded_up(form, kind, day, amount):
    found = rewards.reward_of(dated.built_in(), form, kind, day)
    assert found.amount == amount
    assert len(found.lines) == 4
    assert all("chưa kiểm chứng" in found.lines[at] for at in (0, 1, 3))
    assert rewards.reward_from_json(found.as_json()) == found


def test_a_day_without_a_rule_is_refused_in_words():
    with pytest.raises(dated.NoRule, match="01/07/2025"):
        rewards.reward_of(dated.built_in(), Form.DISTRICT, Recipient.PERSON, date(2025, 7, 1))


@given(st.integers(1, 9999), st.integers(1, 9_999_999), st.sampled_from([1, 1000, 10_000]))
def test_rounding_goes_up_by_less_than_a_step_and_exact_money_stays(coefficient, base, step):
    found = rewards.Reward(coefficient, base, step, ("", "", ""))
    over = Fraction(found.amount) - Fraction(coefficient * base, 1000)
    assert 0 <= over < step
    assert found.amount % step == 0


# ---------------------------------------------------------------- principles

A = Nominee("Tổ 15", Recipient.COLLECTIVE, "Giữ gìn an ninh", "s1")


@pytest.mark.parametrize(
    ("listed", "key"),
    [
        (Listed([A], [Earlier("To 15", Recipient.COLLECTIVE, "giữ gìn  an ninh", "Quyết định số 1")]), "once"),
        (Listed([A], [Earlier("Tổ 15", Recipient.COLLECTIVE, "Lời khác", "Quyết định số 1", "s1")]), "once"),
        (Listed([A, A]), "repeated"),
        (Listed([A], standing=Standing(carried=frozenset({"s2"}))), "carried"),
        (Listed([A], standing=Standing(open_appeals=1)), "appeals"),
        (Listed([A], standing=Standing(window_open=True)), "appeals"),
        (Listed([A], no_rule="Chưa có quy định."), "level"),
        (Listed([Nominee("T" * 121, Recipient.COLLECTIVE, "x")]), "name"),
        (Listed([Nominee("Lê Thị A", Recipient.PERSON, "x")]), "collective_first"),
    ],
)
def test_each_principle_finds_what_breaks_it_and_only_that(listed, key):
    """Planted faults, one for each principle; a good list is found good."""
    assert [one.principle.key for one in eligibility.findings(listed)] == [key]
    assert eligibility.findings(Listed([A])) == []
    assert all(one.principle.basis for one in eligibility.findings(listed))


def test_another_achievement_of_the_same_recipient_may_be_commended():
    other = Earlier("Tổ 15", Recipient.COLLECTIVE, "Hiến đất làm đường", "Quyết định số 1", "s0")
    assert eligibility.findings(Listed([A], [other])) == []


def test_every_principle_has_a_check_and_every_check_a_principle():
    assert set(eligibility.CHECKS) == set(dated.principles())
