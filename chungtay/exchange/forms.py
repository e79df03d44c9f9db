"""What people fill in: another system, a table of codes, a file to take in, what is to go out, a step of an import."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from chungtay.exchange.periods_of_theirs import NoCounterpart, UnknownPeriod, read_period
from chungtay.exchange.report_csv import DECIMAL_MARKS, SEPARATORS, Profile, read_columns
from chungtay.exchange.rules import FORMAT_LABELS, SCHEME_LABELS, STATE_LABELS, Format, Scheme, Strategy
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period, parse_period
from chungtay.web.forms import DateField, Form

Choices = Sequence[tuple[str, str]]
SCHEMES = [(scheme.value, SCHEME_LABELS[scheme]) for scheme in Scheme]
STRATEGIES = [
    (Strategy.CREATE_AND_UPDATE.value, "Thêm mới và sửa"),
    (Strategy.CREATE.value, "Chỉ thêm mới"),
    (Strategy.UPDATE.value, "Chỉ sửa số đã có"),
    (Strategy.DELETE.value, "Xóa các số trong tệp"),
]
REPORT, SDMX = "report", "sdmx"
OUT = [(f.value, FORMAT_LABELS[f]) for f in Format] + [(REPORT, "Bảng CSV cho hệ thống báo cáo"), (SDMX, "SDMX-JSON")]


class NewPartner(Form):
    """Another system and how it names things."""

    area = forms.ChoiceField(label="Của cơ quan")
    name = forms.CharField(label="Tên hệ thống", max_length=200, help_text="Ví dụ: DHIS2 của Sở Y tế.")
    code = forms.SlugField(
        label="Mã ngắn", max_length=40, help_text="Chữ không dấu, dùng khi gọi qua API. Ví dụ: dhis2-yte."
    )
    elements = forms.ChoiceField(label="Họ gọi chỉ tiêu theo", choices=SCHEMES)
    units = forms.ChoiceField(label="Họ gọi đơn vị theo", choices=SCHEMES)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(area=areas)


class SendTable(Form):
    """A table of codes."""

    file = forms.FileField(label="Bảng quy đổi", help_text="CSV hoặc Excel theo mẫu, tối đa 20.000 dòng.")


class SendFile(Form):
    """A file of another system."""

    file = forms.FileField(label="Tệp số liệu", help_text="JSON, CSV, XML của DHIS2 hoặc ADX; để nguyên hay nén .gz.")
    strategy = forms.ChoiceField(label="Cách nạp", choices=STRATEGIES)


class Outgoing(Form):
    """What is to go out, in which form."""

    indicators = forms.MultipleChoiceField(
        label="Chỉ tiêu",
        widget=forms.SelectMultiple(attrs={"size": 8, "class": "input"}),
        help_text="Giữ Ctrl để chọn nhiều.",
    )
    area = forms.ChoiceField(label="Đơn vị")
    descendants = forms.BooleanField(label="Cả các đơn vị bên dưới", required=False, initial=True)
    periods = forms.CharField(
        label="Kỳ", max_length=400, help_text="Ví dụ: 2022Q1 2022Q2, hoặc 2022-01..2022-12 để lấy mọi kỳ bên trong."
    )
    form = forms.ChoiceField(label="Định dạng", choices=OUT)
    totals = forms.BooleanField(label="Cả số tổng hợp của cấp trên (có ghi chú)", required=False)

    def __init__(self, *args: Any, indicators: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(indicators=indicators, area=areas)

    def clean_periods(self) -> tuple[list[Period], Period | None]:
        """Return the periods that were named, or the span inside which all are wanted."""
        words = str(self.cleaned_data["periods"]).replace(",", " ").split()
        found = [_period(word) for word in words]
        if len(words) == 1 and ".." in words[0]:
            return [], found[0]
        return found, None


class StepNote(Form):
    """Why a step is taken."""

    note = forms.CharField(
        label="Lý do", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "input"})
    )


class ImportFilter(Form):
    """Which imports are shown."""

    he_thong = forms.ChoiceField(label="Hệ thống", required=False)
    trang_thai = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Mọi trạng thái"), *((s.value, STATE_LABELS[s]) for s in STATE_LABELS)],
    )

    def __init__(self, *args: Any, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(he_thong=[("", "Mọi hệ thống"), *partners])


class WriteProfile(Form):
    """How the flat table is written."""

    separator = forms.ChoiceField(label="Dấu phân cách cột", choices=list(SEPARATORS.items()))
    decimal_mark = forms.ChoiceField(label="Dấu thập phân", choices=list(DECIMAL_MARKS.items()))
    columns = forms.CharField(
        label="Các cột",
        max_length=4_000,
        help_text="Mỗi dòng một cột: tiêu đề=trường, ví dụ Giá trị=value.",
        widget=forms.Textarea(attrs={"rows": 8, "class": "input", "spellcheck": "false"}),
    )
    valid_from = DateField(label="Áp dụng từ ngày")
    basis = forms.CharField(label="Căn cứ", max_length=300, required=False)
    is_verified = forms.BooleanField(label="Đã đối chiếu với đặc tả của hệ thống báo cáo", required=False)

    @property
    def profile(self) -> Profile:
        """The profile as it was filled in."""
        data = self.cleaned_data
        columns = read_columns(data["columns"])
        return Profile(data["separator"], data["decimal_mark"], columns, data["basis"], data["is_verified"])

    @classmethod
    def initial_of(cls, profile: Profile, today: date) -> dict[str, Any]:
        """Return what stands in the form of a profile."""
        columns = "\n".join(f"{head}={name}" for head, name in profile.columns)
        marks = {"separator": profile.separator, "decimal_mark": profile.decimal_mark}
        return marks | {
            "columns": columns,
            "valid_from": today,
            "basis": profile.basis,
            "is_verified": profile.is_verified,
        }


def _period(word: str) -> Period:
    try:
        return read_period(word)
    except (UnknownPeriod, NoCounterpart):
        pass
    try:
        return parse_period(word)
    except DomainError as wrong:
        raise forms.ValidationError(str(wrong)) from None
