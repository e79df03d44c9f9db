"""How a target is handed down: by which rule its parts have to agree with it, what is missing, and how it is shared out.

Values are integers scaled like their indicator's; parts of a share always add up to the whole exactly.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from chungtay.indicators.rules import Kind


class SumRule(StrEnum):
    """What the sum of the parts has to be, seen from the target."""

    EQUAL = "equal"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    FREE = "free"  # a ratio: parts do not add up


RULE_WORDS = {
    SumRule.EQUAL: "tổng các phần bằng đúng chỉ tiêu",
    SumRule.AT_LEAST: "tổng các phần ít nhất bằng chỉ tiêu",
    SumRule.AT_MOST: "tổng các phần không quá chỉ tiêu",
    SumRule.FREE: "tỷ lệ, không cộng",
}


def rules_for(kind: Kind, *, is_at_most: bool) -> tuple[SumRule, ...]:
    """Return the rules by which a target of a kind may be handed down, the usual one first."""
    if kind is Kind.RATIO:
        return (SumRule.FREE,)
    return (SumRule.EQUAL, SumRule.AT_MOST if is_at_most else SumRule.AT_LEAST)


def lacking(rule: SumRule, total: int, parts: Iterable[int | None]) -> int:
    """Return what the parts lack to satisfy the rule, negative for what they have too much; 0 when it holds."""
    difference = total - sum(part or 0 for part in parts)
    match rule:
        case SumRule.EQUAL:
            return difference
        case SumRule.AT_LEAST:
            return max(difference, 0)
        case SumRule.AT_MOST:
            return min(difference, 0)
        case SumRule.FREE:
            return 0


def shared_out(total: int, weights: Sequence[int], *, step: int = 1) -> list[int]:
    """Share a total out by weights, in multiples of `step` as far as it goes; the parts add up to the total exactly.

    Largest remainders first, of equal ones the earlier; what is no multiple of the step goes to the greatest weight.
    Without any weight everybody gets the same.
    """
    if not weights:
        return []
    chosen = [max(weight, 0) for weight in weights]
    if not any(chosen):
        chosen = [1] * len(weights)
    steps, rest = divmod(total, step)
    whole = sum(chosen)
    parts = [steps * weight // whole for weight in chosen]
    remainders = [steps * weight % whole for weight in chosen]
    for at in sorted(range(len(chosen)), key=lambda at: (-remainders[at], at))[: steps - sum(parts)]:
        parts[at] += 1
    shared = [part * step for part in parts]
    shared[max(range(len(chosen)), key=lambda at: (chosen[at], -at))] += rest
    return shared
