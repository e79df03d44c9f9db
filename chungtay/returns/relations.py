"""What must hold between the cells of a form: which rules are broken by what was entered, and which rules make no sense. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from chungtay.kernel.errors import DomainError, Severity
from chungtay.kernel.numerals import format_decimal, scaled_text
from chungtay.returns.rules import (
    ASK_WHY,
    EMPTY,
    EVERY_CELL,
    WATCHING,
    CellProblem,
    CellSpec,
    Entry,
    RuleKind,
    RuleSpec,
    Weight,
    keys_of_side,
)

_SENTENCES: Mapping[str, str] = {
    RuleKind.AT_MOST: "Số này ({left}) lớn hơn {others} ({right}). Hãy sửa một trong hai số.",
    RuleKind.EQUALS: "Số này ({left}) khác tổng của {others} ({right}). Hãy xem lại các ô.",
    RuleKind.NEEDS: "Có {left} ở đây nhưng {others} bằng 0. Hãy ghi số ở đó, hoặc ghi 0 ở đây.",
    RuleKind.BETWEEN: "Số {left} nằm ngoài khoảng cho phép ({bounds}). Hãy xem lại.",
    RuleKind.RATIO: "So với {others} ({right}), số này ({left}) nằm ngoài tỷ lệ thường có ({bounds}). Hãy xem lại hai số.",
}
_TWO_SIDED = frozenset({RuleKind.AT_MOST, RuleKind.EQUALS, RuleKind.NEEDS, RuleKind.RATIO})


class RulesMakeNoSense(DomainError):
    """A form cannot be published with these rules; each problem is a sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))


def broken_relations(
    rules: Sequence[RuleSpec], by_key: Mapping[str, CellSpec], entries: Mapping[str, Entry]
) -> list[CellProblem]:
    """Return the rules between cells that do not hold, each at its first cell; a rule with an empty cell says nothing."""
    found = []
    for rule in rules:
        if rule.kind in WATCHING:
            continue
        decimals = max(by_key[key].decimals for key in rule.cell_keys())
        left, right = (_sum(keys_of_side(side), by_key, entries, decimals) for side in (rule.left, rule.right))
        if left is None or right is None or _holds(rule, left, right, decimals):
            continue
        at = keys_of_side(rule.left)[0]
        found.append(_problem(rule, at, _sentence(rule, left, right, decimals, by_key), entries.get(at, EMPTY)))
    return found


def _problem(rule: RuleSpec, at: str, sentence: str, entry: Entry) -> CellProblem:
    severity = rule.severity
    if severity is not Severity.EXPLAIN:
        return CellProblem(at, severity, sentence)
    asked = sentence if sentence.endswith(ASK_WHY) else f"{sentence} {ASK_WHY}"
    return CellProblem(at, severity, asked, is_explained=bool(entry.explain))


def _sum(
    keys: Sequence[str], by_key: Mapping[str, CellSpec], entries: Mapping[str, Entry], decimals: int
) -> int | None:
    """Return the sum of the cells with `decimals` decimals, None when one of them has no number."""
    total = 0
    for key in keys:
        value = entries.get(key, EMPTY).value
        if value is None:
            return None
        total += value * 10 ** (decimals - by_key[key].decimals)
    return total


def _holds(rule: RuleSpec, left: int, right: int, decimals: int) -> bool:
    match rule.kind:
        case RuleKind.AT_MOST:
            return left <= right
        case RuleKind.EQUALS:
            return left == right
        case RuleKind.NEEDS:
            return left <= 0 or right > 0
        case RuleKind.BETWEEN:
            return _within(rule, Fraction(left, 10**decimals))
        case _:  # a ratio; without a denominator there is none to judge
            return right == 0 or _within(rule, Fraction(left, right))


def _within(rule: RuleSpec, value: Fraction) -> bool:
    return (rule.low is None or value >= Fraction(rule.low)) and (rule.high is None or value <= Fraction(rule.high))


def _sentence(rule: RuleSpec, left: int, right: int, decimals: int, by_key: Mapping[str, CellSpec]) -> str:
    others = " + ".join(f"“{by_key[key].label}”" for key in keys_of_side(rule.right))
    said = rule.sentence or _SENTENCES[rule.kind]
    return said.format(
        left=scaled_text(left, decimals),
        right=scaled_text(right, decimals),
        low=bound_text(rule.low),
        high=bound_text(rule.high),
        others=others,
        bounds=bounds_text(rule),
    )


def bound_text(bound: Decimal | None) -> str:
    """Write a bound without trailing zeros: "2,5"; "" for none."""
    if bound is None:
        return ""
    exponent = bound.normalize().as_tuple().exponent
    return format_decimal(bound, max(0, -exponent) if isinstance(exponent, int) else 0)


def bounds_text(rule: RuleSpec) -> str:
    """Say between which bounds a rule keeps its cells."""
    if rule.low is not None and rule.high is not None:
        return f"từ {bound_text(rule.low)} đến {bound_text(rule.high)}"
    if rule.low is not None:
        return f"từ {bound_text(rule.low)} trở lên"
    return f"không quá {bound_text(rule.high)}"


def rule_problems(rules: Sequence[RuleSpec], cells: Sequence[CellSpec]) -> list[str]:
    """Return what is wrong with the rules of a form, a sentence each: unknown cells, missing bounds, a sentence that cannot be said."""
    known = {cell.key for cell in cells}
    return [
        f"Quy tắc {number} ({rule.kind}): {problem}"
        for number, rule in enumerate(rules, 1)
        for problem in _problems_of(rule, known)
    ]


def _problems_of(rule: RuleSpec, known: set[str]) -> list[str]:
    if rule.kind not in set(RuleKind):
        return ["không có loại quy tắc này."]
    if rule.weight and rule.weight not in set(Weight):
        return [f"không có mức “{rule.weight}”; chỉ có error, explain, hint."]
    named = [key for key in rule.cell_keys() if not (rule.kind in WATCHING and key == EVERY_CELL)]
    problems = [f"biểu không có ô “{key}”." for key in named if key not in known]
    if not keys_of_side(rule.left) or (rule.kind in _TWO_SIDED and not keys_of_side(rule.right)):
        problems.append("thiếu ô ở một vế.")
    if rule.kind in {RuleKind.BETWEEN, RuleKind.RATIO} and rule.low is None and rule.high is None:
        problems.append("thiếu cả ngưỡng dưới lẫn ngưỡng trên.")
    if rule.kind not in WATCHING and rule.low is not None and rule.high is not None and rule.low > rule.high:
        problems.append("ngưỡng dưới lớn hơn ngưỡng trên.")
    if rule.kind in WATCHING:
        problems += _problems_of_watching(rule)
    try:
        rule.sentence.format(left="", right="", low="", high="", others="", bounds="")
    except (KeyError, IndexError, ValueError):
        problems.append("câu báo có dấu ngoặc nhọn không hiểu được; chỉ dùng {left}, {right}, {low}, {high}.")
    return problems


def _problems_of_watching(rule: RuleSpec) -> list[str]:
    problems = []
    if rule.severity is Severity.WRONG:
        problems.append("số khác thường chỉ có thể phải giải thích (explain) hoặc nhắc (hint), không phải là sai.")
    if rule.high is not None and rule.high <= (1 if rule.kind == RuleKind.CHANGE else 0):
        problems.append("ngưỡng trên quá nhỏ.")
    if rule.low is not None and rule.low < 0:
        problems.append("ngưỡng dưới nhỏ hơn 0.")
    return problems
