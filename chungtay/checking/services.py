"""Keeping a text that was checked, and what a person said a figure of it means."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.checking.models import CheckedText, Choice
from chungtay.checking.pairing import signature
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import key_labels
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc
from chungtay.kernel.periods import Period
from chungtay.programmes.models import Programme
from chungtay.reading import Figure

LONGEST = 1_000_000  # code points
LONGEST_TITLE = 200


class NothingToCheck(DomainError):
    """The text is empty or longer than can be answered while somebody waits."""


class UnknownMeaning(DomainError):
    """The chosen indicator or breakdown is none of the programme's."""


@transaction.atomic
def keep_text(
    *, programme: Programme, area_id: UUID, period: Period, title: str, text: str, now: datetime, by: User
) -> CheckedText:
    """Keep a text for checking. Raises NothingToCheck and what `access.require` raises."""
    plain = nfc(text.replace("\r\n", "\n").replace("\x00", ""))
    if not plain.strip():
        raise NothingToCheck(
            "Chưa có nội dung. Hãy dán văn bản hoặc chọn tệp có chữ (tệp ảnh quét thì không đọc được)."
        )
    if len(plain) > LONGEST:
        raise NothingToCheck("Văn bản dài quá một triệu chữ cái. Hãy chia thành nhiều phần rồi đối chiếu từng phần.")
    access.require(by, "edit", Matter("check", area_id), on=localdate(now))
    name = nfc(" ".join(title.split()))[:LONGEST_TITLE] or plain.strip().splitlines()[0][:LONGEST_TITLE]
    kept = CheckedText.objects.create(
        programme=programme,
        area_id=area_id,
        period_code=period.code,
        title=name,
        text=plain,
        sha256=hashlib.sha256(plain.encode()).hexdigest(),
        at=now,
        by=by,
    )
    told = {"programme": programme.code, "period": period.code, "sha256": kept.sha256}
    audit.record("checking.text.kept", obj=kept, area_id=area_id, data=told, now=now, by=by)
    return kept


@transaction.atomic
def choose(
    *, of: CheckedText, figure: Figure, indicator: Indicator | None, dimension: str = "", now: datetime, by: User
) -> Choice:
    """Say what figures like this one mean in texts of the programme; None says that they are none of its figures.

    Raises UnknownMeaning and what `access.require` raises.
    """
    access.require(by, "edit", of, on=localdate(now))
    if dimension and (indicator is None or dimension not in key_labels(indicator)):
        raise UnknownMeaning("Chỉ tiêu không có cách phân tổ này. Hãy chọn lại trong danh sách.")
    said = Choice.objects.create(
        programme=of.programme,
        signature=signature(figure, of.text),
        indicator=indicator,
        dimension=dimension,
        sample=of.text[max(0, figure.start - 60) : figure.end + 60][:300],
        at=now,
        by=by,
    )
    told = {"signature": said.signature, "indicator": indicator.code if indicator else "", "dimension": dimension}
    audit.record("checking.figure.chosen", obj=of, area_id=of.area_id, data=told, now=now, by=by)
    return said
