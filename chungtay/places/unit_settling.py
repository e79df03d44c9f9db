"""The map after the moves of one day, on trial: who goes on, who ends, what each new unit lies under, and who was forgotten.

A new unit made of one whole unit keeps that unit's identity (a new name, code, level or parent); any other is a new area. A
district that all its units leave ends with them. Where units leave the districts of a province to stand directly under it,
every unit of that province must be in the list.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import get_close_matches
from uuid import UUID

from chungtay.kernel.text import date_text
from chungtay.places.rules import RANKS, WHOLE
from chungtay.places.unit_atlas import Atlas, DayMap, Unit
from chungtay.places.unit_findings import Finding, Kind
from chungtay.places.unit_lists import ListRow
from chungtay.places.unit_moves import Moves, Target
from chungtay.places.unit_spelling import Likeness, bare_key, likeness, mark_key, split_name


@dataclass
class Settled:
    """The outcome of a day's moves: each new unit as it will be, the old ones that end, and what is wrong."""

    before: DayMap
    after: DayMap
    atlas: Atlas
    formed: dict[str, Unit]  # by new code; those that are revised too
    revised: dict[UUID, Target]  # by the area that goes on
    emptied: list[Unit]  # districts that end because all their units left
    findings: list[Finding] = field(default_factory=list)

    def heir_of(self, unit: Unit, targets: Iterable[Target]) -> Unit | None:
        """Return who holds on the new map what lay above an old unit: its parent, or what that became as a whole."""
        return self.fate(self.before.parent(unit), targets)

    def fate(self, unit: Unit | None, targets: Iterable[Target]) -> Unit | None:
        """Return what a unit is on the new map, or the one unit that it goes into whole; None when it is divided."""
        if unit is None:
            return None
        if unit.area_id in self.after.by_id:
            return self.after.by_id[unit.area_id]
        into = [t for t in targets for m in t.moves if m.old.area_id == unit.area_id]
        return self.formed.get(into[0].code) if len(into) == 1 else None


def settle(moves: Moves, atlas: Atlas, rows: Sequence[ListRow]) -> Settled:
    """Put the moves of a day on the map. `rows` are all rows of that day, the uncertain too."""
    before = atlas.on(moves.day - timedelta(days=1))
    revised = {t.moves[0].old.area_id: t for t in moves.targets if _goes_on(t)}
    named = moves.named
    staying = [unit for unit in before if unit.area_id not in named]
    parents = _Parents(moves, staying, before, rows)
    formed: dict[str, Unit] = {}
    ids = {t.code: t.moves[0].old.area_id if _goes_on(t) else uuid.uuid4() for t in moves.targets}
    for target in sorted(moves.targets, key=lambda t: RANKS[t.level]):
        above = parents.find(target, ids)
        formed[target.code] = Unit(ids[target.code], target.name, target.code, target.level, above, moves.day)
    findings = [*_later_changes(moves), *parents.findings]
    after = DayMap([*staying, *formed.values()])
    spoken_of = named | moves.perhaps
    emptied = [
        unit
        for unit in staying
        if RANKS[unit.level] == 1
        and not before.is_leaf(unit)
        and after.is_leaf(unit)
        and _left(unit, before, spoken_of)
    ]
    gone = {unit.area_id for unit in emptied}
    after = DayMap(unit for unit in after if unit.area_id not in gone)
    missing = _missing(moves, before, after, formed)
    findings += _about_missing(moves, before, missing, rows)
    findings += _code_clashes(moves, atlas, [u for u in staying if u.area_id not in gone | missing], formed)
    findings += _same_names(moves, after, formed)
    findings += _about_emptied(moves, before, emptied)
    begun = [unit for unit in formed.values() if not _unchanged(before.by_id.get(unit.area_id), unit)]
    changed = atlas.changed(
        begun, [*(named - set(revised)), *gone, *(u.area_id for u in begun if u.area_id in revised)], moves.day
    )
    return Settled(before, after, changed, formed, revised, emptied, findings)


def _goes_on(target: Target) -> bool:
    return len(target.moves) == 1 and target.moves[0].share in (None, WHOLE)


def _unchanged(old: Unit | None, new: Unit) -> bool:
    return old is not None and replace(new, since=old.since, until=old.until) == old


def _left(unit: Unit, before: DayMap, named: set[UUID]) -> bool:
    return all(child.area_id in named for child in before.children.get(unit.area_id, ()))


