"""Papers as PDF/A, by typst: the layout goes in as JSON, the look is in `typst/nd30.typ`."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import typst

from chungtay.kernel.folding import nfc
from chungtay.papers.chart import draw_chart
from chungtay.papers.fonts import paper_font
from chungtay.papers.layout import Chart, lay_out
from chungtay.papers.rules import Paper

TEMPLATES = Path(__file__).parent / "typst"
PICTURE_DPI = 300
PICTURES_KEPT = 128  # of about 20 KB
_one_at_a_time = Lock()  # a compiler serves one call at a time


def write_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b with its fonts inside; the same paper gives the same bytes.

    Raises what `check_paper` raises.
    """
    layout, head = lay_out(paper), paper.head
    data = {
        "title": paper.title,
        "note": paper.note,
        "head": {
            **vars(head),
            "dated_on": head.dated_on.isoformat(),
            "number_line": head.number_line,
            "place_and_date": head.place_and_date,
        },
        "type_name": paper.type_name,
        "abstract": paper.abstract,
        "addressees": paper.addressees,
        "blocks": layout.blocks,
        "signatures": paper.signatures,
        "recipients": paper.recipients,
        "annexes": layout.annexes,
    }
    return compile_pdf("paper.typ", data, dated_on=head.dated_on)


def compile_pdf(template: str, data: Mapping[str, object], *, dated_on: date) -> bytes:
    """Draw a template of `typst/` from its data as PDF/A-2b; the same data give the same bytes."""
    face = {"family": paper_font().family, "stretch": paper_font().stretch}
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(TEMPLATES / template),
            format="pdf",
            sys_inputs={"paper": nfc(json.dumps({**face, **data}, ensure_ascii=False, default=_plain))},
            pdf_standards=["a-2b"],
            timestamp=datetime.combine(dated_on, time(), UTC),
        )
    return _single(made)


def chart_png(chart: Chart) -> bytes:
    """The chart as a picture of 150 mm at 300 dots per inch, for the Word file."""
    return _picture(draw_chart(chart, paper_font().family))


@lru_cache(maxsize=PICTURES_KEPT)  # a report is written many times before its figures change
def _picture(svg: str) -> bytes:
    page = b"#set page(width: auto, height: auto, margin: 0pt)\n"
    page += b'#image(bytes(sys.inputs.svg), format: "svg", width: 150mm)'
    with _one_at_a_time:
        made = _compiler().compile(input=page, format="png", ppi=PICTURE_DPI, sys_inputs={"svg": svg})
    return _single(made)


def _single(made: bytes | list[bytes] | None) -> bytes:
    """What the compiler made, as one file: a picture comes as one page, or as a list of one."""
    if isinstance(made, list):
        made, *_ = made
    if made is None:
        raise TypeError("the compiler was asked for bytes and wrote a file")
    return made


def _plain(value: object) -> dict[str, object]:
    """A layout object as JSON sees it; a chart goes in drawn."""
    if isinstance(value, Chart):
        svg = draw_chart(value, paper_font().family)
        return {"type": "Chart", "svg": svg, "caption": value.caption, "alt": value.alt}
    return {"type": type(value).__name__, **vars(value)}


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the process: it keeps the fonts and the parsed templates."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(paper_font().folder)])
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)
