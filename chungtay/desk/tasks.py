"""What waits for a person, each matter in the words of ui/tasks.html, nearest deadline first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime, make_aware

from chungtay.desk.selectors import Progress
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import datetime_text, join_and
from chungtay.places import selectors as places
from chungtay.returns import rules
from chungtay.returns.models import Event, Return, Version
from chungtay.returns.rules import State
from chungtay.web.waiting import Waiting

NAMED_AT_MOST = 6


@dataclass(frozen=True, order=True)
class Task:
    """One matter: `state` and `state_label` are its badge, `action` the words of its button."""

    due: datetime
    order: int
    state: str = field(compare=False)
    state_label: str = field(compare=False)
    title: str = field(compare=False)
    text: str = field(compare=False)
    url: str = field(compare=False)
    action: str = field(compare=False)
    main: bool = field(compare=False, default=True)


def tasks_of(
    waiting: Iterable[Return],
    events: Mapping[UUID, Event],
    progress: Iterable[Progress],
    *,
    decides: bool,
    now: datetime,
) -> list[Task]:
    """Return what the person has to do: fill, sign, decide; for who decides also whose returns are late."""
    found = [_task(of, events.get(of.pk), now) for of in waiting]
    if decides:
        found += [_late_task(one) for one in progress if one.late]
    return sorted(found)


def tasks_waiting(found: Iterable[Waiting]) -> list[Task]:
    """Return what waits in the other rooms; what has no day comes last."""
    return [
        Task(_end_of(one.due), 3, one.state, one.state_label, one.label, one.why, one.url, one.action, main=False)
        for one in found
    ]


def _end_of(day: date | None) -> datetime:
    return datetime.max.replace(tzinfo=UTC) if day is None else make_aware(datetime.combine(day, time.max))


def _task(of: Return, last: Event | None, now: datetime) -> Task:
    match of.state:
        case State.FOR_SIGNING:
            return _sign_task(of, last, now)
        case State.SUBMITTED:
            return _check_task(of, last)
        case _:
            return _fill_task(of, last, now)


def _fill_task(of: Return, last: Event | None, now: datetime) -> Task:
    late = rules.late_days(localtime(of.due_at), localtime(now))
    state, label, title, text = _fill_words(of, last)
    if late and state != "returned":
        state, label = "late", f"Trễ {late} ngày"
    action = {State.NOT_STARTED: "Nhập báo cáo", State.RETURNED: "Sửa và gửi lại"}.get(State(of.state), "Nhập tiếp")
    left = f"Hạn {datetime_text(of.due_at)}{_left(of, now)}."
    url = reverse("return-detail", args=[of.pk])
    return Task(of.due_at, 1, state, label, title, f"{text} {left}".strip(), url, action)


def _fill_words(of: Return, last: Event | None) -> tuple[str, str, str, str]:
    name = f"{_form(of)} {_period(of)}"
    filled = sum(1 for entry in of.draft.values() if "value" in entry or "absent" in entry)
    if last is not None and last.verb == "send_back":
        remarks = [f"{remark.cell.label}: “{remark.text}”" for remark in last.remarks.all()]
        count = f"{len(remarks)} ô" if remarks else "báo cáo"
        return "returned", f"Trả lại {count}", f"Sửa {count} của {name}", " ".join(remarks) or f"“{last.note}”"
    if last is not None and last.verb == "hand_back":
        return "returned", "Lãnh đạo chuyển lại", f"Sửa {name}", f"{last.by.full_name}: “{last.note}”"
    if last is not None and last.verb == "reopen":
        return "draft", "Mở lại để sửa", f"Sửa {name} đã duyệt", f"{last.by.full_name}: “{last.note}”"
    if of.state == State.NOT_STARTED:
        return "not_started", "Chưa nhập", f"Nhập {name}", f"Biểu {of.round.form.title}."
    return "draft", f"Nháp {filled} ô", f"Nhập tiếp {name}", f"Biểu {of.round.form.title}."


def _sign_task(of: Return, last: Event | None, now: datetime) -> Task:
    late = rules.late_days(localtime(of.due_at), localtime(now))
    state, label = ("late", f"Chờ ký, trễ {late} ngày") if late else ("for_signing", "Chờ ký")
    who = f"{last.by.full_name} trình lúc {datetime_text(last.at)}. " if last else ""
    text = f"{who}Hạn gửi {datetime_text(of.due_at)}{_left(of, now)}."
    title = f"Ký {_form(of)} {_period(of)} của {_unit(of)}"
    return Task(of.due_at, 0, state, label, title, text, reverse("return-sign", args=[of.pk]), "Xem và ký")


def _check_task(of: Return, last: Event | None) -> Task:
    version: Version | None = of.current_version
    again = version is not None and version.number > 1
    label = f"Gửi lại, bản {version.number}" if version is not None and again else "Mới gửi"
    who = f"{last.by.full_name} ký gửi lúc {datetime_text(last.at)}." if last else ""
    title = f"{_unit(of)} gửi {_form(of)} {_period(of)}"
    return Task(of.due_at, 2, "submitted", label, title, who, reverse("return-check", args=[of.pk]), "Kiểm tra")


def _late_task(one: Progress) -> Task:
    names = [one.names[cell.area_id] for cell in one.late]
    more = len(names) - NAMED_AT_MOST
    shown = join_and([*names[:NAMED_AT_MOST], f"{more} đơn vị khác"] if more > 0 else names)
    most = max(cell.late_days for cell in one.late)
    title = f"{len(names)} đơn vị chưa gửi biểu {one.round.form.code} {one.period}"
    text = f"{shown}. Mọi tổng của kỳ này ghi “{one.sent}/{len(one.cells)} đơn vị”."
    url = f"{reverse('return-grid')}?{urlencode({'bieu': one.round.form.code})}"
    label = f"Trễ {most} ngày" if len(names) == 1 else f"Trễ đến {most} ngày"
    return Task(one.round.due_at, 0, "late", label, title, text, url, "Xem bảng theo dõi", main=False)


def _left(of: Return, now: datetime) -> str:
    days = (localtime(of.due_at).date() - localtime(now).date()).days
    if rules.late_days(localtime(of.due_at), localtime(now)):
        return ""
    return f", còn {days} ngày" if days else ", hôm nay"


def _form(of: Return) -> str:
    return f"biểu {of.round.form.code}"


def _period(of: Return) -> str:
    return parse_period(of.round.period_code).label()


def _unit(of: Return) -> str:
    return places.name_on(of.area_id, of.round.period_start)