def _later_changes(moves: Moves) -> Iterable[Finding]:
    for target in moves.targets:
        for move in (move for move in target.moves if move.old.until is not None):
            sentence = (
                f"{move.old.name} (mã {move.old.code}) đã có thay đổi được ghi sau đó: tên gọi này chỉ {move.old.days}."
            )
            sentence += " Danh sách này có lẽ đã nhập rồi; nếu cần sửa, hãy đính chính đợt đã ghi."
            yield move.row.finding(Kind.LATER_CHANGE, sentence)


# ---------------------------------------------------------------------- what a new unit lies under


class _Parents:
    """Finds on the new map what the rows say lies above a new unit."""

    def __init__(self, moves: Moves, staying: Sequence[Unit], before: DayMap, rows: Sequence[ListRow]) -> None:
        self.moves, self.before = moves, before
        self.findings: list[Finding] = []
        above = [t for t in moves.targets if RANKS[t.level] < 2]
        self.targets = {t.code: t for t in above}
        self.units = {u.code: u for u in staying if RANKS[u.level] < 2 and u.code and u.code not in self.targets}
        self.named: dict[str, list[Target | Unit]] = defaultdict(list)
        called: list[Target | Unit] = [*above, *self.units.values()]
        for one in called:
            self.named[bare_key(one.name)].append(one)
        doubtful = [row for row in rows if row["new_code"] in moves.uncertain]
        self.doubtful = {row["new_code"] for row in doubtful} | {bare_key(row["new_name"]) for row in doubtful}

    def find(self, target: Target, ids: Mapping[str, UUID]) -> UUID | None:
        """Return the area above a new unit; None for a top one, and when a finding says why there is none."""
        rank = RANKS[target.level]
        if not target.above:
            if rank:
                self._say(target, Kind.EMPTY_CELL, f"“{target.name}” chưa ghi tỉnh mới. Hãy ghi mã hoặc tên tỉnh.")
            return None
        found = self._called(target.above)
        found = [one for one in found if RANKS[one.level] < rank] or found
        if not found:
            self._unknown(target)
            return None
        if len(found) > 1:
            kinds = "; ".join(f"{one.name} (mã {one.code})" for one in found)
            self._say(target, Kind.AMBIGUOUS, f"“{target.above}” là tên của {len(found)} đơn vị. Hãy ghi mã.", kinds)
            return None
        above = found[0]
        if RANKS[above.level] >= rank:
            sentence = f"“{target.name}” không thể nằm dưới {above.name}: cấp không thấp hơn. Hãy kiểm tra lại cấp và đơn vị cấp trên."
            self._say(target, Kind.LEVEL_ORDER, sentence)
            return None
        if target.above != above.code and likeness(target.above, above.name) is Likeness.SPELLING:
            sentence = f"“{target.above}” và “{above.name}” là một tên viết hai cách."
            self._say(target, Kind.SPELLING, sentence, above.name)
        return ids[above.code] if isinstance(above, Target) else above.area_id

    def _called(self, ref: str) -> list[Target | Unit]:
        if ref in self.targets:
            return [self.targets[ref]]
        if ref in self.units:
            return [self.units[ref]]
        word = split_name(ref)[0]
        return [u for u in self.named.get(bare_key(ref), ()) if not word or split_name(u.name)[0] in ("", word)]

    def _unknown(self, target: Target) -> None:
        ref = target.above
        if ref in self.doubtful or bare_key(ref) in self.doubtful:
            return  # the row that would make it is in error itself
        day = date_text(self.moves.day)
        near = [one.name for key, ones in self.named.items() if mark_key(ones[0].name) == mark_key(ref) for one in ones]
        near = near or [self.named[key][0].name for key in get_close_matches(bare_key(ref), list(self.named), n=2)]
        ended = self.before.by_code.get(ref) or next(iter(self.before.by_name.get(bare_key(ref), ())), None)
        why = "đơn vị này kết thúc theo chính danh sách" if ended else "không dòng nào lập đơn vị này"
        sentence = f"Từ {day} không có “{ref}” ({why}). Hãy sửa tỉnh mới, hoặc thêm dòng cho tỉnh đó."
        self._say(target, Kind.UNKNOWN_PARENT, sentence, "; ".join(near))

    def _say(self, target: Target, kind: Kind, sentence: str, suggestion: str = "") -> None:
        column = "new_parent" if target.row["new_parent"] else "new_province"
        self.findings.append(target.row.finding(kind, sentence, suggestion, column))


# ---------------------------------------------------------------------- who was forgotten


