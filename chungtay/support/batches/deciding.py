"""Verifying, posting and approving many cases together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.support import checking, register
from chungtay.support.batches.opening import MOST_NAMED
from chungtay.support.batches.telling import locked_all, move_all, told_of_all
from chungtay.support.checking import limits_of
from chungtay.support.deciding import Related
from chungtay.support.limits import Limit, ceiling_problems
from chungtay.support.models import Case, Comment, CostShare, PackageLine
from chungtay.support.moving import ReasonNeeded, past_day, wrote
from chungtay.support.rules import Act, NotReady, Posting, Share, Source, posting_problems, share_problems
from chungtay.support.telling import hold


@transaction.atomic
def verify_all(
    *, cases: Sequence[Case], found: str, verified_by: str, day: date, now: datetime, by: User
) -> list[Case]:
    """Note what was found on the spot at each household, by people related to none of them. Raises as `verify` does."""
    rows = locked_all(cases, "verify", now=now, by=by)
    if not found.strip() or not verified_by.strip():
        raise ReasonNeeded("Chưa ghi kết quả xác minh hoặc người đã đi xác minh.")
    _refuse(_content_problems(rows))
    for row in rows:
        past_day(day, now, not_before=row.proposed_on)
        wrote(row, by)
    data = {"verified_by": verified_by.strip(), "related": False, "relation": ""}
    of_all = {row.pk: data for row in rows}
    days, reasons = dict.fromkeys(of_all, day), dict.fromkeys(of_all, found)
    move_all(rows, Act.VERIFY, (), days=days, reasons=reasons, data=of_all, now=now, by=by)
    limits = limits_of(rows, localdate(now))
    at_once = any(not limits[row.kind, row.work].days for row in rows)
    told_of_all("verified", rows[0].area, rows, may_be_decided=at_once, now=now, by=by, day=day)
    return rows


@transaction.atomic
def post_all(*, cases: Sequence[Case], first: date, place: str, now: datetime, by: User) -> list[Case]:
    """Note that cases hang at the hamlets from a day on, each as long as its rule asks for. Raises as `post` does."""
    rows = locked_all(cases, "verify", now=now, by=by)
    past_day(first, now)
    if not place.strip():
        raise ReasonNeeded("Chưa ghi nơi niêm yết.")
    limits = limits_of(rows, first)
    data = {}
    for row in rows:
        limit = limits[row.kind, row.work]
        row.posted_from, row.posted_until = first, first + timedelta(days=max(limit.days, 1) - 1)
        wrote(row, by)
        until = row.posted_until.isoformat()
        data[row.pk] = {"place": place.strip(), "until": until, "days": limit.days, "basis": limit.basis}
    days = dict.fromkeys(data, first)
    move_all(rows, Act.POST, ("posted_from", "posted_until"), days=days, data=data, now=now, by=by)
    told_of_all("posted", rows[0].area, rows, now=now, by=by, day=first)
    return rows


@transaction.atomic
def approve_all(
    *, cases: Sequence[Case], decision: str, related: bool, again_reason: str = "", now: datetime, by: User
) -> list[Case]:
    """Decide for cases under one decision. What passes a ceiling is not decided in a batch: it has a reason of its own.

    again_reason: why some are helped again. Raises NotReady, Related, CaseMovedOn, WrongTurn, `access.require`'s.
    """
    rows = locked_all(cases, "approve", now=now, by=by)
    hold(rows[0].area)
    today = localdate(now)
    if related:
        raise Related(
            "Bạn khai có liên quan với hộ được hỗ trợ nên không được quyết định đợt này. Hãy tách hồ sơ đó ra."
        )
    limits = limits_of(rows, today)
    again = _helped_before(rows, limits, today)
    wrong = [*_content_problems(rows), *_posting_problems(rows, limits, today), *_ceiling_problems(rows, limits)]
    if not decision.strip():
        wrong.append("Chưa ghi số quyết định hoặc biên bản họp xét.")
    if again and not again_reason.strip():
        wrong += [one for said in again.values() for one in said] + ["Nếu vẫn duyệt, hãy ghi lý do hỗ trợ thêm."]
    _refuse(wrong)
    data: dict[UUID, Mapping[str, Any]] = {}
    for row in rows:
        row.approved_on = today
        data[row.pk] = {
            "decision": decision.strip(),
            "related": False,
            "over": [],
            "over_reason": "",
            "again": again.get(row.pk, []),
            "again_reason": again_reason.strip() if row.pk in again else "",
            "basis": limits[row.kind, row.work].basis,
        }
    days = dict.fromkeys(data, today)
    move_all(rows, Act.APPROVE, ("approved_on",), days=days, data=data, now=now, by=by)
    told_of_all("approved", rows[0].area, rows, now=now, by=by, decision=decision.strip())
    return rows


def _refuse(wrong: Sequence[str]) -> None:
    if wrong:
        raise NotReady(wrong[:MOST_NAMED])


def _content_problems(rows: Sequence[Case]) -> list[str]:
    shares: dict[tuple[UUID, int], list[Share]] = defaultdict(list)
    said = CostShare.objects.filter(case__in=[row.pk for row in rows]).select_related("version").order_by("id")
    for one in said:
        share = Share(Source(one.source), one.amount, one.who, one.days, one.rate)
        shares[one.case_id, one.version.number].append(share)
    sums: dict[UUID, int] = defaultdict(int)
    lines = PackageLine.objects.filter(case__in=[row.pk for row in rows], is_struck=False)
    for case_id, quantity, value in lines.values_list("case", "quantity", "value"):
        sums[case_id] += quantity * value
    wrong = []
    for row in rows:
        found = share_problems(shares[row.pk, row.version], row.total)
        if row.of_kind.has_lines and sums[row.pk] != row.total:
            found.append("Danh sách chưa có dòng nào, hoặc tổng các dòng khác tổng giá trị.")
        wrong += [f"{row}: {sentence}" for sentence in found]
    return wrong


def _posting_problems(rows: Sequence[Case], limits: Mapping[tuple[str, str], Limit], today: date) -> list[str]:
    waiting = set(Comment.objects.filter(case__in=rows, answer=None).values_list("case", flat=True))
    return [
        f"{row}: {sentence}"
        for row in rows
        for sentence in posting_problems(
            Posting(row.posted_from, row.posted_until, int(row.pk in waiting)), limits[row.kind, row.work].days, today
        )
    ]


def _ceiling_problems(rows: Sequence[Case], limits: Mapping[tuple[str, str], Limit]) -> list[str]:
    dearest: dict[UUID, set[int]] = defaultdict(set)
    lines = PackageLine.objects.filter(case__in=[row.pk for row in rows], is_struck=False)
    for case_id, value in lines.order_by().values_list("case", "value").distinct():
        dearest[case_id].add(value)
    wrong = []
    for row in rows:
        amounts = [row.fund_share]
        if row.of_kind.has_lines:
            amounts = [value * row.fund_share // max(row.total, 1) for value in dearest[row.pk]]
        wrong += [f"{row}: {one}" for one in ceiling_problems(limits[row.kind, row.work], amounts, row.of_kind.unit)]
    return wrong


def _helped_before(rows: Sequence[Case], limits: Mapping[tuple[str, str], Limit], today: date) -> dict[UUID, list[str]]:
    """Return what earlier helps count against each case, in sentences."""
    known = _known_kinds(rows)
    lists = [row for row in rows if row.household_id is None and row.of_kind.has_lines]
    found = _lists_before(lists, {row.pk: limits[row.kind, row.work].again_years for row in lists}, today)
    for row in rows:
        if (row.household_id, row.kind) in known or (row.household_id is None and not row.of_kind.has_lines):
            years = limits[row.kind, row.work].again_years
            if said := [one.sentence for one in checking.helped_before(row, today, years)]:
                found[row.pk] = said
    return found


def _known_kinds(rows: Sequence[Case]) -> set[tuple[UUID, str]]:
    """Return (household, kind) of those whom another case of their kind was ever decided for: only they are looked at closely."""
    lineages = register.lineages({row.household_id for row in rows if row.household_id})
    holder = {member: key for key, members in lineages.items() for member in members}
    others = Case.objects.filter(state__in=checking.DECIDED).exclude(pk__in=[row.pk for row in rows])
    kinds = {row.kind for row in rows}
    direct = others.filter(household__in=holder, kind__in=kinds).values_list("household", "kind")
    listed = PackageLine.objects.filter(household__in=holder, is_struck=False, case__in=others.filter(kind__in=kinds))
    pairs = [*direct, *listed.values_list("household", "case__kind")]
    return {(holder[household], kind) for household, kind in pairs if household}


def _lists_before(lists: Sequence[Case], years: Mapping[UUID, int], today: date) -> dict[UUID, list[str]]:
    """Return how much of lists of one place was helped by others of their kind: long lists are counted, not named one by one."""
    whom = _Whom(lists)
    since = {one.pk: date(today.year - years[one.pk], 1 if years[one.pk] == 0 else today.month, 1) for one in lists}
    if not lists:
        return {}
    before = PackageLine.objects.filter(
        whom.among(lists[0].area_id),
        case__kind__in={one.kind for one in lists},
        case__state__in=checking.DECIDED,
        case__approved_on__range=(min(since.values()), today),
        is_struck=False,
    ).exclude(case__in=[one.pk for one in lists])
    of_case = ("case__year", "case__number", "case__kind", "case__approved_on")
    rows = list(before.order_by().values_list(*of_case, "household", "name_key", "quantity"))
    found = {}
    for one in lists:
        suits: Counter[tuple[int, int]] = Counter()
        for year, number, kind, approved_on, household, name, quantity in rows:
            if kind == one.kind and approved_on >= since[one.pk] and whom.is_on(one.pk, household, name):
                suits[year, number] += quantity
        if suits:
            found[one.pk] = [
                f"{count} suất đã trao cho hộ trong danh sách này theo hồ sơ HT-{year}-{number:05d}."
                for (year, number), count in sorted(suits.items())[:MOST_NAMED]
            ]
    return found


class _Whom:
    """Whom lists help: households under every id of theirs, persons without a record by their folded names."""

    def __init__(self, lists: Sequence[Case]) -> None:
        lines = PackageLine.objects.filter(case__in=[one.pk for one in lists], is_struck=False)
        said = list(lines.values_list("case", "household", "name_key"))
        members = register.lineages({household for _, household, _ in said if household})
        self._on: set[tuple[UUID, UUID | str]] = set()
        for case_id, household, name in said:
            same: Iterable[UUID | str] = members[household] if household else [name]
            self._on |= {(case_id, who) for who in same}

    def among(self, area_id: UUID) -> Q:
        """Return the condition that a line may be one of theirs."""
        names = {who for _, who in self._on if isinstance(who, str)}
        of_names = Q(household=None, case__area=area_id, name_key__in=names)
        return Q(household__in={who for _, who in self._on if not isinstance(who, str)}) | of_names

    def is_on(self, case_id: UUID, household: UUID | None, name: str) -> bool:
        """Whether a line is for somebody whom this list helps."""
        return (case_id, household or name) in self._on
