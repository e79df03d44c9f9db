"""What the papers of a nomination share: their head, and points, counts and money as figures with their source."""

from datetime import date, datetime

from chungtay.emulation.scoring import PLACES, points_text
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import NBSP
from chungtay.papers.rules import Align, Head, HeadKind, PrintedFigure
from chungtay.places.models import Body
from chungtay.places.rules import BodyKind

SAMPLE = "Số liệu minh họa"
DRAFTED = "Mẫu tự thiết kế, chưa đối chiếu với mẫu của ngành"
TEXT = Align.LEFT


COUNCIL = "Hội đồng Thi đua - Khen thưởng"


def head_of(body: Body, symbol: str, place: str, day: date, number: str = "") -> Head:
    """Return the first lines of a paper of a body; its name is broken by sense."""
    is_front = body.kind == BodyKind.MTTQ
    lines = _lines(body)
    return Head(
        kind=HeadKind.MTTQ if is_front else HeadKind.UBND,
        superior=lines if is_front else (),
        issuer=("BAN THƯỜNG TRỰC",) if is_front else lines,
        symbol=f"{symbol}-{'MTTQ-BTT' if is_front else 'UBND'}",
        place=place,
        dated_on=day,
        issuer_in_text=body.name,
        number=number,
    )


def head_of_council(body: Body, symbol: str, place: str, day: date) -> Head:
    """Return the first lines of a paper of a body's council for emulation and commendation."""
    return Head(
        kind=HeadKind.UBND,
        superior=_lines(body),
        issuer=("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"),
        symbol=f"{symbol}-HĐTĐKT",
        place=place,
        dated_on=day,
        issuer_in_text=f"{COUNCIL} {body.name}",
    )


def _lines(body: Body) -> tuple[str, ...]:
    name = body.name.upper()
    shown = {"ỦY BAN NHÂN DÂN": "ỦY BAN NHÂN DÂN", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM": "ỦY BAN MTTQ VIỆT NAM"}
    for first, words in shown.items():
        if name.startswith(f"{first} "):
            return words, name.removeprefix(first).strip()
    return (name,)


def points_figure(key: str, points: int, label: str, url: str, source: str, at: datetime) -> PrintedFigure:
    """Return points (hundredths) as a figure of a paper."""
    said = points_text(points)
    return PrintedFigure(
        key=key,
        text=said,
        label=label,
        exact=f"{said}{NBSP}điểm",
        unit="điểm",
        value=points,
        decimals=PLACES,
        known_at=at,
        source=source,
        url=url,
    )


def count_figure(key: str, count: int, label: str, source: str, url: str) -> PrintedFigure:
    """Return a count as a figure of a paper."""
    said = format_integer(count)
    return PrintedFigure(key=key, text=said, label=label, exact=said, unit="", value=count, source=source, url=url)


def foot_note(is_sample: bool) -> str:
    """Return what stands at the foot of every page."""
    return f"{SAMPLE}. {DRAFTED}" if is_sample else DRAFTED


def money_figure(key: str, amount: int, label: str, source: str, url: str) -> PrintedFigure:
    """Return integer đồng as a figure of a paper."""
    said = format_integer(amount)
    return PrintedFigure(
        key=key, text=said, label=label, exact=f"{said}{NBSP}đồng", unit="đồng", value=amount, source=source, url=url
    )
