"""One unit through time: its versions, what it came from and what it became, drawn and as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from chungtay.desk.units import lineage, records
from chungtay.kernel.text import date_text, join_and
from chungtay.places import selectors as places
from chungtay.places.models import AreaVersion
from chungtay.places.rules import LEVEL_LABELS, Level
from chungtay.places.succession import Successions

Versions = Mapping[UUID, Sequence[AreaVersion]]


@dataclass(frozen=True)
class Kin:
    """One succession as a row of the table: from which unit, into which, on which day, which part."""

    older: str
    older_url: str
    newer: str
    newer_url: str
    day: date
    share: str
    back: str


@dataclass(frozen=True)
class Told:
    """Everything the page of a unit says. `until` is its last day; `now_in` where an ended unit's area belongs today."""

    area_id: UUID
    name: str
    level: str
    code: str
    since: date
    until: date | None
    now_in: tuple[tuple[str, str], ...]
    formed_from: str
    above: str
    crumbs: tuple[dict[str, str], ...]
    versions: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    kin: tuple[Kin, ...]
    wide: lineage.Drawing | None
    narrow: lineage.Drawing | None
    left_out: int
    codes: tuple[tuple[str, str], ...]
    reused: tuple[records.Bearer, ...]
    links: tuple[tuple[str, str], ...]


def history_of_unit(area_id: UUID, today: date) -> Told:
    """Return the history of a unit that has at least one version."""
    successions = places.successions()
    kin_ids, side = _kin(area_id, successions)
    versions = records.versions_of({area_id, *kin_ids, *side})
    own = versions[area_id]
    parents = _parents(own)
    current = _on(own, today)
    first, last = own[0], own[-1]
    until = records.last_day(last)
    has_ended = until is not None and until < today
    units, left_out = _units(area_id, kin_ids, side, versions)
    streams = _streams([unit.area_id for unit in units], successions)
    return Told(
        area_id=area_id,
        name=current.name,
        level=LEVEL_LABELS[Level(current.level)],
        code=current.code,
        since=first.valid_from,
        until=until,
        now_in=_now_in(area_id, successions, versions, today) if has_ended else (),
        formed_from=_formed_from(area_id, successions, versions),
        above=parents[current.parent_id][-1].name if current.parent_id and current.parent_id in parents else "",
        crumbs=_crumbs(current, today),
        versions=tuple(_version(version, parents) for version in reversed(own)),
        events=_events(area_id, own, successions, versions, today),
        kin=_table(units, streams, successions, versions),
        wide=lineage.draw(units, streams, lineage.WIDE) if streams else None,
        narrow=lineage.draw(units, streams, lineage.NARROW) if streams else None,
        left_out=left_out,
        codes=_codes(own),
        reused=_reused(area_id, own),
        links=_links(current, until if has_ended else None),
    )


def _kin(area_id: UUID, successions: Successions) -> tuple[list[UUID], list[UUID]]:
    """Return all that the unit came from and became, and beside them the other forebears of what it became."""
    back = _reached(area_id, {one: [older for older, _ in kin] for one, kin in successions.backward.items()})
    ahead = _reached(area_id, {one: [newer for newer, _ in kin] for one, kin in successions.forward.items()})
    kin = [*reversed(back), area_id, *ahead]
    side = [older for newer in (*ahead,) for older, _ in successions.backward.get(newer, ()) if older not in kin]
    return kin, list(dict.fromkeys(side))


def _reached(start: UUID, steps: Mapping[UUID, Sequence[UUID]]) -> list[UUID]:
    found: dict[UUID, None] = {}
    waiting = [start]
    while waiting:
        for other in steps.get(waiting.pop(0), ()):
            if other not in found and other != start:
                found[other] = None
                waiting.append(other)
    return list(found)


