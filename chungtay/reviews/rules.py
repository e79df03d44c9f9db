"""What a review holds and the rules of changing it: questions instead of numbers, wording around them, gates before signing.

An Ask is a question to the account, frozen with everything it needs to be answered the same way again. A sentence names it by
its key in braces: "vận động được {vận động quỹ}". Digits typed by hand never state a figure.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any
from uuid import UUID

from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.kernel.periods import Period
from chungtay.kernel.text import join_and
from chungtay.papers.rules import split_text, unsourced_numbers

TOKEN = re.compile(r"\{([^{}]*)\}")


class Shape(StrEnum):
    """In which words a figure is printed."""

    SAID = "said"  # "trên 18,15 tỷ đồng", "06 HTX"
    OF_TARGET = "of_target"  # "107,3%"
    TARGET = "target"  # "18,5 tỷ đồng": the plan itself
    CHANGE = "change"  # "tăng 9,3% so với cùng kỳ"
    RATIO = "ratio"  # "1%"
    TERMS = "terms"  # "432/43.200 hộ"
    POINTS = "points"  # "giảm 0,5 điểm phần trăm so với cuối năm 2021"
    MET = "met"  # "đạt chỉ tiêu không quá 0,8%"
    COVERAGE = "coverage"  # "14/15 đơn vị đã báo cáo, chưa có Phường Hòa Thuận"
    PLACES = "places"  # "07 xã, phường": how many units have any
    CELL = "cell"  # "18.153,45"
    CELL_OWN = "cell_own"  # the part that no unit below reports
    CELL_SUM = "cell_sum"  # the sum over units of another map, where the area itself is not
    CELL_OF_TARGET = "cell_of_target"
    CELL_TARGET = "cell_target"
    CELL_CHANGE = "cell_change"  # "+9,3%"
    CELL_RATIO = "cell_ratio"


FOR_TABLES = frozenset(shape for shape in Shape if shape.value.startswith("cell"))
TARGET_SHAPES = frozenset({Shape.OF_TARGET, Shape.TARGET, Shape.MET, Shape.CELL_OF_TARGET, Shape.CELL_TARGET})


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question. `target` is scaled like the indicator's values, a ratio's in 1/10000; None when there is no target.

    `before` is the code of the window that a change is measured from; `areas` the units that PLACES, CELL_OWN and CELL_SUM
    look at; `on_map` the day whose map the answer stands on, "" for that of the window's last day.
    """

    key: str
    label: str
    shape: Shape
    indicator: str
    area_id: UUID
    period_code: str
    unit: str
    dimension: str = ""
    is_money: bool = False
    step: int = 1
    divisor: int = 1
    places: int = 1
    target: int | None = None
    target_period: str = ""
    at_most: bool = False
    before: str = ""
    areas: tuple[UUID, ...] = ()
    on_map: str = ""
    source: str = ""
    is_of_row: bool = False  # a table's row names its window
    is_added: bool = False  # put by a person: stays when the draft is written again

    def atoms(self) -> Iterable[tuple[str, str, UUID, str, str]]:
        """Yield what has to be asked: (indicator, dimension, area, period code, day of the map)."""
        if self.shape is not Shape.CELL_SUM:  # the area is not on that map
            yield (self.indicator, self.dimension, self.area_id, self.period_code, self.on_map)
        if self.before:
            yield (self.indicator, self.dimension, self.area_id, self.before, self.on_map)
        for area_id in self.areas:
            yield (self.indicator, self.dimension, area_id, self.period_code, self.on_map)

    def as_json(self) -> dict[str, Any]:
        """Return the fields that differ from their default, ids as text."""
        held: dict[str, Any] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if value == part.default:
                continue
            held[part.name] = (
                [str(v) for v in value]
                if isinstance(value, tuple)
                else str(value)
                if isinstance(value, UUID)
                else value
            )
        return held


def ask_from_json(data: Mapping[str, Any]) -> Ask:
    """Return the question that `Ask.as_json` wrote."""
    given = dict(data)
    given["shape"] = Shape(given["shape"])
    given["area_id"] = UUID(given["area_id"])
    given["areas"] = tuple(UUID(area) for area in given.get("areas", ()))
    return Ask(**given)


def is_final(period: Period, starts_on: date, ends_on: date) -> bool:
    """Return whether a window takes in the whole of a programme's term."""
    return period.start <= starts_on and ends_on <= period.last_day


def review_word(is_of_term: bool) -> str:
    """Return what a review is called: of the whole of the programme's term, or of a part of it."""
    return "tổng kết" if is_of_term else "sơ kết"


class BlockKind(StrEnum):
    """What a block of the report is. ANNEX opens an annex: all blocks after it stand in it."""

    H1 = "h1"
    H2 = "h2"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CHART = "chart"
    ANNEX = "annex"


PROSE = frozenset({BlockKind.PARAGRAPH})


