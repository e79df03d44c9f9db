"""A figure to be opened: its line, area, period, map and point of view, and the account that it is read from."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from chungtay.figures.account import Account, current_account
from chungtay.figures.answering import Area, Asked, Row, answer, keys_by_indicator, term_of, terms_of
from chungtay.figures.contributing import Contribution, TermSeries
from chungtay.figures.cube import parity_of
from chungtay.figures.past import past_account
from chungtay.figures.restating import MapOf
from chungtay.figures.rules import Figure
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keys, Kind
from chungtay.kernel.periods import Period


@contextmanager
def account_for(asked: Asked, indicator_ids: set[UUID]) -> Iterator[Account]:
    """Give the account from which a question is answered, for the time of the `with` block."""
    if asked.known_at is None:
        with current_account(asked.view) as account:
            yield account
    else:
        with past_account(asked.view, indicator_ids, asked.known_at) as account:
            yield account


@dataclass(frozen=True)
class Opened:
    """The figure to open. Its area stands on the map."""

    row: Row
    area_id: UUID
    period: Period
    on: MapOf
    asked: Asked

    @cached_property
    def terms(self) -> tuple[Indicator, ...]:
        """What its facts are about."""
        return terms_of(self.row.indicator)

    @cached_property
    def breakdowns(self) -> dict[UUID, Keys]:
        """The keys of every indicator that is needed."""
        return keys_by_indicator([self.row.indicator, *self.terms])

    @property
    def whole(self) -> Area:
        """The figure's area with all below it."""
        return Area(self.area_id, *self.on.tree.span(self.area_id))

    def term_rows(self) -> list[Row]:
        """Return the line of each term; one that is not broken down like the ratio is taken whole."""
        asked = self.row.dimension
        return [Row(term, asked if asked in self.breakdowns[term.id] else "") for term in self.terms]

    def account(self) -> AbstractContextManager[Account]:
        """Give the account from which the figure is answered."""
        return account_for(self.asked, {term.id for term in self.terms})

    def answered(self, account: Account, rows: Sequence[Row], areas: Sequence[Area]) -> list[list[Figure]]:
        """Return the figures [row][area]."""
        figures = answer(account, rows, areas, [self.period], on=self.on, breakdowns=self.breakdowns, asked=self.asked)
        return [[cells[0] for cells in by_area] for by_area in figures]

    def contribution(self, account: Account) -> Contribution:
        """Return the cells behind the figure."""
        first, end = self.period.bins()
        standing = account.restated.standing(account.cube, self.on)
        cube = account.restated.cube(account.cube, standing, {term.id for term in self.terms})
        found = {
            row.indicator.id: term_of(cube, row.indicator, row.dimension, self.breakdowns) for row in self.term_rows()
        }
        flows = {at for term in found.values() if term.kind is Kind.FLOW for at in term.series}
        ordered = sorted(self.terms, key=lambda term: (term.position, term.code))
        terms = [
            TermSeries(found[i.id].kind, tuple(sorted(found[i.id].series, key=lambda at: cube.series_keys[at][1])))
            for i in ordered
        ]
        fit = cube.fit_for(parity_of(first, end), flows)
        return Contribution(fit, standing, terms, self.whole.units_on(standing), (first, end))
