"""Rows of a list old → new as moves: which unit of the day before goes, whole or in part, into which new unit.

Rows that say different things of one new unit, or shares that do not add up to the whole, are findings at their rows.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from uuid import UUID

from chungtay.kernel.text import date_text
from chungtay.places.plans import share_text
from chungtay.places.rules import RANKS, WHOLE, Level
from chungtay.places.unit_atlas import Atlas, Unit
from chungtay.places.unit_findings import Finding, Kind, Weight
from chungtay.places.unit_lists import ListRow
from chungtay.places.unit_matching import Asked, Matcher
from chungtay.places.unit_spelling import full_name, level_of, level_word, split_name

LEVEL_WORDS = "tỉnh, thành phố, thị xã, quận, huyện, phường, xã, thị trấn, đặc khu"


@dataclass(frozen=True, slots=True)
class Move:
    """A row whose old unit is certain. `share` is in ppm, None where the row states none."""

    row: ListRow
    old: Unit
    share: int | None
    basis: str
    code: str  # of the new unit; "" = the old unit ends without one


@dataclass(frozen=True)
class Target:
    """A new unit, as all of its rows say: `moves` in order of lines. `above` is what they say it lies under."""

    code: str
    name: str
    level: Level
    above: str
    province: str
    legal_basis: str
    moves: tuple[Move, ...]

    @property
    def row(self) -> ListRow:
        return self.moves[0].row


@dataclass
class Moves:
    """The moves of one day.

    `perhaps` are old units that an uncertain row may mean: nobody calls them missing. `uncertain` are the codes of new
    units with such a row: nobody judges what they are made of.
    """

    day: date
    findings: list[Finding] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    ending: list[Move] = field(default_factory=list)
    perhaps: set[UUID] = field(default_factory=set)
    uncertain: set[str] = field(default_factory=set)

    @property
    def named(self) -> set[UUID]:
        """The old units that some row is about."""
        return {m.old.area_id for t in self.targets for m in t.moves} | {m.old.area_id for m in self.ending}


def read_moves(rows: Iterable[ListRow], atlas: Atlas, day: date) -> Moves:
    """Understand the rows that take effect on `day`, against the map of the day before."""
    moves = Moves(day)
    matcher = Matcher(atlas, day - timedelta(days=1))
    taken: list[tuple[Move, Level]] = []
    for row in rows:
        level, findings = _checked(row)
        old = None
        if not (row["old_code"] or row["old_name"]):
            sentence = f"“{row['new_name']}” không có đơn vị cũ nào ở dòng này. Hãy ghi mã hoặc tên đơn vị cũ."
            findings.append(row.finding(Kind.NO_SOURCE, sentence, column="old_code"))
        else:
            asked = Asked(row, row["old_code"], row["old_name"], row["old_district"], row["old_province"])
            match = matcher.find(asked)
            findings += match.findings
            moves.perhaps.update(match.perhaps)
            old = match.unit
            if old and level is None and RANKS[old.level] == 2:
                sentence = f"{old.name} không có đơn vị mới. Hãy ghi mã mới, tên mới, cấp mới và tỉnh mới."
                findings.append(row.finding(Kind.EMPTY_CELL, sentence, column="new_code"))
            if old and not old.code:
                sentence = f"{old.name} chưa có mã trên bản đồ. Hãy ghi mã cho đơn vị này trước."
                findings.append(row.finding(Kind.EMPTY_CELL, sentence))
        share, problem = parse_share(row["share"])
        if problem:
            findings.append(row.finding(Kind.BAD_SHARE, problem, column="share"))
        moves.findings += findings
        if any(f.weight is Weight.ERROR for f in findings):
            moves.uncertain.add(row["new_code"])
            moves.perhaps.update(() if old is None else (old.area_id,))
        elif old:
            move = Move(row, old, share, row["share_basis"], row["new_code"])
            if level is None:
                moves.ending.append(move)
            else:
                taken.append((move, level))
    kept = _without_duplicates(taken, moves)
    _check_shares(moves, [move for move, _ in kept] + moves.ending)
    _gather(moves, kept)
    return moves


def parse_share(text: str) -> tuple[int | None, str]:
    """Return (ppm, "") for "0,4", "0.4" or "40%", (None, "") for nothing, (None, sentence) for what is no share."""
    if not text:
        return None, ""
    plain = text.replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1) * WHOLE
    except InvalidOperation:
        return None, f"Tỷ lệ “{text}” không phải một số. Hãy ghi dạng 0,4 hoặc 40%."
    if not value.is_finite() or not 0 < value <= WHOLE:
        return None, f"Tỷ lệ “{text}” phải lớn hơn 0 và không quá 1 (100%)."
    if value != value.to_integral_value():
        return None, f"Tỷ lệ “{text}” có hơn 6 chữ số thập phân. Hãy làm tròn sao cho tổng vẫn là 1."
    return int(value), ""


def _checked(row: ListRow) -> tuple[Level | None, list[Finding]]:
    """Return the level of the new unit and what its cells lack; no level and no finding: the old unit just ends."""
    findings = []
    if not row["legal_basis"]:
        findings.append(
            row.finding(Kind.NO_LEGAL_BASIS, "Dòng thiếu căn cứ. Hãy ghi số nghị quyết.", column="legal_basis")
        )
    cells = {column: row[column] for column in ("new_code", "new_name", "new_level")}
    if not any(cells.values()):
        return None, findings
    shown = {"new_code": "mã mới", "new_name": "tên mới", "new_level": "cấp mới"}
    for column, cell in cells.items():
        if not cell and column != "new_level":
            findings.append(row.finding(Kind.EMPTY_CELL, f"Dòng thiếu {shown[column]}. Hãy ghi thêm.", column=column))
    word = level_word(row["new_level"]) or ("" if row["new_level"] else split_name(row["new_name"])[0])
    if not word:
        sentence = f"Cấp “{row['new_level']}” không có trong danh mục. Hãy ghi một trong: {LEVEL_WORDS}."
        findings.append(row.finding(Kind.BAD_LEVEL, sentence, column="new_level"))
        return Level.COMMUNE, findings
    return level_of(word, is_top=not (row["new_parent"] or row["new_province"])), findings


def _without_duplicates(taken: Sequence[tuple[Move, Level]], moves: Moves) -> list[tuple[Move, Level]]:
    first: dict[tuple[UUID, str], Move] = {}
    kept = []
    for move, level in taken:
        earlier = first.setdefault((move.old.area_id, move.code), move)
        if earlier is move:
            kept.append((move, level))
            continue
        sentence = (
            f"{move.old.name} (mã {move.old.code}) → {move.code} đã có ở {_place(earlier, move)}. Hãy bỏ một dòng."
        )
        moves.findings.append(move.row.finding(Kind.DUPLICATE, sentence))
        moves.perhaps.add(move.old.area_id)
    return kept


def _check_shares(moves: Moves, kept: Sequence[Move]) -> None:
    """The shares of one old unit over all its rows are the whole."""
    parts: dict[UUID, list[Move]] = defaultdict(list)
    for move in kept:
        parts[move.old.area_id].append(move)
    for rows in parts.values():
        old = rows[0].old
        lines = ", ".join(str(move.row.line) for move in rows)
        told = [move.share for move in rows if move.share is not None]
        if len(rows) > 1:
            for move in (move for move in rows if move.share is None):
                sentence = (
                    f"{old.name} (mã {old.code}) ở {len(rows)} dòng ({lines}): dòng này thiếu tỷ lệ, hoặc mã cũ sai."
                )
                moves.findings.append(move.row.finding(Kind.BAD_SHARE, sentence, column="share"))
            for move in (move for move in rows if move.share is not None and not move.basis):
                sentence = f"Tỷ lệ chia {old.name} chưa ghi căn cứ, ví dụ số hộ 31/12/2024."
                moves.findings.append(move.row.finding(Kind.NO_SHARE_BASIS, sentence, column="share_basis"))
        if len(told) == len(rows) and sum(told) != WHOLE and old.area_id not in moves.perhaps:
            total = share_text(sum(told))
            sentence = f"Các phần của {old.name} (mã {old.code}) cộng lại bằng {total}, phải bằng 1 (dòng {lines})."
            moves.findings += [move.row.finding(Kind.SHARE_SUM, sentence, column="share") for move in rows]


def _gather(moves: Moves, kept: Sequence[tuple[Move, Level]]) -> None:
    """Bring the rows of every new unit together; where they differ, the most frequent answer counts meanwhile."""
    groups: dict[str, list[tuple[Move, Level]]] = defaultdict(list)
    for move, level in kept:
        groups[move.code].append((move, level))
    for code, rows in groups.items():
        members = [move for move, _ in rows]
        names = [full_name(m.row["new_name"], level_word(m.row["new_level"])) for m in members]
        name = _agreed(moves, members, names, _name_key, Kind.TWO_NAMES, f"Mã mới {code} có hai tên", "new_name")
        levels = [level for _, level in rows]
        level = Level(_agreed(moves, members, levels, str, Kind.TWO_ANSWERS, f"Mã mới {code} có hai cấp", "new_level"))
        above = {}
        for column in ("new_parent", "new_province"):
            said = [move.row[column] for move in members]
            about = f"Mã mới {code} thuộc hai nơi"
            above[column] = _agreed(moves, members, said, _name_key, Kind.TWO_ANSWERS, about, column)
        bases = Counter(move.row["legal_basis"] for move in members)
        moves.targets.append(
            Target(
                code, name, level, above["new_parent"] or above["new_province"], above["new_province"],
                bases.most_common(1)[0][0], tuple(members),
            )
        )  # fmt: skip


def _agreed(
    moves: Moves,
    members: Sequence[Move],
    answers: Sequence[str],
    key: Callable[[str], object],
    kind: Kind,
    about: str,
    column: str,
) -> str:
    """Return the most frequent answer; say at every row that answers otherwise (at all rows when none prevails)."""
    if len(set(answers)) == 1:
        return answers[0]
    counted = Counter(key(answer) for answer in answers)
    (best, most), *others = counted.most_common()
    chosen = Counter(answer for answer in answers if key(answer) == best).most_common(1)[0][0]
    is_tie = bool(others) and others[0][1] == most
    for move, answer in zip(members, answers, strict=True):
        if key(answer) != best or is_tie:
            other = next(a for a in answers if key(a) != key(answer))
            line = next(m for m, a in zip(members, answers, strict=True) if a == other)
            sentence = (
                f"{about}: “{answer}” ở dòng này, “{other}” ở {_place(line, move)}. Hãy ghi một cách cho mọi dòng."
            )
            moves.findings.append(move.row.finding(kind, sentence, "" if is_tie else chosen, column))
        elif answer != chosen:
            sentence = f"“{answer}” và “{chosen}” là một tên viết hai cách; đã lấy “{chosen}”."
            moves.findings.append(move.row.finding(Kind.SPELLING, sentence, chosen, column))
    return chosen


def _name_key(name: str) -> object:
    return split_name(name)


def _place(move: Move, seen_from: Move) -> str:
    """Name a line, with its file when that is another one."""
    return (
        f"dòng {move.row.line}" if move.row.file == seen_from.row.file else move.row.finding(Kind.DUPLICATE, "").where
    )


def unreadable_day(row: ListRow, column: str, meant: str) -> Finding:
    """Say that a cell is no day."""
    if not row[column]:
        return row.finding(Kind.BAD_DATE, "Dòng thiếu ngày hiệu lực. Hãy ghi dạng 01/07/2025.", column=column)
    sentence = f"Ngày “{row[column]}” không đọc được. Hãy ghi dạng 01/07/2025 hoặc 2025-07-01."
    return row.finding(Kind.BAD_DATE, sentence, meant, column)


def on_day(day: date) -> str:
    """Write a day into a sentence."""
    return f"ngày {date_text(day)}"
