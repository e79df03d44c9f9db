"""A text against a real account: verdicts, earlier truths, and choices that are remembered."""

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.checking import selectors, services
from chungtay.checking.models import CheckedText
from chungtay.checking.selectors import Scope
from chungtay.figures import selectors as figures
from chungtay.indicators.selectors import indicator_by_code
from chungtay.kernel.periods import parse_period
from chungtay.reviews.tests.world import KNOWN, LATER, PERIOD, TODAY

pytestmark = pytest.mark.django_db


def scope(world, known_at=None) -> Scope:
    return Scope(world.programme, world.cast.city.pk, parse_period(PERIOD), known_at)


def value(world, code: str, period: str = PERIOD) -> int:
    return figures.figure(code, world.cast.city.pk, parse_period(period)).value


def test_every_figure_of_a_text_is_held_against_the_account(world):
    houses, bridges = value(world, "support.houses"), value(world, "support.bridges")
    text = f"Đã xây dựng {houses} căn nhà ở hỗ trợ và {bridges + 1} cây cầu nông thôn. Trồng 500 ha lúa."
    checked = selectors.check(text, scope(world))
    assert [f.verdict.value for f in checked.findings] == ["agrees", "differs", "no_source"]
    assert checked.findings[1].difference == 1
    assert figures.trace(checked.findings[0].paired.trace).figure.value == houses


def test_a_figure_that_was_right_before_a_correction_says_until_when(world):
    before = value(world, "fund.raised")
    world.correct(value=500_000_000)
    [finding] = selectors.check(f"Vận động Quỹ được {before} đồng.", scope(world)).findings
    assert finding.verdict.value == "differs"
    row = selectors.was_right(finding)
    assert row is not None
    assert row.recorded_at < LATER
    assert row.value == before
    [then] = selectors.check(f"Vận động Quỹ được {before} đồng.", scope(world, KNOWN)).findings
    assert then.verdict.value == "agrees"


def test_a_unit_that_a_clause_names_is_asked_itself(world):
    unit = world.cast.communes[0]
    own = figures.figure("support.houses", unit.pk, parse_period(PERIOD)).value
    [finding] = selectors.check(f"Phường 11 đã xây {own} căn nhà ở hỗ trợ.", scope(world)).findings
    assert (finding.verdict.value, finding.paired.place) == ("agrees", "Phường 11")


def keep(world, text, by=None) -> CheckedText:
    given = {"programme": world.programme, "area_id": world.cast.city.pk, "period": parse_period(PERIOD), "title": ""}
    return services.keep_text(**given, text=text, now=TODAY, by=by or world.cast.officer)


def test_a_choice_is_remembered_for_the_programme(world):
    kept = keep(world, "Đợt này trao 77 suất.\nĐã gom 12 tấn rác.")
    first, second = selectors.check(kept.text, scope(world)).findings
    services.choose(
        of=kept, figure=first.figure, indicator=indicator_by_code("support.bridges"), now=TODAY, by=world.cast.officer
    )
    services.choose(of=kept, figure=second.figure, indicator=None, now=TODAY, by=world.cast.officer)
    [again] = selectors.check("Đợt này trao 90 suất.", scope(world)).findings
    assert (again.was_chosen, again.paired.indicator) == (True, "support.bridges")
    [_, none] = selectors.check(kept.text, scope(world)).findings
    assert (none.was_chosen, none.verdict.value) == (True, "no_source")
    assert kept.title == "Đợt này trao 77 suất."


def test_what_cannot_be_kept_says_why(world):
    with pytest.raises(services.NothingToCheck, match="Chưa có nội dung"):
        keep(world, " \n ")
    with pytest.raises(NotAllowed):
        keep(world, "Trao 5 suất.", by=world.cast.outsider)
    kept = keep(world, "Trao 5 suất.")
    [finding] = selectors.check(kept.text, scope(world)).findings
    with pytest.raises(services.UnknownMeaning):
        services.choose(
            of=kept,
            figure=finding.figure,
            indicator=indicator_by_code("support.bridges"),
            dimension="house_work=new",
            now=TODAY,
            by=world.cast.officer,
        )
