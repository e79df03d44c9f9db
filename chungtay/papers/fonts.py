"""Which font the PDF papers are set in: a face with the metrics of Times that holds every Vietnamese letter.

Liberation Serif 1.x lacks 92 letters under the same family name as 2.x, so a face is taken only after its letters were
drawn and compared; the renderer then sees that one folder and no other font of the machine.
"""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_noto_serif
from PIL import ImageFont

FAMILIES: dict[str, tuple[tuple[str, str, str, str], ...]] = {  # files of regular, bold, italic, bold italic
    "Times New Roman": (
        ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
        (
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ),
    ),
    "Liberation Serif": (
        (
            "LiberationSerif-Regular.ttf",
            "LiberationSerif-Bold.ttf",
            "LiberationSerif-Italic.ttf",
            "LiberationSerif-BoldItalic.ttf",
        ),
    ),
    "Tinos": (("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),),
}


@dataclass(frozen=True)
class PaperFont:
    """The family by its name in the files, the one folder the renderer may read, and its files."""

    family: str
    stretch: float  # percent; Noto Serif is drawn narrower, so that lines break about as in Times
    folder: Path
    files: tuple[Path, ...]


@cache
def paper_font() -> PaperFont:
    """The font for papers: Times New Roman, Liberation Serif 2, Tinos, or Noto Serif, which is always installed."""
    return choose_font(_folders())


def choose_font(folders: tuple[Path, ...]) -> PaperFont:
    """The first complete family in `folders`, by rank of family, then of folder; Noto Serif where there is none."""
    held = [(folder, {path.name.casefold(): path for path in folder.iterdir()}) for folder in folders]
    for family, spellings in FAMILIES.items():
        for folder, files in held:
            for names in spellings:
                found = tuple(files[name.casefold()] for name in names if name.casefold() in files)
                if len(found) == len(names) and not any(missing_letters(path) for path in found):
                    return PaperFont(family, 100, folder, found)
    folder = fontpkg_noto_serif.ROOT / "files"
    return PaperFont(fontpkg_noto_serif.FAMILY, 87.5, folder, tuple(sorted(folder.glob("*.ttf"))))


def vietnamese_letters() -> list[str]:
    """The 134 letters of Vietnamese beyond a-z, both cases, NFC."""
    tones = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    made = {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    return sorted(letter for each in made for letter in (each, each.upper()) if ord(letter) > 127)


def missing_letters(path: Path) -> list[str]:
    """Vietnamese letters that the face draws as its empty box."""
    font = ImageFont.truetype(str(path), 40)
    empty = bytes(font.getmask("\uffff"))
    return [letter for letter in vietnamese_letters() if bytes(font.getmask(letter)) == empty]


def _folders() -> tuple[Path, ...]:
    """Folders that hold font files: PAPER_FONTS first, then the person's, then the system's."""
    roots = [Path.home() / ".fonts", Path.home() / ".local/share/fonts", Path("/usr/share/fonts")]
    if given := os.environ.get("PAPER_FONTS"):
        roots.insert(0, Path(given))
    return tuple(dict.fromkeys(folder for root in roots if root.is_dir() for folder in _with_fonts(root)))


def _with_fonts(root: Path) -> Iterator[Path]:
    for folder, _, files in sorted(os.walk(root)):
        if any(name.casefold().endswith(".ttf") for name in files):
            yield Path(folder)
