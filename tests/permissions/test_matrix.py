"""The table holds: every address has its lines, every person gets the answer that stands there, nothing else is open."""

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern

from tests.house.test_templates import inline_parts
from tests.permissions.asking import SIGN_IN, TABLE, Row, ask, patterns, read_table, without_address, without_row
from tests.permissions.world import World

PEOPLE, ROWS = read_table(TABLE.read_text(encoding="utf-8"))
EVERYBODY = ("visitor", "clerk", "other", "leader", "officer", "upper", "auditor", "admin", "outsider")
# Open to the whole world. An address is added here on purpose or not at all.
OPEN = frozenset({"sign-in", "healthz", "ui-kit"})


def answers(world: World, row: Row) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Ask one line as everybody; return the answers, and what in the pages the content policy forbids."""
    found, inline = {}, {}
    for person in PEOPLE:
        args = world.args.get(row.url_name, {}).get(row.thing, ())
        data = world.data.get((row.url_name, row.thing, row.method), {})
        with transaction.atomic():
            found[person], page = ask(row, world.person(person), args, data)
            transaction.set_rollback(True)
        if parts := inline_parts(page):
            inline[person] = parts
    return found, inline


def test_the_table_asks_everybody() -> None:
    """The nine kinds of people, in the order of the head line."""
    assert PEOPLE == EVERYBODY


def test_every_address_has_its_lines() -> None:
    """A new address without a line fails here."""
    assert without_row(patterns(), ROWS) == []
    assert without_address(patterns(), ROWS) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_everybody_gets_the_answer_that_stands_in_the_table(row: Row, world: World) -> None:
    """And no page, whoever reads it, carries a style or a script in itself."""
    found, inline = answers(world, row)
    assert found == dict(row.answers)
    assert inline == {}


def test_a_visitor_sees_nothing_but_the_door() -> None:
    """Whatever the table says elsewhere: without signing in there is the sign-in page, health, and the kit."""
    for row in ROWS:
        if row.url_name not in OPEN | {"sign-out"}:
            assert row.answers["visitor"] in {SIGN_IN, "405"}, row.title


def test_a_stranger_does_not_learn_that_a_thing_exists() -> None:
    """For a thing of communes[0], the officer of another city and another unit's clerk get 404, never 403."""
    for row in ROWS:
        if row.thing and row.url_name.startswith(("return-", "review-")):
            assert row.answers["outsider"] in {"404", "405"}, row.title


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("url_name", sorted({row.url_name for row in ROWS}))
def test_a_method_without_a_line_is_refused(url_name: str, method: str, world: World) -> None:
    """A door that nobody listed is closed, even to somebody with rights."""
    rows = [row for row in ROWS if row.url_name == url_name]
    if any(row.method == method for row in rows):
        return
    row = Row(url_name, rows[0].thing, method, {})
    answer, _ = ask(row, world.person("officer"), world.args.get(url_name, {}).get(row.thing, ()), {})
    assert answer == "405"


# ------------------------------------------------------------------ planted faults


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _planted() -> URLResolver:
    below = [path("moi/", _page, name="brand-new"), path("khong-ten/", _page)]
    return URLResolver(RegexPattern(r"^/"), [path("a/", _page, name="sign-in"), path("b/", include(below))])


def test_an_address_without_a_line_is_found() -> None:
    """One with a name, one without, both below an include."""
    assert without_row(patterns(_planted()), ROWS) == ["(no name) khong-ten/", "brand-new"]


def test_a_line_without_an_address_is_found() -> None:
    """The site of the planted resolver has no profile."""
    assert "profile" in without_address(patterns(_planted()), ROWS)


def test_a_line_that_is_not_whole_or_stands_twice_is_refused() -> None:
    """With its number."""
    head = "url method visitor clerk\n"
    with pytest.raises(ValueError, match="line 2: 1 answers for 2 people"):
        read_table(head + "healthz GET 200\n")
    with pytest.raises(ValueError, match="line 3: healthz GET stands there twice"):
        read_table(head + "healthz GET 200 200\nhealthz GET 200 404\n")


def test_a_right_too_many_is_found(world: World) -> None:
    """A planted fault: everybody becomes an officer of the city, and the table no longer holds."""
    from chungtay.access import services as access
    from chungtay.access.rules import Role
    from tests.cast import NOW, START

    outsider = world.person("outsider")
    assert outsider is not None
    access.assign(user=outsider, role=Role.OFFICER, area=world.cast.city, valid_from=START, now=NOW, by=None)
    row = next(row for row in ROWS if row.url_name == "return-detail" and row.thing == "submitted" and row.method == "GET")
    found, _ = answers(world, row)
    assert found["outsider"] != row.answers["outsider"]
    assert {person: answer for person, answer in found.items() if person != "outsider"} == {
        person: answer for person, answer in row.answers.items() if person != "outsider"
    }
