"""A release is whole or is not: numbered once, never twice the same, never older than the one before, whoever releases at once."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.audit import services as audit
from chungtay.audit.models import AuditEvent
from chungtay.opendata import releasing, selectors, services, store, tables
from chungtay.opendata.models import Licence, Release, ReleaseFile
from chungtay.opendata.rules import NotAsDeclared
from chungtay.opendata.tests.making import portal_of, things
from tests.databases.at_once import at_once

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROW = ("Hội quán", None, True, date(2025, 1, 1), None)


def release(rows, *, now=NOW, by=None):
    return services.release(datasets=[things(rows)], now=now, by=by)


def happen(now=NOW):
    """Something else is written in the house."""
    with transaction.atomic():
        audit.record("test.thing.done", now=now, by=None)


def left_aside():
    return [path.name for path in store.folder().iterdir() if path.name.startswith(store.ASIDE)]


def test_a_release_holds_every_form_with_hash_rows_and_size_and_is_told(cast):
    made = release([(1, *ROW)], by=cast.upper_leader)
    files = {one.name: one for one in selectors.files_of(made.release)}
    assert made.is_new and made.release.version == 1 and made.release.by == cast.upper_leader
    assert list(files) == [
        *("things.csv", "things.json", "things.parquet", "chung-tay.db", "metadata.json", "datapackage.json"),
    ]
    for one in files.values():
        path = store.path_of(one.sha256)
        assert (store.sha256_of(path), path.stat().st_size) == (one.sha256, one.size)
    assert files["things.csv"].rows == 1 and files["chung-tay.db"].rows is None
    event = AuditEvent.objects.get(code="opendata.release.made")
    assert event.area_id == cast.city.pk and event.data["files"]["things.csv"] == files["things.csv"].sha256
    package = json.loads(store.path_of(files["datapackage.json"].sha256).read_text(encoding="utf-8"))
    [resource] = package["resources"]
    assert (package["version"], resource["path"], resource["bytes"]) == ("1", "things.csv", files["things.csv"].size)
    assert resource["hash"] == f"sha256:{files['things.csv'].sha256}" and left_aside() == []


def test_the_same_again_is_no_release_and_a_change_is_the_next(cast):
    rows = [(1, *ROW)]
    first = release(rows).release
    happen()
    again = release(rows, now=NOW + timedelta(days=1))
    assert not again.is_new and again.release == first and Release.objects.count() == 1
    rows.append((2, *ROW))
    second = release(rows, now=NOW + timedelta(days=2)).release
    assert second.version == 2
    old, new = selectors.file_of(1, "things.csv"), selectors.file_of(2, "things.csv")
    assert (
        old.sha256 != new.sha256 and len(selectors.first_rows(old, 9)) == 1 and len(selectors.first_rows(new, 9)) == 2
    )
    rows.pop()
    third = release(rows, now=NOW + timedelta(days=3)).release
    assert third.version == 3 and selectors.file_of(3, "things.csv").sha256 == old.sha256, (
        "one file on the disk for both"
    )


def test_who_may_release_by_hand(cast):
    for person in (cast.clerk, cast.officer, cast.leader, cast.auditor, cast.admin, cast.outsider):
        with pytest.raises(NotAllowed):
            release([(1, *ROW)], by=person)
    assert not Release.objects.exists() and release([(1, *ROW)], by=cast.upper_leader).is_new


def test_before_the_portal_has_a_place_nobody_releases_and_the_clock_waits(cast):
    with portal_of(None):
        with pytest.raises(services.NoPortal):
            release([(1, *ROW)], by=cast.upper_leader)
        assert services.release_due(now=NOW) == 0


def test_the_clock_releases_what_everybody_sees_once(cast):
    assert services.release_due(now=NOW) == 1
    assert services.release_due(now=NOW + timedelta(minutes=1)) == 0
    listed = selectors.listed(selectors.newest())
    assert [one.dataset.name for one in listed] == [one.name for one in releasing.DATASETS]
    assert next(one for one in listed if one.dataset.name == "units").rows > 3


def test_a_reading_older_than_the_newest_release_is_dropped(cast):
    """Two read at once: the one that began later is out first."""
    slow = things([(1, *ROW)])

    def meanwhile(asked):
        happen()
        release([(1, *ROW), (2, *ROW)])
        return iter([(1, *ROW)])

    object.__setattr__(slow, "rows", meanwhile)
    made = services.release(datasets=[slow], now=NOW, by=None)
    assert not made.is_new and Release.objects.count() == 1
    assert selectors.file_of(1, "things.csv").rows == 2


@pytest.mark.parametrize("where", ["store.keep", "descriptors.data_package", "audit.record", "write_base"])
def test_whatever_breaks_nothing_is_half_released(cast, monkeypatch, where):
    release([(1, *ROW)])
    events = AuditEvent.objects.count()

    def breaks(*args, **kwargs):
        raise OSError("the disk is gone")

    name, _, part = where.rpartition(".")
    with monkeypatch.context() as broken:
        broken.setattr(getattr(releasing, name) if name else releasing, part, breaks)
        with pytest.raises(OSError, match="the disk is gone"), transaction.atomic():
            release([(1, *ROW), (2, *ROW)])
    assert (Release.objects.count(), ReleaseFile.objects.count(), AuditEvent.objects.count()) == (1, 6, events)
    assert left_aside() == [] and selectors.faults() == []
    assert release([(1, *ROW), (2, *ROW)]).release.version == 2


def test_what_a_killed_release_left_aside_is_swept_a_day_later(cast):
    import os

    store.folder().mkdir()
    old, fresh = store.folder() / f"{store.ASIDE}old", store.folder() / f"{store.ASIDE}fresh"
    for path in (old, fresh):
        path.mkdir()
        (path / "half.csv").write_text("x")
    os.utime(old, (1, 1))
    release([(1, *ROW)])
    assert left_aside() == [fresh.name]


def test_a_row_that_is_not_as_declared_stops_everything(cast):
    with pytest.raises(NotAsDeclared):
        release([(1, *ROW), (None, *ROW)])
    with pytest.raises(tables.NotOnePicture):
        release([(1, *ROW), (1, *ROW)])
    assert not Release.objects.exists() and left_aside() == []


def test_an_altered_or_lost_file_is_named(cast):
    release([(1, *ROW)])
    assert selectors.faults() == []
    table, base = (store.path_of(selectors.file_of(1, name).sha256) for name in ("things.csv", "chung-tay.db"))
    table.write_bytes(table.read_bytes().replace(b"true", b"fals"))
    base.unlink()
    assert [fault.file for fault in selectors.faults()] == ["things.csv", "chung-tay.db"]
    assert selectors.first_rows(selectors.file_of(1, "chung-tay.db"), 1) == []


def test_a_licence_is_dated_by_who_may_and_releases_keep_theirs(cast):
    said = {
        "code": "CC-BY-4.0",
        "is_verified": False,
        "valid_from": date(2025, 3, 11),
        "now": NOW,
        "by": cast.upper_leader,
    }
    first = release([(1, *ROW)]).release
    assert (first.licence["code"], first.licence["is_verified"]) == ("notspecified", False)
    for wrong, refused in (
        ({"by": cast.officer, "basis": "QĐ 1"}, NotAllowed),
        ({"basis": " "}, services.NoBasis),
        ({"basis": "QĐ 1", "code": "mine"}, services.UnknownLicence),
    ):
        with pytest.raises(refused):
            services.give_licence(**(said | wrong))
    services.give_licence(**said, basis="Quyết định 1/QĐ")
    assert not release([(1, *ROW)]).is_new, "not in force yet"
    second = release([(1, *ROW)], now=NOW + timedelta(days=1)).release
    assert (second.version, second.licence["code"], second.licence["basis"]) == (2, "CC-BY-4.0", "Quyết định 1/QĐ")
    services.give_licence(**(said | {"code": "CC0-1.0", "is_verified": True}), basis="Quyết định 2/QĐ")
    assert selectors.licence_on(date(2025, 3, 11)).code == "CC0-1.0", "of two for one day the one written last"
    assert Release.objects.get(version=2).licence["code"] == "CC-BY-4.0" and Licence.objects.count() == 2


def test_what_the_database_holds(cast):
    made = release([(1, *ROW)]).release
    wrong = (
        lambda: Release.objects.create(version=1, at=NOW, day=NOW.date(), position=0, digest="x"),
        lambda: Release.objects.create(version=0, at=NOW, day=NOW.date(), position=0, digest="x"),
        lambda: Release.objects.create(version=9, at=NOW, day=NOW.date(), position=-1, digest="x"),
        lambda: ReleaseFile.objects.create(release=made, name="things.csv", sha256="x", size=1),
        lambda: ReleaseFile.objects.create(release=made, name="other.csv", sha256="x", size=0),
        lambda: ReleaseFile.objects.create(release=made, name="other.csv", sha256="x", size=1, rows=-1),
        lambda: Licence.objects.create(code="x", name="X", valid_from=NOW.date(), at=NOW, by=cast.officer),
    )
    for create in wrong:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            create()


def test_many_at_once_make_one_release_of_the_same_and_no_number_twice(live_cast):
    same = at_once(lambda number: release([(1, *ROW)]), 4)
    assert [one for one in same if isinstance(one, Exception)] == []
    assert sum(one.is_new for one in same) == 1 and Release.objects.count() == 1

    def other(number):
        happen(NOW + timedelta(minutes=number))
        return release([(row, *ROW) for row in range(1, number + 3)])

    made = at_once(other, 4)
    assert [one for one in made if isinstance(one, Exception)] == []
    versions = sorted(Release.objects.values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1)) and 1 < len(versions) <= 5
    positions = list(Release.objects.order_by("version").values_list("position", flat=True))
    assert positions == sorted(positions), "no release tells of an earlier house than the one before"
    assert selectors.faults() == [] and left_aside() == []
