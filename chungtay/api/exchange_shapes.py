"""The shapes of DHIS2's data value sets and of its import summaries, as the API reads and writes them. Names are DHIS2's."""
# ruff: noqa: N815

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from chungtay.api.shapes import Code, Count, Day

SchemeName = Literal["code", "name", "uid", "CODE", "NAME", "UID"]
Flag = Literal["true", "false"]


class SetIn(Schema):
    """A data value set; what its values may hold is said in the answer, line by line."""

    dataValues: list[Any]


class ValueOut(Schema):
    """A value as DHIS2 writes it. `comment` says of a derived total how many units are in it."""

    dataElement: str
    period: str
    orgUnit: str
    categoryOptionCombo: str | None = None
    value: str | None = None
    comment: str | None = None
    lastUpdated: str | None = None
    deleted: bool | None = None


class SetOut(Schema):
    """A data value set."""

    dataValues: list[ValueOut]


class Counts(Schema):
    """What became of the values. `ignored` counts what is known already and what is in conflict."""

    imported: Count
    updated: Count
    ignored: Count
    deleted: Count


class ConflictOut(Schema):
    """One line that was not taken. `value` is the sentence, as in DHIS2; `errorCode` is DHIS2's, where it has one; `code` ours."""

    object: str
    value: str
    errorCode: str
    property: str
    indexes: list[int]
    where: str
    code: str
    sentence: str


class Summary(Schema):
    """An import summary. `importId` opens what waits for a second person; null when nothing was recorded."""

    responseType: Literal["ImportSummary"]
    status: Literal["SUCCESS", "WARNING"]
    description: str
    importOptions: dict[str, str | bool]
    importCount: Counts
    conflicts: list[ConflictOut]
    conflictCount: Count
    rejectedIndexes: list[int]
    dataSetComplete: Literal["false"]
    importId: UUID | None
    state: str


class Answer(Schema):
    """What DHIS2 wraps a summary in."""

    httpStatus: Literal["OK"]
    httpStatusCode: Literal[200]
    status: Literal["OK", "WARNING"]
    message: str
    response: Summary


class HowIn(Schema):
    """How a file is to be read."""

    partner: Annotated[Code | None, Field(description="Mã hệ thống gửi; bỏ qua khi chỉ có một")] = None
    dryRun: Flag = "false"
    importStrategy: Annotated[
        Literal["CREATE_AND_UPDATE", "CREATE", "UPDATE", "DELETE", "NEW_AND_UPDATES", "NEW", "UPDATES"] | None,
        Field(description="Thường là CREATE_AND_UPDATE"),
    ] = None
    idScheme: Annotated[SchemeName | None, Field(description="Thường theo hệ thống đã khai")] = None
    dataElementIdScheme: SchemeName | None = None
    orgUnitIdScheme: SchemeName | None = None


class HowOut(Schema):
    """Which values are wanted."""

    dataElement: Annotated[
        list[Code], Field(min_length=1, max_length=100, description="Mã chỉ tiêu, nhiều mã thì lặp lại tham số")
    ]
    orgUnit: Annotated[list[Code], Field(min_length=1, max_length=100, description="Mã đơn vị: 29863")]
    period: Annotated[list[Code], Field(max_length=100, description="202201, 2022Q1, 2022S1, 2022")] = []
    startDate: Day | None = None
    endDate: Day | None = None
    children: Annotated[Flag, Field(description="Cả các đơn vị bên dưới")] = "false"
    lastUpdated: Annotated[Day | None, Field(description="Chỉ số ghi từ ngày này")] = None
    includeDeleted: Flag = "false"
    includeTotals: Annotated[Flag, Field(description="Cả số tổng hợp của cấp trên, có ghi chú")] = "false"
    partner: Annotated[Code | None, Field(description="Gọi tên theo bảng quy đổi của hệ thống này")] = None
    idScheme: SchemeName | None = None
    dataElementIdScheme: SchemeName | None = None
    orgUnitIdScheme: SchemeName | None = None
    format: Annotated[Literal["json", "csv", "xml", "adx"] | None, Field(description="Thay cho đầu mục Accept")] = None
