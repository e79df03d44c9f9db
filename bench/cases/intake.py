"""C: the workbooks of a province's 143 communes, 120 cells each, from bytes on disk to validated entries; no database."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from bench.harness import LIMIT, OURS, Goal
from chungtay.returns.checks import check_cells
from chungtay.returns.rules import CellSpec, Entry
from chungtay.returns.workbooks.layout import FIRST_ROW, VALUE, Identity
from chungtay.returns.workbooks.opening import open_workbook
from chungtay.returns.workbooks.reading import read_cells, read_identity
from chungtay.returns.workbooks.writing import Blank, write_workbook

COMMUNES, CELLS = 143, 120


class Intake:
    """Ours guards, opens, reads and checks every workbook; the probe only parses; openpyxl is the ordinary way."""

    name = "intake"
    title = f"C intake: {COMMUNES} workbooks × {CELLS} cells, read and validated"
    rounds = 15
    # 150 ms were promised on a machine whose bare parser took 58 ms: the ratio says it for any other.
    goals = (Goal(OURS, most_ms=150), Goal(OURS, times_limit=2.6), Goal(OURS, faster_than="openpyxl", times=5))

    def prepare(self, folder: Path) -> None:
        dice = random.Random(143)
        self.cells = [CellSpec(f"bench.cell{i}", f"Chỉ tiêu số {i}", "căn", f"Phần {i // 20}") for i in range(CELLS)]
        self.entries: dict[Path, dict[str, Entry]] = {}
        for commune in range(COMMUNES):
            identity = Identity("B01", 1, "2022Q3", f"{29000 + commune}")
            blank = Blank(identity, "Biểu B01", "Chương trình 500", f"Xã {commune}", "quý III năm 2022", self.cells, {})
            entries = {c.key: Entry(value=dice.randrange(10**9)) for c in self.cells}
            path = folder / f"{commune}.xlsx"
            path.write_bytes(write_workbook(blank, entries))
            self.entries[path] = entries

    def check(self) -> str:
        """Compare every cell of ours, and of openpyxl, with what was written."""
        for path, entries in self.entries.items():
            sheet = open_workbook(path.read_bytes())
            filled = read_cells(sheet, self.cells)
            assert not filled.problems
            assert filled.entries == entries
            identity = read_identity(sheet)
            assert identity is not None and identity.area == f"{29000 + int(path.stem)}"
        assert self._openpyxl() == sum(e.value or 0 for entries in self.entries.values() for e in entries.values())
        return f"{COMMUNES * CELLS:,} cells equal to what was written"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: self._parse_only, OURS: self._ours, "openpyxl": self._openpyxl}

    def _parse_only(self) -> int:
        return sum(len(CalamineWorkbook.from_path(str(p)).get_sheet_by_index(0).to_python()) for p in self.entries)

    def _ours(self) -> int:
        problems = 0
        for path in self.entries:
            filled = read_cells(open_workbook(path.read_bytes()), self.cells)
            problems += len(filled.problems) + len(check_cells(self.cells, (), filled.entries))
        return problems

    def _openpyxl(self) -> int:
        total = 0
        for path in self.entries:
            sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).active
            for row in sheet.iter_rows(min_row=FIRST_ROW + 1, min_col=VALUE + 1, max_col=VALUE + 1, values_only=True):
                total += row[0] or 0
        return total


CASES = [Intake()]
