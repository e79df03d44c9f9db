"""Writes the lake of a database, and only what is new since the last time: `chungtay lake export`.

A fact's file is written again when a batch since the manifest said something about its indicator, or when the file is not
what was written. A lake of another database, and one that has seen batches which the database no longer has (a restored
backup), is written anew. Every file goes aside first and the manifest comes last: whoever is killed leaves the old lake.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.timezone import localdate

from chungtay.figures.lake import contents
from chungtay.figures.lake.contents import Numbering
from chungtay.figures.lake.facts import facts_table
from chungtay.figures.lake.layout import MANIFEST, TABLES, stem_of
from chungtay.figures.lake.manifest import FactFile, File, Manifest, read_manifest, write_manifest
from chungtay.figures.lake.maps import Maps
from chungtay.figures.lake.writing import is_sound, write_file
from chungtay.figures.models import Batch, BatchHead, Fact
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.places.models import MapStamp

_NOBODY = "0" * 32
_READS_OF_A_MOVING_MAP = 5
"""How often the small tables are read again because somebody changed them meanwhile."""


class ExportRunning(DomainError):
    """Another export writes to the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Đang có một lần xuất khác ghi vào {folder}. Hãy đợi lần đó xong rồi chạy lại.")


class NotALake(DomainError):
    """The folder holds other things."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Thư mục {folder} đã có tệp khác, không phải kho số liệu. Hãy chọn một thư mục trống.")


class MapMoves(DomainError):
    """The map changed each time it was read."""

    def __init__(self) -> None:
        super().__init__("Danh mục địa bàn đang được thay đổi liên tục. Hãy đợi thay đổi xong rồi xuất lại.")


@dataclass(frozen=True)
class Step:
    """How far an export is: `what` has just been written or kept (rows in it), `done` of `total`."""

    what: str
    rows: int
    is_new: bool
    done: int
    total: int


@dataclass(frozen=True)
class Exported:
    """What an export did. `rebuilt`: nothing of an earlier lake could be used."""

    manifest: Manifest
    written: tuple[str, ...]
    kept: int
    rebuilt: bool


Tell = Callable[[Step], None]


def export(folder: Path, *, now: datetime, tell: Tell = lambda step: None) -> Exported:
    """Bring the lake in a folder up to the database. Raises ExportRunning, NotALake, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    strange = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {"facts", "tables"}
    if strange and not (folder / MANIFEST).exists():
        raise NotALake(folder)
    with _alone(folder):
        return _Export(folder, now, tell).run()


