"""What people type about a case: its proposal, each step on its way, lines of a list, and what the board is narrowed to."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from chungtay.kernel.money import MAX_VND
from chungtay.support.kinds import Kind, KindField, kinds, works_of
from chungtay.support.models import Role
from chungtay.support.rules import STATE_LABELS, Share, Source, labour
from chungtay.web.forms import DateField, Form, WholeNumberField

SPONSORS = 3
ORDER_WORDS = [
    ("", "Mới cập nhật trước"),
    ("cu", "Lâu chưa cập nhật trước"),
    ("gia-tri", "Giá trị lớn trước"),
    ("so", "Theo số hồ sơ"),
]
RELATION = [("no", "Không có quan hệ họ hàng, lợi ích"), ("yes", "Có liên quan")]


def _text(label: str, most: int, *, rows: int = 0, required: bool = True, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, help_text=hint)


class Filter(Form):
    """What the board is narrowed to."""

    q = _text("Tìm", 100, required=False)
    loai = forms.ChoiceField(label="Loại", required=False)
    don_vi = forms.ChoiceField(label="Đơn vị", required=False)
    nam = forms.IntegerField(label="Năm", required=False, min_value=2000, max_value=2100)
    xep = forms.ChoiceField(label="Xếp theo", required=False, choices=ORDER_WORDS)
    buoc = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), *((one.value, STATE_LABELS[one]) for one in STATE_LABELS)],
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[str, str]]] = {
            "loai": [("", "Mọi loại"), *((kind.code, kind.name) for kind in kinds().values())],
            "don_vi": [("", "Mọi đơn vị"), *units],
        }
        for name, choices in offered.items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices


class LimitFilter(Form):
    """Whose limits are shown, and of which day."""

    don_vi = forms.ChoiceField(label="Đơn vị", required=False)
    ngay = DateField(label="Ngày", required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(don_vi=units)


class LimitForm(Form):
    """What a place decides for a kind of support from a day on."""

    what = forms.ChoiceField(label="Loại hỗ trợ")
    most = WholeNumberField(label="Quỹ chi nhiều nhất (đồng)", required=False, help_text="Để trống: không đặt mức.")
    least = WholeNumberField(label="Quỹ chi ít nhất (đồng)", required=False)
    days = WholeNumberField(label="Số ngày niêm yết", required=False)
    again_years = WholeNumberField(label="Không hỗ trợ lại trong (năm)", required=False)
    valid_from = DateField(label="Từ ngày")
    valid_to = DateField(label="Đến trước ngày", required=False)
    legal_basis = _text(
        "Căn cứ", 200, hint="Số, ngày quyết định hoặc quy chế. Ví dụ: QĐ 12/QĐ-MTTQ-BTT ngày 14/01/2026"
    )
    is_verified = forms.BooleanField(label="Đã đối chiếu với văn bản", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (f"{kind.code}/{work}".rstrip("/"), f"{kind.name}, {words.lower()}" if words else kind.name)
            for kind in kinds().values()
            for work, words in {"": "", **works_of(kind)}.items()
        ]
        self.offer_choices(what=offered)

    def said(self) -> dict[str, Any]:
        """Return what was typed as `services.set_limit` takes it."""
        kind, _, work = self.cleaned_data["what"].partition("/")
        numbers = {name: self.cleaned_data[name] or 0 for name in ("days", "again_years")}
        names = ("most", "least", "valid_from", "valid_to", "legal_basis", "is_verified")
        return {"kind": kind, "work": work, **numbers, **{name: self.cleaned_data[name] for name in names}}


class Proposal(Form):
    """A proposal of one kind: what every case says, the kind's own fields (`d-…`), and who bears the cost."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = _text("Nội dung hỗ trợ", 200)
    hamlet = _text("Khóm, ấp", 80)
    need = _text("Hoàn cảnh, lý do cần hỗ trợ", 500, rows=3)
    needed_since = DateField(label="Cần hỗ trợ từ ngày", required=False)
    proposed_by = _text("Nơi, người đề nghị", 150, hint="Ví dụ: Ban Công tác Mặt trận Khóm 2")
    proposed_on = DateField(label="Ngày đề nghị")
    total = WholeNumberField(label="Tổng giá trị (đồng)", help_text="Các phần bên dưới phải cộng đúng số này.")
    fund = WholeNumberField(label="Quỹ chi (đồng)", required=False)
    state = WholeNumberField(label="Ngân sách (đồng)", required=False)
    family = WholeNumberField(label="Gia đình đối ứng (đồng)", required=False)
    days = WholeNumberField(label="Số ngày công", required=False)
    rate = WholeNumberField(label="Mức một ngày công (đồng)", required=False)
    workers = _text("Lực lượng góp ngày công", 200, required=False)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for field in kind.fields:
            self.fields[f"d-{field.code}"] = _own_field(field)
        for at in range(1, SPONSORS + 1):
            self.fields[f"sponsor{at}"] = _text(f"Nhà tài trợ trực tiếp {at}", 200, required=False)
            self.fields[f"gift{at}"] = WholeNumberField(label="Số tiền (đồng)", required=False)
        if kind.has_lines and kind.subject == "list":
            # Its lines say what it comes to; who pays is all that is asked.
            for name in ("total", "family", "days", "rate", "workers"):
                del self.fields[name]

    @property
    def own(self) -> list[forms.BoundField]:
        """The kind's own fields."""
        return [self[f"d-{field.code}"] for field in self.kind.fields]

    @property
    def sponsors(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and amount of each direct sponsor."""
        return [(self[f"sponsor{at}"], self[f"gift{at}"]) for at in range(1, SPONSORS + 1)]

    @property
    def details(self) -> dict[str, Any]:
        """The values of the kind's own fields, as JSON holds them."""
        values = {field.code: self.cleaned_data.get(f"d-{field.code}") for field in self.kind.fields}
        return {
            code: value.isoformat() if hasattr(value, "isoformat") else value
            for code, value in values.items()
            if value not in (None, "")
        }

    @property
    def shares(self) -> tuple[Share, ...]:
        """Who bears what, in the order of the form."""
        said = self.cleaned_data
        found = [Share(Source.FUND, said["fund"])] if said.get("fund") else []
        for at in range(1, SPONSORS + 1):
            who, amount = said.get(f"sponsor{at}") or "", said.get(f"gift{at}") or 0
            if who or amount:
                found.append(Share(Source.SPONSOR, amount, who.strip()))
        found += [Share(Source(name), said[name]) for name in ("state", "family") if said.get(name)]
        if said.get("days") or said.get("rate"):
            found.append(labour(said.get("days") or 0, said.get("rate") or 0, said.get("workers") or ""))
        return tuple(found)


def _own_field(field: KindField) -> forms.Field:
    required = not field.is_optional
    if field.type == "choice":
        choices = [("", "Chọn"), *field.choices]
        return forms.ChoiceField(label=field.label, choices=choices, required=required)
    if field.type == "number":
        return WholeNumberField(label=field.label, required=required)
    if field.type == "date":
        return DateField(label=field.label, required=required)
    return _text(field.label, 200, required=required)


class Step(Form):
    """A step as the person saw the case."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class Verify(Step):
    """What was found on the spot."""

    day = DateField(label="Ngày xác minh")
    verified_by = _text("Người đi xác minh", 200, hint="Họ tên, chức vụ từng người")
    found = _text("Kết quả xác minh", 500, rows=3)
    related = forms.ChoiceField(label="Người xác minh và hộ được hỗ trợ", choices=RELATION, widget=forms.RadioSelect)
    relation = _text("Nếu có: ai, quan hệ thế nào", 200, required=False)


class Post(Step):
    """Where a case hangs and since when."""

    first = DateField(label="Niêm yết từ ngày")
    place = _text("Nơi niêm yết", 200, hint="Ví dụ: Nhà văn hóa Khóm 2")


class Approve(Step):
    """A decision; the reasons are asked for only where there is something to give a reason for."""

    decision = _text("Số quyết định hoặc biên bản họp xét", 80)
    related = forms.ChoiceField(label="Bạn và hộ được hỗ trợ", choices=RELATION, widget=forms.RadioSelect)
    over_reason = _text("Lý do cho vượt định mức", 400, rows=2, required=False)
    again_reason = _text("Lý do hỗ trợ thêm lần nữa", 400, rows=2, required=False)


class Reason(Step):
    """Why a case goes back, or ends."""

    reason = _text("Lý do", 500, rows=3)


class Link(Step):
    """A voucher that paid the case."""

    voucher = forms.ChoiceField(label="Phiếu chi")
    amount = WholeNumberField(label="Số tiền chi cho hồ sơ này (đồng)")

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(offered)

    def offer(self, offered: Sequence[tuple[str, str]]) -> None:
        """Offer these vouchers (id, words)."""
        cast(forms.ChoiceField, self.fields["voucher"]).choices = list(offered)


class Deliver(Step):
    """When it was handed over."""

    on = DateField(label="Ngày trao, bàn giao")
    gives_rest = forms.BooleanField(label="Mọi dòng còn lại đều đã nhận trong ngày này", required=False)
    note = _text("Ghi chú; nếu có dòng không trao được thì ghi vì sao", 400, rows=2, required=False)


class Accept(Step):
    """The minutes of acceptance."""

    on = DateField(label="Ngày nghiệm thu")
    minutes = _text("Số biên bản nghiệm thu", 40)
    note = _text("Kết luận nghiệm thu", 400, rows=2, required=False)


class CommentForm(Form):
    """What somebody at the hamlet said."""

    said_by = _text("Người góp ý", 150, hint="Người không muốn nêu tên thì ghi “Không nêu tên”")
    said_on = DateField(label="Ngày góp ý")
    text = _text("Ý kiến", 1000, rows=3)


class AnswerForm(Form):
    """What is answered."""

    text = _text("Trả lời", 1000, rows=2)


class EvidenceForm(Form):
    """A picture or paper."""

    role = forms.ChoiceField(label="Đây là", choices=Role.choices)
    file = forms.FileField(
        label="Ảnh hoặc tài liệu", widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf,.docx,.xlsx"})
    )


class LineForm(Step):
    """One line of a list."""

    name = _text("Họ và tên", 150)
    hamlet = _text("Khóm, ấp", 80)
    quantity = WholeNumberField(label="Số suất", initial=1)
    value = WholeNumberField(label="Giá trị một suất (đồng)")
    note = _text("Ghi chú", 200, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what no line can be."""
        said = super().clean() or self.cleaned_data
        if (said.get("value") or 0) > MAX_VND:
            self.add_error("value", "Số tiền quá lớn.")
        return said


class SendList(Form):
    """A workbook with the lines of a list."""

    file = forms.FileField(label="Tệp Excel (.xlsx)", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
