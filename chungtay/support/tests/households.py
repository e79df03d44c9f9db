"""Households for the tests of this room."""

from uuid import uuid4

from chungtay.accounts.models import User
from chungtay.funds.tests.making import NOW
from chungtay.households.models import Household
from chungtay.kernel.folding import fold
from chungtay.places.models import Area


def make_household(area: Area, name: str, hamlet: str, *, by: User) -> Household:
    """Keep a household without anything that identifies a person beyond its name."""
    pk = uuid4()
    keys = {"hamlet_key": fold(hamlet), "name_key": fold(name), "sort_key": fold(name), "words": fold(name)}
    return Household.objects.create(
        pk=pk, root_id=pk, area=area, head_name=name, hamlet=hamlet, recorded_at=NOW, changed_at=NOW, **keys
    )
