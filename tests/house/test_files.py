"""Files that leave this machine say nothing about it, and the lock files name packages, not places."""

import re
from pathlib import Path

import pytest

from tests.house import tree

PLACES = re.compile(r"(?<![\w./~-])/(?:work|home|root|Users|mnt|media)/[\w.~-]|(?<![\w./~-])/tmp/\w|\b[A-Z]:\\\\?\w")
ROOT = "/"  # written apart, so that the planted faults below are none themselves
TEXT = frozenset(
    {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".typ", ".json", ".csv", ".lock", ".sh", ".cfg", ""}
)


def machine_paths(text: str) -> list[str]:
    """Return the absolute paths in a text that exist on one machine only."""
    return [match[0] for match in PLACES.finditer(text)]


def addresses(text: str) -> list[str]:
    """Return the lines of a lock file that name an address."""
    return [
        line.strip() for line in text.splitlines() if re.search(r"https?:|git\+|file:|--(?:extra-)?index-url", line)
    ]


def unsealed(text: str) -> list[str]:
    """Return the requirements of a lock file that have no hash."""
    entries = re.split(r"\n(?=[a-zA-Z0-9])", text.strip())
    return [entry.splitlines()[0] for entry in entries if entry[:1].isalnum() and "--hash=sha256:" not in entry]


def locks() -> list[Path]:
    """Return the lock files."""
    return sorted((tree.ROOT / "requirements").glob("*.lock"))


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    """Folders are given by options and environment."""
    found = {
        tree.name_of(path): paths
        for path in tree.files()
        if path.suffix in TEXT
        if path != Path(__file__).resolve()
        if (paths := machine_paths(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize("path", locks(), ids=lambda path: path.name)
def test_a_lock_file_names_no_address_and_seals_every_package(path: Path) -> None:
    """Where packages come from is the business of the machine that installs them."""
    text = path.read_text(encoding="utf-8")
    assert "http" not in re.sub(r"^[\w-]*http[\w-]*==", "", text, flags=re.M)
    assert addresses(text) == []
    assert unsealed(text) == []


def test_planted_faults_are_found() -> None:
    """A home folder, a drive, an index, a package without a hash; and what only looks like one."""
    assert machine_paths(f'open("{ROOT}home/lan/số liệu.xlsx")') == [f"{ROOT}home/l"]
    assert machine_paths(f"data = '{ROOT}tmp/demo'") == [f"{ROOT}tmp/d"]
    assert machine_paths(r'"C:\\Users"')
    assert machine_paths(f"https://example.org{ROOT}home/page .{ROOT}tmp/x ~{ROOT}work/x a{ROOT}work/b") == []
    assert addresses("--index-url https://example.org/simple\ndjango==5.2.8 \\\n") == [
        "--index-url https://example.org/simple"
    ]
    assert unsealed("django==5.2.8 \\\n    --hash=sha256:00\nnumpy==2.3.0\n") == ["numpy==2.3.0"]


def test_there_are_two_lock_files() -> None:
    """What the product needs, and what its developers need beside it."""
    assert [path.name for path in locks()] == ["base.lock", "dev.lock"]
