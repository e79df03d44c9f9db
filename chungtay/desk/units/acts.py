"""Recorded reorganisations, read for their pages: the list, what one of them changed, what it replaced or was replaced by."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from chungtay.desk.units.lineage import WHOLE, percent
from chungtay.kernel.folding import fold
from chungtay.places.models import AreaVersion, Reorganisation, Succession
from chungtay.places.rules import KIND_LABELS, LEVEL_LABELS, Level, ReorganisationKind

_AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True)
class Act:
    """A reorganisation as a row: its day, kind and basis, how many units ended, began and changed, and its corrections."""

    pk: UUID
    day: date
    kind: str
    legal_basis: str
    note: str
    recorded_at: datetime
    recorded_by: str
    ended: int
    begun: int
    revised: int
    replaced_by: UUID | None
    replaces: UUID | None


@dataclass(frozen=True)
class Link:
    """A unit named in a sentence; `part` is its share in words, "" for all of it."""

    area_id: UUID
    name: str
    part: str


@dataclass(frozen=True)
class Line:
    """What became of one unit: `did` is begun, revised, ended; `links` whom it was formed from, or where it went."""

    did: str
    area_id: UUID
    name: str
    code: str
    level: str
    links: tuple[Link, ...]
    changes: str
    bases: tuple[str, ...]


def recorded_acts(*, with_corrected: bool) -> QuerySet[Reorganisation]:
    """Return the reorganisations, newest day first, without their plans; corrected ones only when asked for."""
    found = Reorganisation.objects.select_related("replaced_by").defer("plan", "replaced_by__plan")
    found = found.order_by("-effective_on", "-recorded_at", "-id")
    return found if with_corrected else found.filter(replaced_by__isnull=True)


def rows_of(acts: Iterable[Reorganisation]) -> list[Act]:
    """Return a page of reorganisations as rows (two queries)."""
    acts = list(acts)
    ids = [act.pk for act in acts]
    begun, ended = _areas("reorganisation", ids), _areas("ended_by", ids)
    return [_row(act, begun.get(act.pk, set()), ended.get(act.pk, set())) for act in acts]


class Changes:
    """What one reorganisation changed, unit by unit: made, changed, ended. Lines are worked out for a page at a time."""

    def __init__(self, act: Reorganisation) -> None:
        self.act = act

    @cached_property
    def row(self) -> Act:
        return _row(self.act, set(self._begun), set(self._ended))

    @cached_property
    def area_ids(self) -> list[UUID]:
        """Every unit concerned: the new ones, the changed ones, the ended ones, each by name."""
        begun = [one for one in self._begun if one not in self._ended]
        revised = [one for one in self._begun if one in self._ended]
        gone = [one for one in self._ended if one not in self._begun]
        return [*_by_name(begun, self._begun), *_by_name(revised, self._begun), *_by_name(gone, self._ended)]

    def lines(self, area_ids: Sequence[UUID]) -> list[Line]:
        """Return the lines of a page (at most three queries more)."""
        back, forth = self._links(area_ids, "to_area"), self._links(area_ids, "from_area")
        return [self._line(one, back.get(one, []), forth.get(one, [])) for one in area_ids]

    @cached_property
    def _begun(self) -> dict[UUID, AreaVersion]:
        return {row.area_id: row for row in AreaVersion.objects.filter(reorganisation=self.act).order_by("id")}

    @cached_property
    def _ended(self) -> dict[UUID, AreaVersion]:
        return {row.area_id: row for row in AreaVersion.objects.filter(ended_by=self.act).order_by("id")}

    @cached_property
    def _names(self) -> dict[UUID, str]:
        """What units are called where they are only named: heirs and units above that the act itself left alone."""
        named = {row.to_area_id for row in Succession.objects.filter(reorganisation=self.act).only("to_area_id")}
        named |= {row.parent_id for row in (*self._begun.values(), *self._ended.values()) if row.parent_id}
        return _names_of(named, self.act.effective_on)

    def _links(self, area_ids: Collection[UUID], side: str) -> dict[UUID, list[Succession]]:
        found: dict[UUID, list[Succession]] = {}
        rows = Succession.objects.filter(reorganisation=self.act, **{f"{side}__in": list(area_ids)}).order_by("id")
        for row in rows:
            found.setdefault(getattr(row, f"{side}_id"), []).append(row)
        return found

    def _line(self, area_id: UUID, back: list[Succession], forth: list[Succession]) -> Line:
        was, now = self._ended.get(area_id), self._begun.get(area_id)
        version = now or self._ended[area_id]
        own = [link for link in (back if now and not was else forth) if now is None or link.back_share_ppm != 0]
        return Line(
            did="ended" if now is None else "revised" if was else "begun",
            area_id=area_id,
            name=version.name,
            code=version.code,
            level=LEVEL_LABELS[Level(version.level)],
            links=() if was and now else tuple(self._link(link, to_new=now is None) for link in own),
            changes=self._changed(was, now) if was and now else "",
            bases=tuple(dict.fromkeys(link.basis for link in own if link.basis)),
        )

    def _link(self, link: Succession, *, to_new: bool) -> Link:
        area_id = link.to_area_id if to_new else link.from_area_id
        if to_new and link.back_share_ppm == 0:
            part = "giữ số liệu riêng và người xem"
        else:
            part = "" if link.share_ppm == WHOLE else percent(link.share_ppm)
        return Link(area_id, self._name(area_id), part)

    def _name(self, area_id: UUID) -> str:
        row = self._begun.get(area_id) or self._ended.get(area_id)
        return row.name if row else self._names.get(area_id, "")

    def _changed(self, was: AreaVersion, now: AreaVersion) -> str:
        """Say how a unit differs, in words."""
        said = []
        if was.name != now.name:
            said.append(f"{was.name} đổi tên thành {now.name}")
        if was.code != now.code:
            said.append(f"mã {was.code or 'trống'} thành {now.code or 'trống'}")
        if was.level != now.level:
            said.append(f"từ {LEVEL_LABELS[Level(was.level)]} thành {LEVEL_LABELS[Level(now.level)]}")
        if was.parent_id != now.parent_id:
            above = self._name(now.parent_id) if now.parent_id else ""
            said.append(f"chuyển về {above}" if above else "không còn thuộc đơn vị nào")
        text = "; ".join(said) or "giữ nguyên"
        return f"{text[:1].upper()}{text[1:]}"


def earlier_versions(act: Reorganisation) -> list[Reorganisation]:
    """Return what the reorganisation replaced, the newest first: its corrections one after the other."""
    found: list[Reorganisation] = []
    while act.replaces_id is not None and len(found) < _AT_ONCE:
        act = Reorganisation.objects.defer("plan").get(pk=act.replaces_id)
        found.append(act)
    return found


def newest_version(act: Reorganisation) -> Reorganisation:
    """Return what is held true now in place of a reorganisation: itself, or the last of its corrections."""
    while after := Reorganisation.objects.defer("plan").filter(replaces=act).first():
        act = after
    return act


def _row(act: Reorganisation, begun: Collection[UUID], ended: Collection[UUID]) -> Act:
    revised = sum(one in ended for one in begun)
    return Act(
        pk=act.pk,
        day=act.effective_on,
        kind=KIND_LABELS[ReorganisationKind(act.kind)].capitalize(),
        legal_basis=act.legal_basis,
        note=act.note,
        recorded_at=act.recorded_at,
        recorded_by=act.recorded_by_name,
        ended=len(ended) - revised,
        begun=len(begun) - revised,
        revised=revised,
        replaced_by=act.replaced_by.pk if hasattr(act, "replaced_by") else None,
        replaces=act.replaces_id,
    )


def _areas(column: str, ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Return {reorganisation: areas} of the versions that it made (or ended), also of those a correction took back."""
    found: dict[UUID, set[UUID]] = {}
    rows = AreaVersion.objects.filter(**{f"{column}__in": ids}).values_list(f"{column}_id", "area_id")
    for act_id, area_id in rows.distinct():
        found.setdefault(act_id, set()).add(area_id)
    return found


def _by_name(area_ids: Iterable[UUID], rows: dict[UUID, AreaVersion]) -> list[UUID]:
    return sorted(area_ids, key=lambda one: (fold(rows[one].name), rows[one].code))


def _names_of(area_ids: Collection[UUID], day: date) -> dict[UUID, str]:
    ids, found = sorted(area_ids), dict[UUID, str]()
    for start in range(0, len(ids), _AT_ONCE):
        rows = AreaVersion.objects.on(day).filter(area_id__in=ids[start : start + _AT_ONCE])
        found |= dict(rows.values_list("area_id", "name"))
    return found
