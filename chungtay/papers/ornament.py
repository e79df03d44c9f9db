"""The border of a certificate, drawn by us as one picture: two rules, rows of petals between them, a lotus in each corner."""

from functools import cache
from math import cos, radians, sin

WIDTH, HEIGHT = 297.0, 210.0  # mm, A4 on its side
INSET, BAND, CORNER = 9.0, 5.0, 17.0
RED, GOLD, PALE = "#a3151b", "#b08a3c", "#f3e6c4"
SPREAD = 42
OPENING = (
    (1.0, 0.80, "#ffffff"),
    (0.66, 0.92, PALE),
    (0.33, 0.98, "#ffffff"),
)  # outer petals first: (turn, length, fill)


@cache
def frame_svg() -> str:
    """Return the border as SVG, one unit a millimetre."""
    w, h = WIDTH - 2 * INSET, HEIGHT - 2 * INSET
    near = INSET + 0.9
    parts = [
        f'<rect x="{INSET}" y="{INSET}" width="{w}" height="{h}" fill="none" stroke="{RED}" stroke-width="0.5"/>',
        f'<rect x="{INSET + BAND}" y="{INSET + BAND}" width="{w - 2 * BAND}" height="{h - 2 * BAND}" fill="none" '
        f'stroke="{GOLD}" stroke-width="0.25"/>',
    ]
    for at in _run(w, 58):
        parts += [_petal(at, near, 180, 2.6, 3.1, PALE), _petal(at, HEIGHT - near, 0, 2.6, 3.1, PALE)]
    for at in _run(h, 38):
        parts += [_petal(near, at, 90, 2.6, 3.1, PALE), _petal(WIDTH - near, at, -90, 2.6, 3.1, PALE)]
    off = INSET + 1.2
    for x, y, lean in (
        (off, off, 135),
        (WIDTH - off, off, -135),
        (off, HEIGHT - off, 45),
        (WIDTH - off, HEIGHT - off, -45),
    ):
        parts += _lotus(x, y, 16, lean)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}mm" height="{HEIGHT}mm">'
        f"{''.join(parts)}</svg>"
    )


def _run(length: float, count: int) -> list[float]:
    """Where petals stand along a side; they leave the corners to the lotuses."""
    return [CORNER + INSET + (at + 0.5) / count * (length - 2 * CORNER) for at in range(count)]


def _lotus(x: float, y: float, size: float, lean: float) -> list[str]:
    """A lotus from its outer petals to the middle one, turned as a whole."""
    parts = []
    for share, length, fill in OPENING:
        parts += [
            _petal(x, y, lean - SPREAD * share, size * 0.42, size * length, fill),
            _petal(x, y, lean + SPREAD * share, size * 0.42, size * length, fill),
        ]
    return [*parts, _petal(x, y, lean, size * 0.46, size, PALE)]


def _petal(x: float, y: float, angle: float, wide: float, high: float, fill: str) -> str:
    """A petal with its base at a point and its tip up, then turned by an angle in degrees."""
    turn = radians(angle)

    def at(dx: float, dy: float) -> str:
        return f"{x + dx * cos(turn) - dy * sin(turn):.2f} {y + dx * sin(turn) + dy * cos(turn):.2f}"

    left = f"C{at(-wide * 0.75, -high * 0.3)},{at(-wide * 0.55, -high * 0.72)},{at(0, -high)}"
    right = f"C{at(wide * 0.55, -high * 0.72)},{at(wide * 0.75, -high * 0.3)},{at(0, 0)}"
    return f'<path d="M{at(0, 0)}{left}{right}Z" fill="{fill}" stroke="{GOLD}" stroke-width="0.18"/>'
