"""A nation as lists of units: a list of all units on a day, and a list old → new like the one of 1/7/2025, in its numbers.

63 provinces, 705 districts, 10,040 communes become 34 provinces and 3,321 units; some communes are divided, two districts
have no commune. Names are invented or numbered, and many recur in other districts. Units lie along a line in each province,
so that neighbours are known; the same for the same seed.
"""

import csv
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

BEFORE, AFTER = "01/01/2020", "01/07/2025"
UNIT_HEADS = ("mã", "tên", "cấp", "mã cấp trên", "từ ngày", "căn cứ")
MOVE_HEADS = (
    "mã cũ", "tên cũ", "huyện cũ", "tỉnh cũ", "tỷ lệ", "căn cứ tỷ lệ",
    "mã mới", "tên mới", "cấp mới", "tỉnh mới", "hiệu lực từ", "căn cứ",
)  # fmt: skip
# fmt: off
FIRST = (
    "Tân", "Phú", "Bình", "An", "Mỹ", "Hòa", "Long", "Vĩnh", "Thạnh", "Đông", "Thuận", "Hưng", "Xuân", "Thanh", "Quảng",
    "Lộc", "Trung", "Nam", "Bắc", "Hải", "Sơn", "Đại", "Hồng", "Kim", "Ngọc", "Phước", "Thới", "Quý", "Thủy", "Lý",
)
SECOND = (
    "Thành", "Lợi", "Phong", "Khánh", "Hiệp", "Đức", "Lâm", "Giang", "Châu", "Hà", "Trạch", "Minh", "Quang", "Tiến", "Thắng",
    "Nghĩa", "Hội", "Nhơn", "Mỹ", "Hòa", "Quới", "Thịnh", "Cường", "Yên", "Sơn", "Lập", "Trì", "Đa", "Kỳ", "Dương",
)
# fmt: on


@dataclass(frozen=True)
class NationLists:
    """Rows of cells under UNIT_HEADS and MOVE_HEADS. `after` is the list of units of the new map; `neighbours` pairs of codes."""

    before: list[list[str]] = field(default_factory=list)
    moves: list[list[str]] = field(default_factory=list)
    after: list[list[str]] = field(default_factory=list)
    neighbours: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Commune:
    code: str
    name: str
    district: str
    province: int
    is_district: bool = False  # a district without communes, which becomes a special zone


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Return a list as a file: UTF-8, heads first."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([heads, *rows])
    return out.getvalue().encode()


def make_lists(
    seed: int = 500,
    *,
    provinces: int = 63,
    districts: int = 705,
    communes: int = 10_040,
    new_provinces: int = 34,
    new_units: int = 3_321,
    divided: int = 60,
    islands: int = 2,
) -> NationLists:
    """Return the lists of a nation of that size. Small ones serve tests."""
    rng = random.Random(seed)
    lists = NationLists()
    codes = [f"{number:02d}" for number in sorted(rng.sample(range(1, 97), provinces))]
    tops = [f"{'Thành phố' if p % 12 == 0 else 'Tỉnh'} Minh Họa {p + 1}" for p in range(provinces)]
    for p in range(provinces):
        level = "thành phố" if p % 12 == 0 else "tỉnh"
        lists.before.append([codes[p], tops[p], level, "", BEFORE, "Danh mục minh họa"])
    lines = _communes(rng, lists, codes, districts, communes, islands)
    joined = _groups(rng, provinces, new_provinces)
    parts = [[c for p in group for c in lines[p]] for group in joined]
    counts = _shared_out(rng, [len(part) for part in parts], new_units)
    to_divide = _shared_out(rng, [count - 1 for count in counts], divided)
    for number, group in enumerate(joined):
        top, basis = group[-1], f"Nghị quyết minh họa số {number + 1:02d}/NQ-MH năm 2025"
        kind = "thành phố" if any(p % 12 == 0 for p in group) else "tỉnh"
        name = f"{'Thành phố' if kind == 'thành phố' else 'Tỉnh'} Minh Họa {top + 1}"
        lists.after.append([codes[top], name, kind, "", AFTER, basis])
        for p in group:
            lists.moves.append(
                [codes[p], tops[p], "", "", "", "", codes[top], name, kind, "", AFTER, "Nghị quyết minh họa số 00"]
            )
        rows = _formed(rng, parts[number], counts[number], to_divide[number], tops, codes[top], basis)
        lists.moves.extend(row for row, _ in rows)
        lists.after.extend({row[6]: unit for row, unit in rows}.values())
    lists.neighbours.extend([one.code, two.code] for part in parts for one, two in _borders(part))
    return lists


