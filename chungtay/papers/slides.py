"""Decks as .pptx: a title that says something, big figures with their reach, native charts, speaker's notes with every source."""

import re
from collections.abc import Sequence
from functools import partial

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Mm, Pt

from chungtay.kernel.folding import nfc
from chungtay.kernel.text import NBSP
from chungtay.papers.deck import BigFigure, Deck, Figures, Graph, Points, Slide, check_deck, keys_of, reach, source_line
from chungtay.papers.metrics import width_mm
from chungtay.papers.rules import PrintedFigure, split_text
from chungtay.papers.slidebase import ACCENT, DEEP, EDGE, FONT, HEIGHT, INK, QUIET, WIDTH, blank_deck, packed
from chungtay.papers.slidecharts import add_graph

Box = tuple[float, float, float, float]
"""Left, top, width, height in mm."""
Line = tuple[str, float, object, bool]
"""Text, points, colour, bold."""
BODY: Box = (EDGE, 44, WIDTH - 2 * EDGE, 127)
ARIAL = 1.14  # Arial's letters beside those of Times, whose widths we hold
PITCH = 1.2  # a line's height in its size
POINT_SIZES = (28, 26, 24, 22, 20, 18, 16)
LINE_MM = 25.4 / 72 * PITCH
BEFORE_NUMBER = re.compile(r"(?<=\w) (?=\d)")  # "Phường 3" is not cut at the end of a line
GAP_SHARE = 0.45  # of a line, between two points


def write_slides(deck: Deck) -> bytes:
    """The deck as a .pptx file; the same deck gives the same bytes. Raises what `check_deck` raises."""
    check_deck(deck)
    book = blank_deck()
    about = book.core_properties
    about.title, about.author, about.last_modified_by = nfc(deck.title), nfc(deck.issuer), nfc(deck.issuer)
    about.language, about.subject, about.revision = "vi-VN", nfc(" ".join(deck.lines))[:200], 1
    _cover(book, deck)
    for slide in deck.slides:
        _page(book, deck, slide)
    return packed(book, deck.dated_on)


def _cover(book: Presentation, deck: Deck) -> None:
    page = book.slides.add_slide(book.slide_layouts[0])
    _block(page, (0, 0, 9, HEIGHT), DEEP)
    title = _placed(page.shapes.title, (26, 42, 285, 58), MSO_ANCHOR.BOTTOM)
    size = next((s for s in (44, 40, 36) if _lines(deck.title, s, 285, bold=True) == 1), 38)
    _write(title, [(BEFORE_NUMBER.sub(NBSP, deck.title), size, INK, True)])
    _block(page, (26.5, 104, 34, 1.2), ACCENT)
    quiet = [(line, 22, QUIET, False) for line in deck.lines]
    _text(page, (26.5, 110, 285, 44), [*quiet, (deck.issuer, 20, INK, False)])
    if deck.note:
        _text(page, (26.5, 172, 200, 8), [(f"{deck.note}.", 12, QUIET, False)])


def _page(book: Presentation, deck: Deck, slide: Slide) -> None:
    page = book.slides.add_slide(book.slide_layouts[0])
    title = _told(deck, slide.title)
    title = BEFORE_NUMBER.sub(NBSP, title[:1].upper() + title[1:])
    frame = _placed(page.shapes.title, (EDGE, 9, WIDTH - 2 * EDGE, 27), MSO_ANCHOR.MIDDLE)
    size = next((s for s in (30, 28, 26, 24) if _lines(title, s, WIDTH - 2 * EDGE, bold=True) <= 2), 22)
    _write(frame, [(title, size, INK, True)])
    _block(page, (EDGE, 37.5, 34, 1.2), ACCENT)
    for part, box in zip(slide.parts, _boxes(slide), strict=True):
        match part:
            case Figures(items=items):
                _figures(page, deck, items, box)
            case Points(items=items):
                _points(page, [_told(deck, text) for text in items], box)
            case Graph(chart=chart):
                left, top, width, height = box
                _text(page, (left, top, width, 7), [(f"Đơn vị tính: {chart.unit_line}", 14, QUIET, False)])
                add_graph(page, part, deck.figures, (left, top + 7, width, height - 7))
    _foot(page, deck)
    says = [*(_told(deck, text) for text in slide.says), *(source_line(deck, key) for key in keys_of(slide))]
    notes = page.notes_slide.notes_text_frame
    notes.text = nfc("\n".join(says))
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "vi-VN")


def _boxes(slide: Slide) -> list[Box]:
    """The whole body, or its two sides; a graph gets the wider one."""
    if len(slide.parts) == 1:
        return [BODY]
    left, top, width, height = BODY
    gap = 10.0
    share = 0.6 if isinstance(slide.parts[0], Graph) else 0.4 if isinstance(slide.parts[1], Graph) else 0.5
    first = (width - gap) * share
    return [(left, top, first, height), (left + first + gap, top, width - gap - first, height)]


