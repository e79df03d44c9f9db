"""The lines of a list: added one by one or from a workbook, struck before the decision, never removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from chungtay.accounts.models import User
from chungtay.households.models import Household
from chungtay.kernel.folding import fold, nfc
from chungtay.kernel.money import MAX_VND
from chungtay.support.kinds import Subject
from chungtay.support.models import Case, PackageLine
from chungtay.support.moving import locked, told
from chungtay.support.proposing import OPEN, recount
from chungtay.support.rules import NotReady

MOST_LINES = 20_000
AT_ONCE = 2_000


@dataclass(frozen=True)
class LineDraft:
    """Who is to get `quantity` packages of `value` đồng each; `household` when the register knows them."""

    name: str
    hamlet: str
    value: int
    quantity: int = 1
    note: str = ""
    household: Household | None = None


def line_problems(draft: LineDraft) -> list[tuple[str, str]]:
    """Return what is wrong with a line, as (field, sentence)."""
    wrong = []
    if not draft.name.strip():
        wrong.append(("name", "Chưa ghi họ và tên."))
    elif len(draft.name) > 150:
        wrong.append(("name", "Họ và tên dài quá 150 chữ."))
    if not draft.hamlet.strip():
        wrong.append(("hamlet", "Chưa ghi khóm, ấp."))
    elif len(draft.hamlet) > 80:
        wrong.append(("hamlet", "Tên khóm, ấp dài quá 80 chữ."))
    if not 1 <= draft.quantity <= 1_000:
        wrong.append(("quantity", "Số suất phải từ 1 đến 1.000."))
    if not 1 <= draft.value <= MAX_VND // 1_000_000:
        wrong.append(("value", "Giá trị một suất phải lớn hơn 0 và không quá 1 tỷ đồng."))
    if len(draft.note) > 200:
        wrong.append(("note", "Ghi chú dài quá 200 chữ."))
    return wrong


@transaction.atomic
def add_lines(*, case: Case, lines: Sequence[LineDraft], revision: int, now: datetime, by: User) -> list[PackageLine]:
    """Add lines to a list that is still open; the total follows. Raises NotReady, CaseMovedOn, `access.require`'s."""
    row = _open_list(case, revision, now, by)
    wrong = [f"Dòng {at}: {sentence}" for at, draft in enumerate(lines, 1) for _, sentence in line_problems(draft)]
    if not lines:
        wrong.append("Chưa có dòng nào để thêm.")
    if any(one.household is not None and one.household.area_id != row.area_id for one in lines):
        wrong.append("Có hộ thuộc đơn vị khác. Danh sách chỉ ghi hộ của đơn vị mình.")
    last = row.lines.aggregate(last=Max("position"))["last"] or 0
    if last + len(lines) > MOST_LINES:
        wrong.append("Danh sách quá dài. Hãy chia thành nhiều hồ sơ.")
    if wrong:
        raise NotReady(wrong[:20])
    made = [
        PackageLine(
            case=row,
            position=last + at,
            household=one.household,
            name=nfc(one.name.strip()),
            hamlet=nfc(one.hamlet.strip()),
            quantity=one.quantity,
            value=one.value,
            note=nfc(one.note.strip()),
            name_key=fold(one.name)[:150],
        )
        for at, one in enumerate(lines, 1)
    ]
    PackageLine.objects.bulk_create(made, batch_size=AT_ONCE)
    told(recount(row, now=now, by=by))
    return made


@transaction.atomic
def strike_line(*, case: Case, line: PackageLine, revision: int, now: datetime, by: User) -> PackageLine:
    """Strike a line: it stays readable and counts no more. Raises NotReady, CaseMovedOn, `access.require`'s."""
    row = _open_list(case, revision, now, by)
    mine = row.lines.filter(pk=line.pk, is_struck=False).first()
    if mine is None:
        raise NotReady(["Dòng này đã gạch hoặc không thuộc danh sách. Hãy tải lại trang."])
    mine.is_struck = True
    mine.save(update_fields=["is_struck"])
    told(recount(row, now=now, by=by))
    return mine


def _open_list(case: Case, revision: int, now: datetime, by: User) -> Case:
    row = locked(case, "propose", revision, now=now, by=by)
    if row.of_kind.subject is not Subject.LIST or row.state not in OPEN:
        raise NotReady(["Danh sách chỉ sửa được trước khi xác minh, hoặc khi hồ sơ bị trả lại."])
    return row
