"""What the pages of handing targets down show: the targets of an area with what was given of each, and the sheet of one.

Values are typed as people write them: whole numbers with dots, percent with a decimal comma.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from chungtay.figures import selectors as figures
from chungtay.figures.cells import Cell, cell_of
from chungtay.figures.promised import said_level, when_of
from chungtay.figures.rules import Figure
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import read_decimal, scaled_text
from chungtay.kernel.periods import Period, month_after, parse_period, period_of
from chungtay.places import selectors as places
from chungtay.places.rules import Node
from chungtay.programmes.models import Allocation, Programme, Target
from chungtay.programmes.rules import RULE_WORDS, SumRule, lacking, rules_for, shared_out
from chungtay.programmes.selectors import last_allocation, target_versions
from chungtay.programmes.target_trees import TargetGap, TargetNode, target_tree

EQUAL_SHARES = "deu"
RATIO_PLACES = 4  # a ratio's target is kept in ten-thousandths
YEARS_OF_STOCK = 3  # how far back a last count may lie that targets are shared out by


@dataclass(frozen=True)
class GivenRow:
    """A target of the area, and how far it has been handed down."""

    indicator: Indicator
    said: str
    when: str
    basis: str
    given: str
    state: str
    state_label: str
    url: str


@dataclass(frozen=True)
class PartRow:
    """A unit of the sheet: what stands in its box, by which number it is shared out, what is wrong with the box."""

    area_id: UUID
    name: str
    typed: str
    before: str
    weight: Cell | None
    problem: str = ""


@dataclass(frozen=True)
class Former:
    """A unit of today's map and what the units that became part of it had been given."""

    name: str
    said: str
    parts: str
    is_estimated: bool


@dataclass(frozen=True)
class Sheet:
    """Everything the page of one target shows. `weights` are (code, words) to share out by; `seen` the last allocation."""

    target: Target
    indicator: Indicator
    said: str
    when: str
    rows: tuple[PartRow, ...]
    rules: tuple[tuple[str, str], ...]
    rule: str
    weights: tuple[tuple[str, str], ...]
    weight: str
    weight_words: str
    sum_words: str
    sum_state: str
    last: Allocation | None
    versions: tuple[Target, ...]
    today: tuple[Former, ...]

    @property
    def is_free(self) -> bool:
        """Whether parts do not add up."""
        return self.indicator.kind == Kind.RATIO

    @property
    def unit(self) -> str:
        """The unit that stands behind every box."""
        return self.indicator.unit

    @property
    def places(self) -> int:
        """How many decimals may be typed."""
        return places_of(self.indicator)

    @property
    def seen(self) -> int:
        """The last allocation that the page shows, 0 for none."""
        return self.last.pk if self.last else 0

    @property
    def may_be_undone(self) -> bool:
        """Whether there is an allocation to take back."""
        return self.last is not None and self.last.undoes_id is None


def places_of(indicator: Indicator) -> int:
    """Return how many decimals a target of the indicator is typed with: none for counts, two for percent."""
    if indicator.kind != Kind.RATIO:
        return indicator.decimals
    return max(RATIO_PLACES - (len(str(indicator.times)) - 1), 0)


def typed(value: int | None, indicator: Indicator) -> str:
    """Write a target's value as it is typed: "120", "0,8", "" for none."""
    if value is None:
        return ""
    text = scaled_text(value, places_of(indicator))
    return text.rstrip("0").rstrip(",") if "," in text else text


def read_typed(text: str, indicator: Indicator) -> int | None:
    """Read what was typed into a value, None for an empty box. Raises NumberProblem."""
    return read_decimal(text, places_of(indicator)) if text.strip() else None


def given_rows(
    area: Node, targets: Sequence[Target], gaps: Sequence[TargetGap], programme: Programme
) -> list[GivenRow]:
    """Return the targets of an area with what was given of each to the units below; no query beyond the maps."""
    found = []
    off = {gap.target.pk: gap for gap in gaps}
    for target in targets:
        if target.area_id != area.area_id:
            continue
        period = parse_period(target.period_code)
        tree = places.tree_on(period.last_day)
        below = {node.area_id for node in tree.children(area.area_id)} if area.area_id in tree else set()
        parts = [t for t in targets if t.area_id in below and _is_part(t, target)]
        state, label = _state(target, parts, off.get(target.pk), has_units=bool(below))
        found.append(
            GivenRow(
                indicator=target.indicator,
                said=said_level(target.amount, target.indicator),
                when=when_of(period),
                basis=target.basis,
                given=_given(target, parts),
                state=state,
                state_label=label,
                url=address(programme, target, area) if below else "",
            )
        )
    return found


def address(programme: Programme, target: Target, area: Node) -> str:
    """Return the address of a target's sheet."""
    url = reverse("programme-allocate", args=[programme.code, target.indicator.code, target.period_code])
    return f"{url}?{urlencode({'noi': area.code})}"


def gap_words(gap: TargetGap, area_name: str) -> str:
    """Say that parts do not agree with their target any more, and why when the target was changed."""
    indicator = gap.target.indicator
    total, then = said_level(gap.target.amount, indicator), said_level(gap.total_then, indicator)
    moved = f" (khi phân bổ là {then})" if gap.total_then != gap.target.amount else ""
    what = "còn thiếu" if gap.gap > 0 else "vượt"
    when = when_of(parse_period(gap.target.period_code))
    return (
        f"{area_name}: {indicator.name} {when} là {total}{moved}, đã giao {said_level(gap.parts_sum, indicator)}, "
        f"{what} {said_level(abs(gap.gap), indicator)}."
    )


