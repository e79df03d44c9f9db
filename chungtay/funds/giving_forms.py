"""What people type about gifts beside the books: promises, gifts outside the fund, campaigns, and what lists are narrowed to."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from chungtay.funds.campaigns import CampaignTerms
from chungtay.funds.forms import Between, Keyed, Reason
from chungtay.funds.giving_lists import NO_CAMPAIGN, Narrowed
from chungtay.funds.models import Campaign
from chungtay.web.forms import DateField, Form, WholeNumberField

NONE = "Không thuộc đợt nào"


class GivingFilter(Between):
    """What a list is narrowed to: words, state, campaign, days, order. A box that the list has no use for is left out."""

    q = forms.CharField(label="Tìm chữ, không cần dấu", required=False, max_length=100)
    xem = forms.ChoiceField(label="Tình trạng", required=False)
    dot = forms.ChoiceField(label="Đợt vận động", required=False)
    sap = forms.ChoiceField(label="Thứ tự", required=False)

    field_order = ("q", "xem", "dot", "tu", "den", "sap")

    def __init__(
        self,
        *args: Any,
        states: Mapping[str, str] | None = None,
        campaigns: Iterable[Campaign] | None = None,
        orders: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("xem", None if states is None else [("", "Tất cả"), *states.items()])
        named = None if campaigns is None else [(one.code, one.name) for one in campaigns]
        self._offer("dot", None if named is None else [("", "Tất cả"), (NO_CAMPAIGN, NONE), *named])
        self._offer("sap", list(orders.items()))

    def _offer(self, name: str, choices: list[tuple[str, str]] | None) -> None:
        if choices is None:
            del self.fields[name]
        else:
            self.offer_choices(**{name: choices})

    def narrowed(self) -> Narrowed:
        """Return what was asked for; a form with errors asks for everything."""
        said = self.cleaned_data if self.is_valid() else {}
        return Narrowed(
            said.get("q") or "",
            said.get("xem") or "",
            said.get("dot") or "",
            said.get("tu"),
            said.get("den"),
            said.get("sap") or "",
        )


class OfCampaign(Keyed):
    """Something that may belong to a campaign of the fund."""

    campaign = forms.ModelChoiceField(
        label="Đợt vận động", queryset=Campaign.objects.none(), required=False, empty_label=NONE
    )

    def __init__(self, *args: Any, campaigns: Iterable[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["campaign"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Campaign.objects.filter(pk__in=[one.pk for one in campaigns]).order_by("-starts_on")


class Promised(OfCampaign):
    """A new promise."""

    donor = forms.CharField(label="Người, đơn vị đăng ký", max_length=200)
    amount = WholeNumberField(label="Số tiền đăng ký (đồng)")
    pledged_on = DateField(label="Ngày đăng ký")
    due_on = DateField(label="Hẹn chuyển đến hết ngày", required=False)

    field_order = ("donor", "amount", "pledged_on", "due_on", "campaign", "key")


class LinkReceipt(Keyed):
    """A receipt that keeps a promise."""

    prefix = "link"
    number = forms.CharField(label="Số phiếu thu", max_length=30)
    amount = WholeNumberField(label="Số tiền của phiếu dành cho cam kết này (đồng)")


class UnlinkReceipt(Reason):
    """Why a receipt does not belong to a promise."""

    prefix = "unlink"
    number = forms.CharField(widget=forms.HiddenInput)


class CancelPledge(Reason):
    """Why a promise will not be kept."""

    prefix = "cancel"


class GivenOutside(OfCampaign):
    """A new gift that did not pass through the fund."""

    donor = forms.CharField(label="Người, đơn vị ủng hộ", max_length=200, required=False)
    what = forms.CharField(label="Đã ủng hộ gì, cho ai", max_length=300)
    amount = WholeNumberField(label="Giá trị (đồng)")
    given_on = DateField(label="Ngày trao")
    file = forms.FileField(
        label="Minh chứng: ảnh, biên bản",
        error_messages={"required": "Chưa chọn ảnh hoặc biên bản. Số ngoài quỹ phải có minh chứng."},
    )

    field_order = ("donor", "what", "amount", "given_on", "campaign", "file", "key")


class CorrectOutside(Keyed):
    """What a gift outside the fund is really worth, and why."""

    prefix = "mend"
    amount = WholeNumberField(label="Giá trị đúng (đồng)")
    what = forms.CharField(label="Lý do đính chính", max_length=280)
    file = forms.FileField(label="Minh chứng", required=False)


class Terms(Keyed):
    """What a campaign is announced as."""

    name = forms.CharField(label="Tên đợt vận động", max_length=200)
    starts_on = DateField(label="Nhận từ ngày")
    ends_on = DateField(label="Nhận đến hết ngày")
    distribution_ends_on = DateField(label="Phân bổ đến hết ngày", required=False)
    target = WholeNumberField(label="Mục tiêu (đồng)", required=False)
    appeal = forms.CharField(label="Văn bản kêu gọi", max_length=200, required=False)

    def terms(self) -> CampaignTerms:
        """Return what was typed. Call it on a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name in CampaignTerms.__match_args__}
        return CampaignTerms(**said)


class NewCampaign(Terms):
    """A campaign that begins."""

    code = forms.SlugField(
        label="Mã đợt",
        max_length=20,
        error_messages={"invalid": "Mã chỉ gồm chữ không dấu, số, gạch nối, ví dụ cao-diem-2025."},
    )


class ChangeCampaign(Terms):
    """A campaign that is announced anew."""

    reason = forms.CharField(label="Lý do thay đổi", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseYear(Form):
    """A year whose income and spending go over to the balance."""

    year = forms.IntegerField(min_value=1990, max_value=2100, widget=forms.HiddenInput)
