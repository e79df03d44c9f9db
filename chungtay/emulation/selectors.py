"""Reads of the room: what a person may see, the scores that hold, results in force, the reward book, and what was commended."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from chungtay.access.selectors import Keys
from chungtay.emulation.dated import Rule, RuleKind, built_in
from chungtay.emulation.models import (
    Appeal,
    BookEntry,
    CertificateStep,
    Contest,
    DatedRow,
    Decision,
    Publication,
    Result,
    Score,
    Sheet,
    Vote,
    VoteResult,
)
from chungtay.emulation.rules import SCORING, AwardState, CertificateState, Recipient, Stage
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.programmes.models import Programme


def contests_seen_by(keys: Keys) -> QuerySet[Contest]:
    """Return the contests in a person's sight, the newest first."""
    rows = Contest.objects.filter(area_id__in=keys.areas_for("view", "contest"))
    return rows.select_related("criteria", "programme", "area").order_by("-written_at", "code")


def sheets_seen_by(keys: Keys) -> QuerySet[Sheet]:
    """Return the sheets in a person's sight, block by block and by name."""
    rows = Sheet.objects.filter(area_id__in=keys.areas_for("view", "sheet"))
    return rows.select_related("contest__criteria", "contest__programme").order_by("block", "name", "id")


def decisions_seen_by(keys: Keys) -> QuerySet[Decision]:
    """Return the award decisions in a person's sight, the newest first."""
    rows = Decision.objects.filter(body__area_id__in=keys.areas_for("view", "award"))
    return rows.select_related("body", "contest", "programme", "fund", "written_by").order_by(
        "-signed_on", "-written_at"
    )


def entries_seen_by(keys: Keys) -> QuerySet[BookEntry]:
    """Return the lines of reward books in a person's sight, newest year first, by number."""
    rows = BookEntry.objects.filter(body__area_id__in=keys.areas_for("view", "award"))
    steps = Prefetch("steps", CertificateStep.objects.order_by("number"))
    return (
        rows.select_related("body", "decision", "replaces")
        .prefetch_related(steps, "replaced_by")
        .order_by("-year", "number")
    )


def searched(rows: "QuerySet[BookEntry]", words: str) -> "QuerySet[BookEntry]":
    """Keep the lines that hold every word, whatever the accents."""
    for word in fold(words).split():
        rows = rows.filter(words__contains=word)
    return rows


# ---------------------------------------------------------------- scores


def scores_of(sheets: Iterable[Sheet]) -> dict[UUID, list[Score]]:
    """Return every score of each sheet, the oldest first (one query)."""
    found: dict[UUID, list[Score]] = {sheet.pk: [] for sheet in sheets}
    rows = Score.objects.filter(sheet_id__in=list(found)).select_related("criterion", "by", "evidence").order_by("id")
    for row in rows:
        found[row.sheet_id].append(row)
    return found


def holding(scores: Iterable[Score], stage: Stage) -> dict[str, Score]:
    """Return {criterion number: the score that holds at a stage}: the newest of those given there or before."""
    reached = {one.value for one in (SCORING if stage is Stage.PUBLISHED else SCORING[: SCORING.index(stage) + 1])}
    return {row.criterion.number: row for row in scores if row.stage in reached}


def given(held: Mapping[str, Score]) -> dict[str, int]:
    """Return {criterion number: points}."""
    return {number: row.points for number, row in held.items()}


# ---------------------------------------------------------------- results


def last_publication(contest: Contest) -> Publication | None:
    """Return the publication that is in force."""
    return contest.publications.select_related("by").order_by("-number").first()


def results_of(publication: Publication) -> list[Result]:
    """Return the results of a publication, block by block, the best first."""
    return list(publication.results.select_related("sheet").order_by("block", "place", "sheet__name"))


def open_appeals(contest: Contest) -> QuerySet[Appeal]:
    """Return the appeals that nobody has answered yet, the oldest first."""
    rows = Appeal.objects.filter(publication__contest=contest, answer__isnull=True)
    return rows.select_related("sheet", "by", "publication").order_by("at")


def last_vote(contest: Contest) -> Vote | None:
    """Return the last vote that was closed and holds."""
    return contest.votes.filter(closed_at__isnull=False, is_void=False).order_by("-number").first()


