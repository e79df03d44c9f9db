"""Kinds of groups and activities as data: what they are called, what they count, and the fields that only they have."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chungtay.kernel.errors import DomainError

Value = int | str
LONGEST = 500  # characters of a text field


class WrongDetail(DomainError):
    """A field of a kind holds what it cannot hold; `field` is its code."""

    def __init__(self, field_code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field_code


@dataclass(frozen=True)
class FieldSpec:
    """A field of a kind. kind: text, count (a whole number, never below 0) or choice; none is ever demanded."""

    code: str
    label: str
    kind: str
    hint: str = ""
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    default: int | None = None
    at_most: str = ""

    def shown(self, value: Value | None) -> str:
        """Return a value as people read it."""
        return "" if value is None else self.choices.get(str(value), str(value))


@dataclass(frozen=True)
class GroupKind:
    """A kind of group. measure: what its size is told in, "members" or "households"; born_of: kinds it may be born of.

    indicators: which of "count", "members" and "born" are told to the account, and as which indicator.
    """

    code: str
    label: str
    noun: str
    short: str
    measure: str
    fields: tuple[FieldSpec, ...]
    officer_roles: tuple[str, ...]
    indicators: Mapping[str, str]
    born_of: tuple[str, ...] = ()
    spirit: str = ""
    has_grades: bool = False


@dataclass(frozen=True)
class ActivityKind:
    """A kind of activity. indicators: {its field: indicator}; per_hamlet: held by each residential area, so that it can be covered."""

    code: str
    label: str
    noun: str
    fields: tuple[FieldSpec, ...]
    indicators: Mapping[str, str]
    per_hamlet: bool = False
    season: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All kinds, by code, in the order in which they are offered."""

    groups: Mapping[str, GroupKind]
    activities: Mapping[str, ActivityKind]


def read_catalogue(text: str) -> Catalogue:
    """Return the kinds of a JSON text. Raises KeyError or ValueError for a text that is none, as at a wrong release."""
    told = json.loads(text)
    groups = [GroupKind(**_made(one)) for one in told["groups"]]
    activities = [ActivityKind(**_made(one)) for one in told["activities"]]
    return Catalogue({one.code: one for one in groups}, {one.code: one for one in activities})


def _made(told: Mapping[str, Any]) -> dict[str, Any]:
    made = {key: tuple(value) if key in {"officer_roles", "born_of"} else value for key, value in told.items()}
    return made | {"fields": tuple(FieldSpec(**one) for one in told["fields"])}


def checked_details(fields: tuple[FieldSpec, ...], given: Mapping[str, Any]) -> dict[str, Value]:
    """Return the fields that hold something, checked; what is left empty is not kept. Raises WrongDetail."""
    found: dict[str, Value] = {}
    for spec in fields:
        raw = given.get(spec.code)
        if raw is None or raw == "":
            continue
        found[spec.code] = _checked(spec, raw)
    for spec in fields:
        limit, value = found.get(spec.at_most), found.get(spec.code)
        if isinstance(limit, int) and isinstance(value, int) and value > limit:
            whole = next(one.label for one in fields if one.code == spec.at_most)
            raise WrongDetail(
                spec.code, f"“{spec.label}” là {value}, nhiều hơn “{whole}” là {limit}. Hãy xem lại hai số."
            )
    return found


def _checked(spec: FieldSpec, raw: Any) -> Value:
    if spec.kind == "count":
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= 10**9:
            raise WrongDetail(spec.code, f"“{spec.label}” phải là một số nguyên từ 0 trở lên; đang là “{raw}”.")
        return raw
    text = " ".join(str(raw).split())
    if spec.kind == "choice" and text not in spec.choices:
        offered = ", ".join(spec.choices.values())
        raise WrongDetail(spec.code, f"“{spec.label}” phải là một trong: {offered}; đang là “{text}”.")
    if len(text) > LONGEST:
        raise WrongDetail(
            spec.code, f"“{spec.label}” dài {len(text)} ký tự, nhiều nhất là {LONGEST}. Hãy viết gọn lại."
        )
    return text
