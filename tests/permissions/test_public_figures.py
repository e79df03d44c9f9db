"""Without a token: the very figures of the portal, and none that it does not show."""

from datetime import date
from typing import Any

import pytest

from chungtay.api import metering, middleware
from chungtay.api.tests.asking import Ask, asker
from chungtay.figures import registry
from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.indicators.selectors import indicator_by_code
from chungtay.portal.tests.making import HOUSES, RAISED, Newsroom, make_newsroom
from chungtay.programmes import services as programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(db: None, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom with a programme that has a promise of houses, and no article yet."""
    from chungtay.web import clock

    room = make_newsroom()
    monkeypatch.setattr(clock, "now", lambda: room.now)
    return room


@pytest.fixture
def ask() -> Ask:
    """A visitor whom nobody has counted yet."""
    middleware.meter = metering.Meter()
    return asker()


def _programme(room: Newsroom) -> Any:
    made = programmes.create_programme(
        code="500", number="500", kind="Chương trình phối hợp", title="việc chung", signed_on=date(2019, 12, 13),
        starts_on=date(2022, 1, 1), ends_on=date(2024, 12, 31), area=room.cast.city,
        parties=list(room.cast.city.bodies.all()), is_sample=True, now=room.now, by=room.cast.officer,
    )  # fmt: skip
    programmes.set_target(
        programme=made, indicator=indicator_by_code(HOUSES), period_code="2022-01..2024-12", value=100, area=room.cast.city,
        basis="NQ", now=room.now, by=room.cast.officer,
    )  # fmt: skip
    return made


def test_nothing_is_public_before_an_article_speaks_of_it(news: Newsroom, ask: Ask) -> None:
    """Then the promised figures of its place and its units, and the trace of each; others stay shut."""
    programme = _programme(news)
    assert ask("GET", "/public/programmes").json() == {"items": []}
    assert ask("GET", "/public/figures?programme=500").status_code == 404
    assert ask("GET", f"/public/trace/{news.trace()}").status_code == 404
    page = news.published(programme=programme, data_on=date(2022, 12, 31))
    [shown] = ask("GET", "/public/programmes").json()["items"]
    assert (shown["code"], shown["unit"]["code"], shown["indicators"]) == ("500", "866", [HOUSES])
    [figure] = ask("GET", "/public/figures?programme=500").json()["items"]
    assert (figure["value"], figure["status"], figure["coverage"]["reported"]) == (21, "approved", 2)
    units = ask("GET", "/public/figures?programme=500&by_unit=true").json()["items"]
    assert sorted(one["value"] for one in units if one["value"] is not None) == [10, 11]
    for one in [figure, *units]:
        opened = ask("GET", f"/public/trace/{one['trace']}")
        assert opened.status_code == 200
        assert opened.json()["figure"]["value"] == one["value"]
        assert "facts" not in opened.json()
    frozen = page.editions.get().figures.first().trace
    news.count(0, 15)
    assert ask("GET", f"/public/trace/{frozen}").json()["figure"]["value"] == 21, "as it was when it went out"


def test_what_the_portal_does_not_show_is_not_here(news: Newsroom, ask: Ask) -> None:
    """Another indicator, another period, provisional, nonsense; asked of the same rule as the page."""
    news.published(programme=_programme(news), data_on=date(2022, 12, 31))
    city = news.cast.city.pk
    keys = [
        TraceKey(RAISED, "", city, "2022", "approved", None, None),
        TraceKey(HOUSES, "", city, "2021", "approved", None, None),
        TraceKey(HOUSES, "", city, "2022", "all", None, None),
        TraceKey(HOUSES, "", news.cast.other_city.pk, "2022", "approved", None, None),
    ]
    for trace in [*map(encode_trace, keys), "x", "500"]:
        assert ask("GET", f"/public/trace/{trace}").status_code == 404
        assert not registry.is_public(trace)
