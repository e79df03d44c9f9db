"""Forms of meetings and letters."""

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.places.models import Body
from chungtay.web.forms import DateField, Form


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MeetingForm(Form):
    """A meeting: when, who, about what."""

    title = forms.CharField(label="Cuộc họp", max_length=300)
    held_on = DateField(label="Ngày họp")
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    chair = forms.CharField(label="Người chủ trì", max_length=200)
    agenda = forms.CharField(label="Nội dung họp", max_length=4000, widget=_area(4))
    bodies = forms.MultipleChoiceField(label="Thành phần (ít nhất hai cơ quan)", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        field = self.fields["bodies"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, body.name) for key, body in self._bodies.items()]

    def chosen_bodies(self) -> list[Body]:
        """Return the bodies that were ticked."""
        return [self._bodies[key] for key in self.cleaned_data["bodies"]]


class MinutesForm(Form):
    """What was said, perhaps with the signed paper."""

    text = forms.CharField(label="Biên bản", max_length=20_000, widget=_area(8))
    file = forms.FileField(label="Bản ký (PDF, ảnh, Word)", required=False)


class ConclusionForm(Form):
    """One conclusion."""

    text = forms.CharField(label="Kết luận", max_length=1000, widget=_area(3))


class LetterForm(Form):
    """A document from one body to another."""

    sender = forms.ChoiceField(label="Nơi gửi")
    receiver = forms.ChoiceField(label="Nơi nhận")
    number = forms.CharField(label="Số, ký hiệu", max_length=60)
    dated_on = DateField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", max_length=300)
    answer_by = DateField(label="Hạn trả lời", required=False)
    file = forms.FileField(label="Tệp văn bản", required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        choices = [("", "Chọn cơ quan"), *((key, body.name) for key, body in self._bodies.items())]
        self.offer_choices(sender=choices, receiver=choices)

    def two_bodies(self) -> dict[str, Body]:
        """Return the two bodies that were chosen."""
        return {name: self._bodies[self.cleaned_data[name]] for name in ("sender", "receiver")}
