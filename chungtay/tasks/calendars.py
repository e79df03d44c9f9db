"""Deadlines as a calendar that other programs read: RFC 5545, lines of 75 octets, ends of line CR LF."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75  # octets of a line, its end not counted


@dataclass(frozen=True)
class Entry:
    """One whole-day entry; `uid` never changes, `stamp` is when it was last written."""

    uid: str
    on: date
    title: str
    text: str
    url: str
    stamp: datetime
    is_done: bool = False


def write_calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """Return the calendar of some deadlines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chung Tay//Tasks//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{entry.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(('✓ ' if entry.is_done else '') + entry.title)}",
            f"DESCRIPTION:{_escaped(entry.text)}",
            f"URL:{entry.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Break a line before it exceeds 75 octets, never inside a character; what follows begins with a space."""
    parts, room, part, size = [], LONGEST, "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > room:
            parts.append(part)
            part, size, room = "", 0, LONGEST - 1
        part, size = part + sign, size + octets
    return "\r\n ".join([*parts, part])
