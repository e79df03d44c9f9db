"""Criteria as a tree and how a figure becomes points, pure. Points are integers, hundredths of a point; nothing is ever rounded up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import NumberProblem, read_decimal, scaled_text

PLACES = 2
ONE = 10**PLACES
"""A whole point."""


class How(StrEnum):
    """How a criterion gets its points: from its parts, from a figure by a formula, or from people with evidence."""

    GROUP = "group"
    SHARE = "share"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PEOPLE = "people"


HOW_LABELS: Mapping[How, str] = {
    How.GROUP: "Nhóm, cộng từ các mục con",
    How.SHARE: "Theo số liệu: tỷ lệ đạt so với mức giao",
    How.AT_LEAST: "Theo số liệu: từ mức nào được bao nhiêu điểm",
    How.AT_MOST: "Theo số liệu: không quá mức nào được bao nhiêu điểm",
    How.PEOPLE: "Người chấm, có minh chứng",
}
BY_FIGURE = frozenset({How.SHARE, How.AT_LEAST, How.AT_MOST})


def short_text(value: int, decimals: int) -> str:
    """Return a scaled number without zeros at its end: 600 of three decimals is "0,6"."""
    text = scaled_text(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def points_text(points: int) -> str:
    """Return points (hundredths) as they are printed: "30", "7,5", "7,25"."""
    return short_text(points, PLACES)


class BadCriteria(DomainError):
    """A criteria set that cannot be used; every reason is in `problems`."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problems))


class BadPoints(DomainError):
    """Points that a criterion does not allow."""


@dataclass(frozen=True)
class Item:
    """One criterion. `number` is "1", "1.2": its parent is what stands before the last dot. `most` in hundredths of a point.

    indicator: the code of its figure, "" for none. target: of SHARE, scaled as the figure is (None: what the plan asks of the unit).
    bands: of AT_LEAST and AT_MOST, (limit scaled as the figure, points), in any order.
    """

    number: str
    title: str
    most: int
    how: How
    indicator: str = ""
    target: int | None = None
    bands: tuple[tuple[int, int], ...] = ()

    @property
    def parent(self) -> str:
        """The number of its parent, "" at the top."""
        return self.number.rpartition(".")[0]

    @property
    def is_leaf(self) -> bool:
        """Whether points are given on it."""
        return self.how is not How.GROUP

    def formula(self, decimals: int = 0, unit: str = "") -> str:
        """The formula in words, as it stands beside the points."""
        most = f"{points_text(self.most)} điểm"
        word = unit if unit == "%" else f" {unit}".rstrip()
        if self.how is How.SHARE:
            target = "mức giao" if self.target is None else f"{short_text(self.target, decimals)}{word}"
            return f"{most} × kết quả / {target}, tối đa {most}"
        if self.how in (How.AT_LEAST, How.AT_MOST):
            said = "từ" if self.how is How.AT_LEAST else "không quá"
            bands = [
                f"{said} {short_text(limit, decimals)}{word}: {points_text(points)} điểm"
                for limit, points in _ordered(self)
            ]
            return f"{'; '.join(bands)}; còn lại 0 điểm"
        return "Người chấm theo minh chứng" if self.how is How.PEOPLE else "Cộng các mục con"


def check_tree(items: Sequence[Item]) -> None:
    """Return if the items are a tree whose sums hold. Raises BadCriteria with every reason.

    The maxima of the children of a criterion add up to its own maximum at most; a group has children, a leaf has none.
    """
    problems: list[str] = []
    numbers = [item.number for item in items]
    by_number = {item.number: item for item in items}
    if not items:
        problems.append("Bộ tiêu chí chưa có tiêu chí nào.")
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    problems += [f"Số {number} ghi hai lần. Mỗi tiêu chí một số." for number in twice]
    for item in items:
        problems += _item_problems(item, by_number)
        children = [one for one in items if one.parent == item.number]
        if item.is_leaf and children:
            problems.append(f"Tiêu chí {item.number} có mục con nên phải là nhóm; điểm chỉ chấm ở mục con.")
        if not item.is_leaf and not children:
            problems.append(f"Nhóm {item.number} chưa có mục con nào.")
        total = sum(one.most for one in children)
        if children and total > item.most:
            problems.append(
                f"Các mục con của {item.number} cộng lại {points_text(total)} điểm, nhiều hơn điểm tối đa của nó "
                f"({points_text(item.most)}). Hãy giảm mục con hoặc nâng điểm tối đa."
            )
    if problems:
        raise BadCriteria(problems)


