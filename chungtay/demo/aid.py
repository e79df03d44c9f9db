"""Households and support in the story: registers first, then every period's cases, then those that are under way."""

from collections.abc import Iterator
from datetime import date

from chungtay.demo import under_way
from chungtay.demo.acts import Acts
from chungtay.demo.cases import Office
from chungtay.demo.days import at
from chungtay.demo.pictures import keep_pictures
from chungtay.demo.portions import quarters_of
from chungtay.demo.story import units
from chungtay.demo.tales import Moment
from chungtay.evidence.models import Attachment


def moments(on: Acts) -> Iterator[Moment]:
    """Unit by unit: households are entered and reviewed, cases go their way, some have not arrived when the story ends."""
    pictures: dict[str, Attachment] = {}
    yield at(date(2019, 12, 21), 8), lambda now: pictures.update(keep_pictures(now, on.ground.cast.officer))
    offices: dict[str, Office] = {}
    for unit in units():
        office = offices[unit.ref] = Office(on, unit, pictures, offices)
        yield from office.register()
        for quarter in quarters_of(unit):
            yield from office.quarter(quarter)
        if unit.ref in under_way.UNITS:
            yield from under_way.moments(office)
