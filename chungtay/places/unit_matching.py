"""Which unit of a day's map a row means, by its code, its name and what it lies under; every doubt is a finding.

A code and a name must agree; a bare name must have one bearer; a name that differs in marks is never taken for the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from uuid import UUID

from chungtay.kernel.text import date_text
from chungtay.places.unit_atlas import Atlas, DayMap, Unit
from chungtay.places.unit_findings import Finding, Kind
from chungtay.places.unit_lists import ListRow
from chungtay.places.unit_spelling import Likeness, bare_key, likeness, mark_key, split_name

SAME_NAME = frozenset({Likeness.SAME, Likeness.SPELLING})
_WIDTHS = (2, 3, 5)  # digits of the codes of provinces, districts, communes
_MOST_NAMED = 6


@dataclass(frozen=True)
class Asked:
    """What a row says of a unit: code, name, and the names (or codes) of the district and province above it."""

    row: ListRow
    code: str
    name: str
    district: str = ""
    province: str = ""


@dataclass(frozen=True)
class Match:
    """The unit that is meant, or None and who may have been meant; with what there is to say about it."""

    unit: Unit | None
    findings: tuple[Finding, ...] = ()
    perhaps: tuple[UUID, ...] = ()


class Matcher:
    """Finds units on the map of one day."""

    def __init__(self, atlas: Atlas, day: date) -> None:
        self.atlas, self.day, self.map = atlas, day, atlas.on(day)

    def find(self, asked: Asked) -> Match:
        """Return the unit that is asked for. An error among the findings means that it is not certain."""
        return self._by_code(asked) if asked.code else self._by_name(asked)

    # ------------------------------------------------------------------ by code

    def _by_code(self, asked: Asked) -> Match:
        unit = self.map.by_code.get(asked.code)
        if unit is None:
            return self._without_bearer(asked)
        if asked.name and (like := likeness(asked.name, unit.name)) is not Likeness.SAME:
            if like is not Likeness.SPELLING:
                return self._under_another_name(asked, unit, like)
            return self._under(asked, unit, (self._spelling(asked, unit),))
        return self._under(asked, unit, ())

    def _under(self, asked: Asked, unit: Unit, said: tuple[Finding, ...]) -> Match:
        """Check what the row says of the units above."""
        findings = list(said)
        for column, given, above in self._stated(asked, unit):
            like = Likeness.SAME if above and given == above.code else likeness(given, above.name if above else "")
            if like is Likeness.SAME:
                continue
            if above and like is Likeness.SPELLING:
                sentence = f"“{given}” và “{above.name}” là một tên viết hai cách."
                findings.append(asked.row.finding(Kind.SPELLING, sentence, above.name, column))
                continue
            meant = self._named_like(asked)
            here = self.map.where(unit)
            sentence = f"Mã {unit.code} ngày {date_text(self.day)} là {here}, không thuộc {given}. Hãy kiểm tra lại mã."
            found = asked.row.finding(Kind.OTHER_ABOVE, sentence, self._suggest(meant), column)
            return Match(None, (*findings, found), ids([unit, *meant]))
        return Match(unit, tuple(findings))

    def _stated(self, asked: Asked, unit: Unit) -> Iterable[tuple[str, str, Unit | None]]:
        """Yield (column, what the row says, the unit that stands there) for district and province."""
        parent, root = self.map.parent(unit), self.map.root(unit)
        if asked.district:
            yield "old_district", asked.district, parent
        if asked.province:
            yield "old_province", asked.province, root

    def _without_bearer(self, asked: Asked) -> Match:
        plain = asked.code.removesuffix(".0")
        padded = [self.map.by_code[code] for w in _WIDTHS if (code := plain.zfill(w)) in self.map.by_code]
        named = [unit for unit in padded if asked.name and likeness(asked.name, unit.name) in SAME_NAME]
        if len(named) == 1:
            sentence = f"Mã “{asked.code}” thiếu số 0 ở đầu, đã hiểu là {self.map.where(named[0])}."
            warned = asked.row.finding(Kind.LEADING_ZERO, sentence, named[0].code, "old_code")
            return self._under(asked, named[0], (warned,))
        meant = padded or self._named_like(asked)
        if bearers := self.atlas.bearers(asked.code):
            sentence = (
                f"Ngày {date_text(self.day)} không đơn vị nào mang mã {asked.code}: mã này là của {_eras(bearers)}."
            )
            kind = Kind.WRONG_ERA
        else:
            sentence = f"Không có đơn vị nào mang mã {asked.code} trên bản đồ ngày {date_text(self.day)}."
            kind = Kind.UNKNOWN_UNIT
        sentence += " Hãy ghi mã của đúng ngày đó."
        return Match(None, (asked.row.finding(kind, sentence, self._suggest(meant), "old_code"),), ids(meant))

    def _under_another_name(self, asked: Asked, unit: Unit, like: Likeness) -> Match:
        here, day = self.map.where(unit), date_text(self.day)
        if like is Likeness.MARKS:
            sentence = f"Tên “{asked.name}” khác dấu với “{unit.name}” của mã {unit.code}: hai tên khác nhau. Hãy sửa tên hoặc mã."
            return Match(None, (asked.row.finding(Kind.OTHER_MARKS, sentence, unit.name, "old_name"),), (unit.area_id,))
        meant = self._named_like(asked)
        eras = [u for u in self.atlas.bearers(asked.code) if u != unit and likeness(asked.name, u.name) in SAME_NAME]
        if eras:
            sentence = f"Mã {asked.code} ngày {day} là của {here}; {_eras(eras)} mới là “{asked.name}”. Mã này thuộc thời khác."
            kind = Kind.WRONG_ERA
        else:
            sentence = f"Mã {asked.code} ngày {day} là của {here}, không phải “{asked.name}”. Hãy sửa mã hoặc tên."
            kind = Kind.OTHER_NAME
        found = asked.row.finding(kind, sentence, self._suggest(meant), "old_code")
        return Match(None, (found,), ids([unit, *meant]))

    # ------------------------------------------------------------------ by name

    def _by_name(self, asked: Asked) -> Match:
        everywhere = [u for u in self.map.by_name.get(bare_key(asked.name), ()) if _levels_agree(asked.name, u)]
        inside = [unit for unit in everywhere if self._is_under(asked, unit)]
        if len(inside) > 1:
            inside = [unit for unit in inside if likeness(asked.name, unit.name) is Likeness.SAME] or inside
        if len(inside) == 1:
            unit = inside[0]
            like = likeness(asked.name, unit.name)
            return self._under(asked, unit, () if like is Likeness.SAME else (self._spelling(asked, unit),))
        if inside:
            sentence = f"“{asked.name}” là tên của {len(inside)} đơn vị ngày {date_text(self.day)}. Hãy ghi thêm mã, hoặc huyện và tỉnh."
            found = asked.row.finding(Kind.AMBIGUOUS, sentence, self._suggest(inside), "old_name")
            return Match(None, (found,), ids(inside))
        return self._unnamed(asked, everywhere)

    def _unnamed(self, asked: Asked, elsewhere: Sequence[Unit]) -> Match:
        """Nobody of that name lies there: say who comes near."""
        place = ", ".join(part for part in (asked.district, asked.province) if part)
        day = date_text(self.day)
        near = [unit for unit in self.map.by_marks.get(mark_key(asked.name), ()) if self._is_under(asked, unit)]
        if near:
            sentence = f"“{asked.name}” khác dấu với “{near[0].name}”: hai tên khác nhau. Hãy sửa tên."
            found = asked.row.finding(Kind.OTHER_MARKS, sentence, self._suggest(near), "old_name")
            return Match(None, (found,), ids(near))
        if elsewhere:
            sentence = (
                f"Ngày {day} không có “{asked.name}” ở {place}; tên này có ở nơi khác. Hãy kiểm tra lại huyện, tỉnh."
            )
            found = asked.row.finding(Kind.OTHER_ABOVE, sentence, self._suggest(elsewhere), "old_name")
            return Match(None, (found,), ids(elsewhere))
        eras = [unit for unit in self.atlas.named(asked.name) if _levels_agree(asked.name, unit)]
        if eras:
            sentence = f"“{asked.name}” không có trên bản đồ ngày {day}: {_eras(eras)}. Hãy ghi tên của đúng ngày đó."
            return Match(None, (asked.row.finding(Kind.WRONG_ERA, sentence, "", "old_name"),))
        meant = self._named_like(asked)
        sentence = (
            f"Không có “{asked.name}” trên bản đồ ngày {day}{f' ở {place}' if place else ''}. Hãy kiểm tra lại tên."
        )
        found = asked.row.finding(Kind.UNKNOWN_UNIT, sentence, self._suggest(meant), "old_name")
        return Match(None, (found,), ids(meant))

    def _named_like(self, asked: Asked) -> list[Unit]:
        """Return whom the row's name means, or may mean, under what it says lies above."""
        if not asked.name:
            return []
        named = [u for u in self.map.by_name.get(bare_key(asked.name), ()) if _levels_agree(asked.name, u)]
        named = [unit for unit in named if self._is_under(asked, unit)] or named
        if named or not (asked.district or asked.province):
            return named
        around = [unit for unit in self._below(asked.district or asked.province) if self._is_under(asked, unit)]
        close = get_close_matches(mark_key(asked.name), [mark_key(unit.name) for unit in around], n=2, cutoff=0.8)
        return [unit for unit in around if mark_key(unit.name) in close]

    def _below(self, above: str) -> list[Unit]:
        """Return everything under the units of that name or code."""
        tops = [*self.map.by_name.get(bare_key(above), ())]
        if above in self.map.by_code:
            tops.append(self.map.by_code[above])
        found: list[Unit] = []
        at = tops
        while at and len(found) < len(self.map.by_id):
            at = [child for unit in at for child in self.map.children.get(unit.area_id, ())]
            found += at
        return found

    def _is_under(self, asked: Asked, unit: Unit) -> bool:
        return all(
            above is not None and (given == above.code or likeness(given, above.name) in SAME_NAME)
            for _, given, above in self._stated(asked, unit)
        )

    def _spelling(self, asked: Asked, unit: Unit) -> Finding:
        sentence = f"“{asked.name}” và “{unit.name}” là một tên viết hai cách; đã hiểu là {self.map.where(unit)}."
        return asked.row.finding(Kind.SPELLING, sentence, unit.name, "old_name")

    def _suggest(self, units: Sequence[Unit]) -> str:
        return candidates(self.map, units)


def candidates(day_map: DayMap, units: Sequence[Unit]) -> str:
    """Name the units that may be meant, the first few of many."""
    shown = "; ".join(day_map.where(unit) for unit in units[:_MOST_NAMED])
    return f"{shown}; và {len(units) - _MOST_NAMED} nơi khác" if len(units) > _MOST_NAMED else shown


def ids(units: Iterable[Unit]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(unit.area_id for unit in units))


def _levels_agree(name: str, unit: Unit) -> bool:
    word = split_name(name)[0]
    return not word or split_name(unit.name)[0] in ("", word)


def _eras(units: Sequence[Unit]) -> str:
    return "; ".join(f"{unit.name} {unit.days}" for unit in units[:_MOST_NAMED])
