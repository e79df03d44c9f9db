"""Forms of the room."""

from django import forms

from chungtay.boundaries.rules import MOST_BYTES
from chungtay.web.forms import DateField, Form


class TakeIn(Form):
    """A file of boundaries with its day and its source."""

    file = forms.FileField(label="Tệp GeoJSON", widget=forms.FileInput(attrs={"accept": ".geojson,.json"}))
    valid_from = DateField(label="Ranh giới đúng từ ngày")
    source = forms.CharField(label="Nguồn", max_length=300)
    keep_good = forms.BooleanField(label="Bỏ qua những hình không dùng được", required=False)

    def clean_file(self) -> object:
        """Refuse what is larger than a map has to be."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"Tệp lớn hơn {MOST_BYTES // 1_000_000} MB. Hãy đơn giản hóa rồi gửi lại.")
        return file


class TakeBack(Form):
    """Why a file no longer counts."""

    reason = forms.CharField(label="Vì sao rút", max_length=300)
