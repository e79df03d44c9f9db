"""The small real world behind the table: one programme, one form, a return in each state, a review; all through services.

Everything belongs to communes[0] of the cast or to its city, so that "clerk" is the unit's own and "other" is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chungtay.accounts.models import User
from chungtay.programmes.models import Programme
from chungtay.returns import services
from chungtay.returns.models import Return
from chungtay.returns.tests import making
from tests.cast import Cast, make_cast

PERIODS = {
    "not_started": "2021Q1",
    "draft": "2021Q2",
    "for_signing": "2021Q3",
    "submitted": "2021Q4",
    "returned": "2022Q1",
    "approved": "2022Q2",
}


@dataclass
class World:
    """The cast, and what the addresses speak of."""

    cast: Cast
    programme: Programme
    returns: dict[str, Return]
    args: dict[str, Mapping[str, tuple[Any, ...]]] = field(default_factory=dict)
    data: dict[tuple[str, str, str], Mapping[str, Any]] = field(default_factory=dict)

    def person(self, name: str) -> User | None:
        """Return somebody by the word of the table's head line; a visitor is nobody."""
        if name == "visitor":
            return None
        return self.cast.people[{"other": "other.clerk", "upper": "upper.leader"}.get(name, name)]


def make_world() -> World:
    """Make the world in an empty database."""
    cast = make_cast(communes=2)
    programme = making.make_programme(cast)
    form = making.make_form(cast, programme)
    rounds = {state: making.make_round(cast, form, period) for state, period in PERIODS.items()}
    returns = {
        state: _in_state(cast, state, making.return_at(opened, cast.communes[0])) for state, opened in rounds.items()
    }
    return World(cast, programme, returns)


def _in_state(cast: Cast, state: str, of: Return) -> Return:
    """Bring a return into a state by the acts that lead there."""
    if state == "draft":
        making.fill(of, cast.clerk)
    if state == "for_signing":
        making.fill(of, cast.clerk)
        services.submit_return(of=of, now=making.NOW, by=cast.clerk)
    if state in {"submitted", "returned", "approved"}:
        making.send(of, cast.clerk, cast.leader)
    if state == "returned":
        key = next(iter(making.WHOLE))
        services.send_back_return(of=of, remarks={key: "Thiếu biên bản nghiệm thu."}, now=making.NOW, by=cast.officer)
    if state == "approved":
        making.approve(of, cast.officer)
    of.refresh_from_db()
    assert of.state == state
    return of
