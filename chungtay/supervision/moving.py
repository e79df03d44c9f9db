"""How things here move: fetched under their lock as the person saw them, one step of history and one event for each act."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Body
from chungtay.supervision import words
from chungtay.supervision.models import Act, Criticism, Feedback, Recommendation, Supervision, YearPlan
from chungtay.supervision.rules import STATE_WORDS, THING_WORDS, State, Verb, check_reason, step

Moved = YearPlan | Supervision | Criticism | Recommendation | Feedback
_Row = TypeVar("_Row", bound=YearPlan | Supervision | Criticism | Recommendation | Feedback)


class ChangedMeanwhile(DomainError):
    """Somebody else wrote first."""


class NotSaid(DomainError):
    """Something that must be said was left out, or cannot be."""


def locked(row: _Row, revision: int | None = None) -> _Row:
    """Return the row under its lock. Raises ChangedMeanwhile when it is not at the revision that the person saw."""
    found: Any = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if revision is not None and found.revision != revision:
        raise ChangedMeanwhile(
            f"{found} vừa được người khác thay đổi. Hãy tải lại trang, xem lại rồi làm tiếp; chưa có gì bị ghi đè."
        )
    kept: _Row = found
    return kept


def move(row: Moved, verb: Verb, *, note: str = "", now: datetime, by: User | None) -> Act:
    """Take the step: the next state, one more revision, one row of history. Raises NotNow, ReasonMissing.

    The caller holds the lock, has set what else changes, and calls `told` last.
    """
    said = check_reason(verb, note)
    before = row.state
    row.state = step(row.thing, State(before), verb)
    row.revision += 1
    row.save()
    return Act.objects.create(
        thing=row.thing, thing_id=row.pk, verb=verb, state_before=before, state=row.state, note=said[:1000],
        revision=row.revision, at=now, by=by,
    )  # fmt: skip


def told(act: Act, row: Moved, **data: Any) -> None:
    """Tell who has to know, then record the event: the last thing of its transaction, for the log is locked until commit."""
    words.tell_moved(row, act)
    said = {"number": str(row), "from": act.state_before, "to": act.state, **data}
    code = f"supervision.{row.thing}.{PAST[Verb(act.verb)]}"
    audit.record(code, obj=row, area_id=row.access_area_id, data=said, now=act.at, by=act.by)


PAST: Mapping[Verb, str] = {
    Verb.EDIT: "edited",
    Verb.PROPOSE: "proposed",
    Verb.AGREE: "agreed",
    Verb.DECLINE: "declined",
    Verb.ANNOUNCE: "announced",
    Verb.START: "started",
    Verb.REPORT: "reported",
    Verb.PUBLISH: "published",
    Verb.CANCEL: "cancelled",
    Verb.SEND: "sent",
    Verb.DRAFT_ANSWER: "answer_drafted",
    Verb.SIGN_ANSWER: "answer_signed",
    Verb.SEND_BACK: "sent_back",
    Verb.ACCEPT: "answer_accepted",
    Verb.ESCALATE: "escalated",
    Verb.CLOSE: "closed",
    Verb.DECIDE: "decided",
    Verb.ROUTE: "routed",
    Verb.REFUSE: "refused",
    Verb.MERGE: "merged",
    Verb.FOLLOW_UP: "followed_up",
}


def require(by: User, action: str, row: Moved, now: datetime, *, authors: frozenset[UUID] = frozenset()) -> None:
    """Return if the person may act on a thing; `authors` are whose work the act judges. Raises NotAllowed."""
    matter = Matter(row.access_type, row.access_area_id, row.state, authors)
    access.require(by, action, matter, on=localdate(now))


def next_number(model: type[models.Model], body: Body, year: int) -> int:
    """Return the next number of a body's year; the caller's transaction holds the body until its end."""
    Body.objects.select_for_update().get(pk=body.pk)
    found = model._default_manager.filter(body=body, year=year).aggregate(last=Max("number"))["last"]
    return (found or 0) + 1


def required(text: str, sentence: str, most: int = 2000) -> str:
    """Return a text without edges. Raises NotSaid with the sentence when it is empty."""
    said = text.strip()
    if not said:
        raise NotSaid(sentence)
    return said[:most]


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of some content in its canonical form."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def state_words(row: Moved) -> str:
    """Return how a row's state is called, for sentences."""
    return f"{THING_WORDS[row.thing]} “{STATE_WORDS[State(row.state)]}”"
