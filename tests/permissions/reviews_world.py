"""What addresses around a report speak of: a line of the file, a comment, a unit's statement; and what is posted there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chungtay.reviews import assessing, dossier
from chungtay.reviews.dossier_rules import Aspect, RecordKind
from chungtay.reviews.models import Review
from chungtay.reviews.rules import BlockKind
from tests.cast import Cast

ARRANGED = {
    "kind": "year",
    "held_on": "20/04/2023",
    "starts_at": "08:00",
    "place": "Hội trường",
    "chair": "Chủ tịch",
    "agenda": "Khai mạc",
    "seen": "0",
}


def args_of(review: Review, cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return what follows the review in an address."""
    paragraph = review.blocks.filter(kind=BlockKind.PARAGRAPH).order_by("position")[0]
    if url_name in ("review-record-end", "review-record-file", "review-record-invitation"):
        line = {"kind": RecordKind.DELEGATE, "name": "Ông Ba", "detail": "Chủ tịch xã", "now": now, "by": cast.officer}
        return (dossier.add_record(review=review, **line).pk,)
    if url_name == "review-comment-settle":
        return (dossier.comment_on(block=paragraph, text="Nêu thêm.", now=now, by=cast.officer).pk,)
    more: dict[str, tuple[Any, ...]] = {
        "review-record-add": ("delegate",),
        "review-comment-add": (paragraph.pk,),
        "review-changes": (1,),
        "review-publication-download": (1, "docx"),
        "review-assessment-take-up": ("limit",),
    }
    return more.get(url_name, ())


def statement_of(cast: Cast, review: Review, now: datetime) -> UUID:
    """Return a statement of the unit."""
    said = {"programme": review.programme, "area": cast.communes[0], "period_code": review.period_code}
    text = "Phối hợp chưa thường xuyên."
    return assessing.state_assessment(aspect=Aspect.LIMIT, text=text, now=now, by=cast.clerk, **said).pk


def data_of(cast: Cast, url_name: str, revision: int) -> Mapping[str, Any]:
    """Return what is posted: what would be right for somebody with the right."""
    asked: dict[str, Mapping[str, Any]] = {
        "review-arrange": ARRANGED,
        "review-record-add": {"delegate-name": "Bà Tư", "delegate-detail": "Phó Chủ tịch"},
        "review-comment-add": {"text": "Nêu thêm xã làm tốt."},
        "review-comment-settle": {"note": "Đã thêm."},
        "review-publish": {"revision": revision},
        "review-news": {"title": "Tin", "lead": "Hội nghị sơ kết.", "body": "Thân bài.", "seen": "0"},
        "assessment-list": {
            "programme": "500",
            "area": str(cast.communes[0].pk),
            "period": "2022",
            "aspect": "limit",
            "text": "Chậm.",
        },
    }
    return asked.get(url_name, {})
