"""Papers of a case that are signed by hand: minutes of acceptance, and the list on which each who receives signs."""

from datetime import date

from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import NBSP, date_text
from chungtay.kernel.words import amount_in_words
from chungtay.papers.sheets import Kind, Sheet, SheetColumn, SheetRow, write_sheet_pdf, write_sheet_workbook
from chungtay.papers.slips import Slip, SlipTable, write_slip_pdf
from chungtay.places import selectors as places
from chungtay.places.rules import BodyKind
from chungtay.support.models import Case, CaseStep
from chungtay.support.proposing import shares_of
from chungtay.support.rules import SOURCE_LABELS, Act

HAND = "(Ký, họ tên)"
SEAL = "(Ký, họ tên, đóng dấu)"
NOTE = "Mẫu tự thiết kế, chưa đối chiếu với mẫu của ngành."
SAMPLE = "Số liệu minh họa. "


def minutes_pdf(case: Case, today: date) -> bytes:
    """Return the minutes of acceptance and handing over as PDF; before acceptance with places to write number and day."""
    return write_slip_pdf(minutes_of(case, today))


def minutes_of(case: Case, today: date) -> Slip:
    """Return what the minutes say."""
    approved = CaseStep.objects.filter(case=case, act=Act.APPROVE).order_by("-id").first()
    accepted = CaseStep.objects.filter(case=case, act=Act.ACCEPT).order_by("-id").first()
    shares = shares_of(case)
    rows = [
        (str(at), SOURCE_LABELS[one.source], one.who or "", format_integer(one.amount))
        for at, one in enumerate(shares, 1)
    ]
    rows.append(("", "Cộng", "", format_integer(case.total)))
    who = case.household.head_name if case.household else case.title
    fields = [
        ("Hộ được hỗ trợ" if case.household_id else "Công trình, nội dung", who),
        ("Địa chỉ", ", ".join(part for part in (case.hamlet, _place(case, today)) if part)),
        ("Nội dung hỗ trợ", f"{case.of_kind.name}: {case.title}"),
        *case.of_kind.words_of(case.details),
        ("Theo quyết định", approved.data.get("decision", "") if approved else ""),
        ("Tổng giá trị", f"{format_integer(case.total)}{NBSP}đồng"),
        ("Viết bằng chữ", f"{amount_in_words(case.total)}."),
        ("Ngày trao, bàn giao", date_text(case.delivered_on) if case.delivered_on else ""),
        ("Kết luận nghiệm thu", accepted.reason if accepted else ""),
    ]
    return Slip(
        issuer=_issuer(case),
        address=f"Địa chỉ: {_place(case, today)}",
        copy="Lập thành 03 bản, mỗi bên giữ 01 bản",
        title="Biên bản nghiệm thu, bàn giao",
        dated_on=case.accepted_on or today,
        side=(f"Hồ sơ: {case}", f"Số: {case.minutes_number or '…………'}"),
        fields=tuple(fields),
        table=SlipTable(("TT", "Nguồn", "Đơn vị, cá nhân", "Giá trị (đồng)"), tuple(rows), frozenset({3})),
        signers=(
            ("Đại diện Mặt trận", SEAL, ""),
            ("Trưởng khóm, ấp", HAND, ""),
            ("Nhà tài trợ", HAND, ""),
            ("Bên nhận", HAND, case.household.head_name if case.household else ""),
        ),
        note=_note(case),
        code=f"{case} · bản {case.version}",
    )


def list_sheet(case: Case, today: date) -> Sheet:
    """Return the list on which everybody signs for what they get; struck lines are left out."""
    lines = case.lines.filter(is_struck=False).order_by("position")
    rows = [
        SheetRow((at, one.name, one.hamlet, one.quantity, one.value, one.amount, one.given_on, one.note or ""))
        for at, one in enumerate(lines, 1)
    ]
    packages = sum(int(row.cells[3]) for row in rows if isinstance(row.cells[3], int))
    amount = sum(int(row.cells[5]) for row in rows if isinstance(row.cells[5], int))
    rows.append(
        SheetRow((None, f"Cộng {format_integer(len(rows))} dòng", "", packages, None, amount, None, ""), is_sum=True)
    )
    return Sheet(
        code="ky-nhan",
        issuer=_issuer(case),
        title=f"Danh sách ký nhận {case.of_kind.name.lower()}",
        scope=f"{case.title}, hồ sơ {case}",
        columns=(
            SheetColumn("TT", 10, Kind.COUNT),
            SheetColumn("Họ và tên", 46),
            SheetColumn("Khóm, ấp", 28),
            SheetColumn("Số suất", 14, Kind.COUNT),
            SheetColumn("Giá trị một suất", 24, Kind.MONEY),
            SheetColumn("Thành tiền", 26, Kind.MONEY),
            SheetColumn("Ngày nhận", 22, Kind.DATE),
            SheetColumn("Ký nhận, ghi chú", 0),
        ),
        rows=tuple(rows),
        place=_place(case, today),
        dated_on=today,
        mark="số liệu minh họa" if case.is_sample else "",
        notes=(NOTE,),
        signers=(("Người lập danh sách", HAND), ("Người trao", HAND), ("Đại diện Mặt trận", SEAL)),
        is_landscape=True,
    )


def list_pdf(case: Case, today: date) -> bytes:
    """Return the list to sign as PDF."""
    return write_sheet_pdf(list_sheet(case, today))


def list_workbook(case: Case, today: date) -> bytes:
    """Return the list as .xlsx."""
    return write_sheet_workbook(list_sheet(case, today))


def _issuer(case: Case) -> tuple[str, ...]:
    return (places.body_at(case.area_id, BodyKind.MTTQ).name,)


def _place(case: Case, day: date) -> str:
    return places.name_on(case.area_id, day)


def _note(case: Case) -> str:
    return (SAMPLE if case.is_sample else "") + NOTE
