"""What others say of the figures that a review uses: an open discrepancy keeps the paper back until somebody explains it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from chungtay.figures.claims import Discrepancy
from chungtay.figures.discrepancy_rows import rows_of
from chungtay.figures.selectors import discrepancies
from chungtay.indicators.selectors import indicators_by_code
from chungtay.reviews.content import Content
from chungtay.reviews.rules import Finding, keys_in

What = tuple[str, str, UUID, str]
"""(indicator code, dimension key, area, period code)."""


@dataclass(frozen=True)
class Disputed:
    """The claims about a review's figures that differ from them: those that stop it, and those that were explained."""

    open: tuple[Finding, ...]
    explained: tuple[Finding, ...]


def disputed(content: Content) -> Disputed:
    """Return what is claimed otherwise about the figures that the review prints, as they are known at its moment."""
    used = _used(content)
    found = discrepancies(
        area_ids={area_id for _, _, area_id, _ in used},
        indicators={code for code, *_ in used},
        periods={period for *_, period in used},
        known_at=content.answers.known_at,
    )
    mine = [one for one in found if one.difference != 0 and _what(one) in used]
    return Disputed(_findings(one for one in mine if one.is_open), _findings(one for one in mine if not one.is_open))


def open_discrepancies(content: Content) -> list[str]:
    """Return in words what would keep the review back: what others state otherwise and nobody has explained."""
    return [finding.text for finding in disputed(content).open]


def _what(one: Discrepancy) -> What:
    said = one.claimed
    return (said.indicator_code, said.dimension, said.area_id, said.period.code)


def _used(content: Content) -> set[What]:
    """Return what the review's words, tables and charts print; of a ratio also its two terms."""
    asks = {key: ask for key in _keys(content) if (ask := content.asks.get(key)) is not None}
    atoms = {atom[:4] for ask in asks.values() for atom in ask.atoms()}
    terms = {
        code: [term.code for term in (indicator.numerator, indicator.denominator) if term is not None]
        for code, indicator in indicators_by_code({code for code, *_ in atoms}).items()
    }
    return atoms | {(term, key, area, period) for code, key, area, period in atoms for term in terms[code]}


def _keys(content: Content) -> Iterable[str]:
    for block in content.blocks:
        yield from keys_in(block.text)
        yield from _named(block.spec)


def _named(spec: object) -> Iterable[str]:
    """Yield every text of a table's or chart's content: the keys of its figures are among them."""
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, Mapping):
        for value in spec.values():
            yield from _named(value)
    elif isinstance(spec, list | tuple):
        for value in spec:
            yield from _named(value)


def _findings(found: Iterable[Discrepancy]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            f"{row.name}, {row.place}, {row.period}: {row.one.claimed.said_by} nêu {row.claimed}, {row.difference} "
            f"(số tổng hợp {row.derived})",
            url=row.url,
        )
        for row in rows_of(list(found))
    )
