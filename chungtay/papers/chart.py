"""One drawing of a column chart, as SVG: the screen shows it, the PDF embeds it, and the Word file takes its picture.

Greys with outlines, since papers are photocopied; values are written on the columns, the plan is a stroke; no axis, so
that no number appears that is not a figure.
"""

from html import escape

from chungtay.papers.layout import Chart, LaidBar
from chungtay.papers.metrics import MM_PER_POINT, width_mm

WIDTH, HEIGHT = 150.0, 62.0  # mm; one unit of the drawing is one millimetre
TOP, BOTTOM = 15.0, 6.0  # room for the legend and one label above, for the names below
FILLS = ("#6f6f6f", "#dcdcdc", "#a8a8a8", "#ffffff")
SIZE = 10.5 * MM_PER_POINT


def draw_chart(chart: Chart, family: str = "inherit") -> str:
    """The chart as an SVG element of 150 x 62 mm, with its alternative text; all text is escaped."""
    step = WIDTH / max(len(chart.bars), 1)
    parts = [_legend(chart)]
    for index, bar in enumerate(chart.bars):
        parts.append(_bar(bar, centre=step * (index + 0.5), width=min(step * 0.5, 18)))
    floor = HEIGHT - BOTTOM
    parts.append(f'<path d="M0 {floor:g}H{WIDTH:g}" stroke="#000" stroke-width=".3"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" class="paper-chart" '
        f'aria-label="{escape(chart.alt)}" font-family="{escape(family)}" font-size="{SIZE:.3f}">'
        f"<title>{escape(chart.alt)}</title>{''.join(parts)}</svg>"
    )


def _legend(chart: Chart) -> str:
    """Unit at the left; then a square for each part; the plan's stroke last."""
    parts = [_text(0, 4, chart.unit_line, style="italic")]
    at = _room(chart.unit_line) + 8
    for fill, name in zip(FILLS, chart.series, strict=False):
        parts.append(_box(at, 1.2, 3.2, 3.2, fill) + _text(at + 4.6, 4, name))
        at += _room(name) + 10
    if any(bar.plan is not None for bar in chart.bars):
        start = WIDTH - _room(chart.plan_label)
        parts.append(_stroke(start - 8, start - 1.5, 2.8) + _text(WIDTH, 4, chart.plan_label, anchor="end"))
    return "".join(parts)


def _room(text: str) -> float:
    """Room for a text of the legend in millimetres: the faces of the screen are wider than Times."""
    return 1.2 * width_mm(text, 10.5)


def _bar(bar: LaidBar, *, centre: float, width: float) -> str:
    floor, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    left, y = centre - width / 2, floor
    parts = []
    for fill, share in zip(FILLS, bar.parts, strict=False):
        y -= share * room
        parts.append(_box(left, y, width, share * room, fill))
    top = y
    if bar.plan is not None:
        at = floor - bar.plan * room
        parts.append(_stroke(left - 2.5, left + width + 2.5, at))
        top = at if y - 7 < at < y else y  # a plan just above the column must not cross its value
    parts.append(_text(centre, top - 1.6, bar.text, anchor="middle", weight="bold"))
    parts.append(_text(centre, HEIGHT - 1.2, bar.label, anchor="middle"))
    return "".join(parts)


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    at = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
    return f'<rect {at} fill="{fill}" stroke="#000" stroke-width=".2"/>'


def _stroke(start: float, end: float, y: float) -> str:
    return f'<path d="M{start:.2f} {y:.2f}H{end:.2f}" stroke="#000" stroke-width=".7"/>'


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal", style: str = "normal"
) -> str:
    look = f'text-anchor="{anchor}" font-weight="{weight}" font-style="{style}"'
    return f'<text x="{x:.2f}" y="{y:.2f}" {look}>{escape(text)}</text>'
