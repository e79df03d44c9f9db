"""Gifts beside the vouchers, as lists: promises, goods, and what was raised outside the fund; each with its paper and workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.funds import giving_lists as lists
from chungtay.funds.giving_forms import GivingFilter
from chungtay.funds.promises import STANDING_LABELS
from chungtay.funds.views.books import WRITERS, cells_of, heads_of, sheet_file
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.papers.sheets import Sheet
from chungtay.web.http import render_page

ON_A_PAGE = 100


@dataclass(frozen=True)
class Register:
    """A list of the fund: what it is called, how it is narrowed and ordered, and how its sheet is made."""

    here: str
    title: str
    about: str
    link: str  # the head of the column that opens a line
    orders: Mapping[str, str]
    make: Callable[[Visit, lists.Narrowed], Sheet]
    empty: tuple[str, str]
    states: Mapping[str, str] | None = None
    has_campaigns: bool = True
    new: tuple[str, str] = ("", "")  # address and words of the button


def _pledges(one: Visit, asked: lists.Narrowed) -> Sheet:
    lines = lists.pledges_like(one.fund, asked, today=one.today)
    return lists.pledge_sheet(one.fund, lines, asked, today=one.today)


def _goods(one: Visit, asked: lists.Narrowed) -> Sheet:
    return lists.goods_sheet(one.fund, lists.goods_like(one.fund, asked), asked, today=one.today)


def _outside(one: Visit, asked: lists.Narrowed) -> Sheet:
    return lists.outside_sheet(one.fund, lists.outside_like(one.fund, asked), asked, today=one.today)


REGISTERS = {
    "cam-ket": Register(
        "pledges",
        "Cam kết ủng hộ",
        "Ai hứa bao nhiêu, đã chuyển bao nhiêu, còn chờ bao nhiêu. Lời hứa không phải số đã nhận.",
        "Người đăng ký",
        {key: words for key, (words, _) in lists.PLEDGE_ORDERS.items()},
        _pledges,
        (
            "Chưa có cam kết nào",
            "Khi có người hứa ủng hộ, ghi cam kết để có mã chuyển khoản riêng và theo dõi đến khi nhận.",
        ),
        states={one.value: words for one, words in STANDING_LABELS.items()},
        new=("pledge-create", "Ghi cam kết"),
    ),
    "hien-vat": Register(
        "goods",
        "Hiện vật",
        "Từng loại hiện vật đã nhận, quy ra tiền, đã trao và còn lại. Bấm tên để xem từng lần nhập, xuất.",
        "Hiện vật",
        {key: words for key, (words, _) in lists.GOODS_ORDERS.items()},
        _goods,
        (
            "Quỹ chưa nhận hiện vật nào",
            "Hiện vật vào sổ bằng phiếu nhận hiện vật, ra khỏi sổ bằng phiếu xuất khi trao.",
        ),
        states=lists.GOODS_STATES,
        has_campaigns=False,
    ),
    "ngoai-quy": Register(
        "outside",
        "Vận động ngoài quỹ",
        "Trao trực tiếp tại cơ sở, không qua tài khoản của quỹ. Sai thì ghi dòng đính chính, không sửa dòng cũ.",
        "Nội dung",
        lists.OUTSIDE_ORDERS,
        _outside,
        ("Chưa có khoản nào ngoài quỹ", "Ghi khoản được trao trực tiếp tại cơ sở, kèm ảnh hoặc biên bản."),
        new=("outside-create", "Ghi khoản ngoài quỹ"),
    ),
}


@login_required
@require_safe
def register_list(request: HttpRequest, fund_id: UUID, code: str) -> HttpResponse:
    """Show a list: ?q= words, ?xem= state, ?dot= campaign, ?tu=&den= days, ?sap= order."""
    one, register, form = _asked(request, fund_id, code)
    sheet = register.make(one, form.narrowed())
    page = Paginator(sheet.rows[:-1], ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    new, new_label = register.new
    files = {name: f"{reverse('register-file', args=[fund_id, code, name])}?{query.urlencode()}" for name in WRITERS}
    context: dict[str, Any] = {
        "one": one,
        "register": register,
        "form": form,
        "is_narrowed": form.is_valid() and any(value for name, value in form.cleaned_data.items() if name != "sap"),
        "sheet": sheet,
        "heads": heads_of(sheet),
        "rows": [cells_of(sheet, row, link=register.link) for row in page.object_list],
        "foot": cells_of(sheet, sheet.rows[-1]),
        "page": page,
        "files": files,
        "here_url": reverse("register-list", args=[fund_id, code]),
        "new_url": reverse(new, args=[fund_id]) if new and one.may_draft else "",
        "new_label": new_label,
        "crumbs": crumbs(one, (register.title, "")),
    }
    return render_page(request, "funds/register.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def register_file(request: HttpRequest, fund_id: UUID, code: str, form: str) -> HttpResponse:
    """Send the list, narrowed as on the screen, as a file: "pdf" or "xlsx"."""
    one, register, asked = _asked(request, fund_id, code)
    if form not in WRITERS:
        raise Http404
    back = reverse("register-list", args=[fund_id, code])
    return sheet_file(
        request, register.make(one, asked.narrowed()), form, name=f"{code}-{one.today:%Y%m%d}.{form}", back=back
    )


def _asked(request: HttpRequest, fund_id: UUID, code: str) -> tuple[Visit, Register, GivingFilter]:
    one = visit(request, fund_id)
    if code not in REGISTERS:
        raise Http404
    register = REGISTERS[code]
    campaigns = lists.campaigns_of(one.fund) if register.has_campaigns else None
    form = GivingFilter(request.GET, states=register.states, campaigns=campaigns, orders=register.orders)
    return one, register, form
