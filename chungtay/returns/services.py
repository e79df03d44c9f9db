"""Every write of a return: fill, submit, sign, send back, approve. Each is one transaction and audits itself.

A service asks for the right on the return as it stands under lock, so that of several people acting at once exactly one
wins and the others are told that the return has moved on. Forms are published in `publishing`, through this door.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.figures import services as figures
from chungtay.figures.rules import Status
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period
from chungtay.kernel.text import datetime_text
from chungtay.places.models import Area
from chungtay.returns import facts, rules, selectors, words
from chungtay.returns.background import Background, background_of
from chungtay.returns.models import Event, Form, Remark, Return, Round, Version, VersionCell
from chungtay.returns.publishing import CellDraft as CellDraft
from chungtay.returns.publishing import RulesMakeNoSense as RulesMakeNoSense
from chungtay.returns.publishing import publish_form as publish_form
from chungtay.returns.records import Records, only_own, records_of
from chungtay.returns.rules import Content, Entry, State


class NotReady(DomainError):
    """Some cells must be mended before the return can be sent."""


class MovedOn(DomainError):
    """Somebody else changed the return in the meantime."""


class ReasonNeeded(DomainError):
    """The act needs a sentence that says why."""


class ContentDiffers(DomainError):
    """What is to be signed or approved is not what the person has seen."""


@transaction.atomic
def open_round(
    *, form: Form, period: Period, due_at: datetime, areas: Sequence[Area], now: datetime, by: User | None
) -> Round:
    """Ask the areas to fill the form for the period; from its start on they are expected to report its indicators."""
    opened = Round.objects.create(
        form=form, period_code=period.code, period_start=period.start, period_end=period.end, due_at=due_at
    )
    Return.objects.bulk_create(Return(round=opened, area=area) for area in areas)
    counted = form.cells.filter(is_total=False, is_second=False).order_by("position")
    for code in dict.fromkeys(counted.values_list("indicator__code", flat=True)):
        figures.expect(
            indicator_code=code, area_ids=[a.pk for a in areas], valid_from=period.start, valid_to=None, now=now, by=by
        )
    data = {"form": form.code, "period": period.code, "units": len(areas)}
    audit.record("returns.round.opened", obj=opened, data=data, now=now, by=by)
    return opened


def _locked(of: Return, verb: str, now: datetime, by: User, revision: int | None = None) -> Return:
    """Return the row under lock, once the actor may do `verb` to it as it stands now."""
    row = Return.objects.select_for_update(of=("self",)).with_round().get(pk=of.pk)
    if revision is not None and row.revision != revision:
        raise MovedOn(
            "Báo cáo vừa được người khác (hoặc một trang khác của bạn) thay đổi. Hãy tải lại trang để xem bản mới."
        )
    rules.next_state(State(row.state), verb)
    access.require(by, verb, row, on=localdate(now))
    return row


def _move(row: Return, verb: str, now: datetime, by: User, note: str = "") -> Event:
    """Change the state and keep the event. `_seal` comes last in every service: it locks the chain until the commit."""
    row.state = rules.next_state(State(row.state), verb)
    row.revision += 1
    row.save()
    return Event.objects.create(
        of=row, version=row.current_version, verb=verb, state=row.state, at=now, by=by, note=note
    )


def _seal(event: Event) -> None:
    """Tell who has to know, and write the act into the chain of audit events."""
    row = event.of
    words.tell_moved(row, event)
    data: dict[str, Any] = {"state": row.state, "form": row.round.form.code, "period": row.round.period_code}
    if row.current_version is not None:
        data |= {"version": row.current_version.number, "hash": row.current_version.content_hash}
    if event.note:
        data["note"] = event.note
    audit.record(
        f"returns.return.{PAST[event.verb]}", obj=row, area_id=row.area_id, data=data, now=event.at, by=event.by
    )


PAST = {
    "submit": "submitted",
    "sign": "signed",
    "hand_back": "handed_back",
    "withdraw": "withdrawn",
    "send_back": "sent_back",
    "approve": "approved",
    "reopen": "reopened",
}


def save_draft(
    *,
    of: Return,
    entries: Mapping[str, Entry],
    revision: int | None = None,
    source: str = "screen",
    now: datetime,
    by: User,
) -> Return:
    """Put entries into the working copy; cells not named keep what they hold. The same entries again change nothing.

    Raises MovedOn when `revision` is given and the return has changed since.
    """
    records = records_of([of])[of.pk]  # figures are read before the lock is taken
    return _saved(of, only_own(entries, records), revision, source, now, by)


@transaction.atomic
def _saved(of: Return, own: Mapping[str, Entry], revision: int | None, source: str, now: datetime, by: User) -> Return:
    row = _locked(of, "fill", now, by, revision)
    known = set(row.round.form.cells.values_list("key", flat=True))
    draft = {**row.draft, **{k: e.as_json() for k, e in own.items() if k in known}}
    draft = {k: v for k, v in draft.items() if v}
    if draft == row.draft:
        return row
    changed = sorted(k for k in {*draft, *row.draft} if draft.get(k) != row.draft.get(k))
    row.draft, row.draft_saved_at = draft, now
    row.state = rules.next_state(State(row.state), "fill")
    row.revision += 1
    row.save()
    data = {"period": row.round.period_code, "cells": changed, "source": source}
    audit.record("returns.draft.saved", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


def submit_return(*, of: Return, revision: int | None = None, now: datetime, by: User) -> Version:
    """Freeze the draft as the next version and put it before the unit's leader. Raises NotReady."""
    return _submitted(of, background_of(of), revision, now, by)  # figures are read before the lock is taken