def carried_in(contest: Contest) -> frozenset[str] | None:
    """Return the ids of the sheets that the last vote carried; None when the contest had no vote."""
    vote = last_vote(contest)
    if vote is None:
        return None
    rows = VoteResult.objects.filter(vote=vote, is_carried=True).values_list("sheet_id", flat=True)
    return frozenset(str(key) for key in rows)


# ---------------------------------------------------------------- certificates and what was commended


def entries_of(decision: Decision) -> list[BookEntry]:
    """Return the certificates of a decision that hold, by number: what was taken back is not printed again."""
    steps = Prefetch("steps", CertificateStep.objects.order_by("number"))
    rows = decision.entries.select_related("body").prefetch_related(steps, "replaced_by").order_by("year", "number")
    return [one for one in rows if certificate_state(one) in (CertificateState.VALID, CertificateState.ASKED)]


def public_entries(areas: Collection[UUID], words: str = "") -> list[BookEntry]:
    """Return the certificates of collectives of bodies at places that hold, newest first, narrowed by words."""
    issued = BookEntry.objects.filter(body__area_id__in=list(areas), decision__state=AwardState.ISSUED)
    steps = Prefetch("steps", CertificateStep.objects.order_by("number"))
    rows = searched(issued.select_related("body", "decision").prefetch_related(steps, "replaced_by"), words)
    held = (CertificateState.VALID, CertificateState.ASKED)
    return [
        one
        for one in rows.order_by("-year", "-number")
        if one.content.get("kind") == Recipient.COLLECTIVE and certificate_state(one) in held
    ]


def certificate_state(entry: BookEntry) -> CertificateState:
    """Return what a certificate is worth; asks no query of an entry of `entries_seen_by`."""
    last = None
    for step in entry.steps.all():
        last = step if last is None or step.number > last.number else last
    if last is None or last.act == CertificateStep.Act.DECLINE:
        return CertificateState.VALID
    if last.act == CertificateStep.Act.ASK:
        return CertificateState.ASKED
    return CertificateState.REPLACED if hasattr(entry, "replaced_by") else CertificateState.REVOKED


@dataclass(frozen=True)
class Commended:
    """Who was commended by a published decision, with which form and by which paper."""

    name: str
    form: str
    decision: str
    signed_on: date


def commended(*, programme: Programme, area_id: UUID, first: date, last: date, known_at: datetime) -> list[Commended]:
    """Return who decisions of a place for a programme commended, signed in [first, last], as known at a moment.

    In the order of the reward book; whoever was revoked by then is left out, a replacement stands in place of what it replaced.
    """
    rows = BookEntry.objects.filter(
        body__area_id=area_id,
        decision__programme=programme,
        decision__signed_on__gte=first,
        decision__signed_on__lte=last,
        at__lte=known_at,
    )
    gone = set(
        CertificateStep.objects.filter(entry__in=rows, act=CertificateStep.Act.CONFIRM, at__lte=known_at).values_list(
            "entry_id", flat=True
        )
    )
    listed = rows.select_related("decision").order_by("decision__signed_on", "year", "number")
    return [
        Commended(one.content["to"], one.content["form"], one.content["decision"], one.decision.signed_on)
        for one in listed
        if one.pk not in gone
    ]


# ---------------------------------------------------------------- dated rules


def rules_at(area_id: UUID, day: date) -> list[Rule]:
    """Return the dated rules that a place goes by: what comes with the software, then those of the places above and its own."""
    way = places.ways_on(day).own.get(area_id, (area_id,))
    near = {key: at for at, key in enumerate(way, 1)}
    rows = DatedRow.objects.filter(area_id__in=way).order_by("id")
    own = [
        Rule(
            RuleKind(row.kind),
            row.key,
            row.value,
            row.valid_from,
            row.valid_to,
            row.legal_basis,
            row.is_verified,
            row.area_id,
            near[row.area_id],
        )
        for row in rows
    ]
    return [*built_in(), *own]


def sheets_at_stage(contest_ids: Collection[UUID], stages: Collection[str]) -> dict[UUID, int]:
    """Return {contest: how many of its sheets stand at one of these stages}."""
    found: dict[UUID, int] = {}
    rows = Sheet.objects.filter(contest_id__in=contest_ids, stage__in=stages).values_list("contest_id", flat=True)
    for key in rows:
        found[key] = found.get(key, 0) + 1
    return found
