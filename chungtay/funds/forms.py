"""What people type about a fund besides vouchers: decisions and their reasons, and what a list is narrowed to."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from chungtay.web.forms import DateField, Form, WholeNumberField


class Keyed(Form):
    """A form that is served once however often it is sent: its key is made with the page."""

    key = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid4()))

    def with_new_key(self) -> None:
        """Give the page another key: what it sends from now on is another request."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data[self.add_prefix("key")] = str(uuid4())
            self.data = data


class Reason(Keyed):
    """A decision that has to say why."""

    reason = forms.CharField(label="Lý do", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class AskReversal(Reason):
    """Why a booked voucher should be undone."""

    prefix = "ask"


class DeclineReversal(Reason):
    """Why it stays as it is."""

    prefix = "decline"


class Confirm(Keyed):
    """A step without words."""


class Post(Keyed):
    """Booking a draft as it was seen; `override` is asked for only when a limit of spending was broken."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    override = forms.CharField(
        label="Lý do cho vượt định mức", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class Pay(Keyed):
    """Handing money out."""

    prefix = "pay"
    note = forms.CharField(label="Ghi chú khi chi", max_length=300, required=False)


class Month(Keyed):
    """A month of the books, and why it is opened again."""

    month = DateField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Lý do mở lại", max_length=500, required=False)


class Between(Form):
    """Days from and to, both inside; an empty one leaves that end open."""

    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến hết ngày", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data = super().clean() or self.cleaned_data
        if data.get("tu") and data.get("den") and data["den"] < data["tu"]:
            self.add_error("den", "Ngày cuối đứng trước ngày đầu. Hãy sửa một trong hai ngày.")
        return data


class VoucherFilter(Between):
    """What the list of vouchers is narrowed to."""

    q = forms.CharField(label="Tìm chữ, số phiếu, không cần dấu", required=False, max_length=100)
    loai = forms.ChoiceField(label="Loại", required=False)
    muc_dich = forms.ChoiceField(label="Mục đích", required=False)
    trang_thai = forms.ChoiceField(label="Tình trạng", required=False)
    it_nhat = WholeNumberField(label="Số tiền từ", required=False)
    nhieu_nhat = WholeNumberField(label="Số tiền đến", required=False)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(**{name: [("", "Tất cả"), *offered] for name, offered in choices.items()})