@dataclass(frozen=True)
class DraftBlock:
    """One block. `section` says where it belongs ("ii-1"); `name` tells it from its neighbours when the draft is written again.

    `text` holds {keys}; `spec` is the content of a table, chart or annex. A suggestion is a judgement that the figures cannot
    make: somebody has to read it before the paper goes on.
    """

    kind: BlockKind
    section: str
    name: str
    text: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict)
    is_suggestion: bool = False

    @property
    def keys(self) -> list[str]:
        """The figure keys that the block's words name, in order."""
        return keys_in(self.text)


def keys_in(text: str) -> list[str]:
    """Return the figure keys that a text names, in order."""
    return [key for _, key in split_text(text) if key]


# ---------------------------------------------------------------- states


class State(StrEnum):
    """Where a review stands."""

    DRAFT = "draft"
    FOR_SIGNING = "for_signing"
    PUBLISHED = "published"


STATE_WORDS = {State.DRAFT: "Đang soạn", State.FOR_SIGNING: "Chờ ký", State.PUBLISHED: "Đã ban hành"}


class NotDraft(DomainError):
    """The review waits for its signature or is published: its wording is fixed."""

    def __init__(self) -> None:
        super().__init__("Báo cáo đã trình ký nên không sửa được nữa. Hãy mở lại để soạn trước khi sửa.")


def check_draft(state: str) -> None:
    """Return if the wording may change. Raises NotDraft."""
    if state != State.DRAFT:
        raise NotDraft


# ---------------------------------------------------------------- wording


class BadWording(DomainError):
    """The words of a block cannot stand in the report."""


class UnknownPlaceholder(BadWording):
    """A text names a figure that the review does not have."""


class TypedNumber(BadWording):
    """A text states a figure in digits typed by hand."""


def check_wording(
    text: str, *, keys: Collection[str], names: Collection[str] = (), printed: Mapping[str, str] | None = None
) -> str:
    """Return the text as it is kept: NFC, one line, keys in their own spelling ("{Nhà Ở}", "{nha o}" -> "{nhà ở}").

    `printed` maps keys to how they print now, for the advice which figure to take instead of a typed number.
    Raises BadWording for an empty text or a lone brace, UnknownPlaceholder, TypedNumber.
    """
    cleaned = re.sub(r"[ \t\r\n]+", " ", nfc(text)).strip()
    if not cleaned:
        raise BadWording("Đoạn này không còn chữ nào. Hãy viết nội dung, hoặc bấm “Lấy lại câu gợi ý”.")
    spelling = {fold(key): key for key in keys}

    def own(match: re.Match[str]) -> str:
        key = spelling.get(fold(match[1]))
        if key is None:
            raise UnknownPlaceholder(_unknown(match[1], keys))
        return "{" + key + "}"

    kept = TOKEN.sub(own, cleaned)
    bare = TOKEN.sub("", kept)
    if "{" in bare or "}" in bare:
        raise BadWording("Có dấu ngoặc nhọn lẻ. Mỗi số liệu viết dạng {tên số liệu}, mở và đóng ngoặc đủ.")
    typed = [span.text for literal, key in split_text(kept) if not key for span in unsourced_numbers(literal, names)]
    if typed:
        raise TypedNumber(_typed(typed, printed or {}))
    return kept


def _unknown(token: str, keys: Collection[str]) -> str:
    folded = {fold(key): key for key in keys}
    near = get_close_matches(fold(token), list(folded), n=1, cutoff=0.6)
    advice = f"Có phải {{{folded[near[0]]}}}?" if near else "Hãy chọn một số liệu trong danh sách bên cạnh."
    return f"Báo cáo này không có số liệu tên {{{token.strip()}}}. {advice}"


def _typed(typed: list[str], printed: Mapping[str, str]) -> str:
    shown = join_and([f"“{number}”" for number in dict.fromkeys(typed)])
    advice = next(
        (
            f" Số “{number}” có sẵn ở {{{key}}}."
            for number in typed
            for key, text in printed.items()
            if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", text)
        ),
        "",
    )
    return (
        f"Đoạn này có số gõ tay: {shown}. Mỗi con số trong báo cáo phải mở được đến nguồn, vì vậy hãy bỏ số này và chèn số liệu "
        f"tương ứng trong danh sách.{advice} Nếu là ngày, kỳ hoặc số văn bản, hãy viết đủ chữ: “ngày …”, “năm …”, “số …”."
    )


# ---------------------------------------------------------------- gates


@dataclass(frozen=True)
class Finding:
    """One thing a gate found, with the section in which it is, or the page where it is settled."""

    text: str
    section: str = ""
    url: str = ""


@dataclass(frozen=True)
class Gate:
    """One condition before signing. `state` is a word of the interface's states; a gate that `stops` keeps the paper back."""

    title: str
    state: str
    findings: tuple[Finding, ...] = ()
    note: str = ""
    stops: bool = False


class NotReady(DomainError):
    """Some gate keeps the review from being put before its signer."""

    def __init__(self, gates: Iterable[Gate]) -> None:
        super().__init__(
            f"Chưa trình ký được: {join_and([gate.title.lower() for gate in gates])}. Hãy mở từng mục ở khung kiểm tra để xử lý."
        )
