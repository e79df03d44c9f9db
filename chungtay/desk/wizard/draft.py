"""A reorganisation being put together: what the steps have gathered, and the plan that it makes. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from chungtay.kernel.errors import DomainError

FORMING = frozenset({"merge", "split", "mixed"})
REVISING = frozenset({"rename", "level", "transfer"})
MOST_NEW = 8
MOST_UNITS = 40


class BadShare(DomainError):
    """A share is no number of hundredths."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” không phải một tỷ lệ. Hãy ghi phần trăm từ 0 đến 100, nhiều nhất 4 chữ số sau dấu phẩy, "
            "ví dụ 21 hoặc 33,3333."
        )


@dataclass(frozen=True)
class NewUnit:
    """A unit as it will be: also what an old one is revised to."""

    code: str = ""
    name: str = ""
    level: str = ""
    parent: str = ""

    def plan(self) -> dict[str, Any]:
        """Return it as a plan writes it."""
        return {"code": self.code, "name": self.name, "level": self.level, "parent": self.parent or None}


@dataclass(frozen=True)
class Part:
    """How much of an old unit goes to a new one, in per cent as typed; `back`: how much of the new one it is."""

    share: str = ""
    back: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Draft:
    """Everything gathered so far. `units` are codes on the map of the day before; `parts` are keyed "old/new" by position."""

    kind: str = "merge"
    effective_on: str = ""
    legal_basis: str = ""
    note: str = ""
    corrects: str = ""
    units: tuple[str, ...] = ()
    new: tuple[NewUnit, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    revised: Mapping[str, NewUnit] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_units(self) -> bool:
        """Whether there is something to pick: a unit that is created comes from nowhere."""
        return self.kind != "create"

    @property
    def missing_units(self) -> str:
        """What still has to be picked, "" when that is enough."""
        count = len(self.units)
        if self.kind == "merge" and count < 2:
            return "Hãy chọn ít nhất hai đơn vị để nhập."
        if self.kind == "split" and count != 1:
            return "Hãy chọn đúng một đơn vị để chia."
        if self.needs_units and not count:
            return "Hãy chọn ít nhất một đơn vị."
        return ""

    def part(self, old: int, new: int) -> Part:
        """Return the part of an old unit in a new one; into a single new unit everything goes."""
        whole = Part(share="100") if len(self.new) == 1 else Part()
        return self.parts.get(f"{old}/{new}", whole)

    def with_unit(self, ref: str) -> "Draft":
        """Return the draft with one more unit; the same one twice changes nothing."""
        if ref in self.units or len(self.units) >= MOST_UNITS:
            return self
        return replace(self, units=(*self.units, ref))

    def without_unit(self, ref: str) -> "Draft":
        """Return the draft without a unit; what was said of parts by position no longer holds."""
        return replace(self, units=tuple(one for one in self.units if one != ref), parts={})

    def plan(self) -> dict[str, Any]:
        """Return the plan as JSON. Raises BadShare."""
        plan: dict[str, Any] = {
            "kind": self.kind,
            "effective_on": self.effective_on,
            "legal_basis": self.legal_basis,
            "note": self.note,
            "changes": self._changes(),
        }
        return plan | ({"corrects": self.corrects} if self.corrects else {})

    def _changes(self) -> list[dict[str, Any]]:
        if self.kind in FORMING:
            return [{"do": "form", "unit": unit.plan(), "from": self._sources(at)} for at, unit in enumerate(self.new)]
        if self.kind in REVISING:
            return [{"do": "revise", "unit": ref, **self._revision(ref)} for ref in self.units]
        if self.kind == "abolish":
            return [
                {"do": "abolish", "unit": ref} | ({"heir": heir} if (heir := self.heirs.get(ref, "")) else {})
                for ref in self.units
            ]
        return [{"do": "create", "unit": unit.plan()} for unit in self.new]

    def _sources(self, new: int) -> list[dict[str, str]]:
        sources = []
        for old, ref in enumerate(self.units):
            part = self.part(old, new)
            share = as_share(part.share)
            if not share:
                continue
            source = {"unit": ref, "share": f"{share:f}"}
            if part.back.strip():
                source["back_share"] = f"{as_share(part.back):f}"
            if part.basis:
                source["basis"] = part.basis
            sources.append(source)
        return sources

    def _revision(self, ref: str) -> dict[str, str]:
        """Only what is said: an empty box leaves things as they are."""
        unit = self.revised.get(ref, NewUnit())
        said = {"name": unit.name, "code": unit.code, "level": unit.level, "parent": unit.parent}
        return {name: value for name, value in said.items() if value}

    def as_json(self) -> dict[str, Any]:
        """Return the draft as the session keeps it."""
        return asdict(self)


def draft_of(kept: Mapping[str, Any]) -> Draft:
    """Return the draft that the session kept."""
    return Draft(
        **{name: kept.get(name, "") for name in ("kind", "effective_on", "legal_basis", "note", "corrects")},
        units=tuple(kept.get("units", ())),
        new=tuple(NewUnit(**unit) for unit in kept.get("new", ())),
        parts={key: Part(**part) for key, part in kept.get("parts", {}).items()},
        revised={ref: NewUnit(**unit) for ref, unit in kept.get("revised", {}).items()},
        heirs=dict(kept.get("heirs", {})),
    )


def draft_of_plan(plan: Mapping[str, Any], *, corrects: str) -> Draft | None:
    """Return the draft that would make a recorded plan, to be mended; None for a plan that is too mixed or long for the steps."""
    changes = plan["changes"]
    if len(changes) > MOST_UNITS:
        return None
    does = {change["do"] for change in changes}
    kind = plan["kind"]
    blank = Draft(
        effective_on=str(plan.get("effective_on") or ""),
        legal_basis=str(plan.get("legal_basis") or ""),
        note=str(plan.get("note") or ""),
        corrects=corrects,
    )
    if does == {"form"}:
        units = tuple(dict.fromkeys(source["unit"] for change in changes for source in change["from"]))
        parts = {
            f"{units.index(source['unit'])}/{at}": Part(
                share=as_percent(source["share"]),
                back=as_percent(source["back_share"]) if source.get("back_share") is not None else "",
                basis=str(source.get("basis") or ""),
            )
            for at, change in enumerate(changes)
            for source in change["from"]
        }
        new = tuple(_new_unit(change["unit"]) for change in changes)
        if len(units) > MOST_UNITS or len(new) > MOST_NEW:
            return None
        return replace(blank, kind=kind if kind in FORMING else "mixed", units=units, new=new, parts=parts)
    if does == {"revise"}:
        revised = {change["unit"]: _new_unit(change) for change in changes}
        kind = kind if kind in REVISING else "rename"
        return replace(blank, kind=kind, units=tuple(revised), revised=revised)
    if does == {"abolish"}:
        heirs = {change["unit"]: str(change.get("heir") or "") for change in changes}
        return replace(blank, kind="abolish", units=tuple(heirs), heirs=heirs)
    if does == {"create"} and len(changes) <= MOST_NEW:
        return replace(blank, kind="create", new=tuple(_new_unit(change["unit"]) for change in changes))
    return None


def as_share(text: str) -> Decimal:
    """Read "21" or "33,3333" per cent as a share of one; "" is 0. Raises BadShare."""
    plain = text.strip().rstrip("%").strip().replace(",", ".")
    if not plain:
        return Decimal(0)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise BadShare(text) from None
    if not number.is_finite() or not 0 <= number <= 100 or number * 10_000 != int(number * 10_000):
        raise BadShare(text)
    return (number / 100).normalize()


def as_percent(share: object) -> str:
    """Write a share of one as people type it: "0.21" -> "21"."""
    return f"{(Decimal(str(share)) * 100).normalize():f}".replace(".", ",")


def _new_unit(said: Mapping[str, Any]) -> NewUnit:
    return NewUnit(**{name: str(said.get(name) or "") for name in ("code", "name", "level", "parent")})
