"""A plan as JSON and back: the shape of the file of `chungtay units reorganise`, and of what is frozen with a reorganisation.

Reading collects every fault of the shape before it refuses; what the units and shares mean is checked by `reorganising`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from uuid import UUID

from chungtay.kernel.errors import DomainError, Problem
from chungtay.places.plans import Abolish, Change, Create, Form, NewUnit, Plan, Revise, Source
from chungtay.places.rules import KIND_LABELS, WHOLE, ReorganisationKind

_PLAN_KEYS = {"kind", "effective_on", "legal_basis", "note", "corrects", "changes"}
_UNIT_KEYS = {"code", "name", "level", "parent"}
_KEYS = {
    "form": {"do", "unit", "from"},
    "create": {"do", "unit"},
    "revise": {"do", "unit", *_UNIT_KEYS},
    "abolish": {"do", "unit", "heir"},
}


_T = TypeVar("_T")


class BadPlan(DomainError):
    """The text is no plan; `problems` say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = (f"{found.where}: {found.sentence}" if found.where else found.sentence for found in self.problems)
        super().__init__("\n".join(lines))


def plan_from_json(obj: object) -> Plan:
    """Return the plan that a JSON object says. Raises BadPlan with every fault of its shape."""
    reader = _Reader()
    plan = reader.plan(obj)
    if reader.problems or plan is None:
        raise BadPlan(reader.problems)
    return plan


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as a JSON object; `plan_from_json` gives the same plan back."""
    said: dict[str, Any] = {
        "kind": str(plan.kind),
        "effective_on": plan.effective_on.isoformat(),
        "legal_basis": plan.legal_basis,
        "note": plan.note,
        "changes": [_change_to_json(change) for change in plan.changes],
    }
    return said | ({"corrects": str(plan.corrects)} if plan.corrects else {})


def _change_to_json(change: Change) -> dict[str, Any]:
    if isinstance(change, Form):
        return {"do": "form", "unit": vars(change.unit), "from": [_source_to_json(one) for one in change.sources]}
    if isinstance(change, Create):
        return {"do": "create", "unit": vars(change.unit)}
    if isinstance(change, Revise):
        return {"do": "revise"} | {key: value for key, value in vars(change).items() if value is not None}
    return {"do": "abolish"} | {key: value for key, value in vars(change).items() if value}


def _source_to_json(source: Source) -> dict[str, Any]:
    said = {"unit": source.unit, "share": _decimal_text(source.share_ppm)}
    if source.back_share_ppm is not None:
        said["back_share"] = _decimal_text(source.back_share_ppm)
    return said | ({"basis": source.basis} if source.basis else {})


def _decimal_text(ppm: int) -> str:
    return f"{(Decimal(ppm) / WHOLE).normalize():f}"


class _Reader:
    """Reads one plan and collects what is wrong with its shape."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def plan(self, obj: object) -> Plan | None:
        said = self._object(obj, "", _PLAN_KEYS)
        kind = self._kind(said.get("kind", ReorganisationKind.MIXED))
        day = self._read(date.fromisoformat, said.get("effective_on"), "effective_on", "ngày dạng 2025-07-01")
        corrects = said.get("corrects")
        earlier = self._read(UUID, corrects, "corrects", "mã của một đợt sắp xếp đã ghi") if corrects else None
        changes = said.get("changes")
        if not isinstance(changes, list):
            self._wrong("Thiếu danh sách thay đổi “changes”.", "changes")
            changes = []
        read = [self._change(change, f"Thay đổi {number}") for number, change in enumerate(changes, start=1)]
        texts = [self._text(said, key, "") for key in ("legal_basis", "note")]
        if kind is None or day is None:
            return None
        return Plan(kind, day, texts[0], tuple(c for c in read if c is not None), texts[1], earlier)

    def _kind(self, said: object) -> ReorganisationKind | None:
        known = ", ".join(KIND_LABELS)
        return self._read(ReorganisationKind, said, "kind", f"một trong: {known}")

    def _change(self, obj: object, where: str) -> Change | None:
        do = obj.get("do") if isinstance(obj, Mapping) else None
        if not isinstance(do, str) or do not in _KEYS:
            self._wrong(f"Không rõ phải làm gì: “do” phải là một trong {', '.join(_KEYS)}.", where)
            return None
        said = self._object(obj, where, _KEYS[do])
        if do in ("form", "create"):
            unit = self._unit(said.get("unit"), where)
            return Form(unit, self._sources(said.get("from"), where)) if do == "form" else Create(unit)
        ref = self._text(said, "unit", where)
        if do == "abolish":
            return Abolish(ref, self._text(said, "heir", where))
        given = {key: self._text(said, key, where) for key in sorted(_UNIT_KEYS) if key in said}
        return Revise(ref, **given)

    def _unit(self, obj: object, where: str) -> NewUnit:
        said = self._object(obj, f"{where}, đơn vị mới", _UNIT_KEYS)
        return NewUnit(**{key: self._text(said, key, where) for key in sorted(_UNIT_KEYS)})

    def _sources(self, obj: object, where: str) -> tuple[Source, ...]:
        if not isinstance(obj, list):
            self._wrong("Thiếu danh sách đơn vị cũ “from”.", where)
            return ()
        return tuple(self._source(one, f"{where}, nguồn {number}") for number, one in enumerate(obj, start=1))

    def _source(self, obj: object, where: str) -> Source:
        said = self._object(obj, where, {"unit", "share", "back_share", "basis"})
        back = said.get("back_share")
        return Source(
            unit=self._text(said, "unit", where),
            share_ppm=self._share(said.get("share", "1"), where, "share"),
            back_share_ppm=None if back in (None, "") else self._share(back, where, "back_share"),
            basis=self._text(said, "basis", where),
        )

    def _share(self, said: object, where: str, key: str) -> int:
        """Return a share in parts per million; WHOLE stands in for one that cannot be read."""
        try:
            share = Decimal(str(said).strip().replace(",", ".")) * WHOLE
        except InvalidOperation:
            share = Decimal("NaN")
        if not share.is_finite() or share != share.to_integral_value() or not 0 < share <= WHOLE:
            self._wrong(
                f"Tỷ lệ “{key}” là {said!s}: phải lớn hơn 0, không quá 1, nhiều nhất 6 chữ số thập phân.", where
            )
            return WHOLE
        return int(share)

    def _text(self, said: Mapping[str, Any], key: str, where: str) -> str:
        value = said.get(key)
        if value is not None and not isinstance(value, str):
            self._wrong(f"“{key}” phải là chữ trong ngoặc kép.", where)
            return ""
        return (value or "").strip()

    def _object(self, obj: object, where: str, keys: set[str]) -> Mapping[str, Any]:
        if not isinstance(obj, Mapping):
            self._wrong("Chỗ này phải là một đối tượng JSON { … }.", where)
            return {}
        for key in obj:
            if key not in keys:
                self._wrong(f"Không có mục “{key}”; các mục được dùng: {', '.join(sorted(keys))}.", where)
        return obj

    def _read(self, read: Callable[[str], _T], said: object, where: str, meant: str) -> _T | None:
        try:
            return read(str(said))
        except ValueError:
            self._wrong(f"“{said if said is not None else ''}” không phải {meant}.", where)
            return None

    def _wrong(self, sentence: str, where: str) -> None:
        self.problems.append(Problem(sentence, where))
