"""What the database itself refuses, also to somebody who goes round the services."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.places import guards
from chungtay.places.models import Area, AreaVersion, Body, MapStamp, Reorganisation, Succession

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 2, tzinfo=UTC)
D2020, D2023, D2025 = date(2020, 1, 1), date(2023, 6, 1), date(2025, 7, 1)


def version(area=None, **given):
    values = {"name": "Xã Hòa An", "code": "29893", "level": "commune", "valid_from": D2020, "recorded_at": NOW} | given
    return AreaVersion.objects.create(area=area or Area.objects.create(), **values)


def refused(constraint, **given):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        version(**given)
    assert constraint in str(caught.value) or connection.vendor == "sqlite"


def test_a_version_ends_after_it_begins():
    refused("places_version_ends_after_start", valid_to=D2020)
    refused("places_version_ends_after_start", valid_to=date(2019, 12, 31))


def test_an_area_is_not_its_own_parent():
    area = Area.objects.create()
    refused("places_version_not_own_parent", area=area, parent=area)


def test_a_level_is_one_of_the_known_and_a_name_is_not_empty():
    refused("places_version_level_known", level="hamlet")
    refused("places_version_has_name", name="")


def test_an_area_has_one_open_version():
    area = Area.objects.create()
    version(area)
    refused("places_", area=area, code="1", valid_from=D2023)


@pytest.mark.parametrize(
    ("valid_from", "valid_to"), [(D2020, D2023), (date(2021, 1, 1), date(2021, 1, 2)), (date(2023, 5, 31), D2025)]
)
def test_versions_of_an_area_never_overlap(valid_from, valid_to):
    area = Area.objects.create()
    version(area, valid_to=D2023)
    refused("places_version_no_overlap", area=area, code="1", valid_from=valid_from, valid_to=valid_to)
    version(area, code="1", valid_from=D2023)  # the day the first ends is free


def test_what_is_no_longer_held_true_overlaps_nothing():
    area = Area.objects.create()
    first = version(area)
    AreaVersion.objects.filter(pk=first.pk).update(superseded_at=NOW)
    version(area, valid_to=D2023)
    version(area, valid_from=D2023)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": D2025},
        {"name": "Xã khác"},
        {"recorded_at": NOW - timedelta(days=1)},
        {"superseded_at": NOW, "code": "1"},
        {"superseded_at": None},
    ],
)
def test_a_version_changes_only_by_being_superseded(change):
    first = version(valid_to=D2023)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AreaVersion.objects.filter(pk=first.pk).update(**change)


def test_a_superseded_version_stays_superseded_and_none_is_deleted():
    first = version()
    AreaVersion.objects.filter(pk=first.pk).update(superseded_at=NOW)
    for again in (None, NOW + timedelta(days=1)):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AreaVersion.objects.filter(pk=first.pk).update(superseded_at=again)
    for rows in (AreaVersion.objects.filter(pk=first.pk), AreaVersion.objects.filter(pk=version(code="2").pk)):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.delete()


def test_a_version_is_superseded_after_it_was_recorded_and_has_an_end_if_something_ended_it():
    refused("places_version_superseded_after_recorded", superseded_at=NOW - timedelta(seconds=1))
    refused("places_version_ended_has_end", ended_by=reorganisation())


def reorganisation(**given):
    values = {"kind": "merge", "effective_on": D2025, "legal_basis": "NQ 202", "plan": "{}", "recorded_at": NOW}
    return Reorganisation.objects.create(**values | given)


def test_a_reorganisation_has_a_kind_and_a_basis_and_is_corrected_once():
    first = reorganisation()
    again = uuid4()
    reorganisation(replaces=first)
    for wrong in ({"kind": "war"}, {"legal_basis": ""}, {"replaces": first}, {"id": again, "replaces_id": again}):
        with pytest.raises(IntegrityError), transaction.atomic():
            reorganisation(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"share_ppm": 0}, {"share_ppm": 1_000_001}, {"back_share_ppm": -1}, {"back_share_ppm": 1_000_001}]
)
def test_a_succession_hands_on_a_part_of_a_unit(wrong):
    old, new = Area.objects.create(), Area.objects.create()
    given = {"reorganisation": reorganisation(), "from_area": old, "to_area": new, "share_ppm": 1_000_000}
    for refusal in (wrong, {"to_area": old}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.create(**given | refusal)
    Succession.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(**given)


def test_reorganisations_and_successions_are_never_edited():
    act = reorganisation()
    old, new = Area.objects.create(), Area.objects.create()
    Succession.objects.create(reorganisation=act, from_area=old, to_area=new, share_ppm=1)
    for rows, change in ((Reorganisation.objects.all(), {"note": "x"}), (Succession.objects.all(), {"share_ppm": 2})):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows._raw_delete(using="default")


def test_a_code_belongs_to_one_area_on_a_day_and_may_be_used_again_later():
    version(code="29869", valid_to=D2025)
    refused("places_code_no_overlap", code="29869", valid_from=D2023)
    version(code="29869", valid_from=D2025, name="Phường Cao Lãnh")


def test_areas_without_a_code_do_not_clash():
    version(code="")
    version(code="")


def test_the_guards_are_set_again_when_they_are_gone():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite loses triggers")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER places_version_no_overlap_insert")
    guards.install("default")
    area = Area.objects.create()
    version(area, valid_to=D2023)
    refused("places_version_no_overlap", area=area, valid_to=D2023)


def test_a_place_has_one_body_of_a_kind_of_known_kinds_with_a_name():
    area = Area.objects.create()
    Body.objects.create(area=area, kind="ubnd", name="UBND xã")
    for kind, name in (("ubnd", "khác"), ("club", "Câu lạc bộ"), ("mttq", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Body.objects.create(area=area, kind=kind, name=name)


def test_there_is_one_stamp_of_the_map():
    with pytest.raises(IntegrityError), transaction.atomic():
        MapStamp.objects.create(id=2, stamp=uuid4())
