"""What a return is held against: what the unit sent in earlier rounds, and what its neighbours sent in the same round.

Read for any number of returns with the same two queries. Only what a leader signed counts, of each return the newest version.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from chungtay.places import selectors as places
from chungtay.returns.checks import MIN_PEERS, MOST_PAST, NOTHING_KNOWN, Known
from chungtay.returns.models import Return, Version, VersionCell
from chungtay.returns.records import Records, records_of, said_when_sent

Values = Mapping[str, int]
"""Scaled values by cell key; cells without a number are left out."""


@dataclass(frozen=True)
class Background:
    """What is known before a return is looked at. `period_code` is that of the round before, "" for none."""

    period_code: str = ""
    known: Known = field(default=NOTHING_KNOWN)
    records: Records = field(default_factory=dict)
    recorded_then: Values = field(default_factory=dict)  # what the records said when a version was sent

    @property
    def previous(self) -> Mapping[str, int | None]:
        """What the unit sent last, by cell key."""
        return self.known.previous


NO_BACKGROUND = Background()


def background_of(of: Return, version: Version | None = None) -> Background:
    """Return what one return is held against (four queries); of a version also what the records said when it was sent."""
    found = backgrounds([of])[of.pk]
    return found if version is None or not found.records else replace(found, recorded_then=said_when_sent(version))


def backgrounds(returns: Collection[Return]) -> dict[UUID, Background]:
    """Return what each return is held against (two queries for all of them, and the records of each round)."""
    if not returns:
        return {}
    records = records_of(returns)
    beside = {of.pk: _neighbours(of) for of in returns}
    sent = _sent(returns, {area for areas in beside.values() for area in areas})
    earlier: dict[tuple[UUID, UUID, str], list[_Sent]] = {}
    same_round: dict[UUID, dict[UUID, _Sent]] = {}
    for one in sent:
        earlier.setdefault((one.area_id, one.programme_id, one.form), []).append(one)
        same_round.setdefault(one.round_id, {})[one.area_id] = one
    return {
        of.pk: _background(
            of,
            earlier.get((of.area_id, of.round.form.programme_id, of.round.form.code), ()),
            [one for area, one in same_round.get(of.round_id, {}).items() if area in beside[of.pk]],
            records[of.pk],
        )
        for of in returns
    }


@dataclass(frozen=True)
class _Sent:
    """The newest signed version of one return."""

    area_id: UUID
    programme_id: UUID
    form: str
    round_id: UUID
    period_code: str
    period_end: date
    values: dict[str, int]


def _neighbours(of: Return) -> frozenset[UUID]:
    """Return the units of the same level under the same parent on the map of the period, the unit itself left out."""
    tree = places.tree_on(of.round.period_start)
    if of.area_id not in tree:
        return frozenset()
    node = tree.node(of.area_id)
    if node.parent_id is None:
        return frozenset()
    return frozenset(
        other.area_id
        for other in tree.children(node.parent_id)
        if other.level == node.level and other.area_id != of.area_id
    )


def _sent(returns: Iterable[Return], neighbours: Collection[UUID]) -> list[_Sent]:
    """Return what the units sent for earlier rounds, and what their neighbours sent for the same ones, oldest round first."""
    rounds = {of.round_id: of.round for of in returns}
    units = {of.area_id for of in returns}
    signed = Version.objects.filter(
        Q(of__area_id__in=units, of__round__period_end__lte=max(r.period_start for r in rounds.values()))
        | Q(of__area_id__in=neighbours, of__round_id__in=rounds),
        events__verb="sign",
        of__round__form__programme_id__in={r.form.programme_id for r in rounds.values()},
        of__round__form__code__in={r.form.code for r in rounds.values()},
    )
    rows = signed.order_by("of__round__period_end", "of__round__period_start", "number").values_list(
        "pk",
        "of_id",
        "of__area_id",
        "of__round__form__programme_id",
        "of__round__form__code",
        "of__round_id",
        "of__round__period_code",
        "of__round__period_end",
    )
    newest: dict[UUID, tuple[UUID, _Sent]] = {}
    for version_id, return_id, area_id, programme_id, form, round_id, period_code, period_end in rows:
        newest[return_id] = (version_id, _Sent(area_id, programme_id, form, round_id, period_code, period_end, {}))
    by_version = dict(newest.values())
    numbers = VersionCell.objects.filter(version__in=signed.order_by().values("pk"), value__isnull=False)
    for version_id, key, value in numbers.values_list("version_id", "cell__key", "value"):
        if version_id in by_version and value is not None:
            by_version[version_id].values[key] = value
    return list(by_version.values())


def _background(of: Return, own: Sequence[_Sent], beside: Sequence[_Sent], records: Records) -> Background:
    before = [one for one in own if one.period_end <= of.round.period_start][-MOST_PAST:][::-1]
    if not before and len(beside) < MIN_PEERS:
        return Background(records=records) if records else NO_BACKGROUND
    previous = before[0] if before else None
    known = Known(
        previous=dict(previous.values) if previous else {},
        past=_by_key(before),
        peers=_by_key(beside) if len(beside) >= MIN_PEERS else {},
    )
    return Background(previous.period_code if previous else "", known, records)


def _by_key(sent: Iterable[_Sent]) -> dict[str, list[int]]:
    values: dict[str, list[int]] = {}
    for one in sent:
        for key, value in one.values.items():
            values.setdefault(key, []).append(value)
    return values
