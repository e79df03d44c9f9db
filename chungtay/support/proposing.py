"""Proposing a case, and saying it again better: each change is a version of its own, nothing is overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.households.models import Household
from chungtay.kernel.folding import fold, nfc
from chungtay.places.models import Area
from chungtay.support.kinds import Subject, detail_problems, kind_of
from chungtay.support.models import Case, CaseCounter, CaseStep, CaseVersion, CostShare, PackageLine
from chungtay.support.moving import changed, locked, move, past_day, told, wrote
from chungtay.support.rules import Act, NotReady, Share, Source, State, share_problems

LONGEST_WORDS = 600
OPEN = frozenset({State.PROPOSED, State.RETURNED})


@dataclass(frozen=True)
class Content:
    """What a proposal says. total: integer đồng; of a list it is what its lines come to, whatever is said here.

    details: the values of the kind's own fields, as JSON holds them. household: of kinds that help one.
    """

    kind: str
    title: str
    hamlet: str
    need: str
    proposed_by: str
    proposed_on: date
    total: int
    shares: Sequence[Share]
    details: Mapping[str, Any] = field(default_factory=dict)
    household: Household | None = None
    needed_since: date | None = None


@transaction.atomic
def propose(*, area: Area, content: Content, is_sample: bool = False, now: datetime, by: User) -> Case:
    """Open a case under the next number of its place and year. Raises NotReady and what `access.require` raises."""
    day = localdate(now)
    access.require(by, "propose", Matter("case", area.pk, State.PROPOSED), on=day)
    _check(content, area)
    past_day(content.proposed_on, now)
    row = Case(area=area, year=day.year, number=next_numbers(area, day.year, 1), kind=content.kind, is_sample=is_sample)
    row.state, row.revision, row.recorded_at = State.PROPOSED, 0, now
    fill(row, content)
    wrote(row, by, anew=True)
    step = changed(row, Act.PROPOSE, "", day=content.proposed_on, now=now, by=by)
    keep_version(row, content.shares, now=now, by=by)
    if row.of_kind.has_lines and content.household is not None:
        _only_line(row, content)
    told(step)
    return row


@transaction.atomic
def revise(*, case: Case, content: Content, revision: int, now: datetime, by: User) -> Case:
    """Say a case again, before it is verified or after it came back: one more version, proposed anew.

    Raises NotReady, CaseMovedOn, WrongTurn and what `access.require` raises.
    """
    row = locked(case, "propose", revision, now=now, by=by)
    content = replace(content, kind=row.kind)
    _check(content, row.area)
    past_day(content.proposed_on, now)
    before = said_of(row)
    fill(row, content)
    row.version += 1
    wrote(row, by)
    names = sorted(key for key, value in said_of(row).items() if before.get(key) != value)
    step = move(row, Act.PROPOSE, day=localdate(now), data={"changed": names}, now=now, by=by)
    keep_version(row, content.shares, now=now, by=by)
    if row.of_kind.has_lines and row.household_id is not None:
        row.lines.filter(position=1).update(value=row.total, hamlet=row.hamlet)
    told(step)
    return row


def said_of(row: Case) -> dict[str, Any]:
    """Return the content of a case as a version keeps it."""
    return {
        "kind": row.kind,
        "title": row.title,
        "household": str(row.household_id) if row.household_id else "",
        "hamlet": row.hamlet,
        "details": row.details,
        "need": row.need,
        "needed_since": row.needed_since.isoformat() if row.needed_since else "",
        "proposed_by": row.proposed_by,
        "proposed_on": row.proposed_on.isoformat(),
        "total": row.total,
    }


def keep_version(row: Case, shares: Sequence[Share], *, now: datetime, by: User) -> CaseVersion:
    """Keep what the case says now, with its shares, under its version number."""
    version = CaseVersion.objects.create(case=row, number=row.version, content=said_of(row), at=now, by=by)
    CostShare.objects.bulk_create(CostShare(version=version, case=row, **vars(share)) for share in shares)
    return version


def shares_of(row: Case) -> list[Share]:
    """Return the shares of the newest version, in the order in which they were said."""
    rows = CostShare.objects.filter(case=row, version__number=row.version).order_by("id")
    return [Share(Source(one.source), one.amount, one.who, one.days, one.rate) for one in rows]


def words_of(row: Case, *names: str) -> str:
    """Return what of a case is searched, folded; `names` of lists are searched line by line instead."""
    said = (str(row), row.of_kind.name, row.title, row.hamlet, row.proposed_by, *names)
    return fold(" ".join(said))[:LONGEST_WORDS]


def recount(row: Case, *, now: datetime, by: User) -> CaseStep:
    """Make the total what the live lines come to; a cost that one source bears alone follows it."""
    live = row.lines.filter(is_struck=False)
    total = sum(quantity * value for quantity, value in live.values_list("quantity", "value"))
    shares = shares_of(row)
    row.total = max(total, 1)
    if len(shares) == 1 and total:
        shares = [replace(shares[0], amount=total)]
    row.fund_share = sum(share.amount for share in shares if share.source is Source.FUND)
    row.version += 1
    wrote(row, by)
    step = changed(row, Act.PROPOSE, row.state, day=localdate(now), data={"changed": ["lines"]}, now=now, by=by)
    keep_version(row, shares, now=now, by=by)
    return step


def _check(content: Content, area: Area) -> None:
    if wrong := content_wrongs(content, area):
        raise NotReady(wrong)


def content_wrongs(content: Content, area: Area) -> list[str]:
    """Return what is wrong with a proposal at a place, in sentences."""
    kind = kind_of(content.kind)
    wrong = detail_problems(kind, content.details)
    if not content.title.strip():
        wrong.append("Chưa ghi nội dung hỗ trợ.")
    if kind.subject is Subject.HOUSEHOLD and content.household is None:
        wrong.append(f"{kind.name} phải gắn với một hộ. Hãy chọn hộ trong danh sách hộ của đơn vị.")
    if kind.subject is not Subject.HOUSEHOLD and content.household is not None:
        wrong.append(f"{kind.name} không gắn với riêng một hộ.")
    if content.household is not None and content.household.area_id != area.pk:
        wrong.append("Hộ này thuộc đơn vị khác. Hãy chọn hộ của đơn vị lập hồ sơ.")
    if not content.need.strip():
        wrong.append("Chưa ghi hoàn cảnh, lý do cần hỗ trợ.")
    if not content.proposed_by.strip():
        wrong.append("Chưa ghi khóm, ấp hoặc người đề nghị.")
    return wrong + share_problems(content.shares, content.total)


def fill(row: Case, content: Content) -> None:
    """Write a proposal's content into its case; the version that keeps it is the caller's."""
    row.title, row.hamlet, row.need = (nfc(t.strip()) for t in (content.title, content.hamlet, content.need))
    row.proposed_by, row.proposed_on = nfc(content.proposed_by.strip()), content.proposed_on
    row.needed_since, row.household = content.needed_since, content.household
    row.details = {key: value for key, value in content.details.items() if value not in (None, "")}
    row.work = str(row.details.get("work", ""))
    row.total = content.total
    row.fund_share = sum(share.amount for share in content.shares if share.source is Source.FUND)
    row.words = words_of(row, *([content.household.head_name] if content.household else []))


def _only_line(row: Case, content: Content) -> None:
    name = content.household.head_name if content.household else row.title
    PackageLine.objects.create(
        case=row,
        position=1,
        household=content.household,
        name=name,
        hamlet=row.hamlet,
        value=row.total,
        name_key=fold(name),
    )


def next_numbers(area: Area, year: int, count: int) -> int:
    """Reserve so many numbers of a place and year; return the first."""
    CaseCounter.objects.bulk_create([CaseCounter(area=area, year=year)], ignore_conflicts=True)
    counter = CaseCounter.objects.select_for_update().get(area=area, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return first
