"""Recommendations and their answers, word for word as they were made public; nothing else of them is read."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chungtay.opendata.registry import window
from chungtay.opendata.rules import Asked, Dataset, Field, Kind, Row
from chungtay.supervision import selectors as supervision


def _recommendations(asked: Asked) -> Iterator[Row]:
    found = supervision.published_recommendations(window().areas(asked.day))
    for told in sorted(found, key=lambda one: (one.published_on, one.at, str(one.pk))):
        said: Mapping[str, Any] = told.frozen
        yield (
            str(told.pk), said["number"], said["body"], said["addressee"], said["text"], said["legal_basis"],
            _day(said.get("sent_on")), _day(said.get("due_on")), int(said.get("days_late") or 0), said["answer"], said["outcome"],
            said["reason"], told.published_on, told.number, told.content_hash,
        )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


RECOMMENDATIONS = Dataset(
    "recommendations",
    "Kiến nghị và trả lời",
    "Điều Mặt trận đã kiến nghị sau giám sát và trả lời của cơ quan nhận, nguyên văn như ngày công khai.",
    (
        Field("id", Kind.TEXT, "Định danh", "Mã định danh của lần công khai."),
        Field("number", Kind.TEXT, "Số kiến nghị", "Số, ký hiệu của kiến nghị."),
        Field("body", Kind.TEXT, "Cơ quan kiến nghị", "Tên tổ chức đã kiến nghị."),
        Field("addressee", Kind.TEXT, "Nơi nhận", "Cơ quan nhận kiến nghị."),
        Field("text", Kind.TEXT, "Kiến nghị", "Nguyên văn."),
        Field("legal_basis", Kind.TEXT, "Căn cứ", "Căn cứ nêu trong kiến nghị.", is_required=False),
        Field("sent_on", Kind.DATE, "Ngày gửi", "Ngày gửi.", is_required=False),
        Field("due_on", Kind.DATE, "Hạn trả lời", "Hạn trả lời.", is_required=False),
        Field("days_late", Kind.INTEGER, "Ngày quá hạn", "Số ngày quá hạn tính đến ngày công khai.", minimum=0),
        Field("answer", Kind.TEXT, "Trả lời", "Nguyên văn; trống khi chưa trả lời.", is_required=False),
        Field("outcome", Kind.TEXT, "Kết quả", "Tiếp thu hay không, bằng chữ.", is_required=False),
        Field("reason", Kind.TEXT, "Lý do", "Lý do khi không tiếp thu.", is_required=False),
        Field("published_on", Kind.DATE, "Ngày công khai", "Ngày công khai."),
        Field("published_in", Kind.TEXT, "Nơi công khai", "Nơi, số công khai."),
        Field("content_hash", Kind.TEXT, "Mã nội dung", "SHA-256 của nội dung đã công khai."),
    ),
    ("id",),
    _recommendations,
    keywords=("giám sát", "phản biện xã hội", "kiến nghị"),
    searched=("text", "answer"),
)
