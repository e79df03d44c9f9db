"""Where the figures of an indicator are kept on record: one source at a time, dated; "returns" where nobody said otherwise.

Whatever else states the figure confirms it: it is held against the record and adds nothing to it.
"""

from datetime import date, datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.indicators.models import Indicator, RecordSource
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import one_dictionary
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text


class NoSourceOfItsOwn(DomainError):
    """A ratio is computed from its terms: they have sources, it has none."""


class NotAMonthsFirst(DomainError):
    """A source of record begins with a month, for no figure may be kept in two places."""


@transaction.atomic
def set_record_source(
    *, indicator: Indicator, keeper: Keeper, valid_from: date, legal_basis: str = "", now: datetime, by: User | None
) -> bool:
    """Say where the figures of an indicator are kept from a day on; return whether that is new.

    Raises NoSourceOfItsOwn, NotAMonthsFirst.
    """
    if indicator.kind == Kind.RATIO:
        raise NoSourceOfItsOwn(
            f"“{indicator.name}” là tỷ lệ, được tính từ hai chỉ tiêu khác: hãy chọn nguồn của chúng."
        )
    if valid_from.day != 1:
        raise NotAMonthsFirst(
            f"Nguồn ghi nhận đổi từ ngày đầu tháng, không đổi giữa chừng ({date_text(valid_from)}): "
            "một tháng chỉ có một nguồn."
        )
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    rows = RecordSource.objects.filter(indicator=indicator, valid_from__lte=valid_from).order_by("-valid_from", "-id")
    last = rows.first()
    if (Keeper(last.keeper) if last is not None else Keeper.RETURNS) is keeper:
        return False
    one_dictionary.loosen()
    source = RecordSource.objects.create(
        indicator=indicator, keeper=keeper, valid_from=valid_from, legal_basis=legal_basis.strip(), recorded_at=now
    )
    data = {"code": indicator.code, "keeper": keeper.value, "from": valid_from, "basis": source.legal_basis}
    audit.record("indicators.source.set", obj=indicator, data=data, now=now, by=by)
    return True
