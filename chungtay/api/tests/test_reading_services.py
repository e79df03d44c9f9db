"""Reads by programs: pages that stand still while things come in, figures as the screens say them, changes for whom they are."""

import pytest

from chungtay.api.tests.asking import Ask
from chungtay.api.tests.test_writing_services import WHOLE, make_owed
from chungtay.audit import services as audit
from chungtay.figures.models import Fact
from chungtay.places import services as places
from chungtay.places.rules import Level
from chungtay.returns import services as returns
from chungtay.returns.models import Return
from chungtay.returns.tests import making
from chungtay.web import clock
from tests.cast import BASIS, NOW, START, Cast
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(db: None) -> tuple[Cast, Return]:
    return remembered(make_owed)()


def _approved(cast: Cast, of: Return) -> None:
    returns.save_draft(of=of, entries=making.WHOLE, now=making.NOW, by=cast.clerk)
    version = returns.submit_return(of=of, now=making.NOW, by=cast.clerk)
    returns.sign_return(of=of, content_hash=version.content_hash, now=making.NOW, by=cast.leader)
    returns.approve_return(of=of, content_hash=version.content_hash, now=making.NOW, by=cast.officer)


def test_a_figure_says_its_coverage_and_opens_to_its_sources(owed: tuple[Cast, Return], ask: Ask) -> None:
    """What one unit approved is in the city's figure; the other unit is named as missing; the parts add up."""
    cast, of = owed
    _approved(cast, of)
    asked = "/figures?indicator=support.houses&indicator=poverty.rate&unit=866&period=2022Q3"
    houses, rate = ask("GET", asked, by=cast.officer).json()["items"]
    assert (houses["value"], houses["amount"], houses["coverage"]["reported"]) == (7, "7", 1)
    assert [one["code"] for one in houses["coverage"]["missing"]] == ["29866"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (None, 61, 4512)
    assert rate["amount"] == "1.351950"
    opened = ask("GET", f"/trace/{houses['trace']}", by=cast.officer).json()
    parts = [opened["own"], *opened["by_child"]]
    assert sum(one["value"] or 0 for one in parts) == 7 == sum(one["counted"] or 0 for one in opened["facts"])
    assert ask("GET", asked, by=cast.clerk).status_code == 404
    known = ask("GET", f"{asked}&known_on=2022-10-01", by=cast.officer).json()["items"]
    assert known[0]["value"] is None
    for wrong in ("period=2022Q9", "period=2022Q3&known_on=2999-01-01", "period=2022Q3&map_as_of=1"):
        path = f"/figures?indicator=support.houses&unit=866&{wrong}"
        assert ask("GET", path, by=cast.officer).status_code == 422


def test_pages_stand_still_while_things_come_in(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Nothing twice and nothing left out of what was there, whatever comes in between two pages."""
    cast, of = owed
    _approved(cast, of)
    there, seen, cursor = set(Fact.objects.values_list("pk", flat=True)), [], ""
    while True:
        page = ask("GET", f"/facts?limit=2&cursor={cursor}", by=cast.officer).json()
        seen += [one["id"] for one in page["items"]]
        if len(seen) == 2:
            returns.reopen_return(of=of, note="Đính chính.", now=making.NOW, by=cast.officer)
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == sorted(set(seen))
    assert there <= set(seen)
    assert ask("GET", "/units?cursor=" + cursor, by=cast.officer).status_code == 422
    first = ask("GET", "/units?limit=3").json()
    places.add_area(
        name="Phường 0",
        code="00001",
        level=Level.WARD,
        parent=cast.city,
        valid_from=START,
        legal_basis=BASIS,
        now=NOW,
        by=None,
    )
    rest = ask("GET", f"/units?cursor={first['next']}").json()
    codes = [one["code"] for one in first["items"] + rest["items"]]
    assert codes == sorted(set(codes))
    assert "00001" not in codes


def test_changes_are_told_to_whom_they_are_for(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Codes and ids alone; others learn nothing, not even of households and accounts in their own place."""
    cast, of = owed
    seen = ask("GET", "/changes", by=cast.clerk).json()["since"]
    tag = ask("GET", f"/returns/{of.pk}", by=cast.clerk).headers["ETag"]
    ask("PUT", f"/returns/{of.pk}/draft", by=cast.clerk, body={"cells": WHOLE}, If_Match=tag)
    audit.record("households.household.seen", area_id=of.area_id, data={"why": "x"}, now=clock.now(), by=cast.clerk)
    told = ask("GET", f"/changes?since={seen}", by=cast.clerk).json()
    assert [(one["code"], one["object_id"]) for one in told["items"]] == [("returns.draft.saved", str(of.pk))]
    assert set(told["items"][0]) == {"id", "at", "code", "object_type", "object_id", "unit"}
    assert ask("GET", f"/changes?since={told['since']}", by=cast.clerk).json()["items"] == []
    assert ask("GET", f"/changes?since={seen}", by=cast.other_clerk).json()["items"] == []
