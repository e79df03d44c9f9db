"""The review as slides that a leader speaks from: it shows nothing that the report does not print, figure by figure.

Titles say what the figures say; the paragraphs of the report are the speaker's notes; what is too long for a slide is
continued on the next.
"""

import re
from collections.abc import Iterator, Sequence

from chungtay.kernel.text import LOCAL_TIME, date_text
from chungtay.papers.deck import BigFigure, Deck, Figures, Points, Slide, SlidePart, check_deck, keys_of
from chungtay.papers.rules import Paper
from chungtay.papers.slides import fits
from chungtay.papers.sources import source_numbers
from chungtay.reviews import idiom
from chungtay.reviews.content import Content
from chungtay.reviews.rules import BlockKind, DraftBlock, Shape
from chungtay.reviews.slidegraphs import (
    chart_of,
    graph_of_rows,
    graph_of_targets,
    graphs_of_units,
    is_of_years,
    told_ends,
)
from chungtay.reviews.telling import COMPARED, Teller

MOST_SLIDES = 20  # with the cover
MOST_HEADLINES, MOST_OF_TOPIC, MOST_UNITS = 6, 4, 2
AWARDS_SHOWN = 10
SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-ZÀ-ỸĐ{])")
NUMERAL = re.compile(r"^(?:[IVX]+|\d+|[a-zđ])[.)]\s*")
ASSESSED = {
    "iii-1": "Ưu điểm",
    "iii-2": "Hạn chế và nguyên nhân",
    "iii-3": "Bài học kinh nghiệm",
    "iv": "Nhiệm vụ thời gian tới",
}


def deck_of(content: Content, paper: Paper) -> Deck:
    """Return the deck of a review's paper. Raises what `check_deck` raises."""
    teller = Teller(content, paper)
    slides = [
        *_headlines(teller),
        *_topics(teller),
        *_comparisons(teller),
        *_units(teller),
        *_lacking(teller),
        *_assessment(teller),
        *_awards(teller),
    ]
    slides = [*_within(slides, MOST_SLIDES - 2), _sources(teller, slides)]
    last = paper.annex_label(len(paper.annexes) - 1)
    numbers = source_numbers(paper)
    deck = Deck(
        title=content.head.abstract[0],
        lines=(*content.head.abstract[1:], f"Số liệu {idiom.window_name(content.period)}"),
        issuer=content.head.issuer_in_text,
        dated_on=content.head.dated_on,
        slides=tuple(slides),
        figures={key: paper.figures[key] for slide in slides for key in keys_of(slide) + _said_keys(slide)},
        rows={key: f"{last}, dòng {number}" for key, number in numbers.items()},
        names=paper.names,
        note=paper.note,
    )
    check_deck(deck)
    return deck


def _said_keys(slide: Slide) -> list[str]:
    return [key for text in slide.says for key in DraftBlock(BlockKind.PARAGRAPH, "", "", text).keys]


def _within(slides: list[Slide], most: int) -> list[Slide]:
    """Leave out what goes deepest, the second slide of a topic first, until the deck can be spoken in its time."""
    kept = list(slides)
    for number in range(len(kept) - 1, -1, -1):
        if len(kept) <= most:
            break
        if kept[number].title.endswith(MORE):
            del kept[number]
    return kept[:most]


MORE = " (tiếp theo)"


# ---------------------------------------------------------------- what was achieved


def _headlines(teller: Teller) -> Iterator[Slide]:
    keys = teller.main_keys()[:MOST_HEADLINES]
    if not keys:
        return
    first = "; ".join(teller.said(key) for key in keys[:2])
    items = tuple(BigFigure(key, teller.name(key), teller.against_target(key)) for key in keys)
    yield Slide(title=first, parts=(Figures(items),), says=teller.paragraphs("open"))


def _topics(teller: Teller) -> Iterator[Slide]:
    small = list[tuple[str, str]]()
    for section, title in teller.topics():
        keys = teller.keys_of_section(section)[:MOST_OF_TOPIC]
        tables = [block for block in teller.blocks(section) if is_of_years(block)]
        if len(keys) == 1 and not tables:
            small.append((section, keys[0]))
        elif keys or tables:
            yield from _topic(teller, section, title, keys, tables)
        if len(small) == MOST_OF_TOPIC:
            yield _small(teller, small)
            small = []
    if small:
        yield _small(teller, small)


def _topic(teller: Teller, section: str, title: str, keys: list[str], tables: list[DraftBlock]) -> Iterator[Slide]:
    said = teller.paragraphs(section)
    drawn = [block for block in teller.blocks(section) if block.kind is BlockKind.CHART]
    graphs = [chart_of(teller, block) for block in drawn]
    graphs += [graph for block in tables if (graph := graph_of_rows(teller, block)) and not drawn]
    items = tuple(BigFigure(key, teller.name(key), teller.against_target(key)) for key in keys)
    if len(items) <= 2 and items and graphs:
        parts: tuple[SlidePart, ...] = (Figures(items), graphs.pop(0))
        yield Slide(title=title, parts=parts, says=said)
    elif items:
        yield Slide(title=title, parts=(Figures(items),), says=said)
    for graph in graphs:
        yield Slide(title=graph.chart.caption, parts=(graph,), says=said if not items else ())


def _small(teller: Teller, found: Sequence[tuple[str, str]]) -> Slide:
    """Topics of one figure each, together."""
    titles = dict(teller.topics())
    items = tuple(BigFigure(key, teller.name(key), teller.against_target(key)) for _, key in found)
    said = tuple(text for section, _ in found for text in teller.paragraphs(section))
    title = "; ".join([titles[found[0][0]], *(idiom.lower_first(titles[section]) for section, _ in found[1:])])
    return Slide(title=title, parts=(Figures(items),), says=said)


