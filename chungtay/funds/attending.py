"""What waits for a person at the funds of their place, one line for each sort: drafts to book, money to pay out, months to decide."""

from collections.abc import Iterator

from django.urls import reverse

from chungtay.access.rules import Matter
from chungtay.funds import overview
from chungtay.funds.books import chart
from chungtay.funds.models import Fund
from chungtay.kernel.numerals import format_integer
from chungtay.web.waiting import Asked, Waiting

ACTS = (("post", "voucher"), ("pay", "voucher"), ("confirm", "period"))


def waiting(asked: Asked) -> list[Waiting]:
    """Return what the person has to do at each fund (a few queries a fund; nobody acts at many)."""
    areas = {area for action, type_ in ACTS for area in asked.keys.areas_for(action, type_)}
    if not areas:
        return []
    funds = Fund.objects.filter(body__area_id__in=areas).select_related("body").order_by("code")
    return [one for fund in funds for one in _of_fund(asked, fund)]


def _of_fund(asked: Asked, fund: Fund) -> Iterator[Waiting]:
    keys, place = asked.keys, fund.body.area_id
    url = reverse("fund-detail", args=[fund.pk])
    if keys.can("post", Matter("voucher", place, "draft")):
        count = overview.drafts(fund).exclude(drafted_by=asked.user).count()
        if count:
            yield _line(f"Ghi sổ {format_integer(count)} chứng từ", fund, url, "Chờ ghi sổ", "Mở quỹ")
    if keys.can("pay", Matter("voucher", place, "posted")):
        count = overview.unpaid(fund, chart()).exclude(posted_by=asked.user).count()
        if count:
            yield _line(f"Chi tiền {format_integer(count)} phiếu", fund, url, "Chờ chi tiền", "Mở quỹ")
    if keys.can("confirm", Matter("period", place)):
        months = overview.months_of(fund.body, today=asked.today)
        count = sum(1 for one in months if one.is_asked and one.act and one.act.by_id != asked.user.pk)
        if count:
            label = f"Xác nhận khóa, mở sổ {format_integer(count)} tháng"
            yield _line(label, fund, reverse("month-list", args=[fund.pk]), "Chờ xác nhận", "Xem các tháng")


def _line(label: str, fund: Fund, url: str, state: str, action: str) -> Waiting:
    return Waiting(
        label, f"{fund.name}. Người khác đã lập, cần người thứ hai.", url, None, "for_signing", state, action
    )
