"""What people type about households."""

from datetime import date
from typing import Any

from django import forms

from chungtay.households.classifying import Decision
from chungtay.households.register import LegalGround
from chungtay.households.rules import (
    GROUND_LABELS,
    KIND_LABELS,
    NEED_LABELS,
    PURPOSE_LABELS,
    Ground,
    Kind,
    NeedKind,
    Personal,
    Purpose,
)
from chungtay.web.forms import DateField, Form, WholeNumberField

_ANY = [("", "Tất cả")]


class Filter(Form):
    """What the list is narrowed to."""

    q = forms.CharField(label="Tìm tên, địa chỉ, không cần dấu", required=False, max_length=100)
    noi = forms.ChoiceField(label="Xã, phường", required=False)
    ap = forms.ChoiceField(label="Khóm, ấp", required=False)
    loai = forms.ChoiceField(
        label="Loại hộ", required=False, choices=_ANY + [(k.value, v) for k, v in KIND_LABELS.items()]
    )
    ngay = DateField(label="Vào ngày", required=False)
    nhu_cau = forms.ChoiceField(
        label="Nhu cầu", required=False, choices=_ANY + [(k.value, v) for k, v in NEED_LABELS.items()]
    )
    xep = forms.ChoiceField(
        label="Xếp theo", required=False, choices=[("ten", "Tên"), ("ap", "Khóm, ấp"), ("moi", "Mới đổi")]
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], hamlets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(noi=_ANY + places, ap=_ANY + [(name, name) for name in hamlets])
        if len(places) < 2:
            del self.fields["noi"]
        if not hamlets:
            del self.fields["ap"]


class ByNumber(Form):
    """A citizen's number or a telephone; sent in the body, so that it stands in no address and no log."""

    number = forms.CharField(label="Số căn cước hoặc điện thoại", max_length=20)


class Person(Form):
    """A household, as it is typed."""

    head_name = forms.CharField(label="Họ tên chủ hộ", max_length=100)
    hamlet = forms.CharField(label="Khóm, ấp", max_length=80)
    address = forms.CharField(label="Địa chỉ (số nhà, đường, tổ)", max_length=160, required=False)
    members = WholeNumberField(label="Số nhân khẩu")
    birth_year = forms.IntegerField(
        label="Năm sinh chủ hộ",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    cccd = forms.CharField(
        label="Số căn cước",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    @property
    def personal(self) -> Personal:
        """What was typed, not yet checked by the rules."""
        data = self.cleaned_data
        return Personal(**{name: data[name] for name in Person.base_fields})


class GroundForm(Form):
    """On what ground data is kept."""

    ground = forms.ChoiceField(label="Căn cứ để giữ dữ liệu", choices=[(k.value, v) for k, v in GROUND_LABELS.items()])
    document = forms.CharField(label="Văn bản hoặc bằng chứng đồng ý", max_length=200)
    day = DateField(label="Ngày của văn bản, của sự đồng ý")

    @property
    def legal_ground(self) -> LegalGround:
        """What was typed."""
        data = self.cleaned_data
        return LegalGround(Ground(data["ground"]), data["document"], data["day"])


class NewHousehold(Person, GroundForm):
    """A new household. `anyway`: write it although another looks the same."""

    anyway = forms.BooleanField(label="Tôi đã xem, đây là hộ khác", required=False)


class Correct(Person):
    """A correction; `version` is the one that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Purposes(Form):
    """For what somebody looks."""

    purpose = forms.ChoiceField(label="Xem để làm gì", choices=[(k.value, v) for k, v in PURPOSE_LABELS.items()])

    @property
    def asked(self) -> Purpose:
        """The purpose."""
        return Purpose(self.cleaned_data["purpose"])


class Classify(Form):
    """What a decision says."""

    kind = forms.ChoiceField(label="Loại hộ", choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    valid_from = DateField(label="Từ ngày")
    valid_to = DateField(label="Đến trước ngày", required=False)
    number = forms.CharField(label="Số quyết định", max_length=60)
    decided_on = DateField(label="Ngày quyết định")
    reason = forms.CharField(label="Nguyên nhân", max_length=200, required=False)

    @property
    def decision(self) -> Decision:
        """What was typed."""
        data = self.cleaned_data
        return Decision(
            Kind(data["kind"]), data["valid_from"], data["number"], data["decided_on"], data["valid_to"], data["reason"]
        )


class EndClass(Form):
    """That a class no longer holds, by which decision, from which day on."""

    day = DateField(label="Thôi từ ngày")
    decision_number = forms.CharField(label="Số quyết định thôi", max_length=60)


class Why(Form):
    """A reason."""

    reason = forms.CharField(label="Lý do", max_length=200)


class NewNeed(Form):
    """A need since a day."""

    kind = forms.ChoiceField(label="Nhu cầu", choices=[(k.value, v) for k, v in NEED_LABELS.items()])
    since = DateField(label="Từ ngày")
    note = forms.CharField(label="Mô tả ngắn", max_length=200, required=False)

    @property
    def need(self) -> tuple[NeedKind, date, str]:
        """What was typed."""
        return NeedKind(self.cleaned_data["kind"]), self.cleaned_data["since"], self.cleaned_data["note"]


class SendFile(Form):
    """A workbook of households."""

    file = forms.FileField(label="Tệp Excel (.xlsx)")


class TakeIn(GroundForm):
    """Taking a previewed file in."""

    with_doubts = forms.BooleanField(label="Nhận cả những hộ nghi trùng", required=False)


class SayBasis(GroundForm):
    """On what ground data is used for a purpose, or that this is taken back."""

    purpose = forms.ChoiceField(label="Mục đích", choices=[(k.value, v) for k, v in PURPOSE_LABELS.items()])
    ends = forms.BooleanField(label="Rút lại sự đồng ý cho mục đích này", required=False)

    @property
    def legal_ground(self) -> LegalGround:
        """What was typed."""
        data = self.cleaned_data
        return LegalGround(Ground(data["ground"]), data["document"], data["day"], Purpose(data["purpose"]))
