"""What an article is made of, pure: figures written as {keys} in its words, how long it is read, and what has changed since."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chungtay.kernel.errors import DomainError

KEY = re.compile(r"\{([a-z0-9][a-z0-9_.:-]{0,59})\}")
TAG = re.compile(r"<[^>]+>")
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')  # the editor's own marks on paragraphs, new at every save
WORDS_A_MINUTE = 220  # syllables that an adult reads of Vietnamese prose, which is written syllable by syllable


class Form(StrEnum):
    """How a figure is written in a sentence."""

    SPOKEN = "spoken"  # money in tỷ or triệu with one decimal, everything else in full, with its unit
    FINE = "fine"  # the same with two decimals
    FULL = "full"  # every digit, with its unit
    NUMBER = "number"  # as spoken, without its unit
    GIVEN = "given"  # the words that came with it out of a review


FORM_LABELS = {
    Form.SPOKEN: "Như trong câu: 58,1 tỷ đồng, 400 căn",
    Form.FINE: "Kỹ hơn: 18,15 tỷ đồng",
    Form.FULL: "Đủ từng chữ số: 58.100.000.000 đồng",
    Form.NUMBER: "Chỉ con số: 58,1",
    Form.GIVEN: "Đúng chữ của báo cáo",
}


# What a reader is given of a revision, by the names under which Wagtail keeps it.
READ = (
    "title",
    "slug",
    "category",
    "lead",
    "author",
    "editor",
    "data_on",
    "picture",
    "programme",
    "seo_title",
    "search_description",
)
READ_OF_FIGURE = ("key", "label", "trace", "form", "given", "note", "in_box")


class UnknownFigures(DomainError):
    """A text speaks of figures that its article does not list."""

    def __init__(self, keys: Iterable[str]) -> None:
        listed = ", ".join(f"{{{key}}}" for key in sorted(keys))
        super().__init__(
            f"Bài có {listed} nhưng mục “Con số của bài” không có mã đó. Hãy thêm con số, hoặc sửa mã trong câu."
        )


@dataclass(frozen=True, slots=True)
class Frozen:
    """A figure as it was published: `mark` is its value written so that two can be told apart, `text` what was printed."""

    key: str
    text: str
    mark: str
    trace: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A published figure that the account now gives otherwise."""

    key: str
    label: str
    before: str
    now: str
    trace: str


def keys_in(text: str) -> list[str]:
    """Return the figures that a text speaks of, in order, each once."""
    return list(dict.fromkeys(KEY.findall(text)))


def check_keys(texts: Iterable[str], listed: Iterable[str]) -> None:
    """Return when every figure that is spoken of is listed. Raises UnknownFigures."""
    known = set(listed)
    if lacking := {key for text in texts for key in keys_in(text)} - known:
        raise UnknownFigures(lacking)


def reading_minutes(texts: Iterable[str]) -> int:
    """Return how many minutes the texts (HTML or plain) take to read: at least one."""
    words = sum(len(TAG.sub(" ", text).split()) for text in texts)
    return max(1, round(words / WORDS_A_MINUTE))


def split_keys(text: str) -> list[tuple[str, str]]:
    """Return the text as (words, key) pairs: words before a figure, and the figure, "" after the last one."""
    parts = KEY.split(text)
    words, keys = parts[::2], [*parts[1::2], ""]
    return list(zip(words, keys, strict=True))


def changed_since(
    frozen: Iterable[Frozen], now: Mapping[str, tuple[str, str]], labels: Mapping[str, str]
) -> list[Changed]:
    """Return the figures whose mark is no longer what was published. `now` gives (mark, text) by key; others are left out."""
    return [
        Changed(one.key, labels.get(one.key, one.key), one.text, now[one.key][1], one.trace)
        for one in frozen
        if one.key in now and now[one.key][0] != one.mark
    ]


def words_of(content: Mapping[str, Any]) -> str:
    """Return what a reader is given of a revision, written so that two can be compared; `content` as Wagtail keeps it.

    What saving alone changes (ids of blocks and of rows, times, states) is left out.
    """
    body = content.get("body") or "[]"
    said = {
        "page": [content.get(name) for name in READ],
        "figures": [[row.get(name) for name in READ_OF_FIGURE] for row in content.get("figures", ())],
        "tags": sorted(str(row.get("tag")) for row in content.get("tagged", ())),
        "body": _words_of_blocks(json.loads(body) if isinstance(body, str) else body),
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def _words_of_blocks(part: Any) -> Any:
    if isinstance(part, str):
        return BLOCK_KEY.sub("", part)
    if isinstance(part, list):
        return [_words_of_blocks(one) for one in part]
    if isinstance(part, dict):
        is_block = {"type", "value"} <= part.keys()
        return {name: _words_of_blocks(value) for name, value in part.items() if not (is_block and name == "id")}
    return part
