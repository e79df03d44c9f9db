"""A piece of news out of a review: title, lead, body around the same {figures}, and slots for pictures with captions."""

import re
from dataclasses import dataclass, replace
from datetime import date

from chungtay.kernel.text import date_text
from chungtay.papers.rules import split_text
from chungtay.reviews.content import Content
from chungtay.reviews.dossier_rules import check_words
from chungtay.reviews.idiom import capital, lower_first
from chungtay.reviews.rules import PROSE, DraftBlock, check_wording

BODY_PARAGRAPHS = 6
SECTION_OF_RESULTS = "ii"
LETTER = re.compile(r"^[a-zđ]\) ")
SENTENCES = re.compile(r"(?<=\.) ")
POINTER = re.compile(r"\b(Bảng|Hình|Biểu) \d")


@dataclass(frozen=True)
class Slot:
    """A place for a picture: what stands under it, and the id of the picture of the file, "" while none is chosen."""

    caption: str
    record: str = ""


@dataclass(frozen=True)
class Story:
    """A piece of news. `body`: paragraphs divided by an empty line, figures as {keys} of the review."""

    title: str
    lead: str
    body: str
    slots: tuple[Slot, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs."""
        return [part.strip() for part in self.body.replace("\r\n", "\n").split("\n\n") if part.strip()]


def first_story(
    content: Content, area_name: str, *, held_on: date | None = None, place: str = "", chair: str = ""
) -> Story:
    """Return the draft that the report and its conference suggest; whatever is not known yet is left out."""
    what = lower_first(" ".join(content.head.abstract[:1]))
    told = [block for block in content.blocks if _is_result(content, block)]
    opening = capital(content.head.issuer_in_text)
    if held_on is not None:
        at = f" tại {place}," if place else ""
        opening = f"Ngày {date_text(held_on)},{at} {content.head.issuer_in_text}"
    lead = f"{opening} tổ chức hội nghị {what}."
    if chair:
        lead += f" {capital(chair)} chủ trì hội nghị."
    if told:
        lead += f" {_plain(told[0].text)}"
    body = "\n\n".join(_plain(block.text) for block in told[1 : BODY_PARAGRAPHS + 1])
    caption = f"Quang cảnh hội nghị {what}."
    slots = (Slot(caption), Slot("Lãnh đạo trao khen thưởng cho tập thể, cá nhân tiêu biểu."))
    return Story(f"{area_name} {what}", lead, body or lead, slots)


def _plain(text: str) -> str:
    """Leave out what only a report has: the letter of a list, and the sentence that points to its tables."""
    kept = [part for part in SENTENCES.split(LETTER.sub("", text)) if not POINTER.search(part)]
    return capital(" ".join(kept))


def _is_result(content: Content, block: DraftBlock) -> bool:
    if block.kind not in PROSE or not block.section.startswith(f"{SECTION_OF_RESULTS}-") or not block.keys:
        return False
    return all(key in content.asks and content.printer.is_known(content.asks[key]) for key in block.keys)


def check_story(story: Story, content: Content) -> Story:
    """Return the story as it is kept. Raises BadRecord for an empty part, BadWording for a typed or unknown figure."""
    printed = {key: figure.text for key, figure in content.printed.items()}

    def words(text: str, what: str) -> str:
        said = check_words(text, what)
        return check_wording(said, keys=content.asks, names=content.names_with_digits, printed=printed)

    return replace(
        story,
        title=words(story.title, "Tít"),
        lead=words(story.lead, "Sa-pô"),
        body="\n\n".join(words(part, "Thân bài") for part in story.paragraphs) or words("", "Thân bài"),
        slots=tuple(replace(slot, caption=words(slot.caption, "Chú thích ảnh")) for slot in story.slots),
    )


@dataclass(frozen=True)
class Run:
    """A stretch of a story: plain words, or a printed figure with the page of its source."""

    text: str
    url: str = ""


def runs_of(text: str, content: Content) -> list[Run]:
    """Return a text with its figures as they print."""
    found = []
    for literal, key in split_text(text):
        if not key:
            found.append(Run(literal))
        elif key in content.printed:
            found.append(Run(content.printed[key].text, content.printed[key].url))
        else:
            found.append(Run(f"{{{key}}}"))
    return found
