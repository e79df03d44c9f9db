"""Kinds of cases as data, pure: what each asks for, whom it helps and what it counts as (`data/kinds.json`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text

LONGEST_TEXT = 200


class Subject(StrEnum):
    """Whom a case helps: one household, everybody at a place, or the households and persons of a list."""

    HOUSEHOLD = "household"
    PLACE = "place"
    LIST = "list"


class Measure(StrEnum):
    """What a finished case counts as."""

    HOUSE = "house"
    BRIDGE = "bridge"
    PACKAGE = "package"


class UnknownKind(DomainError):
    """There is no such kind of case."""


@dataclass(frozen=True)
class KindField:
    """A field of a kind's own. type: text, number, date, choice; least and most bound a number."""

    code: str
    label: str
    type: str
    choices: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False
    least: int = 0
    most: int = 10**12


@dataclass(frozen=True)
class Kind:
    """A kind of case: its noun of counting, whom it helps, what it counts as, which spending of a fund pays it."""

    code: str
    name: str
    unit: str
    subject: Subject
    measure: Measure
    hint: str
    fields: tuple[KindField, ...]
    spending: Mapping[str, str]
    gift_kind: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether what is given out stands line by line."""
        return self.measure is Measure.PACKAGE

    @property
    def needs_pictures(self) -> bool:
        """Whether it is built, so that pictures show the work."""
        return self.measure is not Measure.PACKAGE

    def words_of(self, details: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return (label, value in words) of the fields that say something, in their order."""
        return [
            (field.label, _shown(field, details[field.code]))
            for field in self.fields
            if details.get(field.code) not in (None, "")
        ]


def kinds() -> Mapping[str, Kind]:
    """Return every kind by its code, in the order of the data."""
    return _kinds()


def kind_of(code: str) -> Kind:
    """Return a kind. Raises UnknownKind."""
    try:
        return _kinds()[code]
    except KeyError:
        raise UnknownKind(f"Không có loại hỗ trợ “{code}”. Hãy chọn trong danh sách các loại.") from None


def works_of(kind: Kind) -> Mapping[str, str]:
    """Return the ways of working of a kind, by code: {"new": "Xây mới"}; none for most kinds."""
    return next((dict(field.choices) for field in kind.fields if field.code == "work"), {})


def detail_problems(kind: Kind, details: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the values of a kind's own fields, JSON values: text, integers, ISO days."""
    known = {field.code for field in kind.fields}
    wrong = [f"{kind.name} không có ô “{code}”." for code in details if code not in known]
    for field in kind.fields:
        value = details.get(field.code)
        if value in (None, ""):
            if not field.is_optional:
                wrong.append(f"Chưa ghi “{field.label}”.")
        elif problem := _problem(field, value):
            wrong.append(problem)
    return wrong


def _problem(field: KindField, value: Any) -> str:
    if field.type == "choice" and value not in dict(field.choices):
        return f"“{field.label}”: lựa chọn này không có trong danh sách."
    if field.type == "number" and not (type(value) is int and field.least <= value <= field.most):
        return f"“{field.label}” phải là số nguyên từ {format_integer(field.least)} đến {format_integer(field.most)}."
    if field.type == "date" and _day(value) is None:
        return f"“{field.label}” không phải một ngày có trong lịch."
    if field.type == "text" and not (isinstance(value, str) and len(value) <= LONGEST_TEXT):
        return f"“{field.label}” dài quá {LONGEST_TEXT} chữ. Hãy viết ngắn lại."
    return ""


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _shown(field: KindField, value: Any) -> str:
    if field.type == "choice":
        return dict(field.choices).get(value, str(value))
    if field.type == "number":
        return format_integer(value)
    if field.type == "date" and (day := _day(value)):
        return date_text(day)
    return str(value)


@cache
def _kinds() -> dict[str, Kind]:
    text = files("chungtay.support").joinpath("data", "kinds.json").read_text(encoding="utf-8")
    return {told["code"]: _read(told) for told in json.loads(text)}


def _read(told: dict[str, Any]) -> Kind:
    fields = tuple(
        KindField(**field | {"choices": tuple(field.get("choices", {}).items())}) for field in told["fields"]
    )
    return Kind(**told | {"fields": fields, "subject": Subject(told["subject"]), "measure": Measure(told["measure"])})
