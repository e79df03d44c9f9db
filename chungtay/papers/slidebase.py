"""The blank deck that slides are added to: wide pages, one layout, our colours and a face that every office has; and packing.

Made once from the library's own blank file, then kept as bytes. A written deck holds no time but the paper's day.
"""

import io
from datetime import date
from functools import cache

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Mm

from chungtay.papers.packing import of_day

FONT = "Arial"  # on every office's machine, with all Vietnamese letters; a deck carries no font of ours
WIDTH, HEIGHT, EDGE = 338.67, 190.5, 16.0  # mm, 16:9
TITLE_TOP, TITLE_HEIGHT = 9.0, 27.0
PALETTE = {
    "dk1": "15242C", "lt1": "FFFFFF", "dk2": "0B3F4A", "lt2": "F8F6F1", "accent1": "0B5563", "accent2": "6D9348",
    "accent3": "8F897B", "accent4": "B3245C", "accent5": "7D5200", "accent6": "1C4F86",
}  # fmt: skip
INK, DEEP, QUIET, FIRST, SECOND, THIRD, ACCENT, WHITE = (
    RGBColor.from_string(code)
    for code in ("15242C", "0B3F4A", "5D6A70", "0B5563", "6D9348", "8F897B", "B3245C", "FFFFFF")
)
SERIES = (FIRST, SECOND, THIRD, QUIET)
_DROPPED = (RELATION.PRINTER_SETTINGS, RELATION.THUMBNAIL)


def blank_deck() -> Deck:
    """Return a new deck without slides, of one layout: a title, and room."""
    return Presentation(io.BytesIO(_blank()))


@cache
def _blank() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDTH), Mm(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, deck.slide_layouts[0]):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type is None or "TITLE" in str(shape.placeholder_format.type):
                shape.left, shape.top = Mm(EDGE), Mm(TITLE_TOP)
                shape.width, shape.height = Mm(WIDTH - 2 * EDGE), Mm(TITLE_HEIGHT)
            else:  # date, footer and number are written by us where they are wanted
                shape._element.getparent().remove(shape._element)
    for part in (deck.part, deck.part.package):
        for key, relation in list(part._rels.items()):
            if relation.reltype in _DROPPED:
                part._rels.pop(key)
    _colour(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _colour(deck: Deck) -> None:
    """Put our colours and face into the theme, so that what an office adds by hand agrees with what is there."""
    part = next(rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype == RELATION.THEME)
    theme = etree.fromstring(part.blob)
    for name, code in PALETTE.items():
        colour = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        for child in list(colour):
            colour.remove(child)
        etree.SubElement(colour, qn("a:srgbClr"), val=code)
    for face in theme.iter(qn("a:latin")):
        face.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def packed(deck: Deck, day: date) -> bytes:
    """Return the file; every time in it, and in the workbooks of its charts, is `day`, so that the same deck is the same bytes."""
    out = io.BytesIO()
    deck.save(out)
    return of_day(out.getvalue(), day)
