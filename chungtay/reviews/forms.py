"""Forms of the reviews."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.timezone import localdate, make_aware

from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.papers.rules import HeadKind
from chungtay.reviews.heads import HEADS, HeadText
from chungtay.web.forms import DateField, Form

Choices = Sequence[tuple[str, str]]


class CreateReview(Form):
    """What to report on: programme, unit, window, issuer, and up to which day the figures are taken."""

    programme = forms.ChoiceField(label="Chương trình")
    area = forms.ChoiceField(label="Đơn vị báo cáo")
    period = forms.ChoiceField(label="Kỳ")
    other_period = forms.CharField(
        label="Kỳ khác", required=False, max_length=40, help_text="Ví dụ 2022Q3, 2022H1 hoặc 2020-01..2023-05."
    )
    map_day = forms.ChoiceField(
        label="Bản đồ",
        required=False,
        help_text="Số liệu của đơn vị đã sắp xếp được tính vào đơn vị mới của bản đồ này; báo cáo kèm bảng đối chiếu hai bản đồ.",
    )
    header = forms.ChoiceField(label="Thể thức", choices=[(kind.value, name) for kind, name in HEADS.items()])
    known_on = DateField(label="Số liệu đã duyệt đến ngày", help_text="Số liệu duyệt sau ngày này không vào báo cáo.")

    def __init__(
        self, *args: Any, programmes: Choices, areas: Choices, periods: Choices, maps: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(programme=programmes, area=areas, period=periods)
        if maps:
            self.offer_choices(map_day=[("", "Bản đồ của ngày cuối kỳ"), *maps])
        else:
            del self.fields["map_day"]

    def clean_other_period(self) -> str:
        """Return the code of the window typed by hand, "" for none."""
        typed = str(self.cleaned_data["other_period"]).strip()
        if not typed:
            return ""
        try:
            return parse_period(typed).code
        except DomainError as problem:
            raise forms.ValidationError(str(problem)) from problem

    @property
    def period_code(self) -> str:
        """The window that was asked for."""
        return str(self.cleaned_data["other_period"] or self.cleaned_data["period"])

    @property
    def map_as_of(self) -> date | None:
        """The day whose map was chosen, None for that of the window's last day."""
        chosen = str(self.cleaned_data.get("map_day") or "")
        return date.fromisoformat(chosen) if chosen else None


def known_at(day: date, now: datetime) -> datetime:
    """Return the moment up to which figures are taken: now for today, else the end of the day."""
    return now if day == localdate(now) else make_aware(datetime.combine(day, time.max))


class EditBlock(Form):
    """The words of a paragraph; figures stand as {keys}."""

    text = forms.CharField(
        label="Nội dung", widget=forms.Textarea(attrs={"rows": 9, "class": "input", "spellcheck": "false"})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class AddFigure(Form):
    """One more figure for the sentences: which indicator, of which unit, over which window."""

    indicator = forms.ChoiceField(label="Chỉ tiêu")
    area = forms.ChoiceField(label="Đơn vị")
    period = forms.CharField(label="Kỳ", max_length=40, help_text="Ví dụ 2022, 2022Q3 hoặc 2020-01..2023-05.")

    def __init__(self, *args: Any, indicators: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(indicator=indicators, area=areas)


class EditHead(Form):
    """The first lines and the closing of the paper, one line of the paper a line here."""

    header = forms.ChoiceField(label="Thể thức", choices=[(kind.value, name) for kind, name in HEADS.items()])
    number = forms.CharField(label="Số", required=False, max_length=12, help_text="Để trống khi chưa có số.")
    symbol = forms.CharField(label="Ký hiệu", max_length=40)
    place = forms.CharField(label="Địa danh", max_length=60)
    dated_on = DateField(label="Ngày ban hành")
    abstract = forms.CharField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}))
    addressees = forms.CharField(
        label="Kính gửi", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Mỗi nơi một dòng."
    )
    recipients = forms.CharField(
        label="Nơi nhận", required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text="Mỗi nơi một dòng."
    )
    signer_position = forms.CharField(
        label="Chức vụ ký",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ TM. …, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH: mỗi dòng một vế.",
    )
    signer_name = forms.CharField(label="Người ký", required=False, max_length=100)
    other_position = forms.CharField(
        label="Chức vụ ký, bên phối hợp", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    other_name = forms.CharField(label="Người ký, bên phối hợp", required=False, max_length=100)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(head: HeadText, revision: int) -> dict[str, Any]:
        """Return what the form shows for a head; of two signers the lead one is the last."""
        *others, lead = head.signatures
        other = others[0] if others else ((), "")
        return {
            "header": head.kind.value,
            "number": head.number,
            "symbol": head.symbol,
            "place": head.place,
            "dated_on": head.dated_on,
            "abstract": "\n".join(head.abstract),
            "addressees": "\n".join(head.addressees),
            "recipients": "\n".join(head.recipients),
            "signer_position": "\n".join(lead[0]),
            "signer_name": lead[1],
            "other_position": "\n".join(other[0]),
            "other_name": other[1],
            "revision": revision,
        }

    @property
    def kind(self) -> HeadKind:
        """The issuer that was chosen."""
        return HeadKind(self.cleaned_data["header"])

    def changes(self) -> dict[str, Any]:
        """Return the parts of the head as `HeadText` names them."""
        data = self.cleaned_data
        lead = (_lines(data["signer_position"]), data["signer_name"].strip())
        other = (_lines(data["other_position"]), data["other_name"].strip())
        return {
            "number": data["number"].strip(),
            "symbol": data["symbol"].strip(),
            "place": data["place"].strip(),
            "dated_on": data["dated_on"],
            "abstract": _lines(data["abstract"]),
            "addressees": _lines(data["addressees"]),
            "recipients": _lines(data["recipients"]),
            "signatures": (other, lead) if other[0] else (lead,),
        }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class Refresh(Form):
    """Write the unedited blocks again, as known on a day."""

    known_on = DateField(label="Số liệu đã duyệt đến ngày")
    revision = forms.IntegerField(widget=forms.HiddenInput)


class FindCode(Form):
    """The code of a figure as a printed page shows it."""

    ma = forms.CharField(label="Mã truy vết in trên giấy", max_length=12)
