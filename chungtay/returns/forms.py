"""What people type: the cells of a return, the reasons of a decision, a new deadline, a file."""

from collections.abc import Mapping
from datetime import datetime, time

from django import forms
from django.http import QueryDict
from django.utils.timezone import make_aware

from chungtay.kernel.folding import nfc
from chungtay.returns import rules
from chungtay.returns.rules import CellSpec, Entry
from chungtay.returns.selectors import FormSpec
from chungtay.web.forms import DateField, Form

LONGEST = 500  # letters of an explanation, a reason or an answer
END_OF_WORK = time(17, 0)


def typed_entries(spec: FormSpec, post: QueryDict, there: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return the cells as they were posted; a box that the page did not have keeps what stands `there`."""
    return {cell.key: _typed_entry(cell, post, there.get(cell.key, Entry())) for cell in spec.cells}


def _typed_entry(cell: CellSpec, post: QueryDict, there: Entry) -> Entry:
    typed = post.get(f"value:{cell.key}")
    read = there if typed is None else rules.read_cell(cell, _clean(typed))
    return read._replace(
        absent=_words(post, f"absent:{cell.key}", there.absent),
        explain=_words(post, f"explain:{cell.key}", there.explain),
        reply=_words(post, f"reply:{cell.key}", there.reply),
    )


def _words(post: QueryDict, name: str, there: str) -> str:
    typed = post.get(name)
    return there if typed is None else _clean(typed)


def _clean(typed: str) -> str:
    """Return text as the database keeps it: composed letters, plain line ends, nothing that no keyboard types."""
    return nfc(typed).replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]


def ticked_cells(spec: FormSpec, post: QueryDict) -> dict[str, str]:
    """Return the reasons of the ticked cells, {cell key: reason}; a cell without a reason has ""."""
    ticked = set(post.getlist("cell"))
    return {cell.key: _clean(post.get(f"reason:{cell.key}", "")) for cell in spec.cells if cell.key in ticked}


class Reason(Form):
    """A decision that has to say why."""

    note = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class HandBack(Reason):
    """The leader gives the return back to the clerk."""

    prefix = "hand-back"


class Withdraw(Reason):
    """The unit takes its return back."""

    prefix = "withdraw"


class Reopen(Reason):
    """The upper level lets an approved return be corrected."""

    prefix = "reopen"


class Extend(Form):
    """More time for one unit."""

    prefix = "extend"
    until = DateField(label="Hạn mới, đến 17 giờ ngày")
    note = forms.CharField(label="Lý do gia hạn", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def moment(self) -> datetime:
        """Return the end of work of the day that was chosen."""
        return make_aware(datetime.combine(self.cleaned_data["until"], END_OF_WORK))


class Upload(Form):
    """A filled workbook."""

    file = forms.FileField(
        label="Tệp biểu mẫu đã nhập (.xlsx)",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Bạn chưa chọn tệp. Hãy chọn tệp biểu mẫu đã nhập rồi bấm lại.",
            "empty": "Tệp này trống (0 byte). Hãy lưu lại bằng Excel rồi chọn lại.",
        },
    )
