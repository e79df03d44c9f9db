"""What is told to other systems and how often it is tried, pure: subjects, states, waits, secrets and signatures.

Messages follow the Standard Webhooks: `webhook-id` stays the same at every try, `webhook-signature` is HMAC-SHA256 over
"id.timestamp.body" by each secret that is live.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from chungtay.kernel.errors import DomainError


class Subject(StrEnum):
    """What events are about; the value is the room that tells of it, whose name begins their codes."""

    RETURNS = "returns"
    FUNDS = "funds"
    TASKS = "tasks"
    SUPPORT = "support"


SEEN_BY: Mapping[Subject, str] = {
    Subject.RETURNS: "return",
    Subject.FUNDS: "voucher",
    Subject.TASKS: "task",
    Subject.SUPPORT: "case",
}
"""By which right an event is seen. Rooms that are not named tell nothing: households, accounts, votes, feedback."""
SUBJECT_LABELS: Mapping[Subject, str] = {
    Subject.RETURNS: "Báo cáo",
    Subject.FUNDS: "Chứng từ, sao kê của quỹ",
    Subject.TASKS: "Nhiệm vụ",
    Subject.SUPPORT: "Hồ sơ hỗ trợ",
}


class HookState(StrEnum):
    """Whether anything is sent to an address."""

    ACTIVE = "active"
    PAUSED = "paused"  # somebody decided; what happens meanwhile is told afterwards
    STOPPED = "stopped"  # by itself: nothing arrived for days, the receiver said 410, or nobody may see anything for it
    ENDED = "ended"  # for ever


HOOK_LABELS: Mapping[HookState, str] = {
    HookState.ACTIVE: "Đang gửi",
    HookState.PAUSED: "Tạm dừng",
    HookState.STOPPED: "Bị dừng",
    HookState.ENDED: "Đã bỏ",
}


class HookAct(StrEnum):
    """What is done with an address."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    END = "end"


HOOK_TURNS: Mapping[tuple[HookState, HookAct], HookState] = {
    (HookState.ACTIVE, HookAct.PAUSE): HookState.PAUSED,
    (HookState.ACTIVE, HookAct.STOP): HookState.STOPPED,
    (HookState.PAUSED, HookAct.RESUME): HookState.ACTIVE,
    (HookState.STOPPED, HookAct.RESUME): HookState.ACTIVE,
    **{(state, HookAct.END): HookState.ENDED for state in (HookState.ACTIVE, HookState.PAUSED, HookState.STOPPED)},
}


class State(StrEnum):
    """Where a delivery stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    ARRIVED = "arrived"
    FAILED = "failed"


STATE_LABELS: Mapping[State, str] = {
    State.QUEUED: "Chờ gửi",
    State.CLAIMED: "Đang gửi",
    State.ARRIVED: "Đã nhận",
    State.FAILED: "Không gửi được",
}


class Act(StrEnum):
    """What happens to a delivery."""

    CLAIM = "claim"
    ARRIVE = "arrive"
    RETRY = "retry"
    GIVE_UP = "give_up"
    LOSE = "lose"  # whoever was sending it is gone: it is sent again under the same id
    RESEND = "resend"  # a person decided


TURNS: Mapping[tuple[State, Act], State] = {
    (State.QUEUED, Act.CLAIM): State.CLAIMED,
    (State.CLAIMED, Act.ARRIVE): State.ARRIVED,
    (State.CLAIMED, Act.RETRY): State.QUEUED,
    (State.CLAIMED, Act.GIVE_UP): State.FAILED,
    (State.CLAIMED, Act.LOSE): State.QUEUED,
    (State.ARRIVED, Act.RESEND): State.QUEUED,
    (State.FAILED, Act.RESEND): State.QUEUED,
}
"""Unlike mail a message may arrive twice, never not at all: programs recognise it by its id, people would read it twice."""

LEASE = timedelta(minutes=3)
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""Between tries; together about three days."""
MOST_TRIES = len(WAITS) + 1
JITTER = 0.2
LONGEST_WAIT = timedelta(days=1)
OVERLAP = timedelta(hours=24)
"""How long the old secret goes on signing beside the new one."""
KEPT_FOR = timedelta(days=60)
"""How long a delivery that is over is kept."""
MOST_HOOKS = 20
"""Live addresses of one office."""
GONE = 410
SECRET_PREFIX = "whsec_"  # noqa: S105  # the mark by which receivers' libraries know a secret, not one
TEST_TYPE = "webhooks.test"
_TYPE = re.compile(r"[a-z]+(\.[a-z_]+){0,2}")


class BadFilter(DomainError):
    """A code of events that nobody tells."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"“{said}” không bắt đầu bằng nhóm việc nào đã chọn. Mã việc có dạng “returns.return.approved”, "
            "hoặc phần đầu của mã như “returns.return”."
        )


def read_filter(text: str, subjects: Iterable[Subject]) -> tuple[str, ...]:
    """Return beginnings of codes from words with spaces or commas between them. Raises BadFilter."""
    chosen = {subject.value for subject in subjects}
    found = []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        plain = word.rstrip(".")
        if not _TYPE.fullmatch(plain) or plain.partition(".")[0] not in chosen:
            raise BadFilter(word[:80])
        found.append(plain)
    return tuple(dict.fromkeys(found))


def is_wanted(code: str, beginnings: Iterable[str]) -> bool:
    """Whether a code begins, at its dots, as one of them does; of none named every code is wanted."""
    wanted = tuple(beginnings)
    return not wanted or any(code == one or code.startswith(f"{one}.") for one in wanted)


def subject_of(code: str) -> Subject | None:
    """Return what an event is about, None when it is told to nobody."""
    room = code.partition(".")[0]
    return next((one for one in Subject if one.value == room), None)


def after_failure(tries: int, *, salt: str, asked_for: int = 0) -> tuple[Act, timedelta]:
    """Return what follows a failed try (counted from 1) and how long the next one waits.

    The wait is moved by at most JITTER of it, by a number drawn from the salt and the try, so that messages which failed together do
    not come back together. asked_for: the seconds that the receiver asked for; it waits at least so long, a day at most.
    """
    if tries >= MOST_TRIES:
        return Act.GIVE_UP, timedelta(0)
    drawn = int.from_bytes(hashlib.blake2s(f"{salt} {tries}".encode(), digest_size=4).digest()) / 2**32
    wait = WAITS[tries - 1] * (1 + JITTER * (2 * drawn - 1))
    return Act.RETRY, min(max(wait, timedelta(seconds=asked_for)), LONGEST_WAIT * (1 + JITTER))


def new_secret() -> str:
    """Return a secret of 256 random bits, as receivers' libraries take it."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(secret_texts: Iterable[str], message_id: str, timestamp: int, body: str) -> str:
    """Return what stands in `webhook-signature`: one signature by each secret."""
    content = f"{message_id}.{timestamp}.{body}".encode()
    return " ".join(
        "v1,"
        + base64.b64encode(hmac.digest(base64.b64decode(one.removeprefix(SECRET_PREFIX)), content, "sha256")).decode()
        for one in secret_texts
    )


def body_of(code: str, at: datetime, data: Mapping[str, object]) -> str:
    """Return the body of a message: what happened, when, and where to ask; the same text at every try."""
    said = {"type": code, "timestamp": at.isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def excerpt(answer: bytes, longest: int = 200) -> str:
    """Return the beginning of an answer as one line that is safe to show."""
    text = "".join(letter if letter.isprintable() else " " for letter in answer.decode("utf-8", "replace"))
    return " ".join(text.split())[:longest]
