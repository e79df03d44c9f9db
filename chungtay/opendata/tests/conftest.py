"""What the tests of the room share: the cast whose city the portal is of, and a folder of released files for each test."""

from typing import TYPE_CHECKING

import pytest

from tests.remembering import remembered

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def cast(db, settings, tmp_path) -> "Cast":
    """The people of a city whose portal it is."""
    from chungtay.opendata.tests.making import portal_of  # its models cannot be imported before Django is set up
    from tests.cast import make_cast

    settings.DATA_DIR = tmp_path
    made = remembered(make_cast)()
    with portal_of(made.city.pk):
        yield made


@pytest.fixture
def live_cast(transactional_db, settings, tmp_path) -> "Cast":
    """The same with real transactions, for several threads at once."""
    from chungtay.opendata.tests.making import portal_of
    from tests.cast import make_cast

    settings.DATA_DIR = tmp_path
    made = make_cast(2)
    with portal_of(made.city.pk):
        yield made
