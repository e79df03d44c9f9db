"""When a notice leaves and what becomes of a delivery, pure: paces, quiet hours, tries, states. Times are local."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Pace(StrEnum):
    """How soon a person wants to hear of a kind by mail; the inbox has everything at once."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


PACE_LABELS: Mapping[Pace, str] = {
    Pace.NOW: "Gửi ngay",
    Pace.DAILY: "Gộp mỗi ngày",
    Pace.WEEKLY: "Gộp mỗi tuần",
    Pace.NONE: "Không gửi thư",
}


class State(StrEnum):
    """Where a delivery stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


STATE_LABELS: Mapping[State, str] = {
    State.QUEUED: "Chờ gửi",
    State.CLAIMED: "Đang gửi",
    State.SENT: "Đã gửi",
    State.FAILED: "Không gửi được",
    State.UNCERTAIN: "Không rõ đã gửi chưa",
}


class Act(StrEnum):
    """What happens to a delivery."""

    CLAIM = "claim"
    SEND = "send"
    RETRY = "retry"  # it did not leave; it waits for another try
    GIVE_UP = "give_up"
    LOSE = "lose"  # whoever was sending it is gone
    RESEND = "resend"  # a person decided


TURNS: Mapping[tuple[State, Act], State] = {
    (State.QUEUED, Act.CLAIM): State.CLAIMED,
    (State.CLAIMED, Act.SEND): State.SENT,
    (State.CLAIMED, Act.RETRY): State.QUEUED,
    (State.CLAIMED, Act.GIVE_UP): State.FAILED,
    (State.CLAIMED, Act.LOSE): State.UNCERTAIN,
    (State.FAILED, Act.RESEND): State.QUEUED,
    (State.UNCERTAIN, Act.RESEND): State.QUEUED,
}
"""A claim is written before anything leaves. What was claimed and not confirmed may have left: it is never sent again by itself."""

LEASE = timedelta(minutes=10)
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
MOST_TRIES = len(WAITS) + 1

QUIET_FROM, QUIET_TO = time(21), time(6)
DIGEST_AT = time(7)
WEEKLY_ON = 0  # Monday


@dataclass(frozen=True)
class Kind:
    """A sort of notice. code: "room.what"; label: as people choose it; `pace`: unless the person says otherwise."""

    code: str
    label: str
    pace: Pace = Pace.DAILY


def after_failure(tries: int) -> tuple[Act, timedelta]:
    """Return what follows a failed try (counted from 1) and how long the next one waits."""
    if tries >= MOST_TRIES:
        return Act.GIVE_UP, timedelta(0)
    return Act.RETRY, WAITS[tries - 1]


def is_quiet(at: time, start: time, end: time) -> bool:
    """Whether nobody is to be disturbed at a time of day; the hours may go over midnight, equal ones are none."""
    if start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end


def opens_at(now: datetime, start: time, end: time) -> datetime:
    """Return the first moment from `now` on that is not within the quiet hours."""
    if not is_quiet(now.time(), start, end):
        return now
    opened = datetime.combine(now.date(), end, now.tzinfo)
    return opened if opened >= now else opened + timedelta(days=1)


def is_digest_due(pace: Pace, today: date, last: date | None) -> bool:
    """Whether a person who reads at this pace gets a digest today; `last`: the day of the one before."""
    if last is not None and last >= today:
        return False
    if pace is Pace.DAILY:
        return True
    if pace is not Pace.WEEKLY:
        return False
    monday = today - timedelta(days=today.weekday() - WEEKLY_ON)
    return last is None or last < monday
