"""A review as content: head, questions, blocks and answers, from a stored review or straight from a draft; and its Paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from chungtay.evidence.models import Attachment
from chungtay.kernel.periods import Period
from chungtay.papers.rules import (
    Align,
    Annex,
    Bar,
    Block,
    Cell,
    ChartBlock,
    Column,
    Heading,
    Mark,
    NumberCell,
    OrdinalCell,
    Paper,
    Paragraph,
    PrintedFigure,
    TableBlock,
    TextCell,
)
from chungtay.papers.sources import with_sources
from chungtay.reviews.answers import Answers
from chungtay.reviews.heads import HeadText
from chungtay.reviews.lists import AWARDS
from chungtay.reviews.printing import ESTIMATED_CELL, Printer
from chungtay.reviews.rules import Ask, BlockKind, DraftBlock, Shape

COLUMN_COVERAGE = ": phạm vi của cột"
NAMES_WITH_DIGITS = ("Covid-19",)
SAMPLE_NOTE = "Số liệu minh họa"
ESTIMATED_NOTE = "Dấu (*): phần của đơn vị đã chia tách (ước tính)."
MARKS = {mark.value: mark for mark in Mark}


@dataclass(frozen=True)
class Content:
    """Everything that a review's paper is made of. `names` are those of all units that its figures speak of."""

    programme_code: str
    area_code: str
    period: Period
    map_as_of: date | None
    is_final: bool
    head: HeadText
    asks: Mapping[str, Ask]
    blocks: tuple[DraftBlock, ...]
    answers: Answers
    names: Mapping[UUID, str]
    is_sample: bool
    address: str
    template: Attachment | None = None  # the office's own, for the Word file

    @cached_property
    def printer(self) -> Printer:
        """Prints this content's questions."""
        return Printer(self.answers, self.names, self.address)

    @cached_property
    def printed(self) -> dict[str, PrintedFigure]:
        """Every question as it prints, by key."""
        return {key: self.printer.print(ask) for key, ask in self.asks.items()}

    @property
    def names_with_digits(self) -> tuple[str, ...]:
        """Names whose digits state nothing: of units, of whoever is commended, and of an epidemic."""
        lists = [b.spec for b in self.blocks if b.section == AWARDS and b.kind is BlockKind.TABLE]
        commended = {row[1]["text"] for spec in lists for row in spec["rows"]}
        named = {*self.names.values(), *commended}
        return (*NAMES_WITH_DIGITS, *sorted(name for name in named if any(c.isdigit() for c in name)))

    @property
    def stem(self) -> str:
        """The name of the files: "bao-cao-so-ket-500-866-2022", with the map where one was chosen."""
        parts = [self.programme_code, self.area_code, self.period.code]
        parts += [f"ban-do-{self.map_as_of}"] if self.map_as_of else []
        return f"bao-cao-{'tong' if self.is_final else 'so'}-ket-" + "-".join(
            "".join(c if c.isalnum() or c in "._@-" else "-" for c in part) for part in parts
        )


def paper_of(content: Content) -> Paper:
    """Return the paper with its sources annex; every number in it is one of the content's figures."""
    figures: dict[str, PrintedFigure] = dict(content.printed)
    maker = _Maker(content, figures)
    body = [block for block in content.blocks if not block.section.startswith("annex")]
    return with_sources(
        Paper(
            head=content.head.paper_head(),
            type_name="BÁO CÁO",
            abstract=content.head.abstract,
            blocks=tuple(maker.block(block) for block in body),
            signatures=content.head.paper_signatures(),
            addressees=content.head.addressees,
            recipients=content.head.recipients,
            annexes=tuple(maker.annexes()),
            note=SAMPLE_NOTE if content.is_sample else "",
            figures=figures,
            names=content.names_with_digits,
        )
    )


def chart_block(content: Content, spec: Mapping[str, Any]) -> ChartBlock:
    """Return a chart as papers know it, without the bars that nobody has data for."""
    return _Maker(content, dict(content.printed)).chart(spec)


