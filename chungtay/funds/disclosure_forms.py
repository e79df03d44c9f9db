"""What people type about disclosure: a posting with its proof, days to publish, what a giver wants, a code to look up."""

from typing import Any

from django import forms

from chungtay.funds.forms import Keyed
from chungtay.funds.models import Medium
from chungtay.web.forms import DateField, Form

BAD_TIME = "Giờ viết theo dạng giờ:phút, ví dụ 08:30."


class Telling(Keyed):
    """That something was made public: where, when, and the picture of the notice."""

    medium = forms.ChoiceField(label="Hình thức", choices=Medium.choices)
    where = forms.CharField(label="Nơi đăng", max_length=300)
    posted_on = DateField(label="Ngày công khai")
    hour = forms.TimeField(
        label="Giờ", required=False, input_formats=["%H:%M", "%Hh%M"], error_messages={"invalid": BAD_TIME}
    )
    picture = forms.FileField(
        label="Ảnh chụp nơi niêm yết",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class Freeze(Keyed):
    """Which days are to be published: all up to one."""

    last = DateField(label="Chốt mọi ngày đến hết")


class Naming(Keyed):
    """What the giver wants from now on, and who passed it on."""

    CHOICES = (("named", "Nêu tên"), ("anonymous", "Không nêu tên"))
    wish = forms.ChoiceField(label="Ý người ủng hộ", choices=CHOICES, widget=forms.RadioSelect)
    said_by = forms.CharField(label="Ai cho biết, bằng cách nào", max_length=200)


class Lookup(Form):
    """A code as printed on a receipt."""

    ma = forms.CharField(label="Mã tra cứu trên phiếu thu", max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ma"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
