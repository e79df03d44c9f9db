"""The words and rules of what surrounds a report: kinds, lines of the file, aspects, likeness, the steps of its state."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.kernel.periods import Period
from chungtay.papers.rules import unsourced_numbers
from chungtay.reviews.rules import State

Key = TypeVar("Key")


class ReviewKind(StrEnum):
    """Of which part of the programme's term a review is."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    MID_TERM = "mid_term"
    FINAL = "final"


KIND_WORDS = {
    ReviewKind.QUARTER: "Sơ kết quý",
    ReviewKind.HALF: "Sơ kết 6 tháng",
    ReviewKind.YEAR: "Sơ kết năm",
    ReviewKind.MID_TERM: "Sơ kết giữa kỳ",
    ReviewKind.FINAL: "Tổng kết",
}


def kind_of(period: Period, *, is_final: bool) -> ReviewKind:
    """Return the kind that a window suggests; a window of no usual length is a review in mid-term."""
    if is_final:
        return ReviewKind.FINAL
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    usual = {3: ReviewKind.QUARTER, 6: ReviewKind.HALF, 12: ReviewKind.YEAR}
    return usual.get(months, ReviewKind.MID_TERM)


class RecordKind(StrEnum):
    """What a line of the file is."""

    TEAM = "team"
    DELEGATE = "delegate"
    PAPER = "paper"
    MINUTES = "minutes"
    NOTICE = "notice"
    PICTURE = "picture"
    COMMENDATION = "commendation"


RECORD_WORDS = {
    RecordKind.TEAM: "Đoàn kiểm tra",
    RecordKind.DELEGATE: "Đại biểu",
    RecordKind.PAPER: "Tham luận",
    RecordKind.MINUTES: "Biên bản",
    RecordKind.NOTICE: "Thông báo kết luận",
    RecordKind.PICTURE: "Ảnh hội nghị",
    RecordKind.COMMENDATION: "Khen thưởng",
}
NEEDS_FILE = frozenset({RecordKind.PICTURE, RecordKind.MINUTES})
NEEDS_DETAIL = frozenset({RecordKind.TEAM, RecordKind.DELEGATE, RecordKind.PICTURE, RecordKind.COMMENDATION})


class Aspect(StrEnum):
    """Which side of the work a statement is about."""

    STRENGTH = "strength"
    LIMIT = "limit"
    OBJECTIVE = "objective"
    SUBJECTIVE = "subjective"
    LESSON = "lesson"
    DIRECTION = "direction"
    PROPOSAL = "proposal"


ASPECT_WORDS = {
    Aspect.STRENGTH: "Ưu điểm",
    Aspect.LIMIT: "Hạn chế",
    Aspect.OBJECTIVE: "Nguyên nhân khách quan",
    Aspect.SUBJECTIVE: "Nguyên nhân chủ quan",
    Aspect.LESSON: "Bài học kinh nghiệm",
    Aspect.DIRECTION: "Phương hướng, nhiệm vụ",
    Aspect.PROPOSAL: "Đề xuất, kiến nghị",
}
SECTION_OF = {
    Aspect.STRENGTH: "iii-1",
    Aspect.LIMIT: "iii-2",
    Aspect.OBJECTIVE: "iii-2",
    Aspect.SUBJECTIVE: "iii-2",
    Aspect.LESSON: "iii-3",
    Aspect.DIRECTION: "iv",
    Aspect.PROPOSAL: "iv",
}
LEAD_OF = {
    Aspect.OBJECTIVE: "Nguyên nhân khách quan: ",
    Aspect.SUBJECTIVE: "Nguyên nhân chủ quan: ",
    Aspect.PROPOSAL: "Đề xuất, kiến nghị: ",
}


class BadRecord(DomainError):
    """What is written down lacks something."""


