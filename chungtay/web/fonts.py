"""Fonts cut to what Vietnamese texts and figures need, as WOFF2: made once for a workspace out of the installed packages."""

import os
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

_RANGES = (
    *((0x20, 0x7E), (0xA0, 0xFF)),
    *((0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1EA0, 0x1EF9)),
    *((0x300, 0x303), (0x306, 0x306), (0x309, 0x309), (0x31B, 0x31B), (0x323, 0x323)),  # typed apart from their letters
    *((0x2010, 0x2027), (0x202F, 0x203A), (0x2044, 0x2044), (0x2060, 0x2060), (0x20AB, 0x20AB)),
    *((0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265), (0x25C7, 0x25C7)),
)
CHARACTERS = frozenset(code for first, last in _RANGES for code in range(first, last + 1))
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "calt", "ss01")
AXES = {"opsz": 14.0, "wght": (400.0, 700.0)}  # of a variable font: one size, the weights of the tokens


@cache
def cut(source: Path, folder: Path) -> Path:
    """Return the font of a file cut to CHARACTERS, made in the folder when it is not there yet."""
    made = folder / f"{source.stem.split('[')[0]}-{source.stat().st_size}.woff2"
    if made.is_file():
        return made
    folder.mkdir(parents=True, exist_ok=True)
    with TTFont(source) as font:
        options = subset.Options(flavor="woff2", layout_features=list(FEATURES), hinting=False, notdef_outline=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CHARACTERS)
        cutter.subset(font)
        if "fvar" in font:
            axes = {axis.axisTag: AXES[axis.axisTag] for axis in font["fvar"].axes if axis.axisTag in AXES}
            instancer.instantiateVariableFont(font, axes, inplace=True)
        font.flavor = "woff2"
        with NamedTemporaryFile(dir=folder, suffix=".woff2", delete=False) as whole:
            font.save(whole)
    os.replace(whole.name, made)  # noqa: PTH105 - two servers that start at once each make it whole
    return made
