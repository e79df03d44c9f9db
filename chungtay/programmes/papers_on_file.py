"""Reads of a programme's documents: all that were recorded, and how each stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.programmes.document_rules import STANDING, Effect, Paper, Standing, standings
from chungtay.programmes.models import Document, Programme


@dataclass(frozen=True)
class OnFile:
    """A document on a day, with the others because of which it stands so."""

    document: Document
    standing: Standing
    because: tuple[Document, ...]

    @property
    def is_in_force(self) -> bool:
        """Whether it binds on the day."""
        return self.standing.force in STANDING


def documents_on(programme: Programme, day: date) -> list[OnFile]:
    """Return every document of a programme as it stands on a day, the newest first (three queries)."""
    rows = list(
        Document.objects.filter(programme=programme)
        .select_related("amends", "withdrawal__by", "recorded_by", "programme")
        .prefetch_related("parties__body", "files__attachment")
        .order_by("-signed_on", "-recorded_at", "-id")
    )
    return on_file(rows, day)


def in_force(programme: Programme, day: date) -> list[Document]:
    """Return the documents that bind on a day."""
    return [one.document for one in documents_on(programme, day) if one.is_in_force]


def on_file(rows: Sequence[Document], day: date) -> list[OnFile]:
    """Return how all documents of one programme stand on a day."""
    by_id = {row.pk: row for row in rows}
    found = standings([paper_of(row) for row in rows], day)
    return [OnFile(row, found[row.pk], tuple(by_id[_id(key)] for key in found[row.pk].because)) for row in rows]


def paper_of(row: Document) -> Paper:
    """Return a document as the rule needs it."""
    return Paper(
        key=row.pk,
        effect_from=row.effect_from,
        effect_to=row.effect_to,
        on=row.amends_id,
        effect=Effect(row.effect) if row.effect else None,
        is_withdrawn=row.withdrawn_by is not None,
    )


def _id(key: object) -> UUID:
    if not isinstance(key, UUID):
        raise TypeError(key)
    return key
