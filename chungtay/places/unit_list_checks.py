"""Checks of a list of units on a day: every row becomes a unit to add, or a finding that says why it cannot.

Where the same day also has a list old → new, the list of units only checks its result: it adds nothing.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

from chungtay.kernel.text import date_text, join_and
from chungtay.places.rules import RANKS, Level
from chungtay.places.unit_atlas import Atlas, DayMap, Unit
from chungtay.places.unit_findings import Finding, Kind
from chungtay.places.unit_lists import ListRow
from chungtay.places.unit_moves import LEVEL_WORDS
from chungtay.places.unit_spelling import Likeness, bare_key, full_name, level_of, level_word, likeness, split_name

_CHAIN = re.compile(r"\s*[,;>/]\s*")


@dataclass
class Listed:
    """The outcome: units to add with their legal basis, the atlas with them, how many stood there already."""

    atlas: Atlas
    added: list[tuple[Unit, str]] = field(default_factory=list)
    known: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Draft:
    """A row on its way to a unit."""

    row: ListRow
    unit: Unit
    above: str  # what stands above it, as the row says


def check_units(
    rows: Sequence[ListRow], atlas: Atlas, day: date, *, is_result: bool = False, uncertain: Iterable[str] = ()
) -> Listed:
    """Check the rows of one day. `is_result`: a list old → new has made that day's map; `uncertain` are codes it is unsure of."""
    checks = _Checks(atlas, day)
    drafts = checks.read(rows)
    fresh = [draft for draft in drafts if not checks.stands_already(draft, is_result=is_result)]
    if is_result:
        unsure = set(uncertain)
        for draft in fresh:
            if draft.unit.code not in unsure:
                sentence = f"{draft.unit.name} (mã {draft.unit.code}) ngày {date_text(day)} không được dòng cũ → mới nào lập ra."
                checks.say(draft.row, Kind.NO_SOURCE, f"{sentence} Hãy thêm dòng cho các đơn vị cũ của nơi này.")
        return Listed(atlas, [], checks.known, checks.findings)
    units = checks.under_parents(fresh)
    checks.about_known(rows)
    added = [(unit, draft.row["legal_basis"]) for unit, draft in zip(units, fresh, strict=True)]
    return Listed(atlas.changed(units), added, checks.known, checks.findings)


