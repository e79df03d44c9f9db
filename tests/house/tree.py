"""What the house consists of: its rooms and floors, its modules, its templates, and the files that belong to it."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "chungtay"


@cache
def floors() -> tuple[frozenset[str], ...]:
    """Return the rooms by floor, top first, as the contract of import-linter in pyproject.toml says."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"].startswith("Floors"))
    return tuple(frozenset(name.strip().removeprefix("chungtay.") for name in layer.split("|")) for layer in layers)


@cache
def floor_of() -> dict[str, int]:
    """Return {room: number of its floor}, 0 at the bottom."""
    return {room: height for height, rooms in enumerate(reversed(floors())) for room in rooms}


def rooms() -> list[str]:
    """Return the folders of the package that are rooms."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@cache
def files() -> tuple[Path, ...]:
    """Return every file that belongs to the house: what git knows, or would know after the next `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = {ROOT / name for name in listed.stdout.decode().split("\0") if name}
    else:  # an unpacked archive without its history: nothing but the sources
        found = {
            path for name in ("chungtay", "tests", "bench", "docs", "requirements") for path in (ROOT / name).rglob("*")
        }
        found |= set(ROOT.glob("*"))
    return tuple(sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts))


def modules() -> list[Path]:
    """Return the product's own Python files: no tests, no migrations."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts)]


def templates() -> list[Path]:
    """Return every template of every room."""
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def name_of(path: Path) -> str:
    """Return how a message names a file: its path inside the house."""
    return path.relative_to(ROOT).as_posix()
