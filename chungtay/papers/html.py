"""Papers for the screen: one fragment without inline styles; every figure is a chip that opens its trace."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from chungtay.papers.chart import draw_chart
from chungtay.papers.docx import MOTTO, PARTY, STATE, dashed
from chungtay.papers.grids import Grid, GridCell, Run
from chungtay.papers.layout import Chart, Laid, Prose, lay_out
from chungtay.papers.rules import Align, Head, Heading, HeadKind, Paper, PrintedFigure

ALONE = ("#", "http://", "https://")
SCHEMES = ("/", "?", *ALONE)
BREAK = mark_safe("<br>")


def write_html(paper: Paper, *, alone: bool = False) -> SafeString:
    """The paper as an <article>; texts escaped, no style attributes. Raises what `check_paper` raises.

    A figure with an address is <a class="chip">, one without is <span class="chip">; both say in `title` what it is.
    Alone, outside a site, only addresses that say their host are links.
    """
    layout, writer = lay_out(paper), _Writer(paper.figures, ALONE if alone else SCHEMES)
    parts = [_head(paper.head), _title(paper), *writer.blocks(layout.blocks), _closing(paper)]
    for annex in layout.annexes:
        title = _lines((annex.label, *annex.title))
        head = format_html("<h3>{}</h3><p><em>{}</em></p>", title, " ".join(annex.reference))
        wide = " paper-wide" if annex.landscape else ""
        body = _joined(writer.blocks(annex.blocks))
        parts.append(format_html('<section class="paper-annex{}">{}{}</section>', wide, head, body))
    note = format_html('<p class="paper-foot">{}</p>', paper.note) if paper.note else ""
    return format_html('<article class="paper" lang="vi">{}{}</article>', _joined(parts), note)


class _Writer:
    """Writes blocks; knows the figures, to say what each one is."""

    def __init__(self, figures: Mapping[str, PrintedFigure], schemes: tuple[str, ...]) -> None:
        self.figures, self.schemes = figures, schemes

    def runs(self, pieces: tuple[Run, ...]) -> SafeString:
        return _joined(self.run(piece) for piece in pieces)

    def run(self, piece: Run) -> SafeString:
        url = piece.url if piece.url.startswith(self.schemes) else ""
        if piece.key:
            figure = self.figures[piece.key]
            facts = (figure.label, figure.exact, figure.coverage, figure.when)
            says = "; ".join(fact for fact in facts if fact)
            if url:
                form = '<a class="chip" href="{}" title="{}" data-figure="{}">{}</a>'
                return format_html(form, url, says, piece.key, piece.text)
            return format_html('<span class="chip" title="{}" data-figure="{}">{}</span>', says, piece.key, piece.text)
        if url:
            return format_html('<a href="{}">{}</a>', url, piece.text)
        return format_html("<b>{}</b>" if piece.bold else "{}", piece.text)

    def blocks(self, blocks: tuple[Laid, ...]) -> Iterator[SafeString]:
        for block in blocks:
            match block:
                case Heading(level=1, text=text):
                    yield format_html("<h3>{}</h3>", text)
                case Heading(text=text):
                    yield format_html("<h4>{}</h4>", text)
                case Prose(runs=pieces, dash=dash):
                    yield format_html("<p>{}{}</p>", "- " if dash else "", self.runs(pieces))
                case Grid():
                    yield self.grid(block)
                case Chart():
                    form = "<figure>{}<figcaption>{}</figcaption></figure>"
                    yield format_html(form, chart_drawing(block), block.caption)

    def grid(self, grid: Grid) -> SafeString:
        unit = format_html('<em class="paper-unit">{}</em>', grid.unit_line) if grid.unit_line else ""
        caption = format_html("<caption>{} {}</caption>", grid.caption, unit) if grid.caption or unit else ""
        head = _joined(self.row(line, head=True) for line in grid.head)
        body = _joined(self.row(line, head=False) for line in grid.body)
        form = (
            '<div class="table-frame" tabindex="0" role="region" aria-label="{}"><table class="table">'
            "{}<thead>{}</thead><tbody>{}</tbody></table></div>"
        )
        note = format_html('<p class="paper-note">{}</p>', self.runs(grid.note)) if grid.note else ""
        return format_html("{}{}", format_html(form, grid.caption or "Bảng số liệu", caption, head, body), note)

    def row(self, line: tuple[GridCell, ...], *, head: bool) -> SafeString:
        named = next((cell for cell in line if cell.align is Align.LEFT and cell.runs), None)
        scopes = ("col" if head else "row" if cell is named else "" for cell in line)
        return format_html("<tr>{}</tr>", _joined(map(self.cell, line, scopes)))

    def cell(self, cell: GridCell, scope: str) -> SafeString:
        """A cell; the head of a column or of a row names its scope, a plain cell has none."""
        spans = format_html(' colspan="{}"', cell.columns) if cell.columns > 1 else ""
        spans = format_html('{} rowspan="{}"', spans, cell.rows) if cell.rows > 1 else spans
        if cell.anchor:
            spans = format_html('{} id="source-{}"', spans, cell.anchor)
        text = self.runs(cell.runs)
        if scope:
            scope = "colgroup" if cell.columns > 1 else scope
            text = format_html("<b>{}</b>", text) if cell.bold and scope == "row" else text
            return format_html('<th scope="{}"{}>{}</th>', scope, spans, text)
        look = {"right": "num", "center": "center", "left": "text"}[cell.align]
        text = format_html("<b>{}</b>", text) if cell.bold else text
        return format_html('<td class="{}"{}>{}</td>', look, spans, text)


def chart_drawing(chart: Chart) -> SafeString:
    """The drawing of a chart as it stands in a page."""
    return mark_safe(draw_chart(chart))  # noqa: S308  draw_chart escapes every text


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _lines(lines: tuple[str, ...] | list[str]) -> SafeString:
    return format_html_join(BREAK, "{}", ((line,) for line in lines))


def _head(head: Head) -> SafeString:
    party = head.kind is HeadKind.PARTY
    left = format_html("<p>{}<b>{}</b></p>", _lines((*head.superior, "")), _lines(head.issuer))
    right = format_html("<p><b>{}</b></p>", _lines((PARTY,) if party else (STATE, MOTTO)))
    form = (
        '<header class="paper-head"><div>{}<p>{}</p></div>'
        '<div>{}<p><em><time datetime="{}">{}</time></em></p></div></header>'
    )
    return format_html(form, left, head.number_line, right, head.dated_on.isoformat(), head.place_and_date)


def _title(paper: Paper) -> SafeString:
    to = ""
    if len(paper.addressees) == 1:
        to = format_html('<p class="paper-to">Kính gửi: {}</p>', paper.addressees[0])
    elif paper.addressees:
        to = format_html('<p class="paper-to">Kính gửi:<br>{}</p>', _lines(dashed(paper.addressees)))
    return format_html('<h2 class="paper-title">{}<br>{}</h2>{}', paper.type_name.upper(), _lines(paper.abstract), to)


def _closing(paper: Paper) -> SafeString:
    copies = ""
    if paper.recipients:
        copies = format_html("<p><b><i>Nơi nhận:</i></b><br><small>{}</small></p>", _lines(dashed(paper.recipients)))
    signers = format_html_join(
        "",
        '<div class="paper-sign"><p><b>{}</b></p><p><b>{}</b></p></div>',
        ((_lines(each.lines), each.name) for each in paper.signatures),
    )
    return format_html('<footer class="paper-closing"><div>{}</div>{}</footer>', copies, signers)
