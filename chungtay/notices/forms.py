"""Forms of the inbox, of what a person wants to hear how, of a resend, and of a chain."""

from collections.abc import Sequence
from datetime import time
from typing import Any, cast

from django import forms

from chungtay.notices.chains import Step, Who
from chungtay.notices.registry import ChainKind, kinds
from chungtay.notices.rules import PACE_LABELS, STATE_LABELS, Pace
from chungtay.web.forms import REQUIRED, DateField, Form, WholeNumberField

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


class ChainForm(Form):
    """The steps of a chain by who is told, an empty box for nobody; from when, on which basis, why."""

    area = forms.ChoiceField(label="Áp dụng cho (và các nơi bên dưới)")
    near = WholeNumberField(label="Nhắc trước hạn (ngày)", required=False)

    def __init__(self, *args: Any, kind: ChainKind, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whos = tuple(kind.whos)
        if not kind.is_near_told:
            del self.fields["near"]
        elif Who.DOER in kind.whos:
            self.fields["near"].label = f"{kind.whos[Who.DOER]}: nhắc trước hạn (ngày)"
        for who, words in kind.whos.items():
            is_needed = who is Who.DOER  # who has to do it always hears
            self.fields[f"late_{who}"] = WholeNumberField(label=f"{words}: báo khi trễ (ngày)", required=is_needed)
        self.fields["valid_from"] = DateField(label="Từ ngày")
        self.fields["legal_basis"] = forms.CharField(label="Căn cứ (số, ngày văn bản)", max_length=300)
        self.fields["is_verified"] = forms.BooleanField(label="Đã đối chiếu với văn bản gốc", required=False)
        self.fields["reason"] = forms.CharField(label="Vì sao đổi", max_length=300)
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
        for name in (f"late_{Who.DOER}", "valid_from", "legal_basis", "reason"):
            self.fields[name].error_messages["required"] = REQUIRED
        self.offer_choices(area=areas)

    def steps(self) -> list[Step]:
        """Return the steps that were asked for."""
        said = self.cleaned_data
        late = [Step(who, said[f"late_{who}"]) for who in self.whos if said.get(f"late_{who}") is not None]
        near = said.get("near")
        return late if near is None else [Step(Who.DOER, -near), *late]

    def clean(self) -> dict[str, Any]:
        """Days after the due day begin with 1."""
        said = super().clean() or self.cleaned_data
        for who in self.whos:
            days = said.get(f"late_{who}")
            if days is not None and days < 1:
                self.add_error(f"late_{who}", "Ghi số ngày trễ từ 1 trở lên, hoặc để trống nếu không báo.")
        if (said.get("near") or 0) < 0:
            self.add_error("near", "Ghi số ngày trước hạn từ 0 trở lên, hoặc để trống nếu không nhắc.")
        return said
