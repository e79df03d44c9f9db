"""The table holds: every address has its lines, every person gets the answer that stands there, nothing else is open."""

import re
from collections.abc import Callable
from importlib import import_module
from io import BytesIO

import openpyxl
import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, TestCase
from django.urls import URLResolver, include, path, reverse
from django.urls.resolvers import RegexPattern

from chungtay.access import services as access
from chungtay.access.rules import Role
from tests.cast import NOW, START
from tests.house import tree
from tests.house.test_templates import inline_parts
from tests.permissions import api_world
from tests.permissions.asking import SIGN_IN, TABLE, Row, ask, patterns, read_table, without_address, without_row
from tests.permissions.world import ONLY_IN_THE_DRAFT, World, make_world

PEOPLE, ROWS = read_table(TABLE.read_text(encoding="utf-8"))
EVERYBODY = ("visitor", "clerk", "other", "leader", "officer", "upper", "auditor", "admin", "outsider")
# Open to the whole world. An address is added here on purpose or not at all.
OPEN = frozenset({"sign-in", "sign-out", "healthz", "ui-kit", "certificate-find", "certificate-check"})
OPEN |= {"feedback-send", "feedback-status", "oidc-begin", "oidc-return", "oidc-leave"}
OPEN |= {
    name
    for module in ("urls", "public_urls")
    for name, _ in patterns(URLResolver(RegexPattern(r"^/"), f"chungtay.portal.{module}"))
}  # the portal is for everybody
OPEN |= api_world.OPEN
NOBODY = frozenset({SIGN_IN, "401"})  # "sign in first", for people and for machines
SHOWS_A_RETURN = ("return-detail", "return-check", "return-print", "return-workbook")


def answers(world: World, row: Row) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Ask one line as everybody, each time in the same world; return the answers, and what the content policy forbids."""
    found, inline = {}, {}
    args = world.args(row.url_name, row.thing)
    for person in PEOPLE:
        data = (
            world.data(row.url_name, row.thing)
            if row.method in ("POST", "PUT") or row.url_name.startswith("api-")
            else {}
        )
        with transaction.atomic():
            found[person], page = ask(row, world.person(person), args, data)
            transaction.set_rollback(True)
        if parts := inline_parts(page):
            inline[person] = parts
    return found, inline


def numbers_of(response: HttpResponse) -> set[int]:
    """Return the numbers of a page or workbook, dots of thousands taken out; none of a refusal."""
    if response.status_code != 200:
        return set()
    if response.headers["Content-Type"].startswith("text/html"):
        return {int(found.replace(".", "")) for found in re.findall(r"\d+(?:\.\d{3})*", response.content.decode())}
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    return {cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int)}


class TheTableHolds(TestCase):
    """One test per line, all in one world that is made once; each is rolled back."""

    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = make_world()

    def test_a_method_without_a_line_is_refused(self) -> None:
        """A door that nobody listed is closed, even to somebody with rights."""
        opened = {}
        for url_name in sorted({row.url_name for row in ROWS}):
            rows = [row for row in ROWS if row.url_name == url_name]
            for method in {"GET", "POST"} - {row.method for row in rows}:
                row = Row(url_name, rows[0].thing, method, {})
                with transaction.atomic():
                    answer, _ = ask(row, self.world.person("officer"), self.world.args(url_name, row.thing), {})
                    transaction.set_rollback(True)
                if answer != "405":
                    opened[row.title] = answer
        assert opened == {}

    def test_the_levels_above_do_not_see_what_was_not_sent(self) -> None:
        """On no page, on no sheet of paper, in no workbook; the unit's own clerk does, which proves the question."""
        seen: dict[str, set[str]] = {}
        pages = {"return-grid": "", "desk-home": ""} | dict.fromkeys(SHOWS_A_RETURN, "draft")
        for url_name, thing in pages.items():
            args = self.world.args(url_name, thing)
            for name in ("clerk", "officer", "upper", "auditor"):
                client = Client()
                client.force_login(self.world.cast.people[{"upper": "upper.leader"}.get(name, name)])
                if ONLY_IN_THE_DRAFT in numbers_of(client.get(reverse(url_name, args=args), follow=True)):
                    seen.setdefault(name, set()).add(url_name)
        assert seen == {"clerk": {"return-detail", "return-print", "return-workbook"}}

    def test_a_right_too_many_is_found(self) -> None:
        """A planted fault: the officer of another city becomes one of this city, and the table no longer holds."""
        outsider = self.world.person("outsider")
        assert outsider is not None
        access.assign(user=outsider, role=Role.OFFICER, area=self.world.cast.city, valid_from=START, now=NOW, by=None)
        row = next(row for row in ROWS if row.title == "return-detail[submitted] GET")
        found, _ = answers(self.world, row)
        differing = {person for person in PEOPLE if found[person] != row.answers[person]}
        assert differing == {"outsider"}


def _test_of(row: Row) -> Callable[[TheTableHolds], None]:
    def test(self: TheTableHolds) -> None:
        found, inline = answers(self.world, row)
        assert found == dict(row.answers)
        assert inline == {}, "a page carries a style or a script in itself"

    test.__doc__ = f"Everybody gets from {row.title} the answer that stands in the table."
    return test


for _row in ROWS:
    setattr(TheTableHolds, f"test_{re.sub(r'[^a-z0-9]+', '_', _row.title.lower())}", _test_of(_row))


def test_the_table_asks_everybody() -> None:
    """The nine kinds of people, in the order of the head line."""
    assert PEOPLE == EVERYBODY


def test_every_address_has_its_lines() -> None:
    """A new address without a line fails here."""
    assert without_row(patterns(), ROWS) == []
    assert without_address(patterns(), ROWS) == []


def test_every_module_of_addresses_is_reached() -> None:
    """Else its pages exist for nobody, and no line of the table would miss them."""
    known = {name for name, _ in patterns()}
    lost = [
        tree.name_of(file)
        for file in tree.modules()
        if file.stem.endswith("urls") and file.parent != tree.PACKAGE / "config"
        for entry in import_module(".".join(file.relative_to(tree.ROOT).with_suffix("").parts)).urlpatterns
        if not isinstance(entry, URLResolver) and entry.name not in known
    ]
    assert lost == []


def test_a_visitor_sees_nothing_but_the_door() -> None:
    """Whatever the table says elsewhere: without signing in there are the sign-in page, health, the kit, and the check of certificates."""
    assert {row.title for row in ROWS if row.url_name not in OPEN and row.answers["visitor"] not in NOBODY} == set()


def test_a_stranger_does_not_learn_that_a_thing_exists() -> None:
    """For a return or a review, the officer of another city and another unit's clerk get 404, never 403."""
    told = {
        row.title
        for row in ROWS
        if row.thing and row.url_name.startswith(("return-", "review-"))
        if {row.answers["outsider"], row.answers["other"]} != {"404"}
    }
    assert told == set()


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