class _Export:
    def __init__(self, folder: Path, now: datetime, tell: Tell) -> None:
        self.folder, self.now, self.tell = folder, now, tell
        head = BatchHead.objects.first()
        self.identity = head.identity.hex if head else _NOBODY
        self.batch, self.stamp = (head.last_batch, head.last_stamp) if head else (0, None)
        self.written: list[str] = []
        self.done = 0

    def run(self) -> Exported:
        before = self._base()
        found = list(Indicator.objects.exclude(kind=Kind.RATIO).order_by("code").values_list("id", "code"))
        total = len(found) + len(TABLES)
        numbers, tables = self._tables(before, total)
        facts = self._facts(before, found, numbers, total)
        earlier = read_manifest(self.folder)  # its files stay until the next export: somebody may be reading by it
        manifest = Manifest(
            identity=self.identity,
            batch=self.batch,
            stamp=self.stamp.hex if self.stamp else None,
            exported_at=self.now.isoformat(timespec="seconds"),
            facts=tuple(facts),
            tables=tables,
        )
        write_manifest(self.folder, manifest)
        _sweep(self.folder, {file.path for named in (manifest, earlier) if named for file in named.files()})
        return Exported(manifest, tuple(self.written), total - len(self.written), rebuilt=before is None)

    def _base(self) -> Manifest | None:
        """Return the manifest to go on from: of this database, and of batches that it still has."""
        manifest = read_manifest(self.folder)
        if manifest is None or manifest.identity != self.identity or manifest.batch > self.batch:
            return None
        if manifest.stamp and not Batch.objects.filter(id=manifest.batch, stamp=UUID(manifest.stamp)).exists():
            return None
        return manifest if all(is_sound(self.folder, manifest.tables[name]) for name in TABLES) else None

    def _tables(self, before: Manifest | None, total: int) -> tuple[Numbering, dict[str, File]]:
        """Write the small tables as they stood at one moment."""
        numbers = Numbering({}, {})
        if before:
            numbers = Numbering(*(self._ids(before.tables[name]) for name in ("indicators", "areas")))
        for _ in range(_READS_OF_A_MOVING_MAP):
            state = _state()
            numbers = contents.numbering(numbers, localdate(self.now))
            tables = _tables_of(numbers, localdate(self.now))
            if state == _state():
                break
        else:
            raise MapMoves
        kept = {file.path for file in before.tables.values()} if before else set()
        files = {}
        for name, table in tables.items():
            files[name] = write_file(self.folder, f"tables/{name}", table)
            self._say(f"tables/{name}", files[name], files[name].path not in kept, total)
        return numbers, files

    def _facts(
        self, before: Manifest | None, found: list[tuple[UUID, str]], numbers: Numbering, total: int
    ) -> list[FactFile]:
        held = {file.number: file for file in before.facts} if before else {}
        news = Fact.objects.filter(batch_id__gt=before.batch if before else 0, batch_id__lte=self.batch)
        changed = set(news.order_by().values_list("indicator_id", flat=True).distinct())
        files = []
        for indicator_id, code in found:
            number = numbers.indicators[indicator_id]
            file = held.get(number)
            if is_new := indicator_id in changed or file is None or not is_sound(self.folder, file):
                stated = contents.stated_facts(indicator_id, self.batch, numbers.areas)
                written = write_file(self.folder, f"facts/{stem_of(code)}", facts_table(number, stated))
                file = FactFile(**vars(written), indicator=code, number=number, batch=self.batch)
            files.append(file)
            self._say(code, file, is_new, total)
        return files

    def _say(self, what: str, file: File, is_new: bool, total: int) -> None:
        self.done += 1
        if is_new:
            self.written.append(file.path)
        self.tell(Step(what, file.rows, is_new, self.done, total))

    def _ids(self, file: File) -> dict[UUID, int]:
        table = pq.read_table(self.folder / file.path, columns=["number", "id"])
        return {
            UUID(found): number for number, found in zip(*(column.to_pylist() for column in table.columns), strict=True)
        }


def _tables_of(numbers: Numbering, today: date) -> dict[str, pa.Table]:
    versions = contents.versions_rows(numbers.areas)
    tables = {
        "indicators": contents.indicators_table(numbers.indicators),
        "areas": contents.areas_table(numbers.areas, versions),
        "versions": contents.table_of("versions", versions),
        "successions": contents.successions_table(numbers.areas),
        "expectations": contents.expectations_table(numbers),
    }
    standing = Maps(tables["areas"], tables["versions"], tables["successions"]).standing_on(today)
    return tables | {"standing": contents.table_of("standing", standing.rows())}


def _state() -> tuple[Any, ...]:
    """Return what changes with the map and with who is expected."""
    revision = BatchHead.objects.values_list("expectation_revision", flat=True).first()
    return revision, MapStamp.objects.values_list("stamp", flat=True).first()


def _sweep(folder: Path, wanted: set[str]) -> None:
    """Remove every file that is not wanted any more, and what a killed export left."""
    for path in [*folder.glob("facts/*.parquet"), *folder.glob("tables/*.parquet"), *folder.glob("*/.new-*")]:
        if path.relative_to(folder).as_posix() not in wanted:
            with suppress(OSError):
                path.unlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it is gone with its process, however that ends. Raises ExportRunning."""
    try:
        import fcntl
    except ImportError:  # a system without such locks: whoever writes last wins, and its lake is whole
        yield
        return
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ExportRunning(folder) from None
        yield
