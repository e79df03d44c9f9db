"""Forms of the checks."""

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.web.forms import Form, PeriodField

Choices = Sequence[tuple[str, str]]


class HandIn(Form):
    """A text and what it is about."""

    programme = forms.ChoiceField(label="Chương trình")
    area = forms.ChoiceField(label="Đơn vị mà văn bản nói về")
    period = PeriodField(
        label="Kỳ mà văn bản nói về",
        help_text="Ví dụ 2022, 2022Q3, 2022H1 hoặc 2020-01..2023-05.",
    )
    title = forms.CharField(label="Tên văn bản", max_length=200, required=False, help_text="Để trống thì lấy dòng đầu.")
    file = forms.FileField(
        label="Tệp",
        required=False,
        help_text="Word (.docx), PDF có chữ, trang web (.html) hoặc văn bản thường (.txt), tối đa 20 MB.",
    )
    text = forms.CharField(
        label="Hoặc dán nội dung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "input", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, programmes: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(programme=programmes, area=areas)

    def clean(self) -> dict[str, Any]:
        """Ask for one of file and text."""
        data = super().clean() or self.cleaned_data
        if not data.get("file") and not str(data.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", "Hãy chọn một tệp, hoặc dán nội dung văn bản vào ô này.")
        return data


class Narrative(Form):
    """A unit's report in prose."""

    file = forms.FileField(
        label="Tệp báo cáo", required=False, help_text="Word (.docx), PDF có chữ, .html hoặc .txt, tối đa 20 MB."
    )
    text = forms.CharField(
        label="Hoặc dán nội dung báo cáo",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "input", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of file and text."""
        data = super().clean() or self.cleaned_data
        if not data.get("file") and not str(data.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", "Hãy chọn một tệp, hoặc dán nội dung báo cáo vào ô này.")
        return data
