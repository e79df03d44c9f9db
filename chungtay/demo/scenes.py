"""Pictures of the portal, drawn: a hall, a bridge, people talking, a paper. No photograph of anybody."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1280, 720)
SKY, NEAR, MID, FAR, PAPER, MARK = "#e4eef0", "#0b4f5c", "#6c9749", "#d2cdbf", "#fdfdf8", "#b81f55"


def scenes() -> dict[str, bytes]:
    """Return every drawing by name, as PNG."""
    return {"hall": _png(_hall()), "bridge": _png(_bridge()), "talk": _png(_talk()), "paper": _png(_paper())}


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _new() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, SKY)
    return picture, ImageDraw.Draw(picture)


def _person(draw: ImageDraw.ImageDraw, x: int, y: int, colour: str, size: int = 34) -> None:
    draw.ellipse((x - size, y - size, x + size, y + size), fill=colour)
    draw.rounded_rectangle((x - size * 2, y + size + 8, x + size * 2, y + size * 5), radius=size, fill=colour)


def _hall() -> Image.Image:
    picture, draw = _new()
    draw.rectangle((0, 470, 1280, 720), fill=FAR)
    draw.rounded_rectangle((300, 90, 980, 330), radius=8, fill=NEAR)
    draw.ellipse((612, 140, 668, 196), fill=MARK)
    draw.line((440, 240, 840, 240), fill=PAPER, width=8)
    draw.line((510, 280, 770, 280), fill=PAPER, width=8)
    draw.ellipse((614, 360, 666, 412), fill=MARK)
    draw.rectangle((584, 424, 696, 500), fill=MID)
    for x in range(140, 1240, 166):
        _person(draw, x, 560, NEAR)
    return picture


def _bridge() -> Image.Image:
    picture, draw = _new()
    for x in range(-100, 1400, 300):
        draw.ellipse((x, 260, x + 380, 560), fill="#d9e2d0")
    draw.rectangle((0, 470, 1280, 720), fill="#bcd3da")
    for left in (90, 930):
        draw.polygon(((left, 420), (left + 120, 310), (left + 240, 420)), fill=MARK)
        draw.rectangle((left + 20, 420, left + 220, 500), fill=PAPER)
    draw.polygon(((0, 500), (300, 500), (380, 720), (0, 720)), fill=MID)
    draw.polygon(((1280, 500), (980, 500), (900, 720), (1280, 720)), fill=MID)
    draw.arc((200, 360, 1080, 900), 205, 335, fill=NEAR, width=34)
    for x in range(320, 1000, 60):
        draw.line((x, 360, x, 440), fill=NEAR, width=6)
    draw.arc((200, 290, 1080, 830), 207, 333, fill=NEAR, width=8)
    return picture


def _talk() -> Image.Image:
    picture, draw = _new()
    draw.rectangle((0, 500, 1280, 720), fill="#cfdcc0")
    draw.polygon(((200, 250), (640, 90), (1080, 250)), fill=MARK)
    for x in (260, 1000):
        draw.rectangle((x, 250, x + 20, 560), fill=NEAR)
    for x, colour in ((400, NEAR), (560, MID), (720, NEAR), (880, MID)):
        _person(draw, x, 400, colour, 38)
    draw.rounded_rectangle((330, 560, 950, 600), radius=10, fill="#8d7a5c")
    return picture


def _paper() -> Image.Image:
    picture, draw = _new()
    draw.rectangle((400, 70, 880, 680), fill=PAPER, outline="#9a978c", width=3)
    draw.rectangle((470, 130, 810, 152), fill=NEAR)
    for row in range(7):
        draw.rectangle((450, 210 + row * 52, 640 + row * 37 % 110, 226 + row * 52), fill=FAR)
        draw.rectangle((760, 210 + row * 52, 830, 226 + row * 52), fill=NEAR if row != 4 else MARK)
    draw.line((745, 434, 845, 418), fill=MARK, width=6)
    return picture