def _communes(
    rng: random.Random, lists: NationLists, codes: Sequence[str], districts: int, communes: int, islands: int
) -> list[list[_Commune]]:
    """Add districts and communes to the list before; return the communes of every province in order of the line."""
    per_province = _shared_out(rng, [districts] * len(codes), districts)
    sizes = _shared_out(rng, [communes] * (districts - islands), communes)
    lines: list[list[_Commune]] = []
    district, commune = 0, 1
    for province, count in enumerate(per_province):
        line: list[_Commune] = []
        names = _names(rng, count)
        for inside in range(count):
            code = f"{district + 1:03d}"
            words = ("Quận", "Thành phố") if province % 12 == 0 else ("Huyện", "Huyện", "Huyện", "Thị xã", "Thành phố")
            word = rng.choice(words)
            name = f"{word} {names[inside]}"
            lists.before.append([code, name, word.lower(), codes[province], BEFORE, "Danh mục minh họa"])
            if district < districts - islands:
                for unit in _names(rng, sizes[district]):
                    town = rng.random() < (0.6 if word != "Huyện" else 0.1)
                    kind = ("Phường" if word != "Huyện" else "Thị trấn") if town else "Xã"
                    line.append(_Commune(f"{commune:05d}", f"{kind} {unit}", name, province))
                    lists.before.append([line[-1].code, line[-1].name, kind.lower(), code, BEFORE, "Danh mục minh họa"])
                    commune += 3
            else:
                line.append(_Commune(code, name, "", province, is_district=True))
            district += 1
        lines.append(line)
    return lines


def _names(rng: random.Random, count: int) -> list[str]:
    """Return invented names that differ even without their marks."""
    pairs = [f"{one} {two}" for one in FIRST for two in SECOND if one != two]
    return rng.sample(pairs, count)


def _groups(rng: random.Random, count: int, into: int) -> list[list[int]]:
    """Cut 0 … count - 1 into so many runs."""
    cuts = sorted(rng.sample(range(1, count), into - 1))
    return [list(range(start, end)) for start, end in zip([0, *cuts], [*cuts, count], strict=True)]


def _shared_out(rng: random.Random, most: Sequence[int], total: int) -> list[int]:
    """Share a total out in proportion to `most`, at least 1 and at most `most` each (0 where that is 0)."""
    whole = sum(most)
    shares = [min(m, max(1, total * m // whole)) if m > 0 else 0 for m in most]
    while (missing := total - sum(shares)) != 0:
        place = rng.randrange(len(most))
        step = 1 if missing > 0 else -1
        if (1 if total >= len(most) else 0) <= shares[place] + step <= most[place]:
            shares[place] += step
    return shares


def _formed(
    rng: random.Random,
    line: Sequence[_Commune],
    count: int,
    divided: int,
    tops: Sequence[str],
    top_code: str,
    basis: str,
) -> list[tuple[list[str], list[str]]]:
    """Return for every row of the moves its cells and the new unit's row in the list after."""
    pieces = _pieces(rng, line, count)
    names = _names(rng, count)
    shared = set(rng.sample(range(count - 1), divided)) if divided else set()
    rows = []
    for number, piece in enumerate(pieces):
        code = piece[-1].code
        is_zone = len(piece) == 1 and piece[0].is_district
        kind = "Đặc khu" if is_zone else "Phường" if piece[-1].name.startswith("Phường") else "Xã"
        unit = [code, f"{kind} {names[number]}", kind.lower(), top_code, AFTER, basis]
        # The first commune of a piece may be shared with the piece before it.
        sources = [(one, "") for one in piece]
        if number - 1 in shared and len(piece) > 1:
            sources[0] = (piece[0], "0,4")
        if number in shared and len(pieces[number + 1]) > 1:
            sources.append((pieces[number + 1][0], "0,6"))
        for one, share in sources:
            old = [one.code, one.name, one.district, tops[one.province], share, "số hộ minh họa" if share else ""]
            rows.append(([*old, code, unit[1], unit[2], top_code, AFTER, basis], unit))
    return rows


def _pieces(rng: random.Random, line: Sequence[_Commune], count: int) -> list[list[_Commune]]:
    """Cut the line into new units: at almost every end of a district, round every island, else anywhere."""
    must: set[int] = set()
    ends, free = [], []
    for place in range(1, len(line)):
        one, two = line[place - 1], line[place]
        if one.is_district or two.is_district:
            must.add(place)
        elif (one.district, one.province) != (two.district, two.province):
            ends.append(place)
        else:
            free.append(place)
    rng.shuffle(ends)
    rng.shuffle(free)
    keep = len(ends) * 9 // 10
    order = [*must, *ends[:keep], *free, *ends[keep:]]
    cuts = set(order[: count - 1]) if len(must) + keep >= count - 1 else {*must, *ends[:keep]}
    for place in order:  # units of one commune only where there is no other way
        if len(cuts) < count - 1 and not {place - 1, place, place + 1} & cuts:
            cuts.add(place)
    cuts.update(list(dict.fromkeys(place for place in order if place not in cuts))[: count - 1 - len(cuts)])
    ordered = sorted(cuts)
    return [list(line[start:end]) for start, end in zip([0, *ordered], [*ordered, len(line)], strict=True)]


def _borders(line: Sequence[_Commune]) -> Iterator[tuple[_Commune, _Commune]]:
    """Yield who lies beside whom: the next, and often the one after; an island touches nobody."""
    for place, one in enumerate(line):
        for step in (1, 2):
            if place + step < len(line) and not any(c.is_district for c in line[place : place + step + 1]):
                yield one, line[place + step]
