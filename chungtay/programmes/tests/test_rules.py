"""Sums of handed-down targets, and shares that add up exactly."""

from hypothesis import given
from hypothesis import strategies as st

from chungtay.indicators.rules import Kind
from chungtay.programmes.rules import SumRule, lacking, rules_for, shared_out


def test_each_kind_of_target_has_its_rules() -> None:
    assert rules_for(Kind.FLOW, is_at_most=False) == (SumRule.EQUAL, SumRule.AT_LEAST)
    assert rules_for(Kind.STOCK, is_at_most=True) == (SumRule.EQUAL, SumRule.AT_MOST)
    assert rules_for(Kind.RATIO, is_at_most=True) == (SumRule.FREE,)


def test_what_is_missing_is_told_by_the_rule() -> None:
    assert lacking(SumRule.EQUAL, 120, [60, None, 50]) == 10
    assert lacking(SumRule.EQUAL, 120, [60, 70]) == -10
    assert lacking(SumRule.AT_LEAST, 120, [60, 70]) == 0
    assert lacking(SumRule.AT_LEAST, 120, [60]) == 60
    assert lacking(SumRule.AT_MOST, 120, [60]) == 0
    assert lacking(SumRule.AT_MOST, 120, [60, 70]) == -10
    assert lacking(SumRule.FREE, 120, [1]) == 0


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=40), st.sampled_from([1, 7, 10**6]))
def test_shares_add_up_to_the_whole_and_follow_the_weights(total: int, weights: list[int], step: int) -> None:
    parts = shared_out(total, weights, step=step)
    assert sum(parts) == total and len(parts) == len(weights)
    assert min(parts) >= 0
    if step == 1 and any(weights):
        exact = [total * weight for weight in weights]
        assert all(abs(part * sum(weights) - share) < sum(weights) for part, share in zip(parts, exact, strict=True))
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


def test_without_weights_everybody_gets_the_same_and_the_first_the_rest() -> None:
    assert shared_out(100, [0, 0, 0]) == [34, 33, 33]
    assert shared_out(100, []) == []
    assert shared_out(2_500_000, [1, 3], step=1_000_000) == [
        1_000_000,
        1_500_000,
    ]  # what is no whole million to the greater
