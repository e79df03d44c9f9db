"""The shapes of returns: what is owed, the cells of one, and what a program sends into them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from chungtay.api.shapes import Code, Paged, Said, Sent, UnitRef
from chungtay.figures.rules import MAX_VALUE
from chungtay.returns.rules import State

MOST_CELLS, MOST_ROWS = 500, 2_000
Text = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Value = Annotated[int, Field(ge=-MAX_VALUE, le=MAX_VALUE)]


class ReturnLine(Schema):
    """What a unit owes for a period of a form."""

    id: UUID
    form: str
    period: str
    unit: UnitRef
    state: str
    due_at: datetime
    revision: int


class CellOut(Schema):
    """A cell. `value`: scaled by 10^decimals, null when empty; `text`: what was typed and is no number."""

    key: str
    label: str
    measured_in: str
    decimals: int
    value: int | None
    text: str
    absent: str
    explain: str


class CellSaid(Said):
    """What there is to say about a cell: wrong, explain and missing hinder the sending; info does not."""

    severity: str


class ReturnWhole(ReturnLine):
    """A return with its cells as they stand for the reader: the working copy for its clerk, else what was last sent."""

    version: int | None
    content_hash: str | None
    cells: list[CellOut]
    problems: list[CellSaid]


class CellIn(Sent):
    """What a cell shall hold; `value` null empties it, `absent` says why there is no number."""

    value: Value | None = None
    absent: Text = ""
    explain: Text = ""
    reply: Text = ""


class CellsIn(Sent):
    """Cells by key; those not named keep what they hold."""

    cells: Annotated[dict[Code, CellIn], Field(max_length=MOST_CELLS)]


class RowIn(CellIn):
    """A cell of a unit's return."""

    unit: Code
    cell: Code


class RowsIn(Sent):
    """Cells of many units for one period of a form: all are saved or none."""

    form: Code
    period: Code
    rows: Annotated[list[RowIn], Field(min_length=1, max_length=MOST_ROWS)]


class RowsDone(Schema):
    """What was, or with dry_run would be, saved; `problems` points at rows ("rows.3")."""

    saved: bool
    units: int
    cells: int
    problems: list[Said]


class CellChange(Schema):
    """A cell that differs between what stands in the return and a workbook, in the words of the form."""

    key: str
    label: str
    before: str
    after: str


class WorkbookLooked(Schema):
    """What a workbook would do. state: "changed", "unchanged" or "refused" (then `problems` says why, cell by cell)."""

    state: Literal["changed", "unchanged", "refused"]
    changes: list[CellChange]
    problems: list[Said]
    remarks: list[CellSaid]


class Submitted(Schema):
    """The version that now waits for the leader."""

    id: UUID
    version: int
    content_hash: str
    state: str


class ReturnsAsked(Paged):
    """Which returns are wanted."""

    form: Code | None = None
    period: Code | None = None
    unit: Code | None = None
    state: State | None = None


class DryRun(Schema):
    """Whether only to look what would happen."""

    dry_run: Annotated[Literal["true", "false"], Field(description="true: chỉ kiểm tra, không ghi gì")] = "false"