class _Checks:
    """The checks of one day's rows, with what they found."""

    def __init__(self, atlas: Atlas, day: date) -> None:
        self.atlas, self.day, self.map = atlas, day, atlas.on(day)
        self.findings: list[Finding] = []
        self.known = 0

    def say(self, row: ListRow, kind: Kind, sentence: str, suggestion: str = "", column: str = "") -> None:
        self.findings.append(row.finding(kind, sentence, suggestion, column))

    def read(self, rows: Iterable[ListRow]) -> list[_Draft]:
        """Return a draft of every row that has a code and a name, the first of those that share a code."""
        drafts: dict[str, _Draft] = {}
        for row in rows:
            above = row["parent"] or row["parent_names"]
            word = level_word(row["level"]) or ("" if row["level"] else split_name(row["name"])[0])
            if not word:
                sentence = f"Cấp “{row['level']}” không có trong danh mục. Hãy ghi một trong: {LEVEL_WORDS}."
                self.say(row, Kind.BAD_LEVEL, sentence, column="level")
            for column, shown in (("code", "mã"), ("name", "tên")):
                if not row[column]:
                    self.say(row, Kind.EMPTY_CELL, f"Dòng thiếu {shown}. Hãy ghi thêm.", column=column)
            if not (row["code"] and row["name"]):
                continue
            level = level_of(word, is_top=not above) if word else Level.COMMUNE
            unit = Unit(uuid.uuid4(), full_name(row["name"], word), row["code"], level, None, self.day)
            earlier = drafts.setdefault(row["code"], _Draft(row, unit, above))
            if earlier.row is not row:
                self._repeated(row, unit, earlier)
        return list(drafts.values())

    def _repeated(self, row: ListRow, unit: Unit, earlier: _Draft) -> None:
        place = (
            f"dòng {earlier.row.line}"
            if earlier.row.file == row.file
            else f"{earlier.row.file}, dòng {earlier.row.line}"
        )
        if likeness(unit.name, earlier.unit.name) in (Likeness.SAME, Likeness.SPELLING):
            sentence = f"{unit.name} (mã {unit.code}) đã có ở {place}. Hãy bỏ một dòng."
            self.say(row, Kind.DUPLICATE, sentence, column="code")
        else:
            sentence = (
                f"Mã {unit.code} là “{unit.name}” ở dòng này, “{earlier.unit.name}” ở {place}. Hãy sửa mã hoặc tên."
            )
            self.say(row, Kind.TWO_NAMES, sentence, column="code")

    # ------------------------------------------------------------------ against the map

    def stands_already(self, draft: _Draft, *, is_result: bool) -> bool:
        """Say whether the row's code is on that day's map (or will be), and what does not agree."""
        row, unit = draft.row, draft.unit
        there = self.map.by_code.get(unit.code)
        if there is None:
            later = [u for u in self.atlas.bearers(unit.code) if u.since > self.day]
            if later and not is_result:
                sentence = (
                    f"Mã {unit.code} là của {later[0].name} ({later[0].days}): {unit.name} không mang mã ấy được."
                )
                self.say(row, Kind.CODE_TAKEN, f"{sentence} Hãy sửa mã hoặc ngày.", column="code")
            return bool(later) and not is_result
        like = likeness(unit.name, there.name)
        self.known += 1
        if like in (Likeness.MARKS, Likeness.OTHER):
            source = "dòng cũ → mới ghi" if is_result else "trên bản đồ là"
            kind = Kind.OTHER_MARKS if like is Likeness.MARKS else Kind.TWO_NAMES if is_result else Kind.CODE_TAKEN
            here = f"{self.map.where(there)} ({there.days})"
            sentence = f"Mã {unit.code} ngày {date_text(self.day)} {source} {here}, không phải “{unit.name}”."
            self.say(row, kind, f"{sentence} Hãy sửa mã hoặc tên.", there.name, "code")
        elif there.level is not unit.level and row["level"]:
            sentence = f"{there.name} (mã {there.code}) đã có với cấp khác. Hãy sửa cấp, hoặc ghi đợt đổi cấp."
            self.say(row, Kind.TWO_ANSWERS, sentence, column="level")
        elif like is Likeness.SPELLING:
            sentence = f"“{row['name']}” và “{there.name}” là một tên viết hai cách; giữ “{there.name}”."
            self.say(row, Kind.SPELLING, sentence, there.name, "name")
        return True

    def about_known(self, rows: Sequence[ListRow]) -> None:
        if self.known:
            sentence = f"{self.known} đơn vị đã có trên bản đồ ngày {date_text(self.day)}, không thêm lần nữa."
            self.findings.append(Finding(Kind.ALREADY_THERE, sentence, rows[0].file))

    # ------------------------------------------------------------------ what they lie under

    def under_parents(self, drafts: Sequence[_Draft]) -> list[Unit]:
        """Return the units of the drafts, each under its parent where that is known."""
        own = {draft.unit.code: draft.unit for draft in drafts}
        circles = self._circles({d.unit.code: d for d in drafts})
        everybody = DayMap([*self.map, *own.values()])
        placed: dict[str, Unit] = {}
        for draft in sorted(drafts, key=lambda d: RANKS[d.unit.level]):
            above = None if draft.unit.code in circles else self._above(draft, everybody, placed)
            placed[draft.unit.code] = replace(draft.unit, parent_id=above.area_id if above else None)
        self._same_names(drafts, placed)
        return [placed[draft.unit.code] for draft in drafts]

    def _above(self, draft: _Draft, everybody: DayMap, placed: Mapping[str, Unit]) -> Unit | None:
        row, unit = draft.row, draft.unit
        rank = RANKS[unit.level]
        if not draft.above:
            if rank:
                sentence = f"{unit.name} chưa ghi đơn vị cấp trên. Hãy ghi mã, hoặc tên các cấp trên từ dưới lên."
                self.say(row, Kind.EMPTY_CELL, sentence, column="parent")
            return None
        found = everybody.by_code.get(draft.above)
        if found is None:
            found = self._by_chain(draft, everybody, placed)
        elif row["parent_names"] and (named := _CHAIN.split(row["parent_names"])[0]):
            like = likeness(named, found.name)
            if like is Likeness.SPELLING:
                self.say(
                    row,
                    Kind.SPELLING,
                    f"“{named}” và “{found.name}” là một tên viết hai cách.",
                    found.name,
                    "parent_names",
                )
            elif like is not Likeness.SAME:
                sentence = f"Mã cấp trên {found.code} là {found.name}, không phải “{named}”. Hãy sửa mã hoặc tên."
                self.say(row, Kind.OTHER_ABOVE, sentence, column="parent")
        if found is not None and RANKS[found.level] >= rank:
            sentence = (
                f"{unit.name} không thể nằm dưới {found.name}: cấp không thấp hơn. Hãy kiểm tra lại cấp và mã cấp trên."
            )
            self.say(row, Kind.LEVEL_ORDER, sentence, column="parent")
        return found

    def _by_chain(self, draft: _Draft, everybody: DayMap, placed: Mapping[str, Unit]) -> Unit | None:
        """Find the parent by names from below upwards ("Thành phố Cao Lãnh, Tỉnh Đồng Tháp")."""
        row, names = draft.row, [name for name in _CHAIN.split(draft.above) if name]
        near = [placed.get(u.code, u) for u in everybody.by_name.get(bare_key(names[0]), ()) if RANKS[u.level] < 2]
        found = [u for u in near if _is_called(u, names, everybody, placed)]
        if len(found) == 1:
            if likeness(names[0], found[0].name) is Likeness.SPELLING:
                self.say(
                    row,
                    Kind.SPELLING,
                    f"“{names[0]}” và “{found[0].name}” là một tên viết hai cách.",
                    found[0].name,
                    "parent",
                )
            return found[0]
        shown = "; ".join(f"{u.name} (mã {u.code})" for u in (found or near)[:6])
        if found:
            sentence = f"“{draft.above}” là tên của {len(found)} đơn vị. Hãy ghi mã cấp trên."
            self.say(row, Kind.AMBIGUOUS, sentence, shown, "parent")
            return None
        if not near:
            close = get_close_matches(draft.above, list(everybody.by_code), n=1)
            tops = {bare_key(u.name): u for u in everybody if RANKS[u.level] < 2}
            close_names = get_close_matches(bare_key(names[0]), list(tops), n=2)
            shown = "; ".join(
                [f"mã {code}" for code in close if names[0].isdigit()] + [tops[key].name for key in close_names]
            )
        eras = [f"{u.name} {u.days}" for u in self.atlas.bearers(draft.above)]
        why = f"mã này là của {'; '.join(eras)}" if eras else "không có trong danh sách, cũng không có trên bản đồ"
        sentence = f"Đơn vị cấp trên “{draft.above}” ngày {date_text(self.day)} không có: {why}. Hãy sửa, hoặc thêm dòng cho nơi đó."
        self.say(row, Kind.UNKNOWN_PARENT, sentence, shown, "parent")
        return None

    def _circles(self, drafts: Mapping[str, _Draft]) -> set[str]:
        """Say at each of their rows which units lie under themselves; return their codes."""
        inside: set[str] = set()
        for start in drafts:
            way: list[str] = []
            at = start
            while at in drafts and at not in way and at not in inside:
                way.append(at)
                at = drafts[at].above
            if at in way:
                inside.update(way[way.index(at) :])
                self._about_circle([drafts[code] for code in way[way.index(at) :]])
        return inside

    def _about_circle(self, circle: Sequence[_Draft]) -> None:
        names = join_and([f"{draft.unit.name} (mã {draft.unit.code}, dòng {draft.row.line})" for draft in circle])
        for draft in circle:
            sentence = f"{draft.unit.name} nằm dưới chính nó qua vòng: {names}. Hãy sửa mã cấp trên."
            self.say(draft.row, Kind.CIRCLE, sentence, column="parent")

    def _same_names(self, drafts: Sequence[_Draft], placed: Mapping[str, Unit]) -> None:
        """Two units of one level and name under one parent cannot be told apart: one of the codes is wrong."""
        seen: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for unit in (*self.map, *placed.values()):
            if unit.parent_id is not None:
                seen[(unit.parent_id, unit.level, *split_name(unit.name))].append(unit.code)
        for draft in drafts:
            unit = placed[draft.unit.code]
            codes = seen.get((unit.parent_id, unit.level, *split_name(unit.name)), [])
            if len(codes) > 1:
                others = join_and([code for code in codes if code != unit.code])
                sentence = f"“{unit.name}” có hai mã trong cùng một đơn vị cấp trên: {unit.code} và {others}. Hãy sửa mã hoặc tên."
                self.say(draft.row, Kind.TWO_CODES, sentence, column="code")


def _is_called(unit: Unit, names: Sequence[str], everybody: DayMap, placed: Mapping[str, Unit]) -> bool:
    """Whether the unit and those above it bear these names, in any spelling."""
    at: Unit | None = unit
    for name in names:
        if at is None or likeness(name, at.name) not in (Likeness.SAME, Likeness.SPELLING):
            return False
        above = everybody.by_id.get(at.parent_id) if at.parent_id else None
        at = placed.get(above.code, above) if above else None
    return True