def _missing(moves: Moves, before: DayMap, after: DayMap, formed: Mapping[str, Unit]) -> set[UUID]:
    """Return the old units that stay without a row, and cannot."""
    silent = {unit.area_id for unit in after} & set(before.by_id) - moves.named - moves.perhaps
    fallen = _fallen(moves, before, after, formed)
    leaves = {i for i in silent if before.is_leaf(before.by_id[i]) and before.root(before.by_id[i]).area_id in fallen}
    orphans = {i for i in silent if (above := before.by_id[i].parent_id) in before.by_id and above not in after.by_id}
    explained = {before.by_id[i].parent_id for i in leaves}  # a district that stays because a unit of it was forgotten
    tops = {i for i in silent if before.by_id[i].parent_id not in before.by_id and not before.is_leaf(before.by_id[i])}
    empty = {i for i in tops if after.is_leaf(after.by_id[i])}  # a province that all its units have left
    return leaves | (orphans - explained) | empty


def _fallen(moves: Moves, before: DayMap, after: DayMap, formed: Mapping[str, Unit]) -> set[UUID]:
    """Return the provinces whose districts the list leaves: a unit from below one now stands directly under a province."""
    found = set()
    for target in moves.targets:
        unit = formed[target.code]
        above = after.by_id.get(unit.parent_id) if unit.parent_id else None
        if RANKS[target.level] == 2 and above is not None and RANKS[above.level] == 0:
            for move in target.moves:
                parent = before.parent(move.old)
                if parent is not None and RANKS[parent.level] == 1:
                    found.add(before.root(move.old).area_id)
    return found


def _about_missing(moves: Moves, before: DayMap, missing: Iterable[UUID], rows: Sequence[ListRow]) -> Iterable[Finding]:
    file = rows[0].file if rows else ""
    for unit in sorted((before.by_id[area_id] for area_id in missing), key=lambda unit: unit.code):
        sentence = f"{before.where(unit)} còn trên bản đồ đến {date_text(moves.day - timedelta(days=1))} nhưng không có dòng nào."
        sentence += " Hãy thêm dòng cho đơn vị này."
        yield Finding(Kind.MISSING_UNIT, sentence, file)


# ---------------------------------------------------------------------- clashes


def _code_clashes(moves: Moves, atlas: Atlas, staying: Sequence[Unit], formed: Mapping[str, Unit]) -> Iterable[Finding]:
    bearers = {unit.code: unit for unit in staying if unit.code and unit.area_id not in moves.perhaps}
    for target in moves.targets:
        own = formed[target.code].area_id
        later = [u for u in atlas.bearers(target.code) if u.since >= moves.day and u.area_id != own]
        holder = bearers.get(target.code) or next(iter(later), None)
        if holder is not None:
            sentence = f"Mã mới {target.code} đang là của {holder.name} ({holder.days}), đơn vị này không kết thúc trong danh sách."
            yield target.row.finding(Kind.CODE_TAKEN, f"{sentence} Hãy sửa mã.", column="new_code")


def _same_names(moves: Moves, after: DayMap, formed: Mapping[str, Unit]) -> Iterable[Finding]:
    """Two units of one level and name under one parent cannot be told apart: one of the codes is wrong."""
    rows = {target.code: target.row for target in moves.targets}
    seen: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in after:
        if unit.parent_id is not None and unit.area_id not in moves.perhaps:
            seen[(unit.parent_id, unit.level, *split_name(unit.name))].append(unit)
    for units in seen.values():
        for unit in units if len(units) > 1 else ():
            if unit.code in rows and formed[unit.code] is unit:
                others = ", ".join(other.code for other in units if other is not unit)
                sentence = f"“{unit.name}” có hai mã trong cùng một đơn vị cấp trên: {unit.code} và {others}. Hãy sửa mã hoặc tên."
                yield rows[unit.code].finding(Kind.TWO_CODES, sentence, column="new_code")


def _about_emptied(moves: Moves, before: DayMap, emptied: Sequence[Unit]) -> Iterable[Finding]:
    if emptied and moves.targets:
        shown = ", ".join(before.where(unit) for unit in emptied[:3])
        more = f" và {len(emptied) - 3} đơn vị khác" if len(emptied) > 3 else ""
        sentence = f"{len(emptied)} đơn vị cấp huyện không còn xã, phường nào nên kết thúc từ {date_text(moves.day)}: {shown}{more}."
        yield Finding(Kind.ENDS_BY_ITSELF, sentence, moves.targets[0].row.file)