def _item_problems(item: Item, by_number: Mapping[str, Item]) -> Iterable[str]:
    if not item.number or not all(part.isdigit() and int(part) for part in item.number.split(".")):
        yield f"“{item.number}” không phải số tiêu chí. Hãy ghi 1, 1.1, 1.2, 2…"
    if not item.title.strip():
        yield f"Tiêu chí {item.number} chưa có nội dung."
    if item.most <= 0:
        yield f"Tiêu chí {item.number}: điểm tối đa phải lớn hơn 0."
    if item.parent and item.parent not in by_number:
        yield f"Tiêu chí {item.number} không có mục cha {item.parent}."
    if (item.how in BY_FIGURE) != bool(item.indicator):
        yield (
            f"Tiêu chí {item.number} chấm theo số liệu thì phải chọn chỉ tiêu."
            if item.how in BY_FIGURE
            else f"Tiêu chí {item.number} không chấm theo số liệu thì bỏ trống chỉ tiêu."
        )
    if item.how is How.SHARE and item.target is not None and item.target <= 0:
        yield f"Tiêu chí {item.number}: mức giao phải lớn hơn 0."
    if item.how in (How.AT_LEAST, How.AT_MOST) and not item.bands:
        yield f"Tiêu chí {item.number} chưa có mức nào. Hãy ghi như 15: 10; 10: 7."
    if any(not 0 <= points <= item.most for _, points in item.bands):
        yield f"Tiêu chí {item.number}: có mức cho nhiều điểm hơn điểm tối đa."
    if len({limit for limit, _ in item.bands}) != len(item.bands):
        yield f"Tiêu chí {item.number}: một mức ghi hai lần."
    if [points for _, points in _ordered(item)] != sorted((points for _, points in item.bands), reverse=True):
        yield f"Tiêu chí {item.number}: mức tốt hơn lại được ít điểm hơn. Hãy xem lại các mức."


def most_of(items: Iterable[Item]) -> int:
    """Return the maximum of a set: the sum of its top criteria, hundredths of a point."""
    return sum(item.most for item in items if not item.parent)


def points_of(item: Item, value: Fraction | None, target: Fraction | None = None) -> int | None:
    """Return the points of a figure, hundredths, cut down and never above the maximum; None without a figure or target.

    value, target: scaled as the figure is; a negative value earns nothing.
    """
    if value is None:
        return None
    if item.how is How.SHARE:
        wanted = target if item.target is None else Fraction(item.target)
        if not wanted:
            return None
        return int(item.most * min(max(value / wanted, Fraction(0)), Fraction(1)))
    for limit, points in _ordered(item):
        if value >= limit if item.how is How.AT_LEAST else value <= limit:
            return points
    return 0


def _ordered(item: Item) -> list[tuple[int, int]]:
    """The bands, the hardest first."""
    return sorted(item.bands, reverse=item.how is How.AT_LEAST)


def check_points(item: Item, points: int) -> int:
    """Return points that a criterion allows. Raises BadPoints."""
    if not item.is_leaf:
        raise BadPoints(f"Tiêu chí {item.number} là nhóm, cộng từ mục con. Hãy chấm ở mục con.")
    if not 0 <= points <= item.most:
        raise BadPoints(f"Tiêu chí {item.number}: điểm phải từ 0 đến {points_text(item.most)}.")
    return points


def totals(items: Sequence[Item], given: Mapping[str, int]) -> dict[str, int]:
    """Return {number: points} of every criterion, groups added up from their parts; what nobody has scored counts 0."""
    found: dict[str, int] = {}
    for item in sorted(items, key=lambda one: one.number.count("."), reverse=True):
        children = [one.number for one in items if one.parent == item.number]
        found[item.number] = given.get(item.number, 0) if item.is_leaf else sum(found[number] for number in children)
    return found


def total(items: Sequence[Item], given: Mapping[str, int]) -> int:
    """Return the points of a whole sheet, hundredths."""
    every = totals(items, given)
    return sum(every[item.number] for item in items if not item.parent)


def in_order(number: str) -> tuple[int, ...]:
    """Return what sorts "1.10" after "1.9"."""
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


def read_bands(text: str, decimals: int) -> tuple[tuple[int, int], ...]:
    """Read "15: 10; 10: 7" into ((15, 1000), (10, 700)): limits scaled by the figure's decimals. Raises BadCriteria."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        limit, colon, points = part.partition(":")
        try:
            if not colon:
                raise ValueError
            found.append((read_decimal(limit, decimals), read_decimal(points, PLACES)))
        except (ValueError, NumberProblem):
            raise BadCriteria(
                [f"Không đọc được “{part}”. Ghi mức rồi điểm, cách nhau bởi dấu chấm phẩy: 15: 10; 10: 7."]
            ) from None
    return tuple(found)
