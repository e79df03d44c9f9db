"""Opens a lake for reading: its manifest, its small tables, and the files of some indicators. Needs no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chungtay.figures.lake.layout import FACTS, TABLES
from chungtay.figures.lake.manifest import FactFile, File, read_manifest
from chungtay.figures.lake.maps import Maps
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError


class NoLake(DomainError):
    """There is no lake in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Thư mục {folder} chưa có kho số liệu. Hãy chạy “chungtay lake export --out {folder}” trước.")


class LakeDamaged(DomainError):
    """A file that the manifest names is not what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Tệp {path} của kho số liệu bị mất hoặc bị thay đổi. Hãy chạy lại “chungtay lake export” để ghi lại tệp đó."
        )


class NotInLake(DomainError):
    """An indicator that the lake does not know."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(
            f"Kho số liệu không có chỉ tiêu {', '.join(sorted(codes))}. Hãy kiểm tra lại mã, hoặc xuất lại kho."
        )


@dataclass(frozen=True)
class Definition:
    """An indicator as the lake knows it; `terms` are the numbers of those whose facts make it up."""

    number: int
    code: str
    kind: Kind
    decimals: int
    terms: tuple[int, ...]


class Lake:
    """A lake as its manifest stood when it was opened. Raises NoLake."""

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        if manifest is None:
            raise NoLake(folder)
        self.folder, self.manifest = folder, manifest

    def table(self, name: str) -> pa.Table:
        """Return a small table. Raises LakeDamaged."""
        file = self.manifest.tables[name]
        try:
            return pq.read_table(self._checked(file), schema=TABLES[name])
        except pa.ArrowInvalid:
            raise LakeDamaged(self.folder / file.path) from None

    @cached_property
    def maps(self) -> Maps:
        """The history of places."""
        return Maps(self.table("areas"), self.table("versions"), self.table("successions"))

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """What can be added up, by code, in the order of codes: flows, stocks, and ratios of two of them."""
        rows = {row["number"]: row for row in self.table("indicators").to_pylist()}
        found = {}
        for row in sorted(rows.values(), key=lambda row: str(row["code"])):
            terms = (row["numerator"], row["denominator"]) if row["kind"] == Kind.RATIO else (row["number"],)
            if all(term in rows and rows[term]["kind"] in (Kind.FLOW, Kind.STOCK) for term in terms):
                found[row["code"]] = Definition(
                    row["number"], row["code"], Kind(row["kind"]), row["decimals"], tuple(terms)
                )
        return found

    def chosen(self, codes: Iterable[str]) -> list[Definition]:
        """Return the indicators with these codes, all without any. Raises NotInLake."""
        wanted = list(dict.fromkeys(codes))
        if unknown := [code for code in wanted if code not in self.definitions]:
            raise NotInLake(unknown)
        return [self.definitions[code] for code in wanted] if wanted else list(self.definitions.values())

    @cached_property
    def fact_files(self) -> dict[int, FactFile]:
        """The file of each indicator's facts, by number."""
        return {file.number: file for file in self.manifest.facts}

    def fact_paths(self, numbers: Iterable[int]) -> list[str]:
        """Return the files of some indicators. Raises LakeDamaged."""
        files = (self.fact_files[number] for number in sorted(set(numbers)) if number in self.fact_files)
        return [str(self._checked(file)) for file in files]

    def rows_of(self, numbers: Iterable[int]) -> int:
        """Return how many facts there are of some indicators."""
        return sum(self.fact_files[number].rows for number in set(numbers) if number in self.fact_files)

    def facts(self, numbers: Iterable[int]) -> pa.Table:
        """Return the facts of some indicators. Raises LakeDamaged."""
        parts = [pq.read_table(path, schema=FACTS) for path in self.fact_paths(numbers)]
        return pa.concat_tables(parts) if parts else FACTS.empty_table()

    def _checked(self, file: File) -> Path:
        """Return where a file stands, if it has its size; the export also compares hashes."""
        path = (self.folder / file.path).resolve()
        try:
            if path.stat().st_size == file.bytes:
                return path
        except OSError:
            pass
        raise LakeDamaged(path)
