"""A room is entered through its doors: from another room only its services, selectors, models, rules and registries.

Screens (views, urls, forms, templates, style sheets) belong to their room alone, and inside a room imports go one way.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import grimp

from tests.house import tree

DOORS = frozenset({"services", "selectors", "models", "rules", "registry"})
# What else a room offers, by name. A new door is a decision: it is written down here.
MORE_DOORS = {
    # Who is told how many days after a due day: dated, pure, read by rules of rooms above.
    "notices": {"chains"},
    # The kit is made to be used.
    "web": {
        "clock",
        "context",
        "forms",
        "formats",
        "http",
        "languages",
        "nav",
        "packing",
        "paging",
        "states",
        "uploads",
        "waiting",
    },
    # One writer for each kind of file; a deck, which is another content; templates of offices;
    # the layout, which the editor of a review draws with handles; books and slips of a fund.
    "papers": {
        "docx",
        "html",
        "pdf",
        "rereading",
        "sources",
        "workbook",
        "certificates",
        "chart",
        "deck",
        "slides",
        "tags",
        "templatefill",
        "lintapart",
        "templatelint",
        "templatestart",
        "grids",
        "layout",
        "sheets",
        "signing",
        "slips",
        "webpage",
    },
    # How an empty database gets its tables; and rows that are only added, past the ORM, which spends more on a row than the
    # database does.
    "audit": {"schema", "rows"},
    # The demonstration names its accounts on the sign-in page.
    "accounts": {"demo_hint"},
    # How a page asks for figures, compares, says and links them; and the file form, for the command line.
    "figures": {
        *("asking", "cells", "claims", "discrepancy_rows", "formulas", "lake", "map_choice", "reach", "series_breaks"),
        *("months", "promised", "rebuilding", "trace_ids", "trends", "wording"),
    },
    # The status grid, history in words; and one way in for workbooks, from the web and the command line.
    "returns": {"grid", "history", "intake"},
    # A plan as a file and as what it says; who came after whom; what a plan would do, for whoever shows it beforehand; and
    # the lists of a nation, for the command line.
    "places": {"importing", "plan_json", "plans", "previews", "succession", "unit_checking", "unit_findings"},
    # Whose money a payment was, for the cases that it paid; what everybody may see.
    "funds": {"public", "public_books", "trail"},
    # Targets with what was given to the units below.
    "programmes": {"target_trees"},
    # Who finds which room in the navigation.
    "access": {"navigation"},
    # A kept file as an answer, for the room whose record it is.
    "evidence": {"serving"},
    # A marked-up copy and the words of a verdict, for the command line.
    "checking": {"marked", "wording"},
    # The command line names the head of a paper; the portal makes an article of the news in a review's file.
    "reviews": {"dossier", "heads", "news"},
    # What goes out to other systems, for the API and the command line; how a file of theirs that cannot be read is said.
    "exchange": {"outgoing", "report_csv", "periods_of_theirs", "values", "faults"},
    # For the command `chungtay demo`.
    "demo": {"main_job", "workspace"},
}
# Parts of a page that a room lends to the rooms above it; each says in its first line what it takes.
LENT = frozenset({"figures/cell.html", "figures/headline.html", "figures/map_field.html", "figures/trend_table.html"})
OPEN = frozenset(
    {"kernel", "ledger", "banking", "textsearch", "reading", "sealing", "tables"}
)  # pure, no screens: every module is a door
SCREENS = frozenset({"views", "urls", "forms", "jobs", "admin"})
# Inside a room, a line imports only from the lines after it.
ORDER = ("urls", "views", "forms", "services", "selectors", "models", "rules")

Import = tuple[str, str]


@cache
def imports() -> tuple[Import, ...]:
    """Return every direct import between modules of the house, tests and migrations left out."""
    graph = grimp.build_graph("chungtay", cache_dir=None)
    return tuple(
        (importer, imported)
        for importer in sorted(graph.modules)
        if not {"tests", "migrations"} & set(importer.split("."))
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    )


def break_ins(found: Iterable[Import]) -> list[Import]:
    """Keep the imports that enter another room otherwise than through a door."""
    wrong = []
    for importer, imported in found:
        here, there = importer.split(".")[1:], imported.split(".")[1:]
        if not here or not there or here[0] == there[0] or there[0] in OPEN:
            continue
        if len(there) < 2 or there[1] not in DOORS | MORE_DOORS.get(there[0], set()):
            wrong.append((importer, imported))
    return wrong


def kind_of(module: str) -> str:
    """Return what a module is: "programme_views" is of the kind "views"."""
    return module.rsplit("_", 1)[-1]


def against_the_order(found: Iterable[Import]) -> list[Import]:
    """Keep the imports inside a room that go up: a model that asks a selector, a service that knows a view."""
    rank = {name: len(ORDER) - place for place, name in enumerate(ORDER)}
    wrong = []
    for importer, imported in found:
        here, there = importer.split(".")[1:], imported.split(".")[1:]
        if len(here) < 2 or len(there) < 2 or here[0] != there[0] or here[0] == "config":
            continue
        low, high = kind_of(here[1]), kind_of(there[1])
        if low in rank and high in rank and rank[low] < rank[high]:
            wrong.append((importer, imported))
    return wrong


def foreign_templates(room: str, text: str) -> list[str]:
    """Return the templates that a room's template takes from another room than the kit."""
    taken = re.findall(r"{%-?\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text)
    return [
        name for name in taken if "/" in name and name.split("/")[0] not in {room, "web", "ui"} and name not in LENT
    ]


def test_rooms_are_entered_through_their_doors() -> None:
    """The list of doors is above."""
    assert len(imports()) > 200, "the walk found too few imports to mean anything"
    assert break_ins(imports()) == []


def test_no_door_is_a_screen() -> None:
    """The kit alone lends its base form."""
    doors = {(room, name) for room, names in MORE_DOORS.items() for name in names} | {("*", name) for name in DOORS}
    assert {(room, name) for room, name in doors if name in SCREENS} == {("web", "forms")}


def test_every_door_stands() -> None:
    """A door, or a lent part of a page, that was removed is removed from the list."""
    lacking = [
        f"{room}.{name}"
        for room, names in MORE_DOORS.items()
        for name in names
        if not (tree.PACKAGE / room / f"{name}.py").exists() and not (tree.PACKAGE / room / name).is_dir()
    ]
    lacking += [name for name in LENT if not (tree.PACKAGE / name.split("/")[0] / "templates" / name).exists()]
    assert lacking == []


def test_inside_a_room_imports_go_one_way() -> None:
    """From urls down to rules."""
    assert against_the_order(imports()) == []


def test_a_template_takes_only_from_its_own_room_and_the_kit() -> None:
    """Templates are screens too."""
    found = {
        tree.name_of(path): foreign
        for path in tree.templates()
        if (foreign := foreign_templates(path.relative_to(tree.PACKAGE).parts[0], path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_planted_faults_are_found() -> None:
    """An import of a foreign view, one of a whole room, one that goes up, one foreign template."""
    view = ("chungtay.desk.views", "chungtay.returns.views.doors")
    whole = ("chungtay.desk.views", "chungtay.returns")
    fine = ("chungtay.desk.views", "chungtay.returns.selectors")
    assert break_ins([view, whole, fine]) == [view, whole]
    up = ("chungtay.figures.models", "chungtay.figures.services")
    assert against_the_order([up, ("chungtay.figures.services", "chungtay.figures.models")]) == [up]
    assert foreign_templates("desk", '{% extends "web/base.html" %}{% include "returns/row.html" %}') == [
        "returns/row.html"
    ]


def test_templates_and_static_files_carry_the_name_of_their_room() -> None:
    """Else two rooms overwrite each other. The kit also owns `ui/` and the pages of errors."""
    found = []
    for kind in ("templates", "static"):
        for path in sorted(tree.PACKAGE.glob(f"*/{kind}/*")):
            room = path.parts[-3]
            own = {room, "ui"} if room == "web" else {room}
            if path.name not in own and not (room == "web" and re.fullmatch(r"\d{3}\w*\.html", path.name)):
                found.append(tree.name_of(Path(path)))
    assert found == []
