"""What of a programme's documents is in force on a day: by their own days, and by what later ones do to them."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    """What a document does to the one that it names."""

    AMENDS = "amends"
    REPLACES = "replaces"
    ENDS = "ends"


EFFECT_WORDS = {
    Effect.AMENDS: "sửa đổi, bổ sung",
    Effect.REPLACES: "thay thế",
    Effect.ENDS: "bãi bỏ",
}


class Force(StrEnum):
    """How a document stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    EXPIRED = "expired"
    REPLACED = "replaced"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


FORCE_WORDS = {
    Force.NOT_YET: "Chưa có hiệu lực",
    Force.IN_FORCE: "Còn hiệu lực",
    Force.AMENDED: "Còn hiệu lực, đã sửa đổi",
    Force.EXPIRED: "Hết thời hạn",
    Force.REPLACED: "Đã được thay thế",
    Force.ENDED: "Đã bị bãi bỏ",
    Force.WITHDRAWN: "Bản ghi đã rút",
}
STANDING = frozenset({Force.IN_FORCE, Force.AMENDED})


@dataclass(frozen=True)
class Paper:
    """A document as the rule needs it: its key, its days, and what it does to which other."""

    key: Hashable
    effect_from: date
    effect_to: date | None = None
    on: Hashable | None = None
    effect: Effect | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Standing:
    """How a document stands on a day, and because of which others, in the order of their effect."""

    force: Force
    because: tuple[Hashable, ...] = ()


def standings(papers: Sequence[Paper], day: date) -> dict[Hashable, Standing]:
    """Return how each document stands on a day.

    A replacement or repeal is lasting: it does not lapse when the document that made it does. An amendment counts while
    its own document is in force. What was withdrawn does nothing to others.
    """
    by_target: dict[Hashable, list[Paper]] = {}
    for paper in sorted(papers, key=lambda one: (one.effect_from, str(one.key))):
        if paper.on is not None and not paper.is_withdrawn and paper.effect_from <= day:
            by_target.setdefault(paper.on, []).append(paper)
    return {paper.key: _standing(paper, by_target, day, frozenset()) for paper in papers}


def _standing(paper: Paper, acts: dict[Hashable, list[Paper]], day: date, seen: frozenset[Hashable]) -> Standing:
    if paper.is_withdrawn:
        return Standing(Force.WITHDRAWN)
    if paper.effect_from > day:
        return Standing(Force.NOT_YET)
    on_it = [] if paper.key in seen else acts.get(paper.key, [])
    last = [one for one in on_it if one.effect in (Effect.REPLACES, Effect.ENDS)]
    if last:
        return Standing(Force.REPLACED if last[0].effect is Effect.REPLACES else Force.ENDED, (last[0].key,))
    if paper.effect_to is not None and paper.effect_to < day:
        return Standing(Force.EXPIRED)
    deeper = seen | {paper.key}
    amending = _keys(one for one in on_it if _standing(one, acts, day, deeper).force in STANDING)
    return Standing(Force.AMENDED, amending) if amending else Standing(Force.IN_FORCE)


def _keys(papers: Iterable[Paper]) -> tuple[Hashable, ...]:
    return tuple(paper.key for paper in papers)
