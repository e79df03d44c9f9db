"""Reads of what others say: the claims that stand, with what explains them, as plain rows and not as objects of the database.

Thousands of claims stand; most of them match, and whoever asks which do not has to hold every one against the account.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from chungtay.figures.claims import Claimed, Explanation
from chungtay.figures.models import Claim, ClaimExplanation
from chungtay.kernel.periods import Period

_CLAIMED = (
    "id", "said_by", "paper", "indicator__code", "dimension", "area_id", "period_start", "period_end", "period_code",
    "value", "source_kind", "source_id", "source_cell", "recorded_at", "recorded_by_id", "recorded_by__full_name", "thread",
)  # fmt: skip
_EXPLAINED = (
    "claim__thread", "claim__indicator__code", "claim__dimension", "claim__area_id", "claim__period_start",
    "claim__period_end", "claim__value", "derived", "text", "recorded_by__full_name", "recorded_at",
)  # fmt: skip

Said = tuple[str, str, str, UUID, date, date, int]
"""(thread, indicator, dimension, area, first day, day after the last, value): what explanations of a claim hold for."""


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """A claim that stands and what its explanations are found by."""

    claimed: Claimed
    said: Said


def standing_claims(
    *,
    area_ids: Collection[UUID] | None = None,
    indicators: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    claim_id: UUID | None = None,
) -> list[StandingClaim]:
    """Return the claims that nothing supersedes or withdraws, newest period first (one query). None: whatever it is about."""
    found = Claim.objects.filter(superseded_by__isnull=True, value__isnull=False)
    if claim_id is not None:
        found = found.filter(pk=claim_id)
    if indicators is not None:
        found = found.filter(indicator__code__in=indicators)
    if periods is not None:
        found = found.filter(period_code__in=periods)
    ordered = found.order_by("-period_end", "period_start", "indicator__position", "recorded_at", "pk")
    period_of, authors_of = cache(Period), cache(_authors)  # few, however many claims there are
    claims = []
    for key, said_by, paper, code, dimension, area, start, end, name, value, *rest in ordered.values_list(*_CLAIMED):
        if area_ids is not None and area not in area_ids:
            continue
        kind, source, cell, at, by, by_name, thread = rest
        claimed = Claimed(
            claim_id=key,
            said_by=said_by,
            paper=paper,
            indicator_code=code,
            dimension=dimension,
            area_id=area,
            period=period_of(start, end, name),
            value=value,
            source_kind=kind,
            source_id=source,
            source_cell=cell,
            recorded_at=at,
            recorded_by=by_name or "",
            author_ids=authors_of(by),
        )
        claims.append(StandingClaim(claimed, (thread, code, dimension, area, start, end, value)))
    return claims


def explanations_of(claims: Sequence[StandingClaim]) -> dict[Said, list[Explanation]]:
    """Return the explanations, newest first (one query): a value that was withdrawn and said again keeps its own."""
    rows = ClaimExplanation.objects.filter(claim__thread__in={one.said[0] for one in claims}).order_by("-pk")
    found: dict[Said, list[Explanation]] = defaultdict(list)
    for *said, derived, text, by, at in rows.values_list(*_EXPLAINED):
        found[tuple(said)].append(Explanation(derived, text, by, at))
    return found


def _authors(person: UUID | None) -> frozenset[UUID]:
    return frozenset() if person is None else frozenset({person})
