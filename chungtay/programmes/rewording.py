"""New words for an area of work: the earlier ones stay as a version, and the plans below are told."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.programmes.models import AreaOfWork, Programme, Wording
from chungtay.programmes.own_kinds import MAX_WORDS, WORDING
from chungtay.programmes.proposing import propose
from chungtay.programmes.registry import BadAnswer
from chungtay.programmes.wordings import next_wording, version_of


@transaction.atomic
def reword(*, area_of_work: AreaOfWork, title: str, basis: str, seen: int, now: datetime, by: User) -> Wording:
    """Give an area of work new words. seen: number of the version that the person saw, 1 when it never changed.

    Raises NotAllowed, BadAnswer.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=area_of_work.programme_id)
    access.require(by, "edit", Matter("programme", programme.area_id), on=localdate(now))
    area = AreaOfWork.objects.get(pk=area_of_work.pk)
    words, said = " ".join(title.split()), " ".join(basis.split())
    number = version_of(area)
    if number != seen:
        raise BadAnswer("Nội dung này vừa được người khác đổi. Hãy tải lại trang, xem lời mới rồi sửa tiếp.")
    if not words or len(words) > MAX_WORDS:
        raise BadAnswer(f"Nội dung phối hợp phải có lời, nhiều nhất {MAX_WORDS} ký tự. Hãy viết lại rồi gửi.")
    if words == area.title:
        raise BadAnswer("Lời mới giống hệt lời đang dùng. Hãy sửa nội dung, hoặc quay lại.")
    if not said:
        raise BadAnswer("Chưa ghi căn cứ. Hãy ghi văn bản hoặc cuộc họp đã thống nhất việc sửa đổi.")
    before = area.title
    made = next_wording(area, words, said, now=now)
    data = {"number": area.number, "version": made.number, "before": before, "after": words, "basis": said}
    audit.record("programmes.area_of_work.reworded", obj=area, area_id=programme.area_id, data=data, now=now, by=by)
    propose(
        programme=programme,
        kind=WORDING,
        subject=str(area.number),
        label=f"Nội dung phối hợp {area.number}",
        before=before,
        after=words,
        basis=said,
        held={
            one.programme_id: one.title
            for one in AreaOfWork.objects.filter(programme__parent=programme, number=area.number)
        },
        now=now,
        by=by,
    )
    return made
