"""What a person says of a new webhook, and which messages they want to see."""

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.web.forms import Form
from chungtay.webhooks.rules import STATE_LABELS, SUBJECT_LABELS, Subject


class RegisterHook(Form):
    """For which office, what it is for, where to, and what is told."""

    area = forms.ChoiceField(label="Của cơ quan")
    name = forms.CharField(label="Dùng cho việc gì", max_length=80)
    url = forms.CharField(label="Địa chỉ nhận", max_length=500, widget=forms.TextInput({"inputmode": "url"}))
    subjects = forms.MultipleChoiceField(
        label="Báo khi có thay đổi về",
        choices=[(one.value, SUBJECT_LABELS[one]) for one in Subject],
        widget=forms.CheckboxSelectMultiple,
        initial=[Subject.RETURNS.value],
    )
    only = forms.CharField(label="Chỉ các mã việc", max_length=400, required=False)

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(area=offices)


class DeliveryFilter(Form):
    """Which messages of a webhook."""

    trang_thai = forms.ChoiceField(
        label="Trạng thái",
        choices=[("", "Mọi trạng thái"), *((one.value, label) for one, label in STATE_LABELS.items())],
        required=False,
    )
