"""An activity from draft to confirmation: two persons, states in order, counted fields, residential areas covered."""

from datetime import date

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.community import selectors, services
from chungtay.community.models import Activity
from chungtay.community.rules import NotThatWay, WrongDetail
from chungtay.community.tests.making import Village

pytestmark = pytest.mark.django_db


def test_nobody_confirms_what_they_wrote(village: Village) -> None:
    """Not as the officer either, and not what they only changed."""
    row = village.write(area=village.cast.city, by=village.cast.officer)
    row = services.record_activity(activity=row, **village.given())
    with pytest.raises(NotAllowed):
        services.confirm_activity(activity=row, revision=row.revision, **village.given())
    row = services.confirm_activity(activity=row, revision=row.revision, **village.given(by=village.cast.upper_leader))
    assert row.state == "confirmed"


def test_a_returned_activity_is_mended_and_comes_again(village: Village) -> None:
    """With the reason kept; who confirms says which content they saw."""
    row = services.record_activity(activity=village.write(), **village.given(by=village.cast.clerk))
    seen = row.revision
    with pytest.raises(services.WrongActivity, match="lý do"):
        services.return_activity(activity=row, reason=" ", **village.given())
    row = services.return_activity(activity=row, reason="Thiếu ảnh", **village.given())
    told = services.Told(kind="tuyen-truyen", title="Tuyên truyền tại ấp", held_on=row.held_on, counts={"sessions": 2})
    clerk = village.cast.clerk
    row = services.change_activity(activity=row, told=told, revision=row.revision, **village.given(by=clerk))
    row = services.record_activity(activity=row, **village.given(by=clerk))
    with pytest.raises(services.ChangedMeanwhile):
        services.confirm_activity(activity=row, revision=seen, **village.given())
    services.confirm_activity(activity=row, revision=row.revision, **village.given())
    assert list(row.acts.order_by("position").values_list("verb", flat=True)) == [
        *("write", "record", "return", "write", "record", "confirm")
    ]


def test_what_is_confirmed_is_not_changed(village: Village) -> None:
    """It can only be withdrawn, with a reason, by who may."""
    row = village.confirmed()
    told = services.Told(kind="tuyen-truyen", title="Khác", held_on=row.held_on)
    clerk = village.given(by=village.cast.clerk)
    with pytest.raises(NotThatWay):
        services.change_activity(activity=row, told=told, revision=row.revision, **clerk)
    with pytest.raises(NotAllowed):
        services.withdraw_activity(activity=row, reason="Nhầm", **clerk)
    assert services.withdraw_activity(activity=row, reason="Nhầm", **village.given()).state == "withdrawn"


def test_fields_of_a_kind_are_checked(village: Village) -> None:
    """No more settled than there were cases; no day to come; a star that exists."""
    with pytest.raises(WrongDetail, match="nhiều hơn"):
        village.write("hoa-giai", counts={"cases": 2, "settled": 3})
    with pytest.raises(WrongDetail, match="một trong"):
        village.write("ocop", counts={"stars": "6"})
    with pytest.raises(services.WrongActivity, match="chưa đến"):
        village.write(on=date(2023, 5, 1))
    with pytest.raises(services.WrongActivity, match="khóm, ấp"):
        village.write("ngay-hoi-ddk", on=date(2022, 11, 12))


def test_sent_twice_it_is_written_once(village: Village) -> None:
    """By the page's own id."""
    row = village.write()
    told = services.Told(kind="tuyen-truyen", title="Tuyên truyền", held_on=row.held_on)
    clerk = village.given(by=village.cast.clerk)
    services.write_activity(told=told, area=village.here, activity_id=row.pk, **clerk)
    assert Activity.objects.count() == 1


def test_coverage_names_who_is_missing(village: Village) -> None:
    """Numerator and denominator; twice at one place counts once, a record that waits does not count."""
    east, west, north = (village.hamlet(name) for name in ("Đông", "Tây", "Bắc"))
    there = village.hamlet("Nam", area=village.there)
    areas = {area.pk for area in village.cast.communes}
    year = (date(2022, 1, 1), date(2022, 12, 31))
    for hamlet in (east, east, west):
        village.confirmed("ngay-hoi-ddk", on=date(2022, 11, 12), hamlet=hamlet)
    village.write("ngay-hoi-ddk", on=date(2022, 11, 12), hamlet=north)
    found = {one.area_id: one for one in selectors.coverage(areas, "ngay-hoi-ddk", *year)}
    assert (found[village.here.pk].held, found[village.here.pk].all) == (2, 3)
    assert found[village.here.pk].missing == (north,)
    assert found[village.there.pk].missing == (there,)


def test_an_ended_hamlet_is_not_in_the_denominator(village: Village) -> None:
    """From the day on which it ended."""
    east = village.hamlet("Đông")
    village.hamlet("Tây")
    services.end_hamlet(hamlet=east, on=date(2022, 6, 1), note="Sáp nhập ấp", **village.given())
    (found,) = selectors.coverage({village.here.pk}, "ngay-hoi-ddk", date(2022, 1, 1), date(2022, 12, 31))
    assert found.all == 1
    assert selectors.hamlets_on({village.here.pk}, date(2022, 5, 31)).count() == 2


def test_households_of_a_hamlet_as_of_any_day(village: Village) -> None:
    """A correction is a later row with its reason."""
    east = village.hamlet("Đông", households=200)
    services.count_hamlet(hamlet=east, as_of=date(2022, 6, 1), households=210, **village.given())
    with pytest.raises(services.WrongHamlet, match="lý do"):
        services.count_hamlet(hamlet=east, as_of=date(2022, 6, 1), households=211, **village.given())
    on = {
        day: selectors.hamlets_on({village.here.pk}, day).get().households
        for day in (date(2021, 1, 1), date(2022, 6, 1))
    }
    assert list(on.values()) == [200, 210]


def test_a_movement_adds_up_its_activities(village: Village) -> None:
    """Confirmed ones; units put their names down, the last word holds."""
    about = services.Announced(kind="phong-trao", name="Tháng cao điểm", starts_on=date(2023, 1, 1))
    movement = services.open_movement(area=village.cast.city, about=about, **village.given())
    village.confirmed(movement=movement, counts={"sessions": 3})
    village.write(movement=movement, counts={"sessions": 5})
    sums = selectors.activity_sums(movement.activities.filter(state="confirmed"))
    assert sums["tuyen-truyen"] == {"": 1, "sessions": 3}
    joining = {"movement": movement, "area": village.here, "participants": 50}
    for _ in range(2):
        services.join_movement(**joining, **village.given(by=village.cast.clerk))
    assert movement.entries.count() == 1
    with pytest.raises(NotAllowed):
        services.join_movement(**joining, **village.given(by=village.cast.other_clerk))
    with pytest.raises(services.WrongMovement, match="trước ngày bắt đầu"):
        wrong = services.Announced(kind="phong-trao", name="X", starts_on=date(2023, 2, 1), ends_on=date(2023, 1, 1))
        services.change_movement(movement=movement, about=wrong, revision=1, **village.given())
