"""A voucher as it is typed: its head, its lines, and what they mean in accounts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from chungtay.funds import accounts_offered as offered
from chungtay.funds.accounts_offered import Choice, Offer
from chungtay.funds.forms import Keyed
from chungtay.funds.models import Campaign, Draft, Fund, Purpose
from chungtay.funds.rules import Content, Line, lines_from_json
from chungtay.kernel.folding import nfc
from chungtay.ledger.entries import VoucherKind
from chungtay.web.forms import DateField, Form, WholeNumberField

MOST_LINES = 50
OUT, IN = "out", "in"
UNRESTRICTED = [("", "Không nêu mục đích")]


class Head(Keyed):
    """What a voucher says once; which of the boxes it has depends on its kind."""

    occurred_on = DateField(label="Ngày phát sinh")
    direction = forms.ChoiceField(
        label="Chiều chuyển", choices=[(OUT, "Chuyển đi cho cấp khác"), (IN, "Nhận từ cấp khác")]
    )
    till = forms.ChoiceField(label="Thu vào")
    party = forms.CharField(label="Người nộp", max_length=200)
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False)
    memo = forms.CharField(label="Nội dung", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    campaign = forms.ModelChoiceField(
        label="Đợt vận động", queryset=Campaign.objects.none(), required=False, empty_label="Không thuộc đợt nào"
    )
    attachments = WholeNumberField(label="Chứng từ gốc kèm theo", required=False)
    transfer = forms.CharField(
        label="Mã chuyển tiền",
        max_length=60,
        help_text="Hai bên ghi cùng một mã, để khi cộng các cấp không tính hai lần.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    LABELS = {
        VoucherKind.RECEIPT: {"till": "Thu vào", "party": "Người nộp tiền", "memo": "Lý do nộp"},
        VoucherKind.PAYMENT: {"till": "Chi từ", "party": "Người nhận tiền", "memo": "Lý do chi"},
        VoucherKind.IN_KIND_RECEIPT: {"party": "Người ủng hộ hiện vật", "memo": "Nội dung ủng hộ"},
        VoucherKind.IN_KIND_ISSUE: {"party": "Người nhận hiện vật", "memo": "Lý do xuất"},
        VoucherKind.TRANSFER: {"till": "Tài khoản tiền", "party": "Quỹ bên kia", "memo": "Nội dung chuyển"},
    }

    def __init__(self, *args: Any, kind: VoucherKind, fund: Fund, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = self.LABELS[kind]
        for name in ("till", "party", "memo"):
            if name in labels:
                self.fields[name].label = labels[name]
        for name, has in (
            ("till", "till" in labels),
            ("direction", kind is VoucherKind.TRANSFER),
            ("transfer", kind is VoucherKind.TRANSFER),
        ):
            if not has:
                del self.fields[name]
        if "till" in self.fields:
            _choose(self.fields["till"], _with_current(offer.tills, self.initial.get("till", "")))
        campaigns = Campaign.objects.filter(fund=fund).order_by("-starts_on")
        if campaigns.exists():
            self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        else:
            del self.fields["campaign"]

    def clean_attachments(self) -> int:
        """Return the number of papers, 0 for an empty box."""
        count = self.cleaned_data["attachments"] or 0
        if not 0 <= count <= 9_999:
            raise forms.ValidationError("Số chứng từ kèm theo là số từ 0 đến 9.999.")
        return count


class LineForm(Form):
    """One line of a voucher; a line in which nothing was typed is no line."""

    account = forms.ChoiceField(label="Khoản")
    item = forms.CharField(label="Hiện vật, đơn vị tính", max_length=100, required=False)
    quantity = WholeNumberField(label="Số lượng", required=False)
    amount = WholeNumberField(label="Số tiền (đồng)", required=False)
    purpose = forms.ChoiceField(label="Mục đích", required=False)
    donor = forms.CharField(label="Người ủng hộ, nếu khác", max_length=200, required=False)
    memo = forms.CharField(label="Ghi thêm", max_length=500, required=False)

    SHOWN = {
        VoucherKind.RECEIPT: ("account", "amount", "purpose", "donor"),
        VoucherKind.PAYMENT: ("account", "quantity", "amount", "purpose", "memo"),
        VoucherKind.IN_KIND_RECEIPT: ("item", "quantity", "amount", "purpose", "donor"),
        VoucherKind.IN_KIND_ISSUE: ("item", "quantity", "amount", "purpose", "memo"),
        VoucherKind.TRANSFER: ("amount", "purpose", "memo"),
    }
    LABELS = {
        VoucherKind.RECEIPT: {"account": "Thu từ"},
        VoucherKind.PAYMENT: {"account": "Chi cho"},
        VoucherKind.IN_KIND_RECEIPT: {"amount": "Giá trị (đồng)", "donor": "Người ủng hộ, nếu khác"},
        VoucherKind.IN_KIND_ISSUE: {"amount": "Giá trị (đồng)"},
    }

    def __init__(self, *args: Any, kind: VoucherKind, offer: Offer, purposes: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(self.fields) - set(self.SHOWN[kind]):
            del self.fields[name]
        for name, label in self.LABELS.get(kind, {}).items():
            self.fields[name].label = label
        if "account" in self.fields:
            choices = offer.sources if kind is VoucherKind.RECEIPT else offer.spending
            _choose(self.fields["account"], _with_current(choices, self.initial.get("account", "")))
        _choose(self.fields["purpose"], _with_current([*UNRESTRICTED, *purposes], self.initial.get("purpose", "")))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; a box of choices always holds something."""
        typed = [name for name in self.fields if name not in ("account", "purpose")]
        return self.is_bound and not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in typed)

    def clean(self) -> dict[str, Any]:
        """Refuse a line without an amount, and goods without a name or a count."""
        data = super().clean() or self.cleaned_data
        if "amount" not in self.errors and (data.get("amount") or 0) <= 0:
            self.add_error("amount", "Ghi số tiền lớn hơn 0.")
        if "item" in self.fields and not str(data.get("item") or "").strip():
            self.add_error("item", "Ghi tên hiện vật và đơn vị tính, ví dụ “gạo, kg”.")
        if "item" in self.fields and "quantity" not in self.errors and (data.get("quantity") or 0) <= 0:
            self.add_error("quantity", "Ghi số lượng lớn hơn 0.")
        if "item" not in self.fields and data.get("quantity") is not None and data["quantity"] < 0:
            self.add_error("quantity", "Số lượng không được âm.")
        return data


