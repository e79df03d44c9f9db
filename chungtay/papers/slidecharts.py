"""Native charts of slides: exact values inside, what is written on them is what the figure prints."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.slide import Slide as Page
from pptx.util import Mm, Pt
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from chungtay.kernel.folding import nfc
from chungtay.papers.deck import Graph
from chungtay.papers.rules import Bar, ChartBlock, PrintedFigure
from chungtay.papers.slidebase import FONT, INK, QUIET, SERIES

Figures = Mapping[str, PrintedFigure]
HEADROOM = 1.15  # above the tallest column, for what is written there
MANY, FEW = 12, 6  # bars


class _Sheet(CategoryWorkbookWriter):  # type: ignore[misc]  # the library has no types
    """The data sheet of a chart, in which no name can become a formula or a link."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Workbook, Worksheet]]:
        safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
        with Workbook(xlsx_file, safe) as book:
            yield book, book.add_worksheet()


class _Data(CategoryChartData):  # type: ignore[misc]  # the library has no types
    @property
    def _workbook_writer(self) -> _Sheet:
        return _Sheet(self)


def add_graph(page: Page, graph: Graph, figures: Figures, box: tuple[float, float, float, float]) -> None:
    """Add a chart in a box of mm. Its data sheet holds the exact values in the unit of its labels."""
    chart, held = graph.chart, _Data()
    is_stacked = any(len(bar.parts) > 1 for bar in chart.bars)
    held.categories = [_category(bar, figures, is_stacked=is_stacked) for bar in chart.bars]
    if is_stacked:
        for place, name in enumerate(chart.series):
            held.add_series(nfc(name), [_share(bar.parts[place], bar, figures) for bar in chart.bars])
    else:
        held.add_series(nfc(chart.unit_line), [_share(bar.total, bar, figures) for bar in chart.bars])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if graph.is_lying else XL_CHART_TYPE.COLUMN_CLUSTERED
    kind = XL_CHART_TYPE.COLUMN_STACKED if is_stacked else kind
    frame = page.shapes.add_chart(kind, *(Mm(each) for each in box), held)
    frame.name = nfc(chart.caption)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", nfc(alternative(chart, figures)))
    _dress(frame.chart, graph, is_stacked=is_stacked)
    series = list(frame.chart.plots[0].series)
    for one, colour in zip(series, SERIES, strict=False):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = colour
    if not is_stacked:
        _label(series[0], [figures[bar.total].text for bar in chart.bars], _size(graph))


def alternative(chart: ChartBlock, figures: Figures) -> str:
    """Say in words what a chart shows: its caption, unit and every bar with its figure."""
    bars = "; ".join(f"{bar.label}: {figures[bar.total].text}" for bar in chart.bars)
    return f"Biểu đồ: {chart.caption} ({chart.unit_line}). {bars}."


def _category(bar: Bar, figures: Figures, *, is_stacked: bool) -> str:
    """The name under a bar; a stack has its whole under it, since only its parts can carry labels."""
    return nfc(f"{bar.label}\n{figures[bar.total].text}" if is_stacked else bar.label)


def _share(key: str, bar: Bar, figures: Figures) -> float:
    """The exact value of a part in the unit in which the bar's own figure is written."""
    figure, whole = figures[key], figures[bar.total]
    if figure.ratio is not None:
        return float(figure.ratio * 100)
    return float(Fraction(figure.value or 0, 10**figure.decimals * whole.divisor))


def _size(graph: Graph) -> int:
    count = len(graph.chart.bars)
    return 12 if count > MANY else 14 if count > FEW else 16


def _dress(chart: Chart, graph: Graph, *, is_stacked: bool) -> None:
    """No gridlines, no axis of values, our face: the labels say the numbers."""
    size = _size(graph)
    chart.font.name, chart.font.size, chart.font.color.rgb = FONT, Pt(size), INK
    chart.has_title, chart.has_legend = False, is_stacked
    if is_stacked:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    values, names = chart.value_axis, chart.category_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale = 0
    values.maximum_scale = (
        HEADROOM * max(map(sum, zip(*(s.values for s in chart.plots[0].series), strict=True)), default=1) or 1
    )
    names.has_major_gridlines, names.major_tick_mark = False, XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = QUIET
    names.tick_labels.font.size = Pt(size)
    names.reverse_order = graph.is_lying  # the first bar stands at the top
    chart.plots[0].gap_width = 35 if graph.is_lying else 70


def _label(series: BarSeries, texts: list[str], size: int) -> None:
    """What the figures print, as text: a number format would follow the reader's machine."""
    for place, words in enumerate(texts):
        label = series.points[place].data_label
        frame = label.text_frame
        frame.text = nfc(words)
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.name = Pt(size), True, FONT
        label.position = XL_LABEL_POSITION.OUTSIDE_END
