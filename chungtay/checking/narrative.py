"""From a unit's report in prose to the cells of its return: each value offered with its sentence, for a person to confirm. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chungtay.checking.pairing import Candidate, counted_alike, likeness, weights, words_of
from chungtay.reading import Figure, Qualifier, read
from chungtay.returns.rules import CellSpec

ENOUGH = 0.4
MARGIN = 0.05


@dataclass(frozen=True)
class Offer:
    """A value for a cell. `value` is scaled as the cell is; `is_hedged`: the text says "trên" or "khoảng", a return wants the number."""

    cell: CellSpec
    value: int
    figure: Figure
    likeness: float
    is_hedged: bool


def offers(text: str, cells: Sequence[CellSpec]) -> list[Offer]:
    """Return what a text offers for the cells of a form, in the form's order; a figure fills one cell, a cell takes one figure.

    Nothing is offered for a total that the form derives, for ranges, for decimals that the cell cannot hold, or where two cells
    are meant alike.
    """
    wanted = {cell.key: _candidate(cell) for cell in cells if not cell.is_total}
    weight = weights(candidate.words for candidate in wanted.values())
    by_key = {cell.key: cell for cell in cells}
    found: list[Offer] = []
    for figure in read(text):
        if figure.value_max is not None or figure.value < 0:
            continue
        near = counted_alike(figure, list(wanted.values()))
        scored = sorted(((_telling(c) * likeness(figure, text, c, weight), c.indicator) for c in near), reverse=True)
        if not scored or scored[0][0] < ENOUGH or (len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN):
            continue
        cell = by_key[scored[0][1]]
        value = figure.value * 10**cell.decimals
        if value.denominator == 1:
            found.append(Offer(cell, int(value), figure, scored[0][0], figure.qualifier is not Qualifier.EXACT))
    best: dict[str, Offer] = {}
    for offer in found:
        if offer.cell.key not in best or offer.likeness > best[offer.cell.key].likeness:
            best[offer.cell.key] = offer
    return [best[cell.key] for cell in cells if cell.key in best]


def _candidate(cell: CellSpec) -> Candidate:
    """Return a cell as something that a text may mean; its own words weigh more than those of its section."""
    unit = "VND" if cell.is_money else cell.unit
    words = words_of(cell.label, "" if cell.is_money else cell.unit) or words_of(cell.section)
    return Candidate(cell.key, "", cell.label, unit, words, None, "", "", "", "", "")


def _telling(candidate: Candidate) -> float:
    """Weigh a label of many words above one of few: "hộ nghèo" is said of poor households before "hộ" is."""
    return 1 + 0.06 * min(len(candidate.words), 5)


def kept_values(offered: Sequence[Offer], chosen: Mapping[str, bool]) -> dict[str, int]:
    """Return {cell key: value} of the offers that a person confirmed."""
    return {offer.cell.key: offer.value for offer in offered if chosen.get(offer.cell.key)}


def shown(offer: Offer) -> Fraction:
    """Return an offered value in the cell's unit."""
    return Fraction(offer.value, 10**offer.cell.decimals)
