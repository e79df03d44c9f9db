"""Drawn papers and pictures that the cases of the story rest on; each says on its face that it is an illustration."""

from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from chungtay.accounts.models import User
from chungtay.evidence import services as evidence
from chungtay.evidence.models import Attachment

SIZE = (800, 600)


def keep_pictures(now: datetime, by: User) -> dict[str, Attachment]:
    """Keep one drawing of each sort and return them by name: receipt, minutes, house, bridge."""
    drawings = {"receipt": _paper(12), "minutes": _paper(7), "house": _house(), "bridge": _bridge()}
    return {
        name: evidence.keep(upload=_png(picture), name=f"minh-hoa-{name}.png", now=now, by=by)
        for name, picture in drawings.items()
    }


def _png(picture: Image.Image) -> bytes:
    ImageDraw.Draw(picture).text((24, SIZE[1] - 44), "ANH MINH HOA", fill="#4a4a44", font_size=28)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _paper(rows: int) -> Image.Image:
    picture = Image.new("RGB", SIZE, "#d8d3c6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((180, 24, 620, 540), fill="#fdfdf8", outline="#9a978c", width=2)
    draw.rectangle((260, 56, 540, 70), fill="#55534c")
    for row in range(rows):
        top = 110 + row * 28
        draw.rectangle((210, top, 420 - row * 17 % 90, top + 8), fill="#8d8a80")
        draw.line((480, top + 10, 520, top - 4, 545, top + 8, 585, top - 2), fill="#2c4a8a", width=3)
    return picture


def _house() -> Image.Image:
    picture = Image.new("RGB", SIZE, "#cfe3ee")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, 800, 600), fill="#8fae6b")
    draw.rectangle((220, 260, 600, 450), fill="#f3ead6", outline="#8d8370", width=3)
    draw.polygon(((190, 265), (410, 150), (630, 265)), fill="#b3523c")
    draw.rectangle((370, 330, 440, 450), fill="#7b5a3a")
    for left in (260, 500):
        draw.rectangle((left, 310, left + 64, 370), fill="#9cc4d8", outline="#7b5a3a", width=3)
    return picture


def _bridge() -> Image.Image:
    picture = Image.new("RGB", SIZE, "#d3e6ef")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 800, 600), fill="#7fa9b8")
    draw.polygon(((0, 340), (150, 340), (230, 600), (0, 600)), fill="#8fae6b")
    draw.polygon(((800, 340), (650, 340), (570, 600), (800, 600)), fill="#8fae6b")
    draw.rectangle((100, 300, 700, 336), fill="#b9b6ad", outline="#77746a", width=2)
    for left in range(120, 700, 58):
        draw.rectangle((left, 244, left + 8, 300), fill="#8d8a80")
    draw.rectangle((100, 244, 700, 252), fill="#8d8a80")
    for left in (270, 510):
        draw.rectangle((left, 336, left + 26, 520), fill="#a3a097")
    return picture