# ---------------------------------------------------------------- beside the plan, the year before, each other


def _comparisons(teller: Teller) -> Iterator[Slide]:
    if graph := graph_of_targets(teller):
        said = (*teller.named("iii-1", "reached"), *teller.named("iii-2", "behind"))
        yield Slide(title=_on_targets(teller), parts=(graph,), says=said)
    changes = teller.changes()
    if changes:
        first = next((key for key, ask in changes if ask.shape is Shape.CHANGE), "")
        title = teller.of_change(first) if first else "So với cùng kỳ năm trước"
        others = [teller.of_change(key) for key, _ in changes if key != first]  # what the title says is not said again
        yield from _continued(teller, title, others or [title], ())


def _on_targets(teller: Teller) -> str:
    """Which plans of the whole window are met; where there are none, that the years stand beside theirs."""
    whole = [(key, ask) for key, ask in teller.targets() if ask.period_code == teller.content.period.code]
    reached = [ask.indicator for key, ask in whole if (teller.paper.figures[key].ratio or 0) >= 1]
    if not whole or not reached:
        return "So với kế hoạch: còn phải phấn đấu" if whole else "So với kế hoạch năm"
    if len(reached) == len(whole):
        return "Các chỉ tiêu của cả giai đoạn đều đã đạt hoặc vượt"
    names = [idiom.lower_first(name) for code in reached if (name := teller.series_name(code))]
    return f"Đã đạt kế hoạch: {'; '.join(names[:3])}; các chỉ tiêu khác còn phải phấn đấu"


def _units(teller: Teller) -> Iterator[Slide]:
    for graph in graphs_of_units(teller)[:MOST_UNITS]:
        yield Slide(title=told_ends(teller, graph), parts=(graph,), says=teller.named(COMPARED, "leaders"))


def _lacking(teller: Teller) -> Iterator[Slide]:
    lacking = teller.lacking()
    if not lacking:
        whole = teller.coverage_key()
        if whole:
            yield Slide(
                title="Số liệu đã đủ các đơn vị phải báo cáo",
                parts=(Figures((BigFigure(whole, "mức đầy đủ của số liệu"),)),),
                says=teller.paragraphs("i-2"),
            )
        return
    points = [f"{name}: " + "{" + key + "}." for key, name in lacking]
    yield from _continued(teller, "Còn thiếu số liệu gì, của đơn vị nào", points, teller.named("iii-2", "lacking"))


# ---------------------------------------------------------------- what it means


def _assessment(teller: Teller) -> Iterator[Slide]:
    for section, title in ASSESSED.items():
        said = [b for b in teller.blocks(section) if b.kind is BlockKind.PARAGRAPH]
        proposals = [block for block in said if block.name == "said-proposal"]
        yield from _points_of(teller, title, [block for block in said if block not in proposals])
        yield from _points_of(teller, "Đề xuất, kiến nghị", proposals)


def _points_of(teller: Teller, title: str, blocks: Sequence[DraftBlock]) -> Iterator[Slide]:
    texts = [block.text for block in blocks]
    yield from _continued(teller, title, [point for text in texts for point in sentences(text)], tuple(texts))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, without the numeral that opens it."""
    parts = SENTENCE.split(NUMERAL.sub("", text.strip()))
    return [idiom.capital(part.strip().rstrip(";")) for part in parts if part.strip()]


def _continued(teller: Teller, title: str, points: Sequence[str], says: tuple[str, ...]) -> Iterator[Slide]:
    """As many slides as the points need; the title says which of them goes on."""
    page = list[str]()
    number = 0
    for point in points:
        if page and not fits([teller.printed(text) for text in (*page, point)], 18):
            yield Slide(title=title + MORE * bool(number), parts=(Points(tuple(page)),), says=() if number else says)
            page, number = [], number + 1
        page.append(point)
    if page:
        yield Slide(title=title + MORE * bool(number), parts=(Points(tuple(page)),), says=() if number else says)


def _awards(teller: Teller) -> Iterator[Slide]:
    rows = teller.awards()
    if not rows:
        return
    shown = [f"{name}: {why}" if why else name for name, why in rows[:AWARDS_SHOWN]]
    if len(rows) > AWARDS_SHOWN:
        shown.append("Và các tập thể, cá nhân khác trong danh sách kèm theo Báo cáo.")
    yield Slide(title="Đề nghị khen thưởng", parts=(Points(tuple(shown)),))


def _sources(teller: Teller, slides: Sequence[Slide]) -> Slide:
    content, paper = teller.content, teller.paper
    printed = (paper.figures[key].source for slide in slides for key in keys_of(slide))
    sources = list(dict.fromkeys(part for source in printed for part in source.split("; ") if part))
    known = content.answers.known_at.astimezone(LOCAL_TIME).date()
    points = [
        f"Số liệu là số đã duyệt, như đã biết đến ngày {date_text(known)}.",
        *(f"{source}." for source in sources[:6]),
        f"Từng số liệu, phạm vi và mã truy vết: {paper.annex_label(len(paper.annexes) - 1)} của Báo cáo.",
        "Phần ghi chú của mỗi trang nêu nguồn của từng số trên trang đó.",
    ]
    return Slide(title="Nguồn số liệu", parts=(Points(tuple(points)),), says=teller.paragraphs("i-2"))
