"""The static files: fonts are found, icons exist, colours keep their measured contrast, nothing is inline."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from chungtay.web import finders as fonts
from chungtay.web.states import STATES

ROOM = Path(__file__).resolve().parent.parent
STATIC = ROOM / "static" / "web"
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴFJWZ"
    "0123456789.,:;?!()[]%/–“”‘’…₫"
)
SYMBOLS = set(re.findall(r'id="i-([a-z]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))


def test_every_font_of_the_style_sheet_is_found_and_is_cut_to_a_tenth():
    named = re.findall(r'url\("(fonts/[^"]+)"\)', (STATIC / "fonts.css").read_text(encoding="utf-8"))
    assert {f"web/{name}" for name in named} == set(fonts.FONTS)
    for name in named:
        found = finders.find(f"web/{name}")
        assert isinstance(found, str)
        assert Path(found).read_bytes()[:4] == b"wOF2"
        assert Path(found).stat().st_size < fonts.FONTS[f"web/{name}"].stat().st_size / 5
        with TTFont(found) as font:
            lacking = [letter for letter in LETTERS if ord(letter) not in font.getBestCmap()]
        assert lacking == [], "every letter of Vietnamese, its digits and its marks"


def test_digits_of_figures_keep_one_width():
    with TTFont(finders.find("web/fonts/inter.woff2")) as font:
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_finder_lists_its_fonts_for_whoever_copies_them():
    finder = fonts.FontFinder()
    for name, storage in finder.list(None):
        assert storage.exists(name)
        with storage.open(name) as file:
            assert len(file.read()) == storage.size(name)
    assert finder.find("web/tokens.css") == []
    assert finder.find("web/fonts/inter.woff2", find_all=True) == [str(fonts.place_of("web/fonts/inter.woff2"))]
    assert list(finder.list(["*.woff2"])) == []


def test_a_renamed_font_file_is_reported_by_the_system_check(monkeypatch: pytest.MonkeyPatch):
    assert fonts.FontFinder().check() == []
    monkeypatch.setitem(fonts.FONTS, "web/fonts/inter.woff2", Path("nowhere.ttf"))
    assert [error.id for error in fonts.FontFinder().check()] == ["web.E002"]


def test_htmx_comes_with_its_package():
    assert finders.find("django_htmx/htmx-2.min.js")


def test_every_state_has_its_shape():
    assert {state.icon for state in STATES.values()} <= SYMBOLS


def test_every_icon_named_in_a_template_exists():
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "([a-z]+)"', path.read_text(encoding="utf-8"))}
    assert named <= SYMBOLS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_opens_by_naming_what_it_takes_and_holds_nothing_inline(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(("{# ", "{% comment %}")), "begin with a comment that names the arguments"
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_one_line_comment_stays_on_its_line():
    for path in TEMPLATES:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert line.count("{#") == line.count("#}"), path.name


def _palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block))


LIGHT = _palette(TOKENS.split("/* Dark:")[0])
DARK = LIGHT | _palette(TOKENS.split(':root[data-theme="dark"]')[1].split("@media print")[0])
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("ground", "surface", "sunken")),
    *((state, f"{state}-wash") for state in ("rice", "sky", "amber", "brick", "mute", "lotus")),
    *((front, ground) for front in ("link", "lotus") for ground in ("surface", "ground")),
    ("action-ink", "action"),
    ("brand-ink", "brand"),
    ("brand-ink-2", "brand"),
    ("surface", "brick"),
    ("link", "wash"),
]
EDGE_PAIRS = [
    ("edge", "surface"),
    ("edge", "ground"),
    ("focus-in", "focus-out"),
    ("rice", "hatch"),
    *((f"chart-{number}", "surface") for number in (1, 2, 3)),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[i:j], 16) / 255 for i, j in pairwise((1, 3, 5, 7))]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_edges_keep_the_contrast_of_wcag_aa(palette: dict[str, str]):
    weak = [pair for pair in TEXT_PAIRS if _contrast(palette[pair[0]], palette[pair[1]]) < 4.5]
    weak += [pair for pair in EDGE_PAIRS if _contrast(palette[pair[0]], palette[pair[1]]) < 3]
    assert weak == []
