"""What a deck of slides holds: titles that say something, figures by their key, points, graphs, and what may be said.

The law of papers holds here too: a number on a slide, in a graph or in a speaker's note is a PrintedFigure of the paper that
the deck tells of, and every print of it is listed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chungtay.papers.literals import is_period_label
from chungtay.papers.rules import (
    ChartBlock,
    ManifestRow,
    PaperError,
    Part,
    PrintedFigure,
    UnknownFigure,
    UnsourcedNumber,
    split_text,
    unsourced_numbers,
)

MOST_FIGURES, MOST_PARTS, MOST_BARS = 6, 2, 18


@dataclass(frozen=True)
class BigFigure:
    """A figure that fills its place, what it is under it, and a quieter line; both may hold `{key}`."""

    key: str
    label: str
    aside: str = ""


@dataclass(frozen=True)
class Figures:
    """Up to six big figures."""

    items: tuple[BigFigure, ...]


@dataclass(frozen=True)
class Points:
    """Sentences one under the other; they may hold `{key}`."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """A native chart: columns, or lying bars when their names are long. All texts as in a paper's chart."""

    chart: ChartBlock
    is_lying: bool = False


SlidePart = Figures | Points | Graph


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One message: its title says it, one or two parts show it, `says` are the paragraphs to speak from."""

    title: str
    parts: tuple[SlidePart, ...]
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A deck: its first slide, then the others. `rows` says where in the paper a figure's source stands."""

    title: str
    lines: tuple[str, ...]
    issuer: str
    dated_on: date
    slides: tuple[Slide, ...]
    figures: Mapping[str, PrintedFigure]
    rows: Mapping[str, str] = field(default_factory=dict)  # key -> "Phụ lục II, dòng 12"
    names: tuple[str, ...] = ()
    note: str = ""


def keys_of(slide: Slide) -> list[str]:
    """Return the figures of a slide in the order in which they stand on it, each once."""
    found = list[str]()
    for text in (slide.title, *(text for part in slide.parts for text in _texts(part))):
        found += [key for _, key in split_text(text) if key]
    return list(dict.fromkeys(found))


def _texts(part: SlidePart) -> Iterator[str]:
    match part:
        case Figures(items=items):
            for item in items:
                yield from ("{" + item.key + "}", item.label, item.aside)
        case Points(items=items):
            yield from items
        case Graph(chart=chart):
            yield from ("{" + key + "}" for bar in chart.bars for key in (*bar.parts, bar.total))


def reach(figure: PrintedFigure) -> str:
    """Return what stands under a big figure: how far it reaches, and of when it is."""
    return "; ".join(part for part in (figure.coverage, figure.when) if part)


def source_line(deck: Deck, key: str) -> str:
    """Return the speaker's note on one figure: what it is, exactly, of whom, of when, from where, and how to open it."""
    figure = deck.figures[key]
    code = f"mã truy vết {figure.trace}" if figure.trace else ""
    facts = (figure.exact, figure.coverage, figure.when, figure.source, deck.rows.get(key, ""), code)
    return f"{figure.text} - {figure.label}: {'; '.join(fact for fact in facts if fact)}."


def deck_prints(deck: Deck) -> list[ManifestRow]:
    """Everything that the deck prints, slide by slide, notes last. Raises UnknownFigure."""
    rows = [
        ManifestRow("Trang 1", "", text, Part.LITERAL) for text in (deck.title, *deck.lines, deck.issuer, deck.note)
    ]
    for number, slide in enumerate(deck.slides, 2):
        rows.extend(_slide_prints(deck, slide, f"Trang {number}"))
    return rows


def _slide_prints(deck: Deck, slide: Slide, where: str) -> Iterator[ManifestRow]:
    yield from _prints(deck, slide.title, where)
    for part in slide.parts:
        match part:
            case Figures(items=items):
                for item in items:
                    yield from _prints(deck, "{" + item.key + "}", where)
                    yield from _prints(deck, item.label, where)
                    yield from _prints(deck, item.aside, where)
                    yield ManifestRow(where, "", reach(deck.figures[item.key]), Part.SOURCES)
            case Points(items=items):
                for text in items:
                    yield from _prints(deck, text, where)
            case Graph(chart=chart):
                yield from _graph_prints(deck, chart, where)
    yield ManifestRow(where, "", deck.note, Part.LITERAL)
    for text in slide.says:
        yield from _prints(deck, text, f"{where}, lời nói")
    for key in keys_of(slide):
        yield ManifestRow(f"{where}, lời nói", key, source_line(deck, key), Part.SOURCES)


def _graph_prints(deck: Deck, chart: ChartBlock, where: str) -> Iterator[ManifestRow]:
    for text in (chart.unit_line, *chart.series):
        yield ManifestRow(where, "", text, Part.LITERAL)
    for bar in chart.bars:
        yield ManifestRow(where, "", bar.label, Part.LABEL)
        yield from _prints(deck, "{" + bar.total + "}", where)
        for key in bar.parts:
            _figure(deck, key, where)


def _prints(deck: Deck, text: str, where: str) -> Iterator[ManifestRow]:
    for literal, key in split_text(text):
        printed = _figure(deck, key, where).text if key else literal
        yield ManifestRow(where, key, printed, Part.SENTENCE if key else Part.LITERAL)


def _figure(deck: Deck, key: str, where: str) -> PrintedFigure:
    try:
        return deck.figures[key]
    except KeyError:
        raise UnknownFigure(f"{where} dùng số liệu “{key}” nhưng báo cáo không có số liệu này.") from None


def check_deck(deck: Deck) -> None:
    """Check a deck before it is written.

    Raises UnsourcedNumber, UnknownFigure, and PaperError when a slide says nothing or holds more than it has room for.
    """
    for number, slide in enumerate(deck.slides, 2):
        if not slide.title or not 1 <= len(slide.parts) <= MOST_PARTS:
            raise PaperError(f"Trang {number}: cần một tiêu đề và một hoặc hai phần nội dung.")
        for part in slide.parts:
            if not (part.chart.bars if isinstance(part, Graph) else part.items):
                raise PaperError(f"Trang {number}: phần nội dung còn trống; hãy bỏ trang này.")
            too_many = isinstance(part, Figures) and len(part.items) > MOST_FIGURES
            if too_many or (isinstance(part, Graph) and len(part.chart.bars) > MOST_BARS):
                raise PaperError(f"Trang {number}: nhiều số liệu hơn chỗ trống; hãy chia thành hai trang.")
    for row in deck_prints(deck):
        if row.key or row.part is Part.SOURCES or (row.part is Part.LABEL and is_period_label(row.printed)):
            continue
        if found := unsourced_numbers(row.printed, deck.names):
            raise UnsourcedNumber(f"{row.where}: số “{found[0].text}” gõ tay, không mở được đến nguồn; hãy bỏ số này.")
