"""Where the rooms above say how records of theirs show themselves as evidence of a task; they fill it in `AppConfig.ready()`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EvidenceView:
    """A record of another room as people see it: what it is, when, where it opens."""

    title: str
    on: date | None = None
    url: str = ""


Describe = Callable[[Sequence[str]], Mapping[str, EvidenceView]]


@dataclass(frozen=True)
class Source:
    """One kind of record: what it is called ("hoạt động") and how it is shown."""

    noun: str
    describe: Describe


_sources: dict[str, Source] = {}


def register_evidence(kind: str, noun: str, describe: Describe) -> None:
    """Say how records of a kind are shown as evidence: `describe(ids)` returns {id: EvidenceView}; the last word counts.

    Rooms attach their records with `tasks.services.attach_record(task=…, kind=kind, source_id=…)`.
    """
    _sources[kind] = Source(noun, describe)


def is_known(kind: str) -> bool:
    """Whether some room shows records of this kind."""
    return kind in _sources


def noun_of(kind: str) -> str:
    """Return what records of a kind are called."""
    return _sources[kind].noun if kind in _sources else "bản ghi"


def describe_evidence(found: Iterable[tuple[str, str]]) -> dict[tuple[str, str], EvidenceView]:
    """Return the views of (kind, id) pairs, one call for each kind; what nobody can describe is left out."""
    ids: dict[str, set[str]] = defaultdict(set)
    for kind, source_id in found:
        ids[kind].add(source_id)
    return {
        (kind, source_id): view
        for kind, wanted in ids.items()
        if kind in _sources
        for source_id, view in _sources[kind].describe(sorted(wanted)).items()
    }
