"""What the funds of the story told the public of each drive: where, when, with a picture of the board; one late, one not at all."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.story import Unit, first_units, story
from chungtay.demo.tales import Moment
from chungtay.evidence import services as evidence
from chungtay.funds import selectors as funds_seen
from chungtay.funds import services as funds
from chungtay.funds.models import Medium

TAKES_DAYS = 20  # from the end of receiving to the end of distribution
SINCE = date(2021, 12, 11)  # the rules that are told of a drive hold from then on


def moments(on: Acts) -> Iterator[Moment]:
    """Every drive since the rules hold: five things told, each in its time, but for what the story says otherwise."""
    for code, told in story()["fund"]["campaigns"].items():
        starts, ends = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
        if starts >= SINCE:
            for unit in first_units():
                yield from _Board(on, unit, code, starts, ends).moments()


class _Board:
    """The notice board of a unit during a drive, kept by the controller."""

    def __init__(self, on: Acts, unit: Unit, code: str, starts: date, ends: date) -> None:
        self.on, self.unit, self.code = on, unit, code
        self.starts, self.ends = starts, ends

    def moments(self) -> Iterator[Moment]:
        """What is put up when, in order of time."""
        tales = story()["fund"]["disclosure"]
        late = tales["late"] == {"unit": self.unit.ref, "campaign": self.code}
        never = tales["never"] == {"unit": self.unit.ref, "campaign": self.code}
        office, hall = f"Bảng tin trụ sở UBND {self._name}", f"Nhà văn hóa khóm 1, {self._name}"
        site = f"https://{self.unit.slug}.example/cong-khai"
        distributed = self.ends + timedelta(days=TAKES_DAYS)
        plan = (
            ("appeal", self.starts - timedelta(days=9), Medium.WEBSITE, site),
            ("how", self.starts - timedelta(days=2), Medium.OFFICE, office),
            ("recipients", self.starts, Medium.COMMUNITY, hall),
            ("raised", self.ends + timedelta(days=18 if late else 10), Medium.OFFICE, office),
            ("spent", distributed + timedelta(days=21), Medium.WEBSITE, site),
        )
        for kind, day, medium, where in plan:
            if not (never and kind == "spent"):
                yield at(day, 10), partial(self._tell, kind, medium, where)

    @property
    def _name(self) -> str:
        return self.unit.name[0].lower() + self.unit.name[1:]

    def _tell(self, kind: str, medium: Medium, where: str, now: datetime) -> None:
        controller = self.on.ground.cast.controllers[self.unit.ref]
        campaign = self.on.campaigns[self.unit.ref, self.code]
        is_shown = medium is not Medium.WEBSITE and self.unit.ref == story()["fund"]["disclosure"]["pictured"]
        picture = (
            evidence.keep(upload=board(now.date(), where), name="bang-tin.png", now=now, by=controller)
            if is_shown
            else None
        )
        funds.tell(
            campaign=campaign,
            kind=kind,
            medium=medium,
            where=where,
            posted_on=now.date(),
            hour=now.time(),
            picture=picture,
            paper_sha256=funds_seen.said_of(campaign, kind, on=now.date()),
            now=now,
            by=controller,
        )


def board(day: date, where: str) -> bytes:
    """Return a drawn picture of a notice on a board; it says on its face that it is an illustration."""
    picture = Image.new("RGB", (960, 720), "#c8b08a")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 920, 680), fill="#7b5a3a")
    draw.rectangle((60, 60, 900, 660), fill="#d9c7a3")
    for left in (130, 520):
        draw.rectangle((left, 130, left + 300, 570), fill="#fdfdf8", outline="#8a8a80", width=3)
        draw.rectangle((left + 30, 165, left + 270, 190), fill="#b3261e")
        for row in range(9):
            draw.rectangle((left + 30, 230 + 34 * row, left + 250 - 23 * (row % 3), 240 + 34 * row), fill="#6d6d66")
        draw.ellipse((left + 140, 112, left + 160, 132), fill="#b3261e")
    draw.text((130, 610), f"ANH MINH HOA  {day:%d/%m/%Y}", fill="#3a2c1c", font_size=32)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
