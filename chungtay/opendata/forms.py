"""What is asked of whoever gives a licence."""

from django import forms

from chungtay.opendata.licences import known_licences
from chungtay.web.forms import DateField, Form


class GiveLicence(Form):
    """A licence from a day on, and what that rests on."""

    code = forms.ChoiceField(label="Giấy phép")
    valid_from = DateField(label="Từ ngày")
    basis = forms.CharField(label="Căn cứ", max_length=300)
    is_verified = forms.BooleanField(label="Đã đối chiếu với văn bản", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(code=[(one.code, one.name) for one in known_licences().values()])
