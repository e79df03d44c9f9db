"""Words in other languages: the catalogues in `locale/`, compiled for this workspace and never kept so in the repository.

The folder is named by what was compiled, so processes of two versions each read their own, and an unchanged text is not compiled again.
"""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

PLACE = Path("LC_MESSAGES")
SOURCES = Path(__file__).resolve().parent / "locale"


def compiled(folder: Path, sources: Path = SOURCES) -> Path:
    """Return the folder below `folder` that gettext reads, made when it is not there yet. Raises OSError and what Babel raises."""
    texts = {path.relative_to(sources): path.read_bytes() for path in sorted(sources.glob(f"*/{PLACE}/*.po"))}
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name.as_posix()}\0{len(text)}\0".encode() + text)
    made = folder / digest.hexdigest()[:16]
    for name, text in texts.items():
        whole = (made / name).with_suffix(".mo")
        if not whole.is_file():
            _compile(text, whole)
    return made


def _compile(text: bytes, whole: Path) -> None:
    from io import BytesIO

    from babel.messages.mofile import write_mo  # only when something is new: most starts need no Babel
    from babel.messages.pofile import read_po

    whole.parent.mkdir(parents=True, exist_ok=True)
    catalogue = read_po(BytesIO(text), locale=whole.parent.parent.name, abort_invalid=True)
    with NamedTemporaryFile(dir=whole.parent, suffix=".part", delete=False) as part:
        write_mo(part, catalogue)
    os.replace(part.name, whole)  # noqa: PTH105 - processes that start at once each make it whole
