"""A figure in a cell of a table: its number in full, the way to its source, and whether some of it is still awaited."""

from dataclasses import dataclass

from django.urls import reverse

from chungtay.figures.rules import Figure
from chungtay.figures.wording import in_full
from chungtay.indicators.models import Indicator


@dataclass(frozen=True)
class Cell:
    """What `figures/cell.html` draws. `text` is None when there is no number; `url` is "" when it opens to nothing."""

    text: str | None
    url: str
    is_partial: bool
    is_estimated: bool = False


def cell_of(figure: Figure, indicator: Indicator) -> Cell:
    """Return a figure for a table whose head names the unit."""
    text = in_full(figure, indicator)
    url = reverse("figure-trace", args=[figure.trace]) if text is not None else ""
    is_partial = text is not None and figure.expected > 0 and not figure.is_complete
    return Cell(text, url, is_partial=is_partial, is_estimated=text is not None and figure.is_estimated)
