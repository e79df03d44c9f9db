"""Search over everything that the portal shows: each kind with its first hits, and the way to all of them.

Only what a public page shows is looked into; what was not published is found by nobody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from chungtay.community import selectors as community
from chungtay.emulation import selectors as emulation
from chungtay.funds import public, public_books
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import NumberProblem
from chungtay.portal import selectors
from chungtay.portal.programmes import public_programmes
from chungtay.supervision import selectors as supervision
from chungtay.textsearch.parsing import parse

FIRST = 5


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, where it stands, a line about it."""

    title: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Section:
    """The hits of one kind: the first of them, how many there are, and where all of them stand."""

    title: str
    hits: tuple[Hit, ...]
    count: int
    url: str


def sections(query: str, today: date) -> list[Section]:
    """Return what each kind of public things has on some words, kinds with nothing left out."""
    words = fold(query).split()
    if not words:
        return []
    kinds = (_programmes, _funds, _campaigns, _lines, _groups, _recommendations, _commended)
    found = (kind(query, _fits(words), today) for kind in kinds)
    return [section for section in found if section is not None]


Fits = Callable[[str], bool]


def _fits(words: list[str]) -> Fits:
    def fits(text: str) -> bool:
        folded = fold(text)
        return all(word in folded for word in words)

    return fits


def _section(title: str, hits: Iterator[Hit], url: str) -> Section | None:
    found = list(hits)
    return Section(title, tuple(found[:FIRST]), len(found), url) if found else None


def _to(name: str, **asked: str) -> str:
    return reverse(name) + (f"?{urlencode(asked)}" if asked else "")


def _programmes(query: str, fits: Fits, today: date) -> Section | None:
    hits = (
        Hit(str(one.programme), reverse("public-programme", args=[one.programme.code]), one.programme.title)
        for one in public_programmes()
        if fits(f"{one.programme} {one.programme.code} {one.programme.title}")
    )
    return _section(gettext("Chương trình"), hits, _to("public-programmes"))


def _funds(query: str, fits: Fits, today: date) -> Section | None:
    funds = {one.account.fund.pk: one.account.fund for one in public.told_accounts()}
    hits = (
        Hit(fund.name, reverse("public-fund-book", args=[fund.pk]), str(fund.body))
        for fund in funds.values()
        if fits(f"{fund.name} {fund.body}")
    )
    return _section(gettext("Quỹ"), hits, _to("public-fund"))


def _campaigns(query: str, fits: Fits, today: date) -> Section | None:
    hits = (
        Hit(one.name, reverse("public-campaign", args=[one.fund_id, one.code]), str(one.fund.body))
        for one in public_books.campaigns_told()
        if fits(f"{one.name} {one.fund.body}")
    )
    return _section(gettext("Đợt vận động"), hits, _to("public-campaigns"))


def _lines(query: str, fits: Fits, today: date) -> Section | None:
    """Lines are asked of their own search: its index counts millions in no time."""
    try:
        found = public.look(parse(query))
    except NumberProblem:
        return None
    hits = tuple(
        Hit(one.line.text or f"Dòng {one.line.id}", reverse("published-line", args=[one.line.id]))
        for one in found.lines[:FIRST]
    )
    return Section(gettext("Dòng sao kê"), hits, found.count, _to("statement-search", q=query)) if found.count else None


def _groups(query: str, fits: Fits, today: date) -> Section | None:
    asked = {"q": query, "loai": ""}
    rows = community.group_list(selectors.areas_of_portal(today), today, asked)
    hits = (Hit(group.name, _to("public-groups", q=group.name), community.kind_label(group.kind)) for group in rows)
    return _section(gettext("Cộng đồng"), hits, _to("public-groups", q=query))


def _recommendations(query: str, fits: Fits, today: date) -> Section | None:
    told = (one.frozen for one in supervision.published_recommendations(selectors.areas_of_portal(today)))
    hits = (
        Hit(one["text"], _to("public-recommendations"), one["addressee"])
        for one in told
        if fits(f"{one['number']} {one['body']} {one['addressee']} {one['text']} {one.get('answer') or ''}")
    )
    return _section(gettext("Kiến nghị và trả lời"), hits, _to("public-recommendations"))


def _commended(query: str, fits: Fits, today: date) -> Section | None:
    rows = emulation.public_entries(selectors.areas_of_portal(today), query)
    hits = (
        Hit(one.content["to"], reverse("certificate-check", args=[one.code]), one.content.get("form", ""))
        for one in rows
    )
    return _section(gettext("Khen thưởng"), hits, _to("public-commendations", q=query))
