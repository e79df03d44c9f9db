"""A line through a few points, as SVG: all that the bench draws."""

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 560, 320, 64, 24, 48, 48


def line_chart(points: Sequence[tuple[float, float]], *, title: str, x_title: str, y_title: str) -> str:
    """Return a chart of (x, y) from 0; the dashed line is what growth in proportion to the first point would be."""
    x_most, y_most = max(x for x, _ in points), max(y for _, y in points) * 1.1

    def at(x: float, y: float) -> str:
        across = _LEFT + x / x_most * (_WIDTH - _LEFT - _RIGHT)
        return f"{across:.1f},{_HEIGHT - _BOTTOM - y / y_most * (_HEIGHT - _TOP - _BOTTOM):.1f}"

    def text(point: str, words: str, anchor: str = "middle", dy: int = 0) -> str:
        x, y = point.split(",")
        return f'<text x="{x}" y="{float(y) + dy:.1f}" text-anchor="{anchor}">{escape(words)}</text>'

    (x_first, y_first), *_ = points
    in_proportion = min(x_most, y_most / y_first * x_first)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="24" font-size="14">{escape(title)}</text>',
        f'<polyline points="{at(0, y_most)} {at(0, 0)} {at(x_most, 0)}" fill="none" stroke="#889"/>',
        f'<polyline points="{at(0, 0)} {at(in_proportion, y_first / x_first * in_proportion)}" stroke="#99a" stroke-dasharray="5 5"/>',
        f'<polyline points="{" ".join(at(x, y) for x, y in points)}" fill="none" stroke="#0b5c8a" stroke-width="2"/>',
    ]
    for x, y in points:
        across, down = at(x, y).split(",")
        parts.append(f'<circle cx="{across}" cy="{down}" r="4" fill="#0b5c8a"/>')
        parts += [text(at(x, y), f"{y:.1f} {y_title}", dy=-10), text(at(x, 0), f"{x:g}", dy=18)]
    parts.append(text(at(x_most / 2, 0), x_title, dy=38))
    return "\n".join([*parts, "</svg>"]) + "\n"
