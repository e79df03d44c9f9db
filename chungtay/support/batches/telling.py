"""The one event of a batch, and its steps of history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new
from chungtay.places.models import Area
from chungtay.support import words
from chungtay.support.listing import AT_ONCE
from chungtay.support.models import Case, CaseStep
from chungtay.support.moving import CaseMovedOn
from chungtay.support.rules import Act, NotReady, State, after

MOVED_ON = "vừa được người khác cập nhật. Hãy tải lại trang để xem bản mới rồi làm tiếp."


def locked_all(cases: Sequence[Case], action: str, *, now: datetime, by: User) -> list[Case]:
    """Return cases of one place and one state under their locks, in the order given.

    Raises NotReady when places or states differ, CaseMovedOn and what `access.require` raises.
    """
    revisions = {case.pk: case.revision for case in cases}
    found = {
        row.pk: row for row in Case.objects.select_for_update(of=("self",)).filter(pk__in=revisions).order_by("pk")
    }
    rows = [found[pk] for pk in revisions]
    if len({(row.area_id, row.state) for row in rows}) != 1:
        raise NotReady(["Chỉ làm cùng lúc các hồ sơ của một đơn vị, đang ở cùng một bước."])
    keys = access.keys_of(by, on=localdate(now))
    for row in rows:
        if row.revision != revisions[row.pk]:
            raise CaseMovedOn(f"Hồ sơ {row} {MOVED_ON}")
        if not keys.can(action, row):
            access.require(by, action, row, on=localdate(now))  # says why not, and who may
    return rows


def move_all(
    rows: Sequence[Case],
    act: Act,
    fields: Sequence[str],
    *,
    days: Mapping[UUID, date],
    reasons: Mapping[UUID, str] | None = None,
    data: Mapping[UUID, Mapping[str, Any]] | None = None,
    now: datetime,
    by: User,
) -> None:
    """Take the same act on every case: next state, one more revision, one step each; `fields`: what else was set on the rows."""
    steps = []
    for row in rows:
        before, row.state = row.state, after(State(row.state), act)
        row.revision += 1
        row.changed_at = now
        said = dict((data or {}).get(row.pk, {}))
        steps.append(
            CaseStep(
                case=row,
                act=act,
                state_before=before,
                state=row.state,
                day=days[row.pk],
                reason=(reasons or {}).get(row.pk, "").strip(),
                data=said,
                revision=row.revision,
                at=now,
                by=by,
            )
        )
    _save_all(rows, ["state", "changed_at", "writers", *fields])
    insert_new(CaseStep, steps)


def _save_all(rows: Sequence[Case], fields: Sequence[str]) -> None:
    """Write these columns and one more revision; rows that come to the same are one statement, and of a round most do."""
    alike: dict[str, list[Case]] = defaultdict(list)
    for row in rows:
        alike[repr([getattr(row, field) for field in fields])].append(row)
    for same in alike.values():
        values = {field: getattr(same[0], field) for field in fields}
        for start in range(0, len(same), AT_ONCE):
            ids = [row.pk for row in same[start : start + AT_ONCE]]
            Case.objects.filter(pk__in=ids).update(revision=F("revision") + 1, **values)


def told_of_all(
    past: str, area: Area, rows: Sequence[Case], *, may_be_decided: bool = False, now: datetime, by: User, **more: Any
) -> None:
    """Tell who has to know, then record the event of a batch: the last thing of its transaction, for the log is locked until commit."""
    words.tell_batch(past, area, rows, may_be_decided=may_be_decided, now=now, by=by)
    data = {"cases": len(rows), "numbers": ", ".join(str(row) for row in rows), "total": sum(row.total for row in rows)}
    audit.record(f"support.cases.{past}", obj=area, area_id=area.pk, data=data | more, now=now, by=by)