@transaction.atomic
def _submitted(of: Return, background: Background, revision: int | None, now: datetime, by: User) -> Version:
    row = _locked(of, "submit", now, by, revision)
    spec = selectors.form_spec(row.round.form)
    entries = selectors.draft_entries(row, background.records)
    blocking = rules.stops_sending(selectors.draft_problems(spec, entries, background, selectors.sent_back(row)))
    if blocking:
        count = len({problem.key for problem in blocking})
        raise NotReady(
            f"Còn {count} ô phải sửa, điền hoặc giải thích trước khi gửi. Các ô đó được đánh dấu trong bảng."
        )
    version = _freeze(row, spec, entries, background.records, now, by)
    row.current_version = version
    row.author_ids = [str(by.pk)]
    _seal(_move(row, "submit", now, by))
    return version


def _freeze(
    row: Return,
    spec: selectors.FormSpec,
    entries: Mapping[str, Entry],
    records: Records,
    now: datetime,
    by: User,
) -> Version:
    form = row.round.form
    content = Content(form.code, form.version, row.round.period_code, str(row.area_id), entries)
    last = row.versions.order_by("-number").first()
    version = Version.objects.create(
        of=row, number=last.number + 1 if last else 1, content_hash=content.hash(), created_at=now, created_by=by
    )
    cells = {c.key: c for c in form.cells.all()}
    VersionCell.objects.bulk_create(
        VersionCell(
            version=version,
            cell=cells[c.key],
            value=(entry := entries.get(c.key, Entry())).value,
            absent=entry.absent,
            explain=entry.explain,
            reply=entry.reply,
            recorded=records[c.key].value if c.key in records else None,
        )
        for c in spec.cells
    )
    return version


def _require_hash(row: Return, content_hash: str) -> None:
    if row.current_version is None or row.current_version.content_hash != content_hash:
        raise ContentDiffers(
            "Nội dung báo cáo đã khác với bản bạn đang xem. Hãy tải lại trang và xem lại trước khi quyết định."
        )


def _require_reason(note: str) -> str:
    if not note.strip():
        raise ReasonNeeded("Hãy ghi lý do, để người nhận biết phải làm gì.")
    return note.strip()


