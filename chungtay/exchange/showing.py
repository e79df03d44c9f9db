"""How an import shows itself as the source of a figure."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from chungtay.exchange.gathering import SOURCE, UNDONE
from chungtay.exchange.models import DataImport
from chungtay.exchange.rules import VERB_LABELS, Verb
from chungtay.figures.registry import SourceView, register_source
from chungtay.kernel.text import datetime_text


def describe_imports(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how each import shows itself: from which system, which file, who took it in and who approved."""
    rows = DataImport.objects.filter(pk__in=[UUID(i) for i in ids]).select_related("partner", "by")
    return {str(row.pk): _view(row) for row in rows.defer("conflicts").prefetch_related("acts__by")}


def describe_undone(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how the undoing of an import shows itself."""
    return {pk: replace(view, title=f"{view.title}: đã hoàn tác") for pk, view in describe_imports(ids).items()}


def _view(row: DataImport) -> SourceView:
    acts = sorted(row.acts.all(), key=lambda act: act.pk)
    last = acts[-1] if acts else None
    return SourceView(
        title=f"{row.partner.name}, tệp {row.file_name}",
        detail=(
            *(f"{VERB_LABELS[Verb(act.verb)]}: {act.by.full_name}, {datetime_text(act.at)}" for act in acts),
            f"Dấu vân tay {row.sha256[:12]}",
        ),
        url=reverse("import-detail", args=[row.pk]),
        who=last.by.full_name if last else row.by.full_name,
        when=last.at if last else row.at,
        noun="lần nạp",
        locked=("import", row.partner.area_id),
    )


def register() -> None:
    """Tell the account how to show imports as sources."""
    register_source(SOURCE, describe_imports)
    register_source(UNDONE, describe_undone)