class VoucherForm:
    """A voucher as its page: the head and as many lines as it has."""

    def __init__(
        self, *, kind: VoucherKind, fund: Fund, offer: Offer, purposes: Iterable[Purpose], today: date
    ) -> None:
        self.kind, self.fund, self.offer = kind, fund, offer
        self.purposes = [(purpose.code, purpose.name) for purpose in purposes]
        self.typed_total: int | None = None
        self.head = Head(kind=kind, fund=fund, offer=offer, initial={"occurred_on": today, "till": self._usual_till()})
        self.lines = [self._line(0)]

    def from_draft(self, draft: Draft) -> "VoucherForm":
        """Fill the page with what a draft says."""
        lines = lines_from_json(draft.lines)
        first = lines[0] if lines else None
        is_in = first is not None and first.credit == offered.CAME
        takes = self.kind is VoucherKind.RECEIPT or is_in
        said = {
            "occurred_on": draft.occurred_on,
            "direction": IN if is_in else OUT,
            "till": (first.debit if takes else first.credit) if first else self._usual_till(),
            "party": draft.party,
            "address": draft.address,
            "memo": draft.memo,
            "campaign": draft.campaign_id,
            "attachments": draft.attachments,
            "transfer": draft.transfer,
            "revision": draft.revision,
        }
        self.head = Head(kind=self.kind, fund=self.fund, offer=self.offer, initial=said)
        self.lines = [self._line(at, initial=self._initial(line)) for at, line in enumerate(lines)] or [self._line(0)]
        return self

    def from_post(self, post: QueryDict) -> "VoucherForm":
        """Fill the page with what was sent."""
        count = post.get("count", "1")
        many = min(MOST_LINES, max(1, int(count))) if count.isdecimal() and len(count) < 4 else 1
        composed = post.copy()
        for name in composed:
            composed.setlist(name, [nfc(value).replace("\x00", "") for value in composed.getlist(name)])
        self.head = Head(composed, kind=self.kind, fund=self.fund, offer=self.offer, initial=self.head.initial)
        self.lines = [self._line(at, data=composed) for at in range(many)]
        return self

    def unchecked(self, *, with_new_line: bool) -> "VoucherForm":
        """Show again what was typed, without a word about it yet, and one more line when asked for."""
        typed = self.head.data
        self.typed_total = self.total
        said = {name: typed.get(self.head.add_prefix(name), "") for name in self.head.fields}
        self.head = Head(kind=self.kind, fund=self.fund, offer=self.offer, initial=said)
        self.lines = [
            self._line(at, initial={name: typed.get(line.add_prefix(name), "") for name in line.fields})
            for at, line in enumerate(self.lines)
        ]
        if with_new_line and len(self.lines) < MOST_LINES:
            self.lines.append(self._line(len(self.lines)))
        return self

    def is_valid(self) -> bool:
        """Check the head and every line in which something was typed; a voucher needs one line at least."""
        filled = [line for line in self.lines if not line.is_blank]
        checked = [form.is_valid() for form in (self.head, *(filled or self.lines[:1]))]
        return all(checked)

    @property
    def total(self) -> int:
        """The sum of the amounts that can be read."""
        if self.typed_total is not None:
            return self.typed_total
        return sum(_amount(line) for line in self.lines)

    def content(self) -> Content:
        """Return the voucher that was typed; only after `is_valid`."""
        said = self.head.cleaned_data
        lines = tuple(self._entry(line.cleaned_data) for line in self.lines if not line.is_blank)
        return Content(
            kind=self.kind,
            occurred_on=said["occurred_on"],
            lines=lines,
            memo=said["memo"],
            party=said["party"],
            address=said["address"],
            attachments=said["attachments"],
            transfer=said.get("transfer", ""),
        )

    @property
    def campaign(self) -> Campaign | None:
        """The drive that the voucher belongs to."""
        found = self.head.cleaned_data.get("campaign")
        return found if isinstance(found, Campaign) else None

    def _usual_till(self) -> str:
        return offered.CASH if any(code == offered.CASH for code, _ in self.offer.tills) else ""

    def _line(self, at: int, *, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> LineForm:
        return LineForm(
            data, prefix=f"line-{at}", kind=self.kind, offer=self.offer, purposes=self.purposes, initial=initial or {}
        )

    def _initial(self, line: Line) -> dict[str, Any]:
        return {
            "account": line.credit if self.kind is VoucherKind.RECEIPT else line.debit,
            "item": line.item,
            "quantity": line.quantity or None,
            "amount": line.amount,
            "purpose": line.purpose,
            "donor": line.donor,
            "memo": line.memo,
        }

    def _entry(self, said: dict[str, Any]) -> Line:
        debit, credit = self._accounts(said.get("account", ""))
        quantity = said.get("quantity") or 0
        item = said.get("item", "").strip()
        if self.kind is VoucherKind.PAYMENT and quantity:
            item = self.offer.units.get(debit, "đơn vị")
        donor = said.get("donor", "").strip()
        if not donor and (self.kind is VoucherKind.IN_KIND_RECEIPT or credit == offered.GIFT):
            donor = self.head.cleaned_data["party"]
        return Line(
            debit=debit,
            credit=credit,
            amount=said["amount"],
            purpose=said.get("purpose", ""),
            donor=donor,
            memo=said.get("memo", ""),
            item=item,
            quantity=quantity if item else 0,
        )

    def _accounts(self, chosen: str) -> tuple[str, str]:
        said = self.head.cleaned_data
        goods = self.offer.goods[0][0] if self.offer.goods else ""
        match self.kind:
            case VoucherKind.RECEIPT:
                return said["till"], chosen
            case VoucherKind.PAYMENT:
                return chosen, said["till"]
            case VoucherKind.IN_KIND_RECEIPT:
                return goods, offered.GIFT_IN_KIND
            case VoucherKind.IN_KIND_ISSUE:
                return offered.GIVEN, goods
            case _:
                return (said["till"], offered.CAME) if said["direction"] == IN else (offered.SENT, said["till"])


def _amount(line: LineForm) -> int:
    """Return the amount of a line as it was typed or as it stands, 0 when it cannot be read."""
    if line.is_bound:
        line.is_valid()
    amount = line.cleaned_data.get("amount") if line.is_bound else line.initial.get("amount")
    return amount if isinstance(amount, int) else 0


def _choose(field: forms.Field, choices: Sequence[Choice]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def _with_current(choices: Sequence[Choice], current: str) -> list[Choice]:
    """Offer also what stands in a draft that was written elsewhere."""
    known = {code for code, _ in choices}
    return [*choices, (current, f"Tài khoản {current}")] if current and current not in known else list(choices)
