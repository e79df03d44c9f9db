"""Static files out of installed font packages: `web/fonts/<name>.woff2`, cut for this workspace, never kept in the repository."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import fontpkg_inter
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.base import File
from django.core.files.storage import Storage

from chungtay.web.fonts import cut

_TEXT = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
_FIGURES = Path(fontpkg_inter.ROOT) / "files"

# Out of which file each is cut: the four weights of the tokens; Inter is one variable file with all of its weights.
FONTS: dict[str, Path] = {
    "web/fonts/be-vietnam-pro-400.woff2": _TEXT / "BeVietnamPro-Regular.ttf",
    "web/fonts/be-vietnam-pro-500.woff2": _TEXT / "BeVietnamPro-Medium.ttf",
    "web/fonts/be-vietnam-pro-600.woff2": _TEXT / "BeVietnamPro-SemiBold.ttf",
    "web/fonts/be-vietnam-pro-700.woff2": _TEXT / "BeVietnamPro-Bold.ttf",
    "web/fonts/inter.woff2": _FIGURES / "Inter[opsz,wght].ttf",
}


def place_of(name: str) -> Path:
    """Return where a font lies, cut when it is asked for the first time; KeyError for a name that is not served."""
    return cut(FONTS[name], Path(settings.DATA_DIR) / "fonts")


class FontStorage(Storage):
    """Read-only view of FONTS under its static names."""

    prefix = ""

    def path(self, name: str) -> str:
        """Return the file's place on disk; KeyError for a name that is not served."""
        return str(place_of(name))

    def exists(self, name: str) -> bool:
        return name in FONTS

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(place_of(name).open("rb"), name)

    def size(self, name: str) -> int:
        return place_of(name).stat().st_size


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
        place = str(place_of(path))
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield every font with its storage."""
        for name in FONTS:
            if not matches_patterns(name, list(ignore_patterns or ())):
                yield name, self.storage