@dataclass
class _Maker:
    """Turns blocks into those of papers; adds the questions of coverage notes to `figures`."""

    content: Content
    figures: dict[str, PrintedFigure]

    def block(self, block: DraftBlock) -> Block:
        match block.kind:
            case BlockKind.H1:
                return Heading(1, block.text)
            case BlockKind.H2:
                return Heading(2, block.text)
            case BlockKind.TABLE:
                return self.table(block.spec)
            case BlockKind.CHART:
                return self.chart(block.spec)
            case _:
                return Paragraph(block.text)

    def annexes(self) -> Iterator[Annex]:
        title: tuple[str, ...] = ()
        landscape, held = False, list[Block]()
        for block in self.content.blocks:
            if block.kind is BlockKind.ANNEX:
                if title:
                    yield Annex(title, tuple(held), landscape)
                title, landscape, held = tuple(block.spec["title"]), bool(block.spec.get("landscape")), []
            elif title:
                held.append(self.block(block))
        if title:
            yield Annex(title, tuple(held), landscape)

    def table(self, spec: Mapping[str, Any]) -> TableBlock:
        total = spec.get("total")
        note = spec.get("note", "")
        if self.is_estimated(spec):
            note = f"{note} {ESTIMATED_NOTE}".strip()
        if spec.get("says_coverage"):
            note = " ".join(part for part in (note, self.lacking(spec)) if part)
        return TableBlock(
            columns=tuple(Column(c["head"], c["width"], Align(c["align"]), c["group"]) for c in spec["columns"]),
            rows=tuple(tuple(self.cell(cell) for cell in row) for row in spec["rows"]),
            total=tuple(self.cell(cell) for cell in total) if total else None,
            caption=spec.get("caption", ""),
            unit_line=spec.get("unit_line", ""),
            note=note,
            small=bool(spec.get("small")),
            is_form=bool(spec.get("is_form")),
            numbered=bool(spec.get("numbered")),
        )

    def cell(self, cell: Mapping[str, str]) -> Cell:
        if "text" in cell:
            return TextCell(cell["text"])
        if "ordinal" in cell:
            return OrdinalCell(cell["ordinal"])
        if "mark" in cell:
            return MARKS[cell["mark"]]
        ask = self.content.asks[cell["figure"]]
        figure = self.content.printed[ask.key]
        if not self.content.printer.is_known(ask):
            return Mark.MISSING
        if ask.shape in (Shape.CELL, Shape.CELL_OWN, Shape.CELL_SUM) and figure.value == 0:
            return Mark.NONE
        return NumberCell(ask.key)

    def is_estimated(self, spec: Mapping[str, Any]) -> bool:
        """Return whether some cell of a table holds a share of a divided unit."""
        cells = (cell for row in (*spec["rows"], spec.get("total") or ()) for cell in row)
        keys = (cell["figure"] for cell in cells if "figure" in cell)
        return any(self.content.printed[key].text.endswith(ESTIMATED_CELL) for key in keys)

    def lacking(self, spec: Mapping[str, Any]) -> str:
        """Say which columns of the total row lack which units: "Cột (13): {…}." by the numbers under the heads."""
        said: dict[str, list[int]] = {}
        for number, cell in enumerate(spec["total"], 1):
            ask = self.content.asks.get(cell.get("figure", ""))
            if ask is None:
                continue
            ask = replace(ask, key=f"{ask.key}{COLUMN_COVERAGE}", label=f"{ask.label}, phạm vi", shape=Shape.COVERAGE)
            if self.content.printer.is_known(ask) and self.content.printer.missing(ask):
                printed = self.content.printer.print(ask)
                same = next((key for key in said if self.figures[key].text == printed.text), ask.key)
                self.figures.setdefault(same, printed)
                said.setdefault(same, []).append(number)
        return " ".join(f"Cột {', '.join(f'({n})' for n in numbers)}: {{{key}}}." for key, numbers in said.items())

    def chart(self, spec: Mapping[str, Any]) -> ChartBlock:
        return ChartBlock(
            caption=spec["caption"],
            alt=spec["alt"],
            unit_line=spec["unit_line"],
            bars=tuple(
                Bar(
                    bar["label"],
                    tuple(bar["parts"]),
                    bar["total"],
                    bar["plan"] if bar["plan"] and self.is_drawn(bar["plan"]) else "",
                )
                for bar in spec["bars"]
                if self.is_drawn(bar["total"])
            ),
            series=tuple(spec["series"]),
            plan_label=spec["plan_label"],
        )

    def is_drawn(self, key: str) -> bool:
        return self.content.printer.is_known(self.content.asks[key])
