"""What people type about a fund's bank: accounts, files, how columns are read, what explains a line, payment codes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from chungtay.banking.banks import BANKS
from chungtay.banking.cells import DateStyle, NumberStyle
from chungtay.banking.columns import DAYS, MONEY, Field, words
from chungtay.banking.profiles import HEADER_WITHIN, Profile
from chungtay.banking.vietqr import MAX_AMOUNT
from chungtay.funds.bank.listing import IN, OUT, Asked
from chungtay.funds.forms import Between, Keyed
from chungtay.funds.models import Campaign, Fund, LineState
from chungtay.kernel.numerals import NumberProblem
from chungtay.ledger.numbering import BadVoucherNumber, parse_number
from chungtay.textsearch.parsing import parse
from chungtay.web.forms import DateField, Form, WholeNumberField

MOST_VOUCHERS = 20
BY_NAME = [(code, name) for name, code in sorted((name, code) for code, name in BANKS.items())]
FIELD_NAMES = {
    Field.BOOKED: "Ngày hạch toán",
    Field.TRADED: "Ngày giao dịch",
    Field.VALUE: "Ngày hiệu lực",
    Field.REF: "Số tham chiếu",
    Field.DEBIT: "Tiền ra (ghi nợ)",
    Field.CREDIT: "Tiền vào (ghi có)",
    Field.AMOUNT: "Số tiền, một cột có dấu",
    Field.SIGN: "Dấu, nợ hay có",
    Field.FEE: "Phí",
    Field.BALANCE: "Số dư",
    Field.TEXT: "Nội dung",
    Field.NAME: "Tên đối ứng",
    Field.ACCOUNT: "Tài khoản đối ứng",
    Field.BANK: "Ngân hàng đối ứng",
}


class OpenAccount(Form):
    """An account that a fund has at a bank."""

    bank = forms.ChoiceField(label="Ngân hàng", choices=BY_NAME)
    number = forms.RegexField(
        label="Số tài khoản",
        regex=r"\A[0-9A-Za-z]{4,19}\Z",
        error_messages={"invalid": "Số tài khoản gồm 4 đến 19 chữ số hoặc chữ cái không dấu, viết liền."},
    )
    holder = forms.CharField(label="Tên tài khoản, như ngân hàng ghi", max_length=150)
    code = forms.SlugField(
        label="Tên gọi ngắn",
        max_length=40,
        error_messages={"invalid": "Chỉ dùng chữ không dấu, chữ số và dấu gạch ngang, ví dụ vnn-vietcombank."},
    )
    ledger_account = forms.ChoiceField(label="Tài khoản trên sổ")

    def __init__(self, *args: Any, tills: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(ledger_account=[(code, f"{code} {name}") for code, name in tills])


class SendFile(Form):
    """A statement from the bank."""

    file = forms.FileField(
        label="Tệp sao kê",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.pdf,.mt940,.sta,.940,.xml"}),
        error_messages={
            "required": "Bạn chưa chọn tệp. Hãy chọn tệp sao kê rồi bấm lại.",
            "empty": "Tệp này trống (0 byte). Hãy tải lại sao kê từ ngân hàng.",
        },
    )


class PointAtColumns(Form):
    """Which row names the columns, what each column is, how numbers and days are written."""

    header_row = forms.TypedChoiceField(label="Dòng nào ghi tên cột", coerce=int)
    numbers = forms.ChoiceField(
        label="Cách viết số",
        choices=[
            (NumberStyle.AUTO, "Tự nhận, cả hai kiểu"),
            (NumberStyle.DOT, "1.234.567"),
            (NumberStyle.COMMA, "1,234,567"),
        ],
    )
    dates = forms.ChoiceField(
        label="Cách viết ngày",
        choices=[(DateStyle.DAY_FIRST, "ngày/tháng/năm"), (DateStyle.MONTH_FIRST, "tháng/ngày/năm")],
    )
    plus = forms.ChoiceField(
        label="Nếu chỉ có một cột số tiền", choices=[("in", "Số dương là tiền vào"), ("out", "Số dương là tiền ra")]
    )

    def __init__(self, *args: Any, rows: list[list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        filled = [(at, f"Dòng {at}") for at, row in enumerate(rows, start=1) if sum(map(bool, row)) > 1]
        self.fields["header_row"].choices = filled  # type: ignore[attr-defined]
        choices = [("", "Bỏ qua"), *((field.value, name) for field, name in FIELD_NAMES.items())]
        for at in range(len(rows[0])):
            label = f"Cột {at + 1} là"
            widget = forms.Select(attrs={"class": "input"})
            self.fields[f"column-{at}"] = forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)

    @property
    def columns(self) -> list[forms.BoundField]:
        """The boxes of the columns, from the left."""
        return [self[f"column-{at}"] for at in range(len(self.rows[0]))]

    def clean(self) -> dict[str, Any]:
        """Refuse columns without a day or an amount, one meaning twice, and names that cannot be told apart."""
        data = super().clean() or self.cleaned_data
        chosen = self._chosen(data)
        fields = [field for _, field in chosen]
        if not set(fields) & set(DAYS):
            raise forms.ValidationError("Chưa chỉ cột nào là ngày.")
        if not set(fields) & set(MONEY):
            raise forms.ValidationError("Chưa chỉ cột nào là số tiền.")
        if len(set(fields)) < len(fields):
            raise forms.ValidationError("Có hai cột được chỉ là cùng một thứ. Mỗi thứ chỉ một cột.")
        names = [words(title) for title, _ in chosen]
        if "" in names or len(set(names)) < len(names):
            raise forms.ValidationError(
                "Dòng tên cột bạn chọn có ô trống hoặc hai tên giống nhau ở các cột đã chỉ. "
                "Hãy chọn đúng dòng tên cột, hoặc đặt tên cột trong tệp rồi nộp lại."
            )
        return data

    def profile(self) -> Profile:
        """Return how the file is laid out; only after `is_valid`."""
        data = self.cleaned_data
        return Profile(
            name="Người dùng chỉ cột",
            aliases={words(title): field for title, field in self._chosen(data)},
            numbers=NumberStyle(data["numbers"]),
            dates=DateStyle(data["dates"]),
            header_within=HEADER_WITHIN,
            header_row=None,
            plus_is_in=data["plus"] == "in",
        )

    def _chosen(self, data: dict[str, Any]) -> list[tuple[str, Field]]:
        row = data.get("header_row")
        titles = self.rows[row - 1] if isinstance(row, int) else [""] * len(self.rows[0])
        return [(title, Field(found)) for at, title in enumerate(titles) if (found := data.get(f"column-{at}"))]


class LineFilter(Between):
    """What the list of a bank's lines is narrowed to, and its order."""

    q = forms.CharField(label="Tìm tên, nội dung, tham chiếu; không cần dấu", required=False, max_length=200)
    trang_thai = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[
            ("", "Tất cả"),
            *((s.value, s.label.capitalize()) for s in sorted(LineState, key=lambda s: s.value != "unmatched")),
        ],
    )
    chieu = forms.ChoiceField(
        label="Chiều", required=False, choices=[("", "Cả hai"), (IN, "Tiền vào"), (OUT, "Tiền ra")]
    )
    it_nhat = WholeNumberField(label="Số tiền từ", required=False)
    nhieu_nhat = WholeNumberField(label="Số tiền đến", required=False)
    xep = forms.ChoiceField(
        label="Xếp theo",
        required=False,
        choices=[
            ("moi", "Ngày, mới trước"),
            ("cu", "Ngày, cũ trước"),
            ("vao", "Tiền vào, lớn trước"),
            ("ra", "Tiền ra, lớn trước"),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Read the box for words and amounts."""
        data = super().clean()
        data["query"] = None
        if data.get("q"):
            try:
                data["query"] = parse(data["q"])
            except NumberProblem as problem:
                self.add_error("q", str(problem))
        return data

    def asked(self) -> Asked:
        """Return what was asked; nothing of a form with errors."""
        if not self.is_valid():
            return Asked()
        data, query = self.cleaned_data, self.cleaned_data["query"]
        return Asked(
            words=query.words if query and query.keys else (),
            state=data["trang_thai"],
            side=data["chieu"],
            first=data["tu"],
            last=data["den"],
            low=data["it_nhat"] if data["it_nhat"] is not None else query and query.amount_from,
            high=data["nhieu_nhat"] if data["nhieu_nhat"] is not None else query and query.amount_to,
            order=data["xep"] or "moi",
        )


class ExplainLine(Keyed):
    """What a line is explained by; `seen` is the last word on it as the page showed it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class SayWhy(ExplainLine):
    """A word on a line that needs a reason."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class LeaveOut(SayWhy):
    """Why a line is none of the books' business."""

    prefix = "out"


class TakeBack(SayWhy):
    """Why what was said is taken back."""

    prefix = "back"


class Reveal(Form):
    """What the full account is looked at for."""

    purpose = forms.CharField(label="Xem để làm gì", max_length=200)


class VoucherPart(Form):
    """One voucher and how many đồng of the line it explains; both empty: no row."""

    voucher = forms.CharField(label="Số chứng từ", max_length=40, required=False)
    amount = WholeNumberField(label="Giải thích (đồng)", required=False)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields)

    def clean_voucher(self) -> tuple[str, int, int]:
        """Return prefix, year and number."""
        try:
            return parse_number(self.cleaned_data["voucher"].strip().upper())
        except BadVoucherNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean_amount(self) -> int:
        """Return an amount above 0."""
        amount: int = self.cleaned_data["amount"] or 0
        if amount <= 0:
            raise forms.ValidationError("Ghi số tiền lớn hơn 0.")
        return amount


def parts_of(post: QueryDict | None, *, extra: int = 0) -> list[VoucherPart]:
    """Return the rows of vouchers that were sent, and `extra` empty ones; one row for an empty page."""
    if post is None:
        return [VoucherPart(prefix="row-0")]
    count = post.get("count", "1")
    many = int(count) if count.isdecimal() and len(count) < 3 else 1
    many = max(1, min(MOST_VOUCHERS, many + extra))
    return [VoucherPart(post, prefix=f"row-{at}") for at in range(many)]


class Month(Form):
    """The month that is held against the books."""

    thang = forms.RegexField(label="Tháng", regex=r"\A\d{4}-(0[1-9]|1[0-2])\Z")

    def first(self, today: date) -> date:
        """Return the first day of the month that was asked for, else of the current one."""
        if self.is_bound and self.is_valid():
            year, month = map(int, self.cleaned_data["thang"].split("-"))
            if 1990 <= year <= 2100:
                return date(year, month, 1)
        return today.replace(day=1)


class PaymentCode(Form):
    """What a payment code says beside the account."""

    dot = forms.ModelChoiceField(
        label="Đợt vận động", queryset=Campaign.objects.none(), required=False, empty_label="Không thuộc đợt nào"
    )
    so_tien = WholeNumberField(label="Số tiền (đồng)", required=False)
    noi_dung = forms.CharField(label="Nội dung", max_length=60, required=False)

    def __init__(self, *args: Any, campaigns: Iterable[Campaign], fund: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if list(campaigns):
            self.fields["dot"].queryset = Campaign.objects.filter(fund=fund).order_by("-starts_on")  # type: ignore[attr-defined]
        else:
            del self.fields["dot"]

    def clean_so_tien(self) -> int | None:
        """Refuse what no code can carry."""
        amount: int | None = self.cleaned_data["so_tien"]
        if amount is not None and not 0 < amount <= MAX_AMOUNT:
            raise forms.ValidationError("Số tiền phải lớn hơn 0 và có tối đa 13 chữ số. Để trống thì người gửi tự ghi.")
        return amount


class NewPledge(Keyed):
    """A promise that gets a code of its own."""

    prefix = "pledge"
    donor = forms.CharField(label="Người đăng ký", max_length=200)
    amount = WholeNumberField(label="Số tiền đăng ký (đồng)")
    pledged_on = DateField(label="Ngày đăng ký")
    campaign = forms.ModelChoiceField(
        label="Đợt vận động", queryset=Campaign.objects.none(), required=False, empty_label="Không thuộc đợt nào"
    )

    def __init__(self, *args: Any, campaigns: Iterable[Campaign], fund: Fund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if list(campaigns):
            self.fields["campaign"].queryset = Campaign.objects.filter(fund=fund).order_by("-starts_on")  # type: ignore[attr-defined]
        else:
            del self.fields["campaign"]
