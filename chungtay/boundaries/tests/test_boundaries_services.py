"""A file of boundaries is taken in whole by whoever answers for the units, holds from its day on, and can be taken back."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.boundaries import selectors, services
from chungtay.boundaries.models import Boundary, BoundarySet, BoundarySetEnd
from chungtay.boundaries.tests.test_rules import feature, file
from chungtay.places import selectors as places
from tests.cast import NOW as BEGUN
from tests.cast import make_cast
from tests.databases.at_once import at_once
from tests.remembering import remembered

NOW = datetime(2021, 6, 1, 9, 0, tzinfo=BEGUN.tzinfo)
DAY = date(2021, 6, 1)  # the cast's map begins in 2020


@pytest.fixture
def cast(db):
    return remembered(make_cast)()


def codes(cast, count=3):
    return [places.code_on(unit.pk, DAY) for unit in cast.communes[:count]]


def grid(cast, count=3, shift=0.0):
    return file(*(feature(105 + shift + at / 10, 10, ma=code) for at, code in enumerate(codes(cast, count))))


def take(cast, data, *, day=DAY, by=None, keep_good=False, now=NOW, source="Sở Xây dựng"):
    return services.take_in(
        data=data,
        name="ranh-gioi.geojson",
        valid_from=day,
        source=source,
        keep_good=keep_good,
        now=now,
        by=by or cast.admin,
    )


def drawing(cast, day=DAY):
    return selectors.drawing_of([unit.pk for unit in cast.communes], day)


def test_a_map_is_drawn_when_every_unit_has_a_shape(cast):
    take(cast, grid(cast, 2))
    assert drawing(cast) is None
    take(cast, grid(cast, 3))
    assert set(drawing(cast).units) == {unit.pk for unit in cast.communes}
    assert selectors.drawing_of([], DAY) is None


def test_a_shape_holds_from_its_day_until_a_later_one(cast):
    take(cast, grid(cast), day=DAY - timedelta(days=300))
    first = drawing(cast, DAY - timedelta(days=1))
    take(cast, grid(cast, 1, shift=5.0), day=DAY, now=NOW + timedelta(minutes=1))
    assert drawing(cast, DAY - timedelta(days=1)) == first
    assert drawing(cast, DAY) != first
    assert drawing(cast, DAY - timedelta(days=301)) is None


def test_a_file_with_problems_is_taken_whole_or_not_at_all(cast):
    data = json.loads(grid(cast))
    data["features"].append(feature(ma="99999"))
    data = json.dumps(data).encode()
    with pytest.raises(services.BoundariesRefused) as refused:
        take(cast, data)
    assert [one.place for one in refused.value.problems] == [4] and not BoundarySet.objects.exists()
    taken = take(cast, data, keep_good=True)
    assert taken.set.left_out == 1 and drawing(cast) is not None
    with pytest.raises(services.SourceMissing):
        take(cast, data, source=" ")


def test_a_file_of_which_nothing_fits_is_refused_also_when_the_good_ones_are_kept(cast):
    with pytest.raises(services.BoundariesRefused):
        take(cast, file(feature(ma="99999")), keep_good=True)


@pytest.mark.parametrize("who", ["clerk", "officer", "leader", "auditor", "outsider"])
def test_only_an_administrator_of_the_units_takes_in_and_back(cast, who):
    with pytest.raises(NotAllowed):
        take(cast, grid(cast), by=cast.people[who])
    made = take(cast, grid(cast)).set
    with pytest.raises(NotAllowed):
        services.take_back(boundary_set=made, reason="Nhầm", now=NOW, by=cast.people[who])


def test_what_was_taken_back_counts_for_nothing_and_stays_readable(cast):
    take(cast, grid(cast), day=DAY - timedelta(days=9))
    before = drawing(cast)
    wrong = take(cast, grid(cast, shift=9.0), now=NOW + timedelta(minutes=1)).set
    assert drawing(cast) is not None
    with pytest.raises(services.ReasonMissing):
        services.take_back(boundary_set=wrong, reason=" ", now=NOW, by=cast.admin)
    services.take_back(boundary_set=wrong, reason="Nhầm tệp", now=NOW, by=cast.admin)
    assert drawing(cast) == before and Boundary.objects.filter(set=wrong).count() == 3
    with pytest.raises(services.AlreadyEnded):
        services.take_back(boundary_set=wrong, reason="Lần nữa", now=NOW, by=cast.admin)


def test_the_database_holds_a_source_a_reason_and_each_unit_once(cast):
    made = take(cast, grid(cast)).set
    row = made.shapes.first()
    for wrong in (
        lambda: BoundarySet.objects.create(valid_from=date(2025, 1, 1), source="", file_name="a", sha256="", at=NOW, by=cast.admin),
        lambda: BoundarySetEnd.objects.create(set=made, reason="", at=NOW, by=cast.admin),
        lambda: Boundary.objects.create(set=made, area=row.area, shape=row.shape),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


@pytest.mark.django_db(transaction=True)
def test_taken_back_twice_at_once_it_ends_once(transactional_db):
    cast = make_cast()
    made = take(cast, grid(cast)).set
    done = at_once(lambda number: services.take_back(boundary_set=made, reason="Nhầm", now=NOW, by=cast.admin), 4)
    assert done.count(None) == 1 and BoundarySetEnd.objects.count() == 1
