"""What people type about claims: the number that a paper states, why it differs, why it no longer counts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from chungtay.figures.rules import Statement
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import read_decimal
from chungtay.places.rules import BODY_LABELS, BodyKind
from chungtay.web.forms import Form, PeriodField

Choices = Sequence[tuple[str, str]]
OTHER = ""
BODIES = [*((kind.value, BODY_LABELS[kind]) for kind in BodyKind), (OTHER, "Cơ quan khác")]


class StateClaim(Form):
    """A number in another paper: who says it, where it stands, which figure it is about."""

    body_kind = forms.ChoiceField(label="Loại cơ quan nêu số", choices=BODIES, required=False)
    said_by = forms.CharField(label="Tên cơ quan", max_length=200, help_text="Ví dụ Ủy ban MTTQ Việt Nam thành phố.")
    paper = forms.CharField(
        label="Văn bản",
        max_length=300,
        help_text="Tên hoặc số, ký hiệu, ngày, ví dụ Báo cáo số 45/BC-MTTQ ngày 05/07/2022.",
    )
    area = forms.ChoiceField(label="Số của đơn vị")
    indicator = forms.ChoiceField(label="Chỉ tiêu")
    period = PeriodField(label="Kỳ", help_text="Đúng kỳ mà văn bản nói: 2022, 2022Q3, 2022H1 hoặc 2020-01..2023-05.")
    value = forms.CharField(
        label="Số mà văn bản nêu",
        max_length=40,
        help_text="Ghi đủ chữ số theo đơn vị tính của chỉ tiêu; tiền ghi bằng đồng.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, areas: Choices, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(area=areas, indicator=indicators)

    def clean(self) -> dict[str, Any]:
        """Read the number in the unit of the indicator that was chosen."""
        data = super().clean() or self.cleaned_data
        if data.get("indicator") and data.get("value"):
            try:
                data["scaled"] = read_decimal(str(data["value"]), self._indicator.decimals)
            except DomainError as problem:
                self.add_error("value", str(problem))
        return data

    @property
    def _indicator(self) -> Indicator:
        code = str(self.cleaned_data["indicator"]).partition("|")[0]
        return indicators_by_code([code])[code]

    @property
    def said(self) -> Statement:
        """What the paper states."""
        code, _, dimension = str(self.cleaned_data["indicator"]).partition("|")
        data = self.cleaned_data
        return Statement(code, dimension, UUID(data["area"]), data["period"], data["scaled"])

    @property
    def body(self) -> BodyKind | None:
        """The kind of body that says it, None for one that has no kind."""
        chosen = str(self.cleaned_data["body_kind"])
        return BodyKind(chosen) if chosen else None


class ExplainClaim(Form):
    """Why the two numbers differ, with both as the person saw them."""

    text = forms.CharField(
        label="Giải trình",
        max_length=2000,
        help_text="Vì sao hai số khác nhau, đã hỏi ai, số nào được dùng.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    claimed = forms.IntegerField(widget=forms.HiddenInput)
    derived = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WithdrawClaim(Form):
    """Why a number that was typed in no longer counts."""

    prefix = "withdraw"
    note = forms.CharField(label="Lý do bỏ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
