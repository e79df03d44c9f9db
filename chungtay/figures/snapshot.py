"""The cube on disk, so that a new process maps it instead of reading every fact again. It may be lost at any time.

A snapshot is one folder of arrays with a header, written aside and renamed, never changed afterwards. Whatever does not
fit its header (lost, cut, bit-rotten, another database, another format) counts as not there. Arrays are mapped
copy-on-write: what a process adds stays its own.
"""

import json
import shutil
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Cube

_FORMAT = 1
_ARRAYS = ("bins", "values", "spans")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cube has seen: of which database and view, up to which batch, and that batch's stamp."""

    identity: UUID
    view: str
    batch_id: int
    stamp: UUID | None


def save(folder: Path, cube: Cube, mark: Mark) -> None:
    """Write the cube under `folder` and drop older snapshots of the same view. Raises OSError when the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".new-", dir=folder))
    try:
        arrays: dict[str, npt.NDArray[Any]] = {name: getattr(cube, name) for name in _ARRAYS}
        for name, array in arrays.items():
            np.save(aside / f"{name}.npy", array)
        header = {
            "format": _FORMAT,
            "identity": mark.identity.hex,
            "view": mark.view,
            "batch": mark.batch_id,
            "stamp": mark.stamp.hex if mark.stamp else None,
            "series": [[i.hex, key, *cube.measures(n)] for n, (i, key) in enumerate(cube.series_keys)],
            "places": [area.hex for area in cube.place_ids],
            "checks": {name: _check(array) for name, array in arrays.items()},
        }
        (aside / "header.json").write_text(json.dumps(header), encoding="utf-8")
        final = folder / f"{mark.view}-{mark.batch_id:012d}"
        shutil.rmtree(final, ignore_errors=True)
        aside.rename(final)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for older in _found(folder, mark.view)[1:]:
        shutil.rmtree(older, ignore_errors=True)


def load(folder: Path, identity: UUID, view: str) -> tuple[Cube, Mark] | None:
    """Return the newest sound snapshot of a view of a database, None when there is none."""
    for path in _found(folder, view):
        with suppress(OSError, ValueError, KeyError, TypeError, EOFError):
            header = json.loads((path / "header.json").read_text(encoding="utf-8"))
            if (header["format"], header["identity"], header["view"]) == (_FORMAT, identity.hex, view):
                cube = _cube(path, header)
                if cube is not None:
                    stamp = UUID(header["stamp"]) if header["stamp"] else None
                    return cube, Mark(identity, view, int(header["batch"]), stamp)
    return None


def _cube(path: Path, header: dict[str, Any]) -> Cube | None:
    mapped = {name: np.load(path / f"{name}.npy", mmap_mode="c", allow_pickle=False) for name in _ARRAYS}
    arrays = {name: array.view(np.ndarray) for name, array in mapped.items()}  # np.memmap makes every slice slow
    if any(_check(array) != header["checks"][name] for name, array in arrays.items()):
        return None
    series = [(UUID(i), str(key)) for i, key, _, _ in header["series"]]
    places = [UUID(area) for area in header["places"]]
    shape = (len(series), len(arrays["bins"]), len(places))
    if arrays["values"].shape != shape or arrays["spans"].shape != shape:
        return None
    measured = {n: (int(longest), int(largest)) for n, (_, _, longest, largest) in enumerate(header["series"])}
    return Cube.of(series, places, arrays["bins"], arrays["values"], arrays["spans"], measured)


def _check(array: npt.NDArray[Any]) -> list[object]:
    return [str(array.dtype), list(array.shape), zlib.crc32(np.ascontiguousarray(array).data) if array.size else 0]


def _found(folder: Path, view: str) -> list[Path]:
    """Return the folders of a view's snapshots, newest first."""
    return sorted(folder.glob(f"{view}-*"), reverse=True)
