"""Forms of the inbox, of what a person wants to hear how, and of a resend."""

from datetime import time
from typing import Any, cast

from django import forms

from chungtay.notices.registry import kinds
from chungtay.notices.rules import PACE_LABELS, STATE_LABELS, Pace
from chungtay.web.forms import Form

HOURS = [(time(hour).strftime("%H:%M"), f"{hour} giờ") for hour in range(24)]


class Filter(Form):
    """What an inbox is narrowed to."""

    q = forms.CharField(label="Tìm, không cần dấu", max_length=100, required=False)
    loai = forms.ChoiceField(label="Loại", required=False)
    chua_doc = forms.BooleanField(label="Chỉ thông báo chưa đọc", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "Mọi loại"), *((kind.code, kind.label) for kind in kinds())]
        cast(forms.ChoiceField, self.fields["loai"]).choices = offered


class Choices(Form):
    """Address, quiet hours and a pace for every kind."""

    email = forms.EmailField(label="Thư điện tử nhận thông báo", required=False, max_length=200)
    quiet_from = forms.ChoiceField(label="Không gửi từ", choices=HOURS)
    quiet_to = forms.ChoiceField(label="Đến", choices=HOURS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paces = [(pace.value, label) for pace, label in PACE_LABELS.items()]
        for kind in kinds():
            self.fields[f"kind-{kind.code}"] = forms.ChoiceField(
                label=kind.label, choices=paces, initial=kind.pace.value
            )

    def paces(self) -> dict[str, Pace]:
        """Return what was chosen, by kind."""
        data = self.cleaned_data
        return {kind.code: Pace(data[f"kind-{kind.code}"]) for kind in kinds()}


class SentFilter(Form):
    """What the list of deliveries is narrowed to."""

    q = forms.CharField(label="Người nhận", max_length=100, required=False)
    trang_thai = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Mọi trạng thái"), *((state.value, label) for state, label in STATE_LABELS.items())],
    )


class Resend(Form):
    """Why a message is sent again."""

    reason = forms.CharField(label="Vì sao gửi lại", max_length=300)


def hour(text: str) -> time:
    """Return the time of day that one of HOURS says."""
    return time.fromisoformat(text)
