"""Reads of supervision: what a person may see, narrowed and sorted; what is owed by when; what has been made public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from chungtay.access.selectors import Keys
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.places.models import Body
from chungtay.places.rules import BodyKind
from chungtay.supervision.models import (
    Act,
    Board,
    Criticism,
    Feedback,
    Publication,
    Recommendation,
    Supervision,
    YearPlan,
)
from chungtay.supervision.rules import OWED, Satisfaction, State

HIDDEN = (State.DRAFT, State.CANCELLED)
UNSEEN = (State.RECEIVED, State.REFUSED, State.MERGED)
OWING = (*OWED, State.ROUTED)
"""A recommendation, or a feedback, that somebody has to answer."""
SORTS = {"han": ("due_on", "number"), "moi": ("-sent_on", "-number"), "so": ("-year", "-number")}


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to; empty values do not narrow. late_on: only what is overdue on that day; due: only what
    owes an answer that was due between two days."""

    words: str = ""
    body_id: UUID | None = None
    state: str = ""
    year: int | None = None
    late_on: date | None = None
    due: tuple[date, date] | None = None
    sort: str = "han"


def plans_seen_by(keys: Keys) -> QuerySet[YearPlan]:
    """Return the plans in sight; a draft only to its own side."""
    areas, mine = keys.areas_for("view", "supervision"), keys.areas_for("edit", "supervision")
    seen = YearPlan.objects.filter(area_id__in=areas).filter(~Q(state=State.DRAFT) | Q(area_id__in=mine))
    return seen.select_related("area", "body", "counterpart", "programme")


def supervisions_seen_by(keys: Keys) -> QuerySet[Supervision]:
    """Return the supervisions in sight, and those announced to a body of the person's own place."""
    return _cases_seen(Supervision.objects.all(), keys, (*HIDDEN,))


def criticisms_seen_by(keys: Keys) -> QuerySet[Criticism]:
    """Return the criticisms in sight, and those of drafts of a body of the person's own place."""
    return _cases_seen(Criticism.objects.all(), keys, ())


def _cases_seen(rows: "QuerySet[Any]", keys: Keys, hidden: tuple[State, ...]) -> "QuerySet[Any]":
    areas, parts = keys.areas_for("view", "supervision"), _parts(keys)
    seen = Q(area_id__in=areas) | (Q(target__area_id__in=parts) & ~Q(state__in=hidden))
    return rows.filter(seen).select_related("area", "body", "target", "item__plan")


def _parts(keys: Keys) -> frozenset[UUID]:
    """Places in whose name the person answers or signs."""
    return keys.areas_for("reply", "recommendation") | keys.areas_for("sign", "recommendation")


def recommendations_seen_by(keys: Keys) -> QuerySet[Recommendation]:
    """Return the recommendations in sight, and those that a body of the person's own place must answer."""
    areas, parts = keys.areas_for("view", "recommendation"), _parts(keys)
    theirs = (Q(addressee__area_id__in=parts) | Q(superior__area_id__in=parts)) & ~Q(state__in=HIDDEN)
    mine = keys.areas_for("edit", "recommendation")
    seen = Q(area_id__in=areas) & (~Q(state__in=HIDDEN) | Q(area_id__in=mine))
    return Recommendation.objects.filter(seen | theirs).select_related("area", "body", "addressee", "superior")


def boards_seen_by(keys: Keys) -> QuerySet[Board]:
    """Return the boards in sight."""
    return Board.objects.filter(area_id__in=keys.areas_for("view", "board")).select_related("area")


def feedback_seen_by(keys: Keys) -> QuerySet[Feedback]:
    """Return the feedback in sight of who moderates and watches, and what was sent to a body of the person's own place."""
    moderated = keys.areas_for("moderate", "feedback")
    parts = keys.areas_for("reply", "feedback") | keys.areas_for("sign", "feedback")
    areas = keys.areas_for("view", "feedback")
    seen = Q(area_id__in=moderated) | ((Q(area_id__in=areas) | Q(body__area_id__in=parts)) & ~Q(state__in=UNSEEN))
    return Feedback.objects.filter(seen).select_related("area", "body", "merged_into")


