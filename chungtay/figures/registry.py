"""Where the rooms above say how a source of facts shows itself, and what everybody may see; they fill it in their `AppConfig.ready()`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chungtay.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One record behind a cell of a source, as a voucher of a month's book; the parts of a cell add up to its value."""

    title: str
    cell: str
    value: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as people see it: what it is, lines of detail, where it opens, which version, by whom and when.

    parts: the single records that it adds up, of a source that is a register. noun: what one such source is called.
    locked: (type of thing, area) that one needs the right to view to open it and its parts; None: who sees the figure may.
    """

    title: str
    detail: tuple[str, ...] = ()
    url: str = ""
    version: str = ""
    who: str = ""
    when: datetime | None = None
    parts: tuple[SourcePart, ...] = ()
    noun: str = "bản báo cáo"
    locked: tuple[str, UUID] | None = None

    def parts_of(self, cells: Iterable[str]) -> tuple[SourcePart, ...]:
        """Return the records behind some cells, in their order."""
        wanted = frozenset(cells)
        return tuple(part for part in self.parts if part.cell in wanted)

    def shut(self) -> "SourceView":
        """Return the same without ways to open it, for who may not."""
        return replace(self, url="", parts=tuple(replace(part, url="") for part in self.parts))


Describe = Callable[[Sequence[str]], Mapping[str, SourceView]]

_describers: dict[str, Describe] = {}


def register_source(kind: str, describe: Describe) -> None:
    """Say how sources of a kind are shown: `describe(source_ids)` returns {source_id: SourceView}; the last word counts."""
    _describers[kind] = describe


def describe_sources(sources: Iterable[tuple[str, str]]) -> dict[tuple[str, str], SourceView]:
    """Return the views of (kind, id) pairs, one call per kind; what nobody can describe is left out."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, source_id in sources:
        by_kind[kind].add(source_id)
    return {
        (kind, source_id): view
        for kind, ids in by_kind.items()
        if kind in _describers
        for source_id, view in _describers[kind](sorted(ids)).items()
    }


@dataclass(frozen=True, slots=True)
class PublicProgramme:
    """A programme whose figures everybody sees: of its place and the units below, approved, of one period."""

    code: str
    title: str
    area_id: UUID
    period: Period
    indicators: tuple[str, ...]


Programmes = Callable[[], Sequence[PublicProgramme]]
IsPublic = Callable[[str], bool]

_public: list[tuple[Programmes, IsPublic]] = []


def register_public(programmes: Programmes, is_shown: IsPublic) -> None:
    """Say what everybody sees: which programmes, and whether a figure is among it by the id of its trace; the last word counts."""
    _public[:] = [(programmes, is_shown)]


def public_programmes() -> list[PublicProgramme]:
    """Return the programmes whose figures everybody sees, none where nobody publishes."""
    return [one for programmes, _ in _public for one in programmes()]


def is_public(trace: str) -> bool:
    """Return whether everybody may see a figure."""
    return any(is_shown(trace) for _, is_shown in _public)
