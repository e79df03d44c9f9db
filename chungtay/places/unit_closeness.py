"""Whether the units that form a new one can lie together. With a table of neighbours that is certain, without it a guess.

Without the table a source is doubtful when it lies in another district than most of the others and (a) that district has a
unit of the very same name, (b) the two districts lie in different provinces, or (c) no second new unit of the list joins the
same two districts: lists that were put together by bare names show all three.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from uuid import UUID

from chungtay.places.rules import RANKS
from chungtay.places.unit_atlas import DayMap, Unit
from chungtay.places.unit_findings import Finding, Kind
from chungtay.places.unit_lists import ListRow
from chungtay.places.unit_matching import candidates
from chungtay.places.unit_moves import Move, Moves, Target
from chungtay.places.unit_settling import Settled
from chungtay.places.unit_spelling import bare_key

Borders = Mapping[UUID, set[UUID]]


def read_borders(rows: Iterable[ListRow], before: DayMap) -> tuple[Borders, list[Finding]]:
    """Understand pairs of codes as on the map of a day. A code without a unit is a finding."""
    borders: dict[UUID, set[UUID]] = defaultdict(set)
    findings = []
    for row in rows:
        pair = [before.by_code.get(row[column]) for column in ("first", "second")]
        if pair[0] and pair[1]:
            borders[pair[0].area_id].add(pair[1].area_id)
            borders[pair[1].area_id].add(pair[0].area_id)
            continue
        unknown = ", ".join(row[column] for column, unit in zip(("first", "second"), pair, strict=True) if not unit)
        sentence = f"Không có đơn vị nào mang mã {unknown} trước ngày sắp xếp. Hãy sửa mã."
        findings.append(row.finding(Kind.UNKNOWN_UNIT, sentence))
    return borders, findings


def check_closeness(moves: Moves, settled: Settled, borders: Borders | None) -> Iterator[Finding]:
    """Yield what is doubtful about the make-up of the new units of the lowest level, each at the row of the odd source."""
    before = settled.before
    sure = [t for t in moves.targets if t.code not in moves.uncertain and RANKS[t.level] == 2 and len(t.moves) > 1]
    links = _links(sure, before)
    for target in sure:
        if borders is None:
            yield from _far(target, before, links)
        else:
            yield from _apart(target, before, borders)
    yield from _other_province(moves, settled)


def _apart(target: Target, before: DayMap, borders: Borders) -> Iterator[Finding]:
    silent = [move for move in target.moves if move.old.area_id not in borders]
    for move in silent:
        sentence = f"Tệp giáp ranh không có {before.where(move.old)}: chưa kiểm tra được nơi này có liền với {target.name} không."
        yield move.row.finding(Kind.FAR_SOURCES, sentence)
    parts = _parts([move for move in target.moves if move not in silent], borders)
    for part in parts[1:]:
        for move in part:
            rest = [other.old for other in target.moves if other not in part]
            near = {area_id for unit in rest for area_id in borders.get(unit.area_id, ())}
            meant = [u for u in before.by_name.get(bare_key(move.old.name), ()) if u.area_id in near]
            sentence = f"{before.where(move.old)} không giáp đơn vị nào còn lại của {target.name} (mã {target.code})."
            sentence += " Hãy kiểm tra lại mã cũ."
            yield move.row.finding(Kind.NOT_NEIGHBOURS, sentence, candidates(before, meant), "old_code")


def _parts(moves: Sequence[Move], borders: Borders) -> list[list[Move]]:
    """Return the groups of moves that hang together, the largest first."""
    left = {move.old.area_id: move for move in moves}
    parts = []
    while left:
        start = next(iter(left))
        group, edge = [left.pop(start)], [start]
        while edge:
            reached = [area_id for area_id in borders[edge.pop()] if area_id in left]
            group += [left.pop(area_id) for area_id in reached]
            edge += reached
        parts.append(group)
    return sorted(parts, key=len, reverse=True)


def _far(target: Target, before: DayMap, links: Counter[frozenset[UUID]]) -> Iterator[Finding]:
    homes = [(move, _home(move.old, before)) for move in target.moves]
    main_id, _ = Counter(home.area_id for _, home in homes).most_common(1)[0]
    main = before.by_id[main_id]
    for move, home in homes:
        if home is main:
            continue
        here = before.where(move.old)
        inside = before.children.get(main.area_id, ())
        meant = [u for u in inside if bare_key(u.name) == bare_key(move.old.name)]
        if meant:
            why = f"{main.name} cũng có một đơn vị tên ấy"
        elif before.root(home) is not before.root(main):
            why = f"phần lớn các đơn vị còn lại ở {main.name}, tỉnh khác"
        elif links[frozenset((home.area_id, main.area_id))] < 2:
            why = f"phần lớn các đơn vị còn lại ở {main.name} và không đơn vị mới nào khác nối hai nơi"
        else:
            continue
        sentence = (
            f"{here} nhập vào {target.name} (mã {target.code}), nhưng {why}. Hãy kiểm tra hai nơi có giáp nhau không."
        )
        yield move.row.finding(Kind.FAR_SOURCES, sentence, candidates(before, meant), "old_code")


def _links(targets: Iterable[Target], before: DayMap) -> Counter[frozenset[UUID]]:
    """Count for every two districts how many new units have parts in both."""
    links: Counter[frozenset[UUID]] = Counter()
    for target in targets:
        homes = {_home(move.old, before).area_id for move in target.moves}
        links.update(frozenset(pair) for pair in combinations(sorted(homes), 2))
    return links


def _home(unit: Unit, before: DayMap) -> Unit:
    """Return the district of a unit; a unit directly under a province is its own."""
    parent = before.parent(unit)
    return parent if parent is not None and RANKS[parent.level] == 1 else unit


def _other_province(moves: Moves, settled: Settled) -> Iterator[Finding]:
    """A unit that goes elsewhere than its whole province does."""
    before, after = settled.before, settled.after
    tops = [target for target in moves.targets if RANKS[target.level] == 0]
    fates: dict[UUID, Unit | None] = {}
    for target in moves.targets:
        if RANKS[target.level] == 0:
            continue
        there = after.root(settled.formed[target.code])
        for move in target.moves:
            root = before.root(move.old)
            if root.area_id not in fates:
                fates[root.area_id] = settled.fate(root, tops)
            fate = fates[root.area_id]
            if fate is not None and RANKS[there.level] == 0 and fate.area_id != there.area_id:
                sentence = (
                    f"{before.where(move.old)}: {root.name} từ ngày đó là {fate.name}, dòng này ghi {there.name}."
                )
                sentence += " Hãy kiểm tra lại mã cũ và tỉnh mới."
                yield move.row.finding(Kind.OTHER_PROVINCE, sentence, fate.name, "new_province")
