"""Orders of transfer of a fund: what is ordered, under way, booked by both ends; and a new one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.funds import services
from chungtay.funds.forms import Keyed
from chungtay.funds.models import Fund, TransferOrder
from chungtay.funds.selectors import chart
from chungtay.funds.transfers import Stage, stages
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.web.forms import DateField, WholeNumberField
from chungtay.web.http import redirect_with, render_page


class Receiver(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A fund, told apart by whose it is: many bear the same name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.body.name}"


class OrderForm(Keyed):
    """Who gets how much, what for, and by when it should stand in the other book."""

    receiver = Receiver(label="Quỹ nhận", queryset=Fund.objects.none(), empty_label="Chọn quỹ nhận")
    code = forms.CharField(
        label="Mã chuyển tiền", max_length=60, help_text="Ghi vào chứng từ của cả hai quỹ, ví dụ CT-2025-01."
    )
    amount = WholeNumberField(label="Số tiền (đồng)")
    purpose = forms.ChoiceField(label="Mục đích", required=False)
    memo = forms.CharField(label="Nội dung", max_length=500)
    due_on = DateField(label="Nơi nhận ghi sổ trước ngày", required=False)

    def __init__(self, *args: Any, sender: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        receiver = self.fields["receiver"]
        if isinstance(receiver, Receiver):
            receiver.queryset = Fund.objects.exclude(pk=sender.pk).select_related("body").order_by("name", "pk")
        self.offer_choices(purpose=[("", "Không có mục đích riêng"), *sender.purposes.values_list("code", "name")])


@login_required
@require_http_methods(["GET", "POST"])
def transfer_list(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show the orders of transfer with how far they are; take a new one from whoever drafts vouchers."""
    one = visit(request, fund_id)
    form = None
    if request.method == "POST":
        one.require("draft")
        form = OrderForm(request.POST, sender=one.fund)
        if form.is_valid() and form.try_(_order, one=one, request=request, said=form.cleaned_data):
            said = "Đã lập lệnh. Kế toán lập chứng từ chuyển tiền mang mã này; nơi nhận ghi sổ theo cùng mã."
            return redirect_with(request, said, reverse("transfer-list", args=[fund_id]))
    elif one.may_draft:
        form = OrderForm(sender=one.fund)
    rows = [_row(one, stage) for stage in stages(one.fund, chart(), on=one.today)]
    context = {"one": one, "rows": rows, "form": form, "crumbs": crumbs(one, ("Chuyển tiền giữa các quỹ", ""))}
    return render_page(request, "funds/transfer_list.html", context, status=422 if form and form.errors else 200)


def _order(*, one: Visit, request: HttpRequest, said: dict[str, Any]) -> None:
    terms = {name: value for name, value in said.items() if name != "key"}

    def order() -> dict[str, object]:
        return {"order": services.order_transfer(sender=one.fund, now=one.now, by=one.user, **terms).code}

    one.once("funds.transfer.order", request, order)


def _row(one: Visit, stage: Stage) -> dict[str, object]:
    order: TransferOrder = stage.order
    is_sender = order.sender_id == one.fund.pk
    return {
        "stage": stage,
        "order": order,
        "other": order.receiver if is_sender else order.sender,
        "way": "Chuyển đi" if is_sender else "Nhận về",
        "state": _state(stage),
    }


def _state(stage: Stage) -> tuple[str, str]:
    if stage.came_on is not None:
        return "approved", "Hai bên đã ghi sổ"
    if stage.sent_on is None:
        return ("late", "Quá hạn, chưa chuyển") if stage.is_late else ("not_started", "Chưa chuyển")
    return ("late", "Quá hạn, nơi nhận chưa ghi") if stage.is_late else ("provisional", "Đang chuyển")