def _figures(page: Page, deck: Deck, items: Sequence[BigFigure], box: Box) -> None:
    left, top, width, height = box
    is_narrow = width < 200
    columns = 1 if is_narrow or len(items) == 1 else 2 if len(items) in (2, 4) else 3
    rows = -(-len(items) // columns)
    wide, high = width / columns, min(height / rows, 78)
    start = top + max(0, (height - rows * high) / 2)
    most = 72 if len(items) == 1 else 54 if columns == 2 or is_narrow else 44
    texts = [deck.figures[item.key].text for item in items]
    sizes = [s for s in (72, 60, 54, 48, 44, 40, 36, 32, 28, 24) if s <= most and s * LINE_MM < high * 0.5]
    size = next((s for s in sizes if all(_lines(t, s, wide - 6, bold=True) == 1 for t in texts)), 24)
    room = [(wide - 6, high - 3, size)] * len(items)
    small = next((s for s in (20, 18, 16) if all(map(partial(_has_room, deck, s), items, room))), 14)
    for index, item in enumerate(items):
        at = (left + index % columns * wide, start + index // columns * high, wide - 6, high - 3)
        _big(page, deck, item, at, size, small)


def _has_room(deck: Deck, small: float, item: BigFigure, room: tuple[float, float, float]) -> bool:
    """Whether a figure of some points has room with its lines of `small` points: (width, height in mm, points)."""
    width, height, size = room
    lines = sum(_lines(_told(deck, text), small, width) for text in (item.label, item.aside))
    lines += _lines(reach(deck.figures[item.key]), small - 4, width)
    return (size + lines * small * 1.1) * LINE_MM <= height


def _big(page: Page, deck: Deck, item: BigFigure, box: Box, size: float, small: float) -> None:
    """A figure, what it is, how far it reaches."""
    figure: PrintedFigure = deck.figures[item.key]
    label, aside, under = _told(deck, item.label), _told(deck, item.aside), reach(figure)
    texts: list[Line] = [(figure.text, size, DEEP, True), (label, small, INK, False)]
    texts += [(aside, small, ACCENT, True)] if aside else []
    texts += [(under, max(12, small - 4), QUIET, False)] if under else []
    _text(page, box, texts)


def fits(
    texts: Sequence[str], size: float = POINT_SIZES[-1], *, width: float = BODY[2], height: float = BODY[3]
) -> bool:
    """Whether these points have room on a slide when set in `size` points."""
    lines = sum(_lines(text, size, width - 9) + GAP_SHARE for text in texts)
    return lines * size * LINE_MM <= height


def _points(page: Page, texts: Sequence[str], box: Box) -> None:
    _, _, width, height = box
    size = next((s for s in POINT_SIZES if fits(texts, s, width=width, height=height)), POINT_SIZES[-1])
    frame = _text(page, box, [(text, size, INK, False) for text in texts])
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(size * GAP_SHARE * PITCH)
        _bullet(paragraph)


def _bullet(paragraph: _Paragraph) -> None:
    """A square before the point, its further lines standing under its first."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(int(Mm(7))))
    properties.set("indent", str(-int(Mm(7))))
    colour = f'<a:buClr {nsdecls("a")}><a:srgbClr val="{ACCENT}"/></a:buClr>'
    for xml in (colour, f'<a:buFont {nsdecls("a")} typeface="{FONT}"/>', f'<a:buChar {nsdecls("a")} char="▪"/>'):
        properties.append(parse_xml(xml))


def _foot(page: Page, deck: Deck) -> None:
    """The note at the left, the page's number at the right: as a field, which states nothing."""
    note = (
        f"{deck.note}. Nguồn của từng số ở phần ghi chú của trang."
        if deck.note
        else "Nguồn của từng số ở phần ghi chú của trang."
    )
    _text(page, (EDGE, 177, 240, 8), [(note, 12, QUIET, False)], anchor=MSO_ANCHOR.MIDDLE)
    frame = _text(page, (WIDTH - EDGE - 20, 177, 20, 8), [("", 12, QUIET, False)], anchor=MSO_ANCHOR.MIDDLE)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    for run in list(paragraph._p.findall(qn("a:r"))):
        paragraph._p.remove(run)
    field = (
        f'<a:fld {nsdecls("a")} id="{{6B1F7C52-0D8A-4E0B-9C11-5A4E8E9D2A10}}" type="slidenum"><a:rPr lang="vi-VN" sz="1200">'
        f'<a:solidFill><a:srgbClr val="{QUIET}"/></a:solidFill><a:latin typeface="{FONT}"/></a:rPr><a:t>‹#›</a:t></a:fld>'
    )
    paragraph._p.append(parse_xml(field))


# ---------------------------------------------------------------- bricks


def _told(deck: Deck, text: str) -> str:
    return "".join(deck.figures[key].text if key else literal for literal, key in split_text(text))


def _lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes when it is broken at spaces."""
    if not text:
        return 0
    measure, lines, room = partial(width_mm, size=size, bold=bold), 1, width
    space = measure(" ") * ARIAL
    for word in text.split(" "):
        need = measure(word) * ARIAL
        if need > room and room < width:
            lines, room = lines + 1, width
        room -= need + space
    return lines


def _block(page: Page, box: Box, colour: object) -> None:
    """A filled rectangle: decoration, and said to be so."""
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Mm(each) for each in box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False
    shape.name = "Vạch trang trí"


def _placed(shape: BaseShape, box: Box, anchor: MSO_ANCHOR) -> TextFrame:
    shape.left, shape.top, shape.width, shape.height = (Mm(each) for each in box)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = anchor, True
    return frame


def _text(page: Page, box: Box, texts: Sequence[Line], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> TextFrame:
    frame = _placed(page.shapes.add_textbox(*(Mm(each) for each in box)), box, anchor)
    _write(frame, texts)
    return frame


def _write(frame: TextFrame, texts: Sequence[Line]) -> None:
    for index, (text, size, colour, bold) in enumerate(texts):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(0.15 * size)
        run = paragraph.add_run()
        run.text = nfc(text)
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
        run.font.color.rgb = colour
        run._r.get_or_add_rPr().set("lang", "vi-VN")