def sheet(
    target: Target,
    programme: Programme,
    weights: Sequence[Indicator],
    *,
    weight: str,
    given: Mapping[UUID, str] | None,
    rule: str,
    today: date,
) -> Sheet:
    """Return the sheet of a target. `weight` shares out anew; `given` repeats what was typed, else what stands is shown."""
    indicator, period = target.indicator, parse_period(target.period_code)
    tree = target_tree(programme, indicator, period, target.area_id)
    children = tree.children if tree is not None else ()
    by = next((i for i in weights if i.code == weight), None)
    found = _weights(by, [child.area_id for child in children], period, today) if by and children else {}
    if given is None and weight:
        amounts = [int(found[c.area_id].value or 0) if c.area_id in found else 0 for c in children]
        shares = _shares(target, amounts)
        given = {c.area_id: typed(share, indicator) for c, share in zip(children, shares, strict=True)}
    rows = tuple(_row(child, given, found, by, indicator) for child in children)
    rules = rules_for(Kind(indicator.kind), is_at_most=target.is_at_most)
    chosen = SumRule(rule) if rule in {one.value for one in rules} else (tree.rule if tree else rules[0])
    sum_words, sum_state = _sum(target, rows, chosen)
    return Sheet(
        target=target,
        indicator=indicator,
        said=said_level(target.amount, indicator),
        when=when_of(period),
        rows=rows,
        rules=tuple((one.value, RULE_WORDS[one]) for one in rules),
        rule=chosen.value,
        weights=((EQUAL_SHARES, "Chia đều"), *((i.code, i.name) for i in weights)),
        weight=weight,
        weight_words=f"{by.name} ({by.unit})" if by else "",
        sum_words=sum_words,
        sum_state=sum_state,
        last=last_allocation(target),
        versions=tuple(target_versions(target)),
        today=_on_todays_map(programme, target, period, today),
    )


def _is_part(part: Target, target: Target) -> bool:
    return (part.programme_id, part.indicator_id, part.period_code) == (
        target.programme_id,
        target.indicator_id,
        target.period_code,
    )


def _state(target: Target, parts: Sequence[Target], gap: TargetGap | None, *, has_units: bool) -> tuple[str, str]:
    if not has_units:
        return "none", "Không có đơn vị cấp dưới"
    if not parts:
        return "not_started", "Chưa phân bổ"
    if gap is not None:
        words = "Thiếu" if gap.gap > 0 else "Vượt"
        return "discrepancy", f"{words} {said_level(abs(gap.gap), target.indicator)}"
    return "approved", "Đã phân bổ"


def _given(target: Target, parts: Sequence[Target]) -> str:
    if not parts:
        return ""
    count = f"{len(parts)} đơn vị"
    if target.indicator.kind == Kind.RATIO:
        return count
    return f"{said_level(sum(part.amount for part in parts), target.indicator)} cho {count}"


def _row(
    child: TargetNode,
    given: Mapping[UUID, str] | None,
    found: Mapping[UUID, Figure],
    by: Indicator | None,
    indicator: Indicator,
) -> PartRow:
    own = child.target.value if child.target else None
    text = typed(own, indicator) if given is None else given.get(child.area_id, "")
    problem = ""
    try:
        read_typed(text, indicator)
    except DomainError as error:
        problem = str(error)
    weight = cell_of(found[child.area_id], by) if by and child.area_id in found else None
    return PartRow(child.area_id, child.name, text, typed(own, indicator), weight, problem)


def _shares(target: Target, amounts: Sequence[int]) -> list[int]:
    if target.indicator.kind == Kind.RATIO:
        return [target.amount] * len(amounts)
    step = 1_000_000 if target.indicator.is_money else 1
    return shared_out(target.amount, amounts, step=step)


def _weights(by: Indicator, area_ids: Sequence[UUID], period: Period, today: date) -> dict[UUID, Figure]:
    """Return what each unit last counted before the period's end, or reached in the same time before the period."""
    if by.kind == Kind.FLOW:
        window = period.previous()
    else:
        end = min(period.end, month_after(today))
        window = period_of(date(end.year - YEARS_OF_STOCK, 1, 1), end)
    found = figures.consolidate(indicators=[by.code], area_ids=list(area_ids), periods=[window], on_map=period.last_day)
    return {figure.area_id: figure for figure in found}


def _sum(target: Target, rows: Sequence[PartRow], rule: SumRule) -> tuple[str, str]:
    """Say the sum of what stands in the boxes, and whether the rule holds."""
    if rule is SumRule.FREE or any(row.problem for row in rows):
        return "", ""
    values = [read_typed(row.typed, target.indicator) for row in rows]
    if all(value is None for value in values):
        return "", ""
    total = said_level(sum(value or 0 for value in values), target.indicator)
    gap = lacking(rule, target.amount, values)
    if not gap:
        return f"Tổng {total}, khớp chỉ tiêu", "approved"
    return f"Tổng {total}, {'còn thiếu' if gap > 0 else 'vượt'} {said_level(abs(gap), target.indicator)}", "discrepancy"


def _on_todays_map(programme: Programme, target: Target, period: Period, today: date) -> tuple[Former, ...]:
    """Return the units of today's map that took over from units with a part, when the map has changed since."""
    if target.indicator.kind == Kind.RATIO:
        return ()
    tree = target_tree(programme, target.indicator, period, target.area_id, on_map=max(today, period.last_day))
    restated = [child for child in tree.children if child.is_restated] if tree is not None else []
    return tuple(
        Former(
            child.name,
            said_level(child.value or 0, target.indicator),
            ", ".join(f"{former.name} {said_level(former.value, target.indicator)}" for former in child.formerly),
            child.is_estimated,
        )
        for child in restated
    )
