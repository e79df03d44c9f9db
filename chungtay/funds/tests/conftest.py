from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from chungtay.funds.tests.making import Office


@pytest.fixture
def office(db: None) -> "Office":
    """The city's fund with the people who keep it."""
    from chungtay.funds.tests.making import make_office  # its models cannot be imported before Django is set up

    return make_office()


@pytest.fixture
def live_office(transactional_db: None) -> "Office":
    """The same with real transactions, for several threads at once."""
    from chungtay.funds.tests.making import make_office

    return make_office()
