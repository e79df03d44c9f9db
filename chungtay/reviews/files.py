"""The files of a review: Word, PDF, workbook, slides, page, and the manifest that lists every number they print."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from chungtay.evidence.selectors import opened
from chungtay.kernel.periods import parse_period
from chungtay.papers.docx import write_docx
from chungtay.papers.pdf import write_pdf
from chungtay.papers.rules import ManifestRow, Paper, PrintedFigure, manifest
from chungtay.papers.slides import write_slides
from chungtay.papers.templatefill import fill
from chungtay.papers.webpage import write_page
from chungtay.papers.workbook import write_workbook
from chungtay.reviews.content import COLUMN_COVERAGE, Content, paper_of
from chungtay.reviews.slides import deck_of

Manifest = list[dict[str, Any]]
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8",
    "manifest.json": "application/json",
}


@dataclass(frozen=True)
class ReviewPapers:
    """The papers of one review as bytes, and its manifest: one dict for each print of a figure, in printing order."""

    stem: str
    docx: bytes
    pdf: bytes
    xlsx: bytes
    pptx: bytes
    html: bytes
    manifest: Manifest

    def files(self) -> dict[str, bytes]:
        """Return the files by name."""
        return {
            f"{self.stem}.docx": self.docx,
            f"{self.stem}.pdf": self.pdf,
            f"{self.stem}.xlsx": self.xlsx,
            f"{self.stem}.pptx": self.pptx,
            f"{self.stem}.html": self.html,
            f"{self.stem}-manifest.json": manifest_bytes(self.manifest),
        }

    def write(self, folder: Path) -> list[Path]:
        """Write the files into a folder, which is made if needed; return their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name, data in self.files().items():
            path = folder / name
            path.write_bytes(data)
            paths.append(path)
        return paths


def papers_of(content: Content) -> ReviewPapers:
    """Return all files of a content. Raises PaperError when the paper must not be written."""
    paper = paper_of(content)
    return ReviewPapers(
        content.stem,
        word_file(content, paper),
        write_pdf(paper),
        write_workbook(paper),
        write_slides(deck_of(content, paper)),
        write_page(paper),
        list(manifest_rows(content, paper)),
    )


def one_file(content: Content, kind: str) -> tuple[str, bytes]:
    """Return the name and bytes of one file: "docx", "pdf", "xlsx", "pptx", "html" or "manifest.json".

    Raises KeyError for another kind.
    """
    paper = paper_of(content)
    if kind == "manifest.json":
        return f"{content.stem}-manifest.json", manifest_bytes(list(manifest_rows(content, paper)))
    if kind == "pptx":
        return f"{content.stem}.pptx", write_slides(deck_of(content, paper))
    if kind == "docx":
        return f"{content.stem}.docx", word_file(content, paper)
    write = {"pdf": write_pdf, "xlsx": write_workbook, "html": write_page}[kind]
    return f"{content.stem}.{kind}", write(paper)


def word_file(content: Content, paper: Paper) -> bytes:
    """Return the report as .docx, in the office's own template where one was chosen. Raises TemplateBroken, EvidenceGone."""
    return fill(opened(content.template), paper) if content.template else write_docx(paper)


def manifest_bytes(rows: Manifest) -> bytes:
    """Return a manifest as the JSON file."""
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def manifest_rows(content: Content, paper: Paper) -> Iterator[dict[str, Any]]:
    """Yield every print of every figure, with what the figure is and the trace that opens it (`chungtay trace ID`)."""
    for row in manifest(paper):
        yield _row(content, row, paper.figures[row.key])


def _row(content: Content, row: ManifestRow, figure: PrintedFigure) -> dict[str, Any]:
    ask = content.asks.get(row.key) or content.asks[row.key.removesuffix(COLUMN_COVERAGE)]
    answer = content.printer.answer(ask)
    return {
        "where": row.where,
        "key": row.key,
        "printed": row.printed,
        "part": row.part.value,
        "label": figure.label,
        "exact": figure.exact,
        "value": figure.value,
        "decimals": figure.decimals,
        "unit": figure.unit,
        "ratio": str(figure.ratio) if figure.ratio is not None else None,
        "shape": ask.shape.value,
        "indicator": ask.indicator,
        "dimension": ask.dimension,
        "area": content.names.get(ask.area_id, ""),
        "period": parse_period(ask.period_code).code,
        "compared_with": ask.before or None,
        "on_map": ask.on_map or None,
        "estimated": bool(answer and answer.is_estimated),
        "target": ask.target,
        "coverage": {
            "reported": answer.reported if answer else 0,
            "expected": answer.expected if answer else 0,
            "missing": [content.names.get(area_id, "") for area_id in answer.missing] if answer else [],
        },
        "as_of": answer.as_of.isoformat() if answer and answer.as_of else None,
        "known_at": _moment(content.answers.known_at),
        "source": figure.source,
        "code": figure.trace,
        "trace": answer.trace if answer else "",
        "url": figure.url,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat()