@transaction.atomic
def sign_return(*, of: Return, content_hash: str, now: datetime, by: User) -> Return:
    """Sign the frozen version and send it to the upper level; its figures are now provisional."""
    row = _locked(of, "sign", now, by)
    _require_hash(row, content_hash)
    row.author_ids = [*row.author_ids, str(by.pk)]
    event = _move(row, "sign", now, by)
    if event.version is not None:
        facts.record_version(event.version, status=Status.PROVISIONAL, now=now, by=by)
    _seal(event)
    return row


@transaction.atomic
def hand_back_return(*, of: Return, note: str, now: datetime, by: User) -> Return:
    """Give the return back to the unit's clerk, with a reason."""
    row = _locked(of, "hand_back", now, by)
    _seal(_move(row, "hand_back", now, by, _require_reason(note)))
    return row


@transaction.atomic
def withdraw_return(*, of: Return, note: str, now: datetime, by: User) -> Return:
    """Take a return back that was not decided yet; what was sent stays in the history."""
    row = _locked(of, "withdraw", now, by)
    was_sent = row.state == State.SUBMITTED
    event = _move(row, "withdraw", now, by, _require_reason(note))
    if was_sent:
        facts.take_back(event, now=now, by=by)
    _seal(event)
    return row


@transaction.atomic
def send_back_return(*, of: Return, remarks: Mapping[str, str], note: str = "", now: datetime, by: User) -> Return:
    """Send the return back with a reason for each named cell ({cell key: reason}). Raises ReasonNeeded without any."""
    row = _locked(of, "send_back", now, by)
    reasons = {key: text.strip() for key, text in remarks.items() if text.strip()}
    if not reasons and not note.strip():
        raise ReasonNeeded("Hãy chọn ít nhất một ô và ghi lý do trả lại ô đó.")
    row.draft = _without_replies(row.draft)  # the answers of an earlier round do not answer the new questions
    event = _move(row, "send_back", now, by, note.strip())
    cells = {c.key: c for c in row.round.form.cells.filter(key__in=list(reasons))}
    Remark.objects.bulk_create(Remark(event=event, cell=cells[key], text=text) for key, text in reasons.items())
    facts.take_back(event, now=now, by=by)
    _seal(event)
    return row


def _without_replies(draft: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    kept = {key: {name: said for name, said in entry.items() if name != "reply"} for key, entry in draft.items()}
    return {key: entry for key, entry in kept.items() if entry}


@transaction.atomic
def approve_return(*, of: Return, content_hash: str, now: datetime, by: User) -> Return:
    """Approve the frozen version: its figures enter the approved totals. Never by who wrote or signed it."""
    row = _locked(of, "approve", now, by)
    _require_hash(row, content_hash)
    event = _move(row, "approve", now, by)
    if event.version is not None:
        facts.record_version(event.version, status=Status.APPROVED, now=now, by=by)
        row.approved_version = event.version
        row.save(update_fields=["approved_version"])
    _seal(event)
    return row


@transaction.atomic
def reopen_return(*, of: Return, note: str, now: datetime, by: User) -> Return:
    """Let the unit correct an approved return: the approved figures stand until a new version is approved."""
    row = _locked(of, "reopen", now, by)
    _seal(_move(row, "reopen", now, by, _require_reason(note)))
    return row


class DeadlineNotLater(DomainError):
    """An extension must move the deadline forward."""


@transaction.atomic
def extend_deadline(*, of: Return, until: datetime, note: str, now: datetime, by: User) -> Return:
    """Give one unit more time, with a reason."""
    row = Return.objects.select_for_update(of=("self",)).with_round().get(pk=of.pk)
    access.require(by, "extend", row, on=localdate(now))
    if until <= row.due_at:
        raise DeadlineNotLater(f"Hạn mới phải sau hạn đang có ({datetime_text(row.due_at)}).")
    reason = _require_reason(note)
    row.extended_to = until  # the content is untouched, so `revision` stays: nobody's open draft is out of date
    row.save(update_fields=["extended_to"])
    Event.objects.create(of=row, verb="extend", state=row.state, at=now, by=by, note=reason)
    data = {"until": until.isoformat(), "note": reason}
    audit.record("returns.deadline.extended", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row
