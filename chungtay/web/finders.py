"""Static files that live in installed font packages: `web/fonts/<name>.ttf`, never copied into the repository."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import fontpkg_inter
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.base import File
from django.core.files.storage import Storage

_TEXT = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
_FIGURES = Path(fontpkg_inter.ROOT) / "files"

# The four weights of the tokens; Inter is one variable file with all of its weights.
FONTS: dict[str, Path] = {
    "web/fonts/be-vietnam-pro-400.ttf": _TEXT / "BeVietnamPro-Regular.ttf",
    "web/fonts/be-vietnam-pro-500.ttf": _TEXT / "BeVietnamPro-Medium.ttf",
    "web/fonts/be-vietnam-pro-600.ttf": _TEXT / "BeVietnamPro-SemiBold.ttf",
    "web/fonts/be-vietnam-pro-700.ttf": _TEXT / "BeVietnamPro-Bold.ttf",
    "web/fonts/inter.ttf": _FIGURES / "Inter[opsz,wght].ttf",
}


class FontStorage(Storage):
    """Read-only view of FONTS under its static names."""

    prefix = ""

    def path(self, name: str) -> str:
        """Return the file's place on disk; KeyError for a name that is not served."""
        return str(FONTS[name])

    def exists(self, name: str) -> bool:
        return name in FONTS

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(FONTS[name].open("rb"), name)

    def size(self, name: str) -> int:
        return FONTS[name].stat().st_size


class FontFinder(BaseFinder):
    """Lets Django and WhiteNoise find the fonts."""

    storage = FontStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Report a font package that has changed the names of its files."""
        return [
            Error(f"The font file {path.name} is missing from its package.", id="web.E002")
            for path in FONTS.values()
            if not path.is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the place of one static name; [] when it is not a font (Django's convention)."""
        if path not in FONTS:
            return []
        place = str(FONTS[path])
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield every font with its storage."""
        for name in FONTS:
            if not matches_patterns(name, list(ignore_patterns or ())):
                yield name, self.storage
