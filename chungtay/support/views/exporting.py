"""The board and the list of what was handed over as workbooks: what is narrowed on the screen, masked, and noted."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.audit import services as audit
from chungtay.kernel.text import date_text
from chungtay.support import finding, forms, selectors
from chungtay.support.kinds import kinds
from chungtay.support.masking import masked
from chungtay.support.models import Case
from chungtay.support.rules import STATE_LABELS, State
from chungtay.support.sheets import Column, Value, write_list
from chungtay.support.views.board import units_of
from chungtay.support.views.doors import Visit, reader

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
CASES = (
    Column("Hồ sơ"),
    Column("Loại", 24),
    Column("Nội dung", 44),
    Column("Xã, phường", 22),
    Column("Khóm, ấp"),
    Column("Bước", 18),
    Column("Ngày đề nghị", 13),
    Column("Ngày duyệt", 13),
    Column("Ngày trao", 13),
    Column("Ngày nghiệm thu", 13),
    Column("Tổng giá trị (đồng)", 18),
    Column("Quỹ chi (đồng)", 18),
)
HANDED_OVER = (
    Column("Người nhận", 24),
    Column("Xã, phường", 22),
    Column("Khóm, ấp"),
    Column("Loại", 24),
    Column("Ngày", 13),
    Column("Suất", 8),
    Column("Giá trị (đồng)", 18),
    Column("Hồ sơ"),
    Column("Ghi chú", 24),
)


@login_required
@require_safe
def support_export(request: HttpRequest) -> HttpResponse:
    """Send the cases that the board shows, narrowed alike, in one list."""
    one = reader(request)
    units = dict(units_of(one))
    form = forms.Filter(request.GET, units=list(units.items()))
    asked = form.cleaned_data if form.is_valid() else {}
    found = selectors.cases_like(Case.objects.filter(area_id__in=one.areas("view")), asked)[:MOST]
    rows = [
        (
            str(row),
            row.of_kind.name,
            row.title,
            units.get(str(row.area_id), ""),
            row.hamlet,
            STATE_LABELS[State(row.state)],
            row.proposed_on,
            row.approved_on,
            row.delivered_on,
            row.accepted_on,
            row.total,
            row.fund_share,
        )
        for row in found
    ]
    return _sent(one, "Hồ sơ hỗ trợ", "ho-so-ho-tro", CASES, rows)


@login_required
@require_safe
def handover_export(request: HttpRequest) -> HttpResponse:
    """Send what was handed over as the list shows it, narrowed alike; names stay masked."""
    one = reader(request)
    units = dict(units_of(one))
    form = finding.Asked(request.GET, units=list(units.items()))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = [
        (
            masked(row.name),
            units.get(str(row.area_id), ""),
            row.hamlet,
            kinds()[row.kind].name,
            row.day,
            row.quantity,
            row.amount,
            str(row.case),
            "ghi nhầm, đã hủy" if row.undoes_id else "",
        )
        for row in finding.find_handovers(one.areas("view"), asked, length=MOST).rows
    ]
    return _sent(one, "Đã trao", "da-trao", HANDED_OVER, rows)


def _sent(
    one: Visit, title: str, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """Write the list, note who took how much of it, and send it."""
    told = list(rows)
    with transaction.atomic():
        audit.record("support.list.exported", data={"list": name, "rows": len(told)}, now=one.now, by=one.user)
    said = f"{title}, đến ngày {date_text(one.today)}. Tên người nhận đã che."
    said += f" Chỉ có {MOST:,} dòng đầu, hãy lọc thêm.".replace(",", ".") if len(told) == MOST else ""
    content = write_list(title, said, columns, told, one.today)
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{_file(name, one.today)}"'},
    )


def _file(name: str, day: date) -> str:
    return f"{name}-{day.isoformat()}.xlsx"
