"""The command that an operator schedules: everything a day brings, each part by itself, and nothing twice."""

import json
from datetime import date

import pytest

from chungtay.community.models import Group
from chungtay.community.tests.making import make_village
from chungtay.config import cli
from chungtay.kernel.errors import DomainError
from chungtay.places.plans import Form, NewUnit, Plan, Source
from chungtay.places.rules import ReorganisationKind
from chungtay.places.selectors import code_on
from chungtay.places.services import reorganise
from chungtay.support import services as support

pytestmark = pytest.mark.django_db
EVE, DAY = date(2022, 12, 31), date(2023, 1, 1)


def daily(capsys):
    """Run `chungtay daily --json`; return (exit status, what it printed)."""
    with pytest.raises(SystemExit) as left:
        cli.main(["daily", "--json"])
    return left.value.code, json.loads(capsys.readouterr().out)


@pytest.fixture
def merged(db):
    """Two communes became one while nobody carried their groups over."""
    village = make_village()
    village.found("Hội quán Hoa Kiểng", members=40)
    village.found("Hội quán Chanh", area=village.there, members=25)
    city, *codes = (code_on(area.pk, EVE) for area in (village.cast.city, village.here, village.there))
    unit = NewUnit("Xã Gộp", "39001", "commune", city)
    plan = Plan(ReorganisationKind.MERGE, DAY, "Nghị quyết thử", (Form(unit, tuple(map(Source, codes))),))
    reorganise(plan=plan, now=village.given()["now"], by=None)
    return village


def test_a_day_is_done_once_and_again_nothing(merged, capsys):
    code, said = daily(capsys)
    assert (code, said["failed"]) == (0, {})
    assert said["done"]["carried_over"] == 2
    assert said["done"]["community"] >= 0
    assert set(Group.objects.values_list("area", flat=True)).isdisjoint({merged.here.pk, merged.there.pk})
    code, said = daily(capsys)
    assert (code, set(said["done"].values())) == (0, {0})


def test_a_part_that_fails_is_named_and_keeps_no_other_back(merged, capsys, monkeypatch):
    def refuse(**_):
        raise DomainError("Kỳ đã khóa.")

    monkeypatch.setattr(support, "tell_all", refuse)
    code, said = daily(capsys)
    assert (code, said["failed"]) == (1, {"support": "Kỳ đã khóa."})
    assert said["done"]["carried_over"] == 2
    assert "reminders" in said["done"]