def check_record(kind: RecordKind, *, name: str, detail: str, has_file: bool) -> tuple[str, str]:
    """Return name and detail as they are kept. Raises BadRecord naming what is missing."""
    name, detail = " ".join(nfc(name).split()), " ".join(nfc(detail).split())
    if not name:
        raise BadRecord(f"{RECORD_WORDS[kind]}: ô đầu tiên chưa có gì. Hãy nhập rồi ghi lại.")
    if kind in NEEDS_DETAIL and not detail:
        said = {
            RecordKind.PICTURE: "Ảnh chưa có chú thích. Hãy ghi ai, làm gì, ở đâu.",
            RecordKind.COMMENDATION: "Chưa ghi hình thức khen và thành tích. Hãy ghi vào ô thứ hai.",
        }.get(kind, f"Chưa ghi chức vụ, đơn vị của {name}. Hãy ghi vào ô thứ hai.")
        raise BadRecord(said)
    if kind in NEEDS_FILE and not has_file:
        raise BadRecord(f"{RECORD_WORDS[kind]} phải kèm tệp. Hãy chọn tệp từ máy rồi ghi lại.")
    return name, detail


def check_award(name: str, detail: str, names: Collection[str]) -> None:
    """Return if a line may stand in the report's list of commendations. Raises BadRecord for a number typed by hand."""
    if typed := [span for text in (name, detail) for span in unsourced_numbers(text, names)]:
        said = f"Số “{typed[0].text}” gõ tay sẽ in trong danh sách kèm báo cáo mà không có nguồn. Hãy viết thành tích bằng lời."
        raise BadRecord(said)


def check_words(text: str, what: str) -> str:
    """Return a sentence or more as it is kept: NFC, one line. Raises BadRecord when nothing is left."""
    kept = " ".join(nfc(text).split())
    if not kept:
        raise BadRecord(f"{what} chưa có chữ nào. Hãy viết rồi ghi lại.")
    return kept


# ---------------------------------------------------------------- likeness

ALIKE = 0.62


def likeness(one: str, other: str) -> float:
    """Return 0..1: how far two statements say the same, by their words without accents, case, order and punctuation."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def _words(text: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in fold(text)).split())


def alike(texts: Mapping[Key, str], threshold: float = ALIKE) -> list[tuple[Key, ...]]:
    """Group statements that may be duplicates, each in one group, in the order given.

    A statement joins the first group whose opening statement it is like: a chain of small steps joins nothing unlike.
    """
    groups: list[list[Key]] = []
    for key, text in texts.items():
        for group in groups:
            if likeness(texts[group[0]], text) >= threshold:
                group.append(key)
                break
        else:
            groups.append([key])
    return [tuple(group) for group in groups]


def longest(texts: Sequence[str]) -> str:
    """Return the statement that says most, to begin the joined one with."""
    return max(texts, key=len)


# ---------------------------------------------------------------- states


class Step(StrEnum):
    """What moves a review on."""

    SUBMIT = "submit"
    REOPEN = "reopen"
    PUBLISH = "publish"


STEPS: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.FOR_SIGNING,
    (State.FOR_SIGNING, Step.REOPEN): State.DRAFT,
    (State.FOR_SIGNING, Step.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Step.REOPEN): State.DRAFT,
}
REFUSALS = {
    Step.SUBMIT: "Báo cáo này đã trình rồi. Hãy tải lại trang để xem.",
    Step.REOPEN: "Báo cáo đang soạn nên không cần mở lại.",
    Step.PUBLISH: "Chỉ ban hành được báo cáo đang chờ ký. Hãy đề nghị người soạn trình ký trước.",
}


class NotNow(DomainError):
    """The review is not where this step begins."""


def step(state: State, by: Step) -> State:
    """Return the state that a step leads to. Raises NotNow."""
    found = STEPS.get((state, by))
    if found is None:
        raise NotNow(REFUSALS[by])
    return found


def listed(words: Iterable[str]) -> str:
    """Return statements as one paragraph: sentences in a row, each with its full stop."""
    return " ".join(word.rstrip(" .;") + "." for word in words)
