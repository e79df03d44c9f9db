"""The form that keeps a further version of an office's Word template."""

from datetime import date
from typing import Any

from django import forms

from chungtay.papers.tags import FORMAT_WORDS
from chungtay.reviews.dossier_forms import Choices
from chungtay.reviews.heads import HEADS
from chungtay.web.forms import DateField, Form


class KeepTemplate(Form):
    """A version: whose, of which paper, from which day; without a file the common form is used again."""

    form = forms.ChoiceField(label="Loại văn bản", choices=[(f.value, w) for f, w in FORMAT_WORDS.items()])
    header = forms.ChoiceField(label="Cơ quan ban hành", choices=[(k.value, w) for k, w in HEADS.items()])
    area = forms.ChoiceField(label="Đơn vị")
    valid_from = DateField(label="Dùng từ ngày")
    file = forms.FileField(label="Tệp Word (.docx)", required=False)
    note = forms.CharField(label="Ghi chú", required=False, max_length=300)

    def __init__(self, *args: Any, areas: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(area=areas)
        self.fields["valid_from"].initial = today
