"""All that is listed before a review is put before its signer and again before it is published."""

from collections.abc import Sequence

from chungtay.reviews.answers import ask_all
from chungtay.reviews.content import Content
from chungtay.reviews.gates import gates_of
from chungtay.reviews.models import Comment, Review, ReviewBlock
from chungtay.reviews.rules import Ask, Finding, Gate, Shape

TOLD = frozenset({Shape.SAID, Shape.RATIO})
BRIEF = 90


def gates_before(review: Review, content: Content, blocks: Sequence[ReviewBlock]) -> list[Gate]:
    """Return the gates of the content, then figures that wait for approval and comments that wait for an answer."""
    return [*gates_of(content, blocks), _waiting(content), _comments(open_comments(review))]


def open_comments(review: Review) -> list[Comment]:
    """Return the comments that nobody has settled, oldest first."""
    return list(review.comments.filter(end__isnull=True).select_related("by").order_by("at", "id"))


def _waiting(content: Content) -> Gate:
    """Figures that would print otherwise with what units have sent and nobody has approved: the report may go on without."""
    told: list[Ask] = [ask for ask in content.asks.values() if ask.shape in TOLD and not ask.dimension]
    if not told:
        return Gate("Không có số liệu chờ duyệt", "approved")
    whole = ask_all(
        [(ask.indicator, "", ask.area_id, ask.period_code, ask.on_map) for ask in told],
        main_area=told[0].area_id,
        known_at=content.answers.known_at,
        on_map=content.map_as_of,
        status="all",
    )
    found: dict[tuple[str, str], Finding] = {}
    for ask in told:
        with_sent = whole.of(ask.indicator, "", ask.area_id, ask.period_code, ask.on_map or None)
        approved = content.printer.answer(ask)
        if with_sent is not None and approved is not None and with_sent.value != approved.value:
            section = next((block.section for block in content.blocks if ask.key in block.keys), "")
            found.setdefault((ask.indicator, ask.period_code), Finding(f"{ask.label}: còn số liệu chờ duyệt", section))
    if found:
        note = "Báo cáo chỉ lấy số đã duyệt. Duyệt xong, hãy soạn lại theo ngày mới."
        return Gate(f"{len(found)} số liệu còn phần chờ duyệt", "explain", tuple(found.values()), note)
    return Gate("Không có số liệu chờ duyệt", "approved")


def _comments(waiting: Sequence[Comment]) -> Gate:
    if not waiting:
        return Gate("Mọi góp ý đã được xử lý", "approved")
    found = tuple(Finding(f"{one.by.full_name}: {_brief(one.text)}", one.section) for one in waiting)
    note = "Trả lời và khép từng góp ý ở trang Góp ý."
    return Gate(f"{len(found)} góp ý chưa xử lý", "draft", found, note, stops=True)


def _brief(text: str) -> str:
    return text if len(text) <= BRIEF else f"{text[:BRIEF].rsplit(' ', 1)[0]}…"
