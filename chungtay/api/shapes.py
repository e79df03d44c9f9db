"""The shapes that every part of the API shares: days, periods, pages, problems, tokens."""

import re
from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from chungtay.api.paging import MOST, USUAL
from chungtay.api.rules import Scope

T = TypeVar("T")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(said: object) -> object:
    """Read nothing but YYYY-MM-DD: what takes numbers of seconds for days is no service to anybody."""
    if isinstance(said, date) and not isinstance(said, datetime):
        return said
    if not isinstance(said, str) or not _DAY.fullmatch(said):
        raise ValueError("ngày phải có dạng YYYY-MM-DD")
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ValueError("ngày không có trong lịch") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Code = Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f]+$")]
Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(ge=0)]


class Sent(Schema):
    """What a caller sends: nothing but what is named here, nothing converted."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Paged(Schema):
    """Which page of a list is wanted."""

    cursor: Annotated[str, Field(max_length=400, pattern=r"^[A-Za-z0-9_-]*$", description="“next” của trang trước")] = (
        ""
    )
    limit: Annotated[int, Field(ge=1, le=MOST, description=f"Số mục một trang, thường là {USUAL}")] = USUAL


class Page(Schema, Generic[T]):
    """One page of a list. `next`: the cursor of the following page, null at the end."""

    items: list[T]
    next: str | None = None


class Said(Schema):
    """One finding."""

    where: str
    message: str


class Problem(Schema):
    """A refusal, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    problems: list[Said]


class UnitRef(Schema):
    """A unit by its code and name."""

    code: str
    name: str


class SignIn(Sent):
    """A name and a password; scopes: what the token is to be for, all where none are named."""

    username: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
    password: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
    scopes: Annotated[
        list[Annotated[str, Field(pattern="^(" + "|".join(re.escape(s) for s in Scope) + ")$")]], Field(max_length=10)
    ] = []


class NewToken(Schema):
    """A token, shown this once."""

    token: str
    token_type: Literal["Bearer"] = Field(default="Bearer")
    expires_at: datetime
    scopes: list[str]


class Post(Schema):
    """A role at a unit."""

    role: str
    unit: UnitRef
    since: date


class Me(Schema):
    """Whose token this is, and what it may."""

    id: UUID
    username: str
    full_name: str
    title: str
    posts: list[Post]
    scopes: list[str]
    expires_at: datetime
