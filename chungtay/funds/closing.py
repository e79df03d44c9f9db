"""A month of the books is closed, and opened again, by two persons: one asks, another does it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds import telling, words
from chungtay.funds.models import BookHead, PeriodAct, PeriodVerb
from chungtay.funds.posting import locked_head
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import month_of
from chungtay.places.models import Body

OTHER_WAY = {PeriodVerb.ASK_CLOSE: PeriodVerb.CLOSE, PeriodVerb.ASK_REOPEN: PeriodVerb.REOPEN}


class WrongTurn(DomainError):
    """The month does not stand so that this could be done to it."""


def last_act(body: Body, day: date) -> PeriodAct | None:
    """Return the last step about the month of a day, None when nobody has asked to close it."""
    return PeriodAct.objects.filter(body=body, start=month_of(day).start).order_by("-id").first()


@transaction.atomic
def ask(*, body: Body, day: date, to_close: bool, reason: str = "", now: datetime, by: User) -> PeriodAct:
    """Ask that the month of a day be closed, or opened again (with a reason). Raises WrongTurn."""
    head = locked_head(body)
    last = last_act(body, day)
    is_closed = last is not None and last.verb in (PeriodVerb.CLOSE, PeriodVerb.ASK_REOPEN)
    if to_close and is_closed:
        raise WrongTurn(f"Sổ tháng {day:%m/%Y} đã khóa.")
    if not to_close and not is_closed:
        raise WrongTurn(f"Sổ tháng {day:%m/%Y} đang mở.")
    if to_close and month_of(day).end > localdate(now):
        raise WrongTurn(f"Tháng {day:%m/%Y} chưa hết, chưa khóa sổ được.")
    if not to_close and not reason.strip():
        raise WrongTurn("Mở lại sổ đã khóa phải ghi rõ lý do.")
    verb = PeriodVerb.ASK_CLOSE if to_close else PeriodVerb.ASK_REOPEN
    access.require(by, "ask", Matter("period", body.area_id, verb), on=localdate(now))
    return _act(head, body, day, verb, reason, now, by, None)


@transaction.atomic
def confirm(*, body: Body, day: date, now: datetime, by: User) -> PeriodAct:
    """Do what another person has asked for. Raises WrongTurn and what `access.require` raises."""
    head = locked_head(body)
    last = last_act(body, day)
    if last is None or (verb := OTHER_WAY.get(PeriodVerb(last.verb))) is None:
        raise WrongTurn(f"Chưa ai đề nghị khóa hay mở lại sổ tháng {day:%m/%Y}.")
    if last.by_id == by.pk:
        raise WrongTurn("Người đề nghị không được tự xác nhận, hãy để người khác làm.")
    asked = Matter("period", body.area_id, last.verb, frozenset({last.by_id}))
    access.require(by, "confirm", asked, on=localdate(now))
    if verb is PeriodVerb.CLOSE:
        telling.tell_closed(body, day, now=now, by=by)
    return _act(head, body, day, verb, last.reason, now, by, last.by)


def _act(
    head: BookHead, body: Body, day: date, verb: PeriodVerb, reason: str, now: datetime, by: User, asked_by: User | None
) -> PeriodAct:
    month = month_of(day)
    start, end = month.start, month.end
    act = PeriodAct.objects.create(
        body=body,
        start=start,
        end=end,
        verb=verb,
        last_position=head.position,
        reason=reason.strip(),
        at=now,
        by=by,
    )
    words.tell_month(act, asked_by)
    data = {"month": f"{start:%Y-%m}", "verb": verb.value, "position": head.position, "reason": act.reason}
    audit.record("funds.period.moved", obj=act, area_id=body.area_id, data=data, now=now, by=by)
    return act
