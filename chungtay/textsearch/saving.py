"""The index on disk, so that a new process maps it and appends only newer lines. It may be lost at any time.

A saved index is one folder of arrays with a header, written aside and renamed, never changed afterwards. Whatever does
not fit its header (lost, cut, bit-rotten, of another source, folded by other rules) counts as not there.
"""

import json
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import numpy.typing as npt

from chungtay.textsearch.folding import rules
from chungtay.textsearch.index import TextIndex
from chungtay.textsearch.lines import PAD, Lines, blocks_of

_FORMAT = 1
_KINDS = {
    "ids": np.int64,
    "amounts": np.int64,
    "days": np.int32,
    "purposes": np.int16,
    "offsets": np.uint32,
    "blob": np.uint8,
}
_MOST_BYTES = (1 << 32) - 1


def save(folder: Path, index: TextIndex, identity: str) -> None:
    """Write the index under `folder` and drop older ones. `identity` names the source of its lines.

    What is appended meanwhile is not in it. Raises OSError when the disk refuses, OverflowError beyond 4 GiB of text.
    """
    parts = index.parts
    if sum(lines.text_bytes for lines in parts) + PAD > _MOST_BYTES:
        raise OverflowError("an index holds at most 4 GiB of text")
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".new-", dir=folder))
    try:
        checks = {name: _write(aside / f"{name}.npy", name, parts) for name in _KINDS}
        upto = int(parts[-1].ids[-1]) if parts else None
        header = {"format": _FORMAT, "rules": rules(), "identity": identity, "upto": upto, "checks": checks}
        (aside / "header.json").write_text(json.dumps(header), encoding="utf-8")
        final = folder / f"lines-{0 if upto is None else upto:020d}"
        shutil.rmtree(final, ignore_errors=True)
        aside.rename(final)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for older in _found(folder)[1:]:
        shutil.rmtree(older, ignore_errors=True)


def load(folder: Path, identity: str) -> TextIndex | None:
    """Return the newest sound index, mapped, None when there is none: then the caller appends every line again."""
    for path in _found(folder):
        with suppress(OSError, ValueError, KeyError, TypeError, EOFError):
            header = json.loads((path / "header.json").read_text(encoding="utf-8"))
            if (header["format"], header["rules"], header["identity"]) == (_FORMAT, rules(), identity):
                lines = _lines(path, header)
                if lines is not None:
                    return TextIndex(lines)
    return None


def newest(folder: Path) -> int | None:
    """Return the id of the last line in the newest index under `folder`, sound or not; None when there is none."""
    found = _found(folder)
    return int(found[0].name.rpartition("-")[2]) if found else None


def _write(path: Path, name: str, parts: Sequence[Lines]) -> list[object]:
    """Write one array, part after part; return what its header says of it."""
    length = sum(map(len, parts))
    size = {"offsets": length + 1, "blob": sum(lines.text_bytes for lines in parts) + PAD}.get(name, length)
    check = 0
    with path.open("wb") as file:
        described = {"descr": np.dtype(_KINDS[name]).str, "fortran_order": False, "shape": (size,)}
        np.lib.format.write_array_header_1_0(file, described)
        for piece in _pieces(name, parts):
            data = np.ascontiguousarray(piece, _KINDS[name]).data
            check = zlib.crc32(data, check)
            file.write(data)
    return [size, check]


def _pieces(name: str, parts: Sequence[Lines]) -> Iterator[npt.NDArray[Any]]:
    if name == "offsets":
        yield np.zeros(1, np.uint32)
        before = 0
        for lines in parts:
            yield lines.offsets[1:] + np.uint32(before)
            before += lines.text_bytes
    elif name == "blob":
        yield from (lines.blob[: lines.text_bytes] for lines in parts)
        yield np.zeros(PAD, np.uint8)
    else:
        yield from (getattr(lines, name) for lines in parts)


def _lines(path: Path, header: dict[str, Any]) -> Lines | None:
    columns: dict[str, npt.NDArray[Any]] = {}
    for name, kind in _KINDS.items():
        mapped = np.load(path / f"{name}.npy", mmap_mode="c", allow_pickle=False)
        column = mapped.view(np.ndarray)  # np.memmap makes every slice slow
        size, check = header["checks"][name]
        if column.dtype != kind or column.shape != (size,) or zlib.crc32(column.data) != check:
            return None
        columns[name] = column
    ids, offsets = columns["ids"], columns["offsets"]
    alike = len({len(columns[name]) for name in ("ids", "amounts", "days", "purposes")}) == 1
    if not alike or len(offsets) != len(ids) + 1 or int(offsets[0]) != 0:
        return None
    if int(offsets[-1]) + PAD > len(columns["blob"]) or not (offsets[1:] > offsets[:-1]).all():
        return None
    if header["upto"] != (int(ids[-1]) if len(ids) else None):
        return None
    low, high = blocks_of(columns["days"])
    return Lines(**columns, day_low=low, day_high=high)


def _found(folder: Path) -> list[Path]:
    """Return the folders of saved indexes, newest first."""
    return sorted(folder.glob("lines-*"), reverse=True)
