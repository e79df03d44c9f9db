"""How near the reader comes to what a person marked: precision and recall over passages."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chungtay.reading import Figure, read
from chungtay.reading.tests.corpus import Label, Passage


class Measured(NamedTuple):
    """F1 of three pairs, the share of non-figures that were taken, and what went wrong in words."""

    span_value: float
    value_unit: float
    qualifier: float
    taken: float
    faults: list[str]


def measure(found_passages: Sequence[Passage], reader: Callable[[str], list[Figure]] = read) -> Measured:
    """Read every passage and compare. A span must be the label's, to the letter."""
    marked = found = span_value = value_unit = qualifier = others = taken = 0
    faults: list[str] = []
    for passage in found_passages:
        figures = reader(passage.text)
        marked, found = marked + len(passage.labels), found + len(figures)
        others += len(passage.others)
        for start, end in passage.others:
            hit = [figure for figure in figures if figure.start < end and start < figure.end]
            taken += bool(hit)
            faults += [f"{passage.name}: taken {passage.text[start:end]!r} as {one.text!r} {one.unit}" for one in hit]
        marked_places = [(label.start, label.end) for label in passage.labels] + passage.others
        for figure in figures:
            if not any(figure.start < end and start < figure.end for start, end in marked_places):
                faults.append(f"{passage.name}: added {figure.text!r} {figure.unit}")
        for label in passage.labels:
            near = [figure for figure in figures if figure.start < label.end and label.start < figure.end]
            one = near[0] if near else None
            spans, units, qualifies = _agrees(one, label)
            span_value, value_unit, qualifier = span_value + spans, value_unit + units, qualifier + qualifies
            if not (spans and units and qualifies):
                said = passage.text[label.start : label.end]
                got = (one.text, str(one.value), str(one.value_max), one.unit, str(one.qualifier)) if one else None
                faults.append(f"{passage.name}: {said!r} {label.value} {label.unit} {label.qualifier} read as {got}")

    def f1(right: int) -> float:
        return 2 * right / (marked + found)

    return Measured(f1(span_value), f1(value_unit), f1(qualifier), taken / max(others, 1), faults)


def _agrees(figure: Figure | None, label: Label) -> tuple[bool, bool, bool]:
    if figure is None:
        return False, False, False
    is_value = (figure.value, figure.value_max) == (label.value, label.value_max)
    is_span = (figure.start, figure.end) == (label.start, label.end)
    return (
        is_value and is_span,
        is_value and figure.unit == label.unit,
        is_value and figure.qualifier == label.qualifier,
    )
