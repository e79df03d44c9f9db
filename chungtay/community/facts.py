"""How groups and activities become facts, a month of a place at a time.

Groups are stocks, as they stood on the last day of a month that is over; activities are flows, those that somebody confirmed.
The source of a fact is a month of a place as everything stood up to a position in the order of all dated rows: rows are only
ever added, so that the same source says the same for ever, and telling again what has not changed adds nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min

from chungtay.accounts.models import User
from chungtay.community.histories import acts_of, counts_of
from chungtay.community.kinds import catalogue
from chungtay.community.models import Activity, ActivityAct, Group, GroupAct, GroupLink
from chungtay.community.rules import Counted, GroupKind, LinkKind, counted_on, standing_on
from chungtay.figures import services as figures
from chungtay.figures.models import Fact
from chungtay.figures.months import MonthMark
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.models import Indicator, RecordSource
from chungtay.indicators.rules import Keeper
from chungtay.kernel.periods import Period, month_of

GROUPS, ACTIVITIES = "group-month", "activity-month"


@dataclass(frozen=True)
class Part:
    """What one record adds to an indicator in a month."""

    code: str
    value: int
    record: UUID
    counted: Counted | None = None


def months_between(first: date, last: date) -> Iterator[Period]:
    """Yield the months from that of a day to that of another."""
    month = month_of(first)
    while month.start <= last:
        yield month
        month = month_of(month.end)


class GroupsOf:
    """The groups that were ever at a place, of some kinds, with their dated rows; asked for any day, up to any position."""

    def __init__(self, area_id: UUID, kinds: Collection[str]) -> None:
        here = GroupAct.objects.filter(area=area_id).values("group_id")
        self.area_id = area_id
        self.groups = Group.objects.filter(kind__in=kinds, pk__in=here).in_bulk()
        self._acts, self._counts = acts_of(self.groups), counts_of(self.groups)
        self._born: dict[UUID, int] = {}
        rows = GroupLink.objects.filter(child__in=list(self.groups), kind=LinkKind.BORN).order_by("-position")
        for child_id, parent_kind, position in rows.values_list("child_id", "parent__kind", "position"):
            if parent_kind in catalogue().groups[self.groups[child_id].kind].born_of:
                self._born[child_id] = position

    @property
    def first_day(self) -> date | None:
        """The earliest day on which any group began here: since then the register says 0 of kinds that it has none of."""
        first: date | None = GroupAct.objects.filter(area=self.area_id).aggregate(first=Min("on"))["first"]
        return first

    def parts(self, day: date, known: int | None = None) -> Iterator[Part]:
        """Yield what each group that stands here on a day adds to the indicators of its kind."""
        for pk, group in self.groups.items():
            standing = standing_on(self._acts[pk], day, known=known)
            if not standing.stands or standing.place != self.area_id:
                continue
            kind = catalogue().groups[group.kind]
            counted = counted_on(self._counts[pk], day, known=known)
            is_born = pk in self._born and (known is None or self._born[pk] <= known)
            for measure, code in kind.indicators.items():
                value = _measured(measure, counted, is_born)
                if value:
                    yield Part(code, value, pk, counted)


def _measured(measure: str, counted: Counted, is_born: bool) -> int:
    match measure:
        case "members":
            return counted.members or 0
        case "households":
            return counted.households or 0
        case "born":
            return int(is_born)
    return 1


class ActivitiesOf:
    """The activities that were ever confirmed at a place in a month."""

    def __init__(self, area_id: UUID, month: Period) -> None:
        held = Activity.objects.filter(area=area_id, held_on__range=(month.start, month.last_day))
        self.activities = held.filter(acts__verb="confirm").distinct().in_bulk()
        rows = ActivityAct.objects.filter(activity__in=list(self.activities), verb__in=("confirm", "withdraw"))
        self._acts = list(rows.order_by("position").values_list("activity_id", "verb", "position", "content"))

    def parts(self, known: int | None = None) -> Iterator[Part]:
        """Yield what each activity adds that was confirmed and not withdrawn, up to a position."""
        standing: dict[UUID, dict[str, object]] = {}
        for pk, verb, position, content in self._acts:
            if known is None or position <= known:
                standing.pop(pk, None)
                if verb == "confirm":
                    standing[pk] = content
        for pk, content in standing.items():
            counts = content["counts"]
            for field, code in catalogue().activities[self.activities[pk].kind].indicators.items():
                value = counts.get(field) if isinstance(counts, dict) else None
                if isinstance(value, int) and value:
                    yield Part(code, value, pk)


def codes_of(kinds: Iterable[GroupKind]) -> set[str]:
    """Return the indicators that groups of some kinds are told as."""
    return {code for kind in kinds for code in kind.indicators.values()}


def known_indicators(codes: Iterable[str]) -> dict[str, Indicator]:
    """Return the indicators of the dictionary among some codes: a workspace need not have them all."""
    return {one.code: one for one in Indicator.objects.filter(code__in=list(codes))}


def kept_since(indicators: Mapping[str, Indicator]) -> dict[str, date]:
    """Return for indicators the first day on which the registers became their source of record; others are left out."""
    rows = RecordSource.objects.filter(indicator__in=list(indicators.values()), keeper=Keeper.REGISTERS)
    return dict(rows.values_list("indicator__code").annotate(first=Min("valid_from")).order_by())


def tell_month(
    source: str,
    mark: MonthMark,
    values: Mapping[str, int],
    indicators: Mapping[str, Indicator],
    *,
    now: datetime,
    by: User | None,
) -> int:
    """Tell the account a month of a place; return how many facts are new.

    Only indicators whose source of record the registers are, the whole month long; `indicators` without a value are 0.
    """
    ids = [one.pk for one in indicators.values()]
    kept = dictionary.sources_during(ids, mark.month.start, mark.month.last_day)
    mine = {code: one for code, one in indicators.items() if kept[one.pk] == {Keeper.REGISTERS}}
    told = _told(source, mark, mine)
    statements = [
        Statement(code, "", mark.area_id, mark.month, values.get(code, 0), cell=code)
        for code in mine
        if told.get(code) != values.get(code, 0)
    ]
    if statements:
        figures.record_facts(
            statements, status=Status.APPROVED, source_kind=source, source_id=str(mark), now=now, by=by
        )
    return len(statements)


def _told(source: str, mark: MonthMark, indicators: Mapping[str, Indicator]) -> dict[str, int | None]:
    """Return what the account was told last of a month; what another source said last is not told yet."""
    month = mark.month
    rows = Fact.objects.filter(
        area_id=mark.area_id,
        period_start=month.start,
        period_end=month.end,
        dimension="",
        indicator__in=[one.pk for one in indicators.values()],
    ).order_by("batch_id", "id")
    last = {code: (kind, value) for code, kind, value in rows.values_list("indicator__code", "source_kind", "value")}
    return {code: value for code, (kind, value) in last.items() if kind == source}
