"""Forms of single steps: each carries the revision that the person saw, and asks for what the step needs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.places.models import Body
from chungtay.supervision.rules import OUTCOME_WORDS
from chungtay.web.forms import DateField
from chungtay.web.forms import Form as BaseForm

AREA = forms.Textarea(attrs={"rows": 4})


class Step(BaseForm):
    """A step that asks for nothing but the revision that the person saw."""

    verb = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class Reason(Step):
    """A step that says why."""

    note = forms.CharField(label="Lý do, nội dung", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class Announce(Step):
    """That decision and plan went to the body."""

    decision = forms.CharField(label="Số quyết định, kế hoạch giám sát", max_length=100)
    on = DateField(label="Ngày gửi (để trống là hôm nay)", required=False)


class PaperNumber(Step):
    """Issuing what was read: its number, and the hash of what was on the page."""

    number = forms.CharField(label="Số, ký hiệu", max_length=100)
    content_hash = forms.CharField(required=False, widget=forms.HiddenInput)


class Sign(Step):
    """Signing what was read."""

    content_hash = forms.CharField(required=False, widget=forms.HiddenInput)


class AnswerForm(Step):
    """The answer to a recommendation."""

    outcome = forms.ChoiceField(
        label="Mức tiếp thu", choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()]
    )
    text = forms.CharField(label="Nội dung trả lời", max_length=4000, widget=AREA)
    reason = forms.CharField(label="Phần chưa tiếp thu và lý do", max_length=2000, required=False, widget=AREA)
    file = forms.FileField(label="Văn bản trả lời (PDF, Word, ảnh)", required=False)


class ReportForm(Step):
    """A report or conclusion."""

    strengths = forms.CharField(label="Ưu điểm, điểm đồng tình", max_length=8000, widget=AREA)
    limits = forms.CharField(label="Hạn chế, điểm cần xem lại", max_length=8000, widget=AREA)
    proposals = forms.CharField(label="Đề xuất, kiến nghị", max_length=8000, required=False, widget=AREA)
    file = forms.FileField(label="Bản đầy đủ (PDF, Word)", required=False)


class Team(Step):
    """The team, one member a line."""

    members = forms.CharField(
        label="Thành viên, mỗi dòng một người: họ tên - vai trò, đơn vị",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def pairs(self) -> list[tuple[str, str]]:
        """Return (name, role) of each line."""
        lines = [line.strip() for line in self.cleaned_data["members"].splitlines() if line.strip()]
        return [(name.strip(), role.strip()) for name, _, role in (line.partition(" - ") for line in lines)]


class VisitForm(Step):
    """A visit that is planned."""

    place = forms.CharField(label="Nơi đến", max_length=200)
    planned_on = DateField(label="Dự kiến ngày")


class MadeForm(Step):
    """A visit that was made."""

    visit = forms.UUIDField(widget=forms.HiddenInput)
    made_on = DateField(label="Đã đến ngày")
    summary = forms.CharField(label="Kết quả buổi làm việc", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Biên bản (PDF, Word, ảnh)", required=False)


class SaidForm(Step):
    """A question, an answer or an opinion."""

    question = forms.IntegerField(required=False, widget=forms.HiddenInput)
    said_by = forms.CharField(label="Ai hỏi, trả lời, góp ý", max_length=150)
    about = forms.CharField(label="Về điều, khoản, mục", max_length=200, required=False)
    text = forms.CharField(label="Nội dung", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class FindingForm(Step):
    """What the team found."""

    is_lack = forms.ChoiceField(label="Loại", choices=[("1", "Hạn chế"), ("", "Ưu điểm")], required=False)
    text = forms.CharField(label="Đoàn thấy gì", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Ảnh, tài liệu", required=False)


class RouteForm(Step):
    """To which body a feedback goes."""

    body = forms.ChoiceField(label="Cơ quan trả lời")

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(body=[("", "Chọn cơ quan"), *((str(body.pk), body.name) for body in bodies)])


class MergeForm(Step):
    """Which feedback this one repeats."""

    into = forms.ChoiceField(label="Phản ánh trùng")

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(into=others)


class ReplyForm(Step):
    """The answer to a citizen."""

    text = forms.CharField(label="Trả lời người dân", max_length=3000, widget=AREA)


class TaskForm(Step):
    """What a feedback becomes as a task."""

    title = forms.CharField(label="Nhiệm vụ", max_length=300)
    product = forms.CharField(label="Sản phẩm phải có", max_length=300)
    due_on = DateField(label="Hạn hoàn thành")
