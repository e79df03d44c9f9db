"""Every room is built alike: the same names, a paragraph at the door, a sentence at the top of every module."""

import ast
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import tree

SWALLOWERS = frozenset(
    {"utils", "util", "common", "core", "helpers", "helper", "extras", "misc", "base", "tools", "shared"}
)
# Rooms whose tests stand elsewhere, because they are stories of the whole house.
# Rooms without Django: nothing to register.
PURE = frozenset({"kernel", "ledger", "banking", "textsearch", "reading", "sealing", "tables"})
STORIES = {"demo": "tests/journeys/test_demo.py", "config": "tests/databases/test_databases.py"}
LONGEST = 350  # lines
CODE = frozenset({".py", ".html", ".css", ".js", ".typ", ".sh"})


def docstring(path: Path) -> str:
    """Return the docstring of a module, "" without one."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def is_paragraph(text: str, room: str) -> bool:
    """Say whether a room's docstring says something: more than its name, in a sentence."""
    return len(text.split()) >= 8 and text.rstrip().endswith(".") and text.strip(" .").casefold() != room


def too_long(found: Iterable[Path]) -> dict[str, int]:
    """Return {file: lines} of the code files that are longer than anybody reads."""
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in found if path.suffix in CODE}
    return {tree.name_of(path): count for path, count in counted.items() if count > LONGEST}


@pytest.mark.parametrize("room", tree.rooms())
def test_a_room_says_at_its_door_what_it_is_for(room: str) -> None:
    """What it is for, what it owns, what it never does: a paragraph, not a name."""
    assert is_paragraph(docstring(tree.PACKAGE / room / "__init__.py"), room)


@pytest.mark.parametrize("room", tree.rooms())
def test_a_room_has_the_parts_of_every_room(room: str) -> None:
    """Models come with migrations and services, addresses with views and templates, and tests stand beside the code."""
    home = tree.PACKAGE / room
    here = {path.stem if path.suffix == ".py" else path.name for path in home.iterdir()}
    told = room in STORIES and (tree.ROOT / STORIES[room]).exists()
    assert told or list((home / "tests").rglob("test_*.py")), f"{room}/tests holds no test"
    if room not in PURE | {"config"}:
        assert "apps" in here
    if "models" in here:
        assert {"migrations", "services", "selectors"} <= here
    if "urls" in here and room != "config":
        assert "templates" in here
        assert any(name.endswith("views") for name in here), f"{room} has addresses and no views"
    assert not here & SWALLOWERS


def test_the_rules_of_every_room_are_held_pure() -> None:
    """By the contract "Purity" of import-linter, which names them one by one."""
    settings = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    pure = next(contract["source_modules"] for contract in contracts if contract["name"].startswith("Purity"))
    rules = {f"chungtay.{path.parent.name}.rules" for path in tree.PACKAGE.glob("*/rules.py")}
    assert {"chungtay.kernel", *rules} - set(pure) == set()


def test_no_module_anywhere_bears_a_name_that_swallows_everything() -> None:
    """A helper lives with its user until there are three, then gets a named home."""
    assert [tree.name_of(path) for path in tree.modules() if path.stem in SWALLOWERS] == []


def test_every_module_opens_with_what_it_is_for() -> None:
    """Empty files that only mark a folder are left alone."""
    silent = [
        tree.name_of(path)
        for path in tree.modules()
        if path.read_text(encoding="utf-8").strip() and not docstring(path)
    ]
    assert silent == []


def test_no_file_is_longer_than_anybody_reads() -> None:
    """Data and lock files are not code."""
    assert too_long(tree.files()) == {}


def test_planted_faults_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long file, and a door with nothing but a name on it."""
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * (LONGEST + 1), encoding="utf-8")
    data = tmp_path / "long.json"
    data.write_text("1\n" * (LONGEST + 1), encoding="utf-8")
    assert too_long([long, data]) == {"long.py": LONGEST + 1}
    assert not is_paragraph("desk.", "desk")
    assert is_paragraph("The desk of staff. Owns no table and never makes a number.", "desk")
