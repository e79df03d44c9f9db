"""Criteria sets are written whole, version by version; contests use one, take entrants, and are opened by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community.models import Group
from chungtay.emulation import scoring
from chungtay.emulation.models import Contest, CriteriaSet, Criterion, Sheet
from chungtay.emulation.rules import ContestState, MovedOn, check_reason, contest_after
from chungtay.emulation.scoring import BadCriteria, Item
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.kernel.periods import parse_period
from chungtay.places.models import Area, Body
from chungtay.programmes.models import Programme


class BadContest(DomainError):
    """What is said of a contest does not go together."""


@dataclass(frozen=True)
class Entrant:
    """Who takes part: a body or a group, in a block (khối)."""

    block: str
    body: Body | None = None
    group: Group | None = None

    @property
    def area(self) -> Area:
        """The place of the entrant."""
        who = self.body or self.group
        if who is None:
            raise BadContest("Mỗi dòng phải chọn một cơ quan hoặc một nhóm, tổ.")
        return who.area


@transaction.atomic
def write_criteria(
    *, area: Area, code: str, title: str, items: Sequence[Item], basis: str = "", now: datetime, by: User
) -> CriteriaSet:
    """Write the next version of a criteria set. Raises BadCriteria with every reason, NotAllowed, UnknownIndicator."""
    access.require(by, "edit", Matter("contest", area.pk, ContestState.DRAFT), on=localdate(now))
    scoring.check_tree(items)
    if not title.strip() or not code.strip():
        raise BadCriteria(["Bộ tiêu chí phải có mã và tên."])
    known = indicators_by_code(sorted({item.indicator for item in items if item.indicator}))
    Area.objects.select_for_update().get(pk=area.pk)  # versions are counted under its lock
    last: int = CriteriaSet.objects.filter(area=area, code=code).aggregate(last=Max("version"))["last"] or 0
    made = CriteriaSet.objects.create(
        area=area,
        code=code,
        version=last + 1,
        title=nfc(title.strip()),
        basis=basis.strip(),
        most=scoring.most_of(items),
        at=now,
        by=by,
    )
    Criterion.objects.bulk_create(
        Criterion(
            criteria=made,
            number=item.number,
            title=nfc(item.title.strip()),
            most=item.most,
            how=item.how,
            indicator=known[item.indicator] if item.indicator else None,
            target=item.target,
            bands=[list(band) for band in item.bands],
        )
        for item in items
    )
    data = {"code": code, "version": made.version, "criteria": len(items), "most": made.most}
    audit.record("emulation.criteria.written", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made


@transaction.atomic
def create_contest(
    *,
    area: Area,
    criteria: CriteriaSet,
    code: str,
    title: str,
    period_code: str,
    due_on: date,
    entrants: Sequence[Entrant],
    programme: Programme | None = None,
    appeal_days: int = 5,
    is_sample: bool = False,
    now: datetime,
    by: User,
) -> Contest:
    """Write a contest as a draft with its entrants, which somebody else opens. Raises BadContest, NotAllowed, BadPeriod."""
    access.require(by, "edit", Matter("contest", area.pk, ContestState.DRAFT), on=localdate(now))
    period = parse_period(period_code)
    if criteria.area_id != area.pk:
        raise BadContest("Bộ tiêu chí là của đơn vị khác. Hãy chọn bộ tiêu chí của đơn vị mình.")
    if not entrants:
        raise BadContest("Đợt thi đua chưa có ai tham gia. Hãy chọn ít nhất một cơ quan hoặc nhóm.")
    if any(one.group for one in entrants) and criteria.criteria.filter(indicator__isnull=False).exists():
        raise BadContest(
            "Nhóm, tổ không có số liệu riêng nên không dùng được bộ tiêu chí chấm theo số liệu. Hãy chọn bộ tiêu chí khác."
        )
    if Contest.objects.filter(area=area, code=code).exists():
        raise BadContest(f"Mã “{code}” đã dùng cho một đợt khác. Hãy đặt mã khác.")
    contest = Contest.objects.create(
        area=area,
        programme=programme,
        criteria=criteria,
        code=code,
        title=nfc(title.strip()),
        period_code=period.code,
        due_on=due_on,
        appeal_days=appeal_days,
        written_by=by,
        written_at=now,
        is_sample=is_sample,
    )
    _enter(contest, entrants)
    data = {"code": code, "criteria": str(criteria.pk), "entrants": len(entrants), "period": period.code}
    audit.record("emulation.contest.written", obj=contest, area_id=area.pk, data=data, now=now, by=by)
    return contest


def _enter(contest: Contest, entrants: Sequence[Entrant]) -> None:
    keys = [(one.body.pk if one.body else None, one.group.pk if one.group else None) for one in entrants]
    if len(set(keys)) != len(keys):
        raise BadContest("Một cơ quan hoặc nhóm được chọn hai lần. Hãy bỏ bớt một dòng.")
    sheets = []
    for one in entrants:
        name = nfc((one.body or one.group).name)  # type: ignore[union-attr]  # `area` has refused neither
        sheets.append(
            Sheet(
                contest=contest,
                area=one.area,
                body=one.body,
                group=one.group,
                name=name,
                block=one.block.strip() or "Chung",
                words=fold(f"{name} {one.block}"),
            )
        )
    Sheet.objects.bulk_create(sheets)


def locked_contest(contest: Contest, revision: int | None = None) -> Contest:
    """Return the row under its lock. Raises MovedOn when it is not at the revision that the person saw."""
    row = Contest.objects.select_for_update(of=("self",)).select_related("criteria", "programme").get(pk=contest.pk)
    if revision is not None and row.revision != revision:
        raise MovedOn("Đợt thi đua vừa được người khác thay đổi. Hãy tải lại trang, xem lại rồi làm tiếp.")
    return row


@transaction.atomic
def open_contest(*, contest: Contest, revision: int, now: datetime, by: User) -> Contest:
    """Open a contest that somebody else wrote: units may score themselves. Raises MovedOn, WrongTurn, NotAllowed."""
    row = locked_contest(contest, revision)
    access.require(by, "approve", row, on=localdate(now))
    return _moved(row, ContestState.OPEN, "opened", {}, now, by)


@transaction.atomic
def cancel_contest(*, contest: Contest, reason: str, revision: int, now: datetime, by: User) -> Contest:
    """Give a contest up that was not published, with the reason. Raises MovedOn, WrongTurn, ReasonNeeded, NotAllowed."""
    row = locked_contest(contest, revision)
    access.require(by, "cancel", row, on=localdate(now))
    return _moved(
        row, ContestState.CANCELLED, "cancelled", {"reason": check_reason(reason, "hủy đợt thi đua")}, now, by
    )


def _moved(row: Contest, state: ContestState, past: str, data: dict[str, str], now: datetime, by: User) -> Contest:
    row.state = contest_after(ContestState(row.state), state)
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    said = {"code": row.code, "revision": row.revision, **data}
    audit.record(f"emulation.contest.{past}", obj=row, area_id=row.area_id, data=said, now=now, by=by)
    return row