def _units(
    area_id: UUID, kin: Sequence[UUID], side: Sequence[UUID], versions: Versions
) -> tuple[list[lineage.Unit], int]:
    """Return the units to draw, the unit and its own kin first, and how many do not fit."""
    ids = [one for one in (*kin, *side) if one in versions]
    ids.sort(key=lambda one: (versions[one][0].valid_from, versions[one][0].code, versions[one][0].name))
    if len(ids) > lineage.MOST_BOXES:
        own = set(kin)
        ids = sorted(ids, key=lambda one: (one != area_id, one not in own))[: lineage.MOST_BOXES]
    units = [
        lineage.Unit(
            area_id=one,
            name=versions[one][-1].name,
            note=versions[one][-1].code,
            start=versions[one][0].valid_from,
            end=versions[one][-1].valid_to,
            url="" if one == area_id else reverse("unit-history", args=[one]),
            is_focus=one == area_id,
            is_side=one in side,
        )
        for one in ids
    ]
    return units, len({*kin, *side} & set(versions)) - len(units)


def _streams(ids: Sequence[UUID], successions: Successions) -> list[lineage.Stream]:
    inside = set(ids)
    return [
        lineage.Stream(older, newer, share)
        for older in ids
        for newer, share in successions.forward.get(older, ())
        if newer in inside
    ]


def _table(
    units: Sequence[lineage.Unit],
    streams: Sequence[lineage.Stream],
    successions: Successions,
    versions: Versions,
) -> tuple[Kin, ...]:
    """The drawing in words, in order of time."""
    urls = {unit.area_id: unit.url for unit in units}
    names = {one: own[-1].name for one, own in versions.items()}
    rows = []
    for stream in streams:
        back = dict(successions.backward.get(stream.newer, ())).get(stream.older)
        rows.append(
            Kin(
                older=names[stream.older],
                older_url=urls[stream.older],
                newer=names[stream.newer],
                newer_url=urls[stream.newer],
                day=versions[stream.newer][0].valid_from,
                share="toàn bộ" if stream.share == lineage.WHOLE else lineage.percent(stream.share),
                back="" if back is None else lineage.percent(back),
            )
        )
    return tuple(sorted(rows, key=lambda kin: (kin.day, kin.newer, kin.older)))