def narrowed(rows: "QuerySet[Any]", by: Narrowing, *, body: str, order: Iterable[str]) -> "QuerySet[Any]":
    """Return the rows that fit; `body` names the column of the body that is asked for."""
    for word in fold(by.words).split():
        rows = rows.filter(search__contains=word)
    if by.body_id is not None:
        rows = rows.filter(**{f"{body}_id": by.body_id})
    if by.state:
        rows = rows.filter(state=by.state)
    if by.year is not None:
        rows = rows.filter(year=by.year)
    if by.late_on is not None:
        rows = rows.filter(due_on__lt=by.late_on).filter(Q(state__in=OWING) | Q(answered_on__gt=F("due_on")))
    if by.due is not None:
        rows = rows.filter(state__in=OWING, due_on__range=by.due)
    return rows.order_by(*order, "pk")


def owed(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """Keep those that owe an answer."""
    return rows.filter(state__in=OWED)


def answers_due(day: date) -> list[Recommendation]:
    """Return every recommendation whose answer is due by a day and not given, the oldest first: for reminders and notices."""
    rows = Recommendation.objects.filter(state__in=OWED, due_on__lte=day)
    return list(rows.select_related("addressee", "superior", "body", "area").order_by("due_on", "pk"))


def reports_due(day: date) -> list[Supervision]:
    """Return every supervision whose report is due by a day and not published."""
    rows = Supervision.objects.filter(state__in=[State.RUNNING, State.REPORTED], report_due__lte=day)
    return list(rows.select_related("body", "area").order_by("report_due", "pk"))


def replies_due(day: date) -> list[Feedback]:
    """Return every feedback whose answer is due by a day and not given."""
    rows = Feedback.objects.filter(state=State.ROUTED, due_on__lte=day)
    return list(rows.select_related("body", "area").order_by("due_on", "pk"))


def published_recommendations(area_ids: Iterable[UUID] | None = None) -> list[Publication]:
    """Return what was made public of recommendations, the newest first; only `frozen` may be shown to everybody."""
    rows = Publication.objects.filter(recommendation__isnull=False)
    if area_ids is not None:
        rows = rows.filter(recommendation__area_id__in=list(area_ids))
    return list(rows.order_by("-published_on", "-at"))


def rated(rows: QuerySet[Feedback], satisfaction: Satisfaction) -> int:
    """Return of how many the citizen said that of the answer; those joined to another count as their citizens spoke."""
    return rows.filter(satisfaction=satisfaction).count()


def acts_of(row: Any) -> list[Act]:
    """Return the steps of a thing, the newest first."""
    return list(Act.objects.filter(thing=row.thing, thing_id=row.pk).select_related("by").order_by("-revision"))


def bodies_named(rows: "QuerySet[Any]", column: str) -> list[Body]:
    """Return the bodies that some rows name in a column, by name."""
    return list(Body.objects.filter(pk__in=rows.order_by().values(column)).order_by("name"))


def like_this(feedback: Feedback, rows: QuerySet[Feedback]) -> list[Feedback]:
    """Return other open feedback of the same place that shares most of its words: what it may repeat, the likest first."""
    mine = {word for word in feedback.search.split() if len(word) > 2}
    found = []
    others = rows.filter(area_id=feedback.area_id, state__in=[State.RECEIVED, State.ROUTED, State.ANSWERED])
    for other in others.exclude(pk=feedback.pk).order_by("-received_at")[:200]:
        theirs = {word for word in other.search.split() if len(word) > 2}
        share = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        if share >= 0.5:
            found.append((share, other))
    return [other for _, other in sorted(found, key=lambda pair: -pair[0])[:5]]


def superior_of(body: Body, day: date) -> Body | None:
    """Return the People's Committee above a body: of its own place for another body, else of the place above."""
    if body.kind != BodyKind.UBND:
        return Body.objects.filter(area_id=body.area_id, kind=BodyKind.UBND).first()
    way = places.ways_on(day).own.get(body.area_id, ())
    return Body.objects.filter(area_id=way[-2], kind=BodyKind.UBND).first() if len(way) > 1 else None
