"""A marked-up copy of a checked text as a Word file: each figure shaded by its verdict, what is said of it as a comment."""

import io
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from chungtay.checking.contradictions import Note
from chungtay.checking.pairing import Finding
from chungtay.checking.rules import Verdict
from chungtay.checking.wording import label_of, pieces, sentence_of

AUTHOR, INITIALS = "Chung Tay", "CT"
SHADES = {
    Verdict.AGREES: WD_COLOR_INDEX.BRIGHT_GREEN,
    Verdict.DIFFERS: WD_COLOR_INDEX.PINK,
    Verdict.NO_SOURCE: WD_COLOR_INDEX.GRAY_25,
    Verdict.UNCLEAR: WD_COLOR_INDEX.YELLOW,
}


def marked_copy(title: str, text: str, findings: Sequence[Finding], notes: Sequence[Note]) -> bytes:
    """Return a .docx: the text paragraph by paragraph with comments, and what it says against itself at its end."""
    paper = Document()
    paper.core_properties.title = title
    paper.core_properties.author = AUTHOR
    paragraph = paper.add_paragraph()
    for piece in pieces(text, findings):
        if piece.finding is None:
            lines = piece.text.split("\n")
            paragraph.add_run(lines[0])
            for line in lines[1:]:
                paragraph = paper.add_paragraph(line)
            continue
        run = paragraph.add_run(piece.text)
        run.font.highlight_color = SHADES[piece.finding.verdict]
        words = f"{label_of(piece.finding)}. {sentence_of(piece.finding)}"
        paper.add_comment(runs=run, text=words, author=AUTHOR, initials=INITIALS)
    if notes:
        paper.add_heading("Nhận xét về văn bản", level=1)
        for note in notes:
            paper.add_paragraph(note.sentence)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
