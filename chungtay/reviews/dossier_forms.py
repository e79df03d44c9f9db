"""Forms of what surrounds the report."""

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.reviews.dossier_rules import ASPECT_WORDS, KIND_WORDS
from chungtay.reviews.models import Arrangement
from chungtay.reviews.news import Slot, Story
from chungtay.web.forms import DateField, Form

Choices = Sequence[tuple[str, str]]
ARRANGED = ("kind", "plan_number", "plan_on", "purpose", "held_on", "starts_at", "place", "chair", "agenda")
BAD_TIME = "“%(value)s” không phải một giờ. Nhập theo dạng giờ:phút, ví dụ 08:00."
SLOTS = 3


def long_text(label: str, rows: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    """Return a box of several lines."""
    box = forms.Textarea(attrs={"rows": rows, "class": "input"})
    return forms.CharField(label=label, required=required, widget=box, help_text=help_text, max_length=4000)


class Arrange(Form):
    """How the review is planned and held."""

    kind = forms.ChoiceField(label="Loại", choices=[(k.value, w) for k, w in KIND_WORDS.items()])
    plan_number = forms.CharField(label="Số, ký hiệu kế hoạch", required=False, max_length=60)
    plan_on = DateField(label="Ngày kế hoạch", required=False)
    purpose = long_text("Mục đích, yêu cầu", 3)
    held_on = DateField(label="Ngày hội nghị", required=False)
    starts_at = forms.TimeField(
        label="Giờ bắt đầu",
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H giờ %M"],
        error_messages={"invalid": BAD_TIME},
    )
    place = forms.CharField(label="Địa điểm", required=False, max_length=200)
    chair = forms.CharField(label="Chủ trì", required=False, max_length=200)
    agenda = long_text("Chương trình hội nghị", 5, help_text="Mỗi nội dung một dòng.")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """Return what was arranged."""
        return {name: self.cleaned_data[name] for name in ARRANGED}


def arranged(last: Arrangement | None, kind: str) -> dict[str, Any]:
    """Return what the form begins with."""
    if last is None:
        return {"kind": kind, "seen": 0}
    return {name: getattr(last, name) for name in ARRANGED} | {"seen": last.number}


class AddRecord(Form):
    """One line of the file."""

    name = forms.CharField(label="Họ tên hoặc tên văn bản", max_length=200)
    detail = forms.CharField(label="Chức vụ, đơn vị", required=False, max_length=300)
    file = forms.FileField(label="Tệp kèm theo", required=False)


class WriteComment(Form):
    """A comment on one paragraph."""

    text = long_text("Góp ý", 3, required=True)


class SettleComment(Form):
    """How a comment was dealt with."""

    note = forms.CharField(label="Cách xử lý", max_length=2000)


class Publish(Form):
    """The leader's decision."""

    note = forms.CharField(label="Ý kiến", required=False, max_length=500)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class StateAssessment(Form):
    """What a unit says on one aspect of the work."""

    area = forms.ChoiceField(label="Đơn vị")
    programme = forms.ChoiceField(label="Chương trình")
    period = forms.ChoiceField(label="Kỳ")
    aspect = forms.ChoiceField(label="Mặt", choices=[(a.value, w) for a, w in ASPECT_WORDS.items()])
    text = forms.CharField(
        label="Nội dung", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "input"})
    )
    indicator = forms.ChoiceField(label="Gắn với chỉ tiêu", required=False)
    task = forms.ChoiceField(label="Gắn với nhiệm vụ", required=False)

    def __init__(self, *args: Any, offered: dict[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in offered.items():
            self.offer_choices(**{name: choices if self.fields[name].required else [("", "Không gắn"), *choices]})


class Join(Form):
    """The words of a joined statement."""

    text = forms.CharField(label="Câu gộp", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "input"}))


class WriteNews(Form):
    """A piece of news; figures stand as {keys}."""

    title = forms.CharField(label="Tít", max_length=300)
    lead = long_text("Sa-pô", 4, required=True)
    body = forms.CharField(
        label="Thân bài",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "input", "spellcheck": "false"}),
        help_text="Giữa hai đoạn để một dòng trống. Số liệu viết dạng {tên số liệu}.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pictures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, SLOTS + 1):
            self.fields[f"caption_{at}"] = forms.CharField(label=f"Chú thích ảnh {at}", required=False, max_length=300)
            self.fields[f"picture_{at}"] = forms.ChoiceField(
                label=f"Ảnh {at}", required=False, choices=[("", "Chưa chọn ảnh"), *pictures]
            )

    def story(self) -> Story:
        """Return the piece as it was typed; a slot without a caption is none."""
        said = self.cleaned_data
        slots = [Slot(said[f"caption_{at}"], said[f"picture_{at}"]) for at in range(1, SLOTS + 1)]
        return Story(said["title"], said["lead"], said["body"], tuple(slot for slot in slots if slot.caption))

    def slots(self) -> list[tuple[Any, Any]]:
        """Return the boxes of the slots in pairs, for the page."""
        return [(self[f"picture_{at}"], self[f"caption_{at}"]) for at in range(1, SLOTS + 1)]


def told(story: Story, seen: int) -> dict[str, Any]:
    """Return what the news form begins with."""
    held: dict[str, Any] = {"title": story.title, "lead": story.lead, "body": story.body, "seen": seen}
    for at, slot in enumerate(story.slots, 1):
        held |= {f"caption_{at}": slot.caption, f"picture_{at}": slot.record}
    return held