def _now_in(area_id: UUID, successions: Successions, versions: Versions, today: date) -> tuple[tuple[str, str], ...]:
    """The units on today's map into which an ended unit went, with their shares where it was divided."""
    found: dict[UUID, int] = {}
    waiting = [(area_id, lineage.WHOLE)]
    while waiting:
        one, share = waiting.pop()
        heirs = successions.forward.get(one, ())
        if not heirs and one != area_id:
            found[one] = found.get(one, 0) + share
        waiting += [(newer, share * part // lineage.WHOLE) for newer, part in heirs]
    names = places.names_on(found, today) if found else {}
    return tuple(
        (
            f"{names[one]} ({lineage.percent(share)})" if len(found) > 1 else names[one],
            reverse("unit-history", args=[one]),
        )
        for one, share in sorted(found.items(), key=lambda pair: -pair[1])
    )


def _formed_from(area_id: UUID, successions: Successions, versions: Versions) -> str:
    forebears = [versions[older][-1].name for older, _ in successions.backward.get(area_id, ()) if older in versions]
    return join_and(sorted(forebears))


def _events(
    area_id: UUID, own: Sequence[AreaVersion], successions: Successions, versions: Versions, today: date
) -> tuple[dict[str, Any], ...]:
    """What happened to the unit, newest first, each with its day and legal basis."""
    events: list[dict[str, Any]] = []
    formed = _formed_from(area_id, successions, versions)
    for before, version in zip((None, *own), own, strict=False):
        what = (
            _change(before, version) if before else (f"Lập {version.name} từ {formed}" if formed else f"{version.name}")
        )
        events.append({"day": version.valid_from, "what": what, "note": version.legal_basis, "state": "info"})
    if own[-1].valid_to is not None:
        heirs = [versions[newer][0] for newer, _ in successions.forward.get(area_id, ()) if newer in versions]
        into = join_and([heir.name for heir in heirs])
        note = next((heir.legal_basis for heir in heirs if heir.legal_basis), "")
        what = (
            f"Kết thúc, nhập vào {into}" if len(heirs) == 1 else f"Kết thúc, chia vào {into}" if heirs else "Kết thúc"
        )
        events.append({"day": own[-1].valid_to, "what": what, "note": note, "state": "locked"})
    for event in events:
        event["when"] = date_text(event["day"]) + (" (sắp tới)" if event["day"] > today else "")
    events[-1]["current"] = events[-1]["day"] <= today
    return tuple(reversed(events))


def _change(before: AreaVersion, after: AreaVersion) -> str:
    changes = []
    if before.name != after.name:
        changes.append(f"đổi tên thành {after.name}")
    if before.level != after.level:
        changes.append(f"từ {LEVEL_LABELS[Level(before.level)]} thành {LEVEL_LABELS[Level(after.level)]}")
    if before.code != after.code:
        changes.append(f"mã {before.code or 'trống'} thành {after.code or 'trống'}")
    if before.parent_id != after.parent_id:
        changes.append("chuyển sang đơn vị cấp trên khác")
    text = ", ".join(changes) or "ghi lại"
    return f"{text[:1].upper()}{text[1:]}"


def _version(version: AreaVersion, parents: Versions) -> dict[str, Any]:
    above = (
        _on(parents[version.parent_id], version.valid_from)
        if version.parent_id and version.parent_id in parents
        else None
    )
    return {
        "name": version.name,
        "code": version.code,
        "level": LEVEL_LABELS[Level(version.level)].capitalize(),
        "above": above.name if above else "",
        "above_url": reverse("unit-history", args=[version.parent_id]) if above else "",
        "since": version.valid_from,
        "until": records.last_day(version),
        "basis": version.legal_basis,
    }


def _parents(own: Iterable[AreaVersion]) -> Versions:
    ids = {version.parent_id for version in own if version.parent_id}
    return records.versions_of(ids) if ids else {}


def _on(versions: Sequence[AreaVersion], day: date) -> AreaVersion:
    """The version of a day, else the last before it, else the first."""
    earlier = [version for version in versions if version.valid_from <= day]
    return earlier[-1] if earlier else versions[0]


def _crumbs(current: AreaVersion, today: date) -> tuple[dict[str, str], ...]:
    day = min(today, records.last_day(current) or today)
    tree = places.tree_on(max(day, current.valid_from))
    if current.area_id not in tree:
        return ()
    way = tree.path(current.area_id)[:-1]
    return tuple({"label": node.name, "url": reverse("unit-history", args=[node.area_id])} for node in way)


def _codes(own: Sequence[AreaVersion]) -> tuple[tuple[str, str], ...]:
    """The codes the unit has borne, each with its days."""
    spells: list[tuple[str, date, date | None]] = []
    for version in own:
        if spells and spells[-1][0] == version.code:
            spells[-1] = (version.code, spells[-1][1], version.valid_to)
        else:
            spells.append((version.code, version.valid_from, version.valid_to))
    return tuple((code or "không có mã", _span(start, end)) for code, start, end in spells)


def _span(start: date, end: date | None) -> str:
    if end is None:
        return f"từ {date_text(start)}"
    return f"{date_text(start)} – {date_text(end - timedelta(days=1))}"


def _reused(area_id: UUID, own: Sequence[AreaVersion]) -> tuple[records.Bearer, ...]:
    """Other units that bore one of the unit's codes before or after it."""
    codes = dict.fromkeys(version.code for version in own if version.code)
    return tuple(one for code in codes for one in records.bearers_of(code) if one.area_id != area_id)


def _links(current: AreaVersion, until: date | None) -> tuple[tuple[str, str], ...]:
    """Where the figures of the unit stand; of an ended one on the last map that had it."""
    if not current.code:
        return ()
    asked = {"noi": current.code} | ({"ban-do": until.isoformat()} if until else {})
    query = urlencode(asked)
    return (
        ("Các chỉ tiêu của đơn vị", f"{reverse('figure-index')}?{query}"),
        ("Lập bảng số liệu của đơn vị", f"{reverse('pivot')}?{query}"),
    )
