"""Forms of tasks: filters, what is agreed, steps, evidence, meetings and letters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind as IndicatorKind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import read_decimal
from chungtay.kernel.periods import parse_period
from chungtay.places.models import Body
from chungtay.programmes.models import AreaOfWork
from chungtay.tasks.drafts import Aim, Part, Plan
from chungtay.tasks.rules import EVERY_WORDS, KIND_WORDS, STATE_WORDS, Kind
from chungtay.tasks.selectors import Narrowing
from chungtay.web.forms import DateField, Form, WholeNumberField

Choices = list[tuple[str, str]]


class Narrow(Form):
    """What a list of tasks is narrowed to and sorted by."""

    q = forms.CharField(label="Tìm chữ, không cần dấu", required=False, max_length=100)
    co_quan = forms.ChoiceField(label="Cơ quan", required=False)
    noi_dung = forms.ChoiceField(label="Nội dung phối hợp", required=False)
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False)
    xep = forms.ChoiceField(label="Xếp theo", required=False)
    ct = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, bodies: Sequence[Body], areas: Sequence[AreaOfWork]) -> None:
        super().__init__(data)
        states = [(state.value, words) for state, words in STATE_WORDS.items()]
        sorts = [("han", "Hạn gần nhất"), ("so", "Số thứ tự"), ("ten", "Tên nhiệm vụ")]
        offered: dict[str, Choices] = {
            "co_quan": [("", "Mọi cơ quan"), *((str(body.pk), body.name) for body in bodies)],
            "noi_dung": [("", "Mọi nội dung"), *((str(area.pk), f"{area.number}. {area.title}") for area in areas)],
            "tinh_trang": [("", "Mọi tình trạng"), ("late", "Trễ hạn, cả phần việc"), *states],
            "xep": sorts,
        }
        self.offer_choices(**offered)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.is_valid() and any(self.cleaned_data[name] for name in ("q", "co_quan", "noi_dung", "tinh_trang"))

    def narrowing(self, today: date) -> Narrowing:
        """Return what was asked; what is not offered does not narrow."""
        self.is_valid()
        said = self.cleaned_data
        state = said.get("tinh_trang") or ""
        return Narrowing(
            words=said.get("q") or "",
            body_id=said.get("co_quan") or None,
            area_of_work_id=int(said["noi_dung"]) if said.get("noi_dung") else None,
            state="" if state == "late" else state,
            late_on=today if state == "late" else None,
            sort=said.get("xep") or "han",
        )


class TaskForm(Form):
    """What is agreed of a task; its parts and figures are `PartForm` and `AimForm` rows."""

    title = forms.CharField(label="Nhiệm vụ", max_length=300)
    product = forms.CharField(label="Sản phẩm phải có", max_length=300)
    area_of_work = forms.ChoiceField(label="Nội dung phối hợp", required=False)
    lead = forms.ChoiceField(label="Cơ quan chủ trì (một cơ quan)")
    kind = forms.ChoiceField(label="Loại", choices=[(kind.value, words) for kind, words in KIND_WORDS.items()])
    starts_on = DateField(label="Từ ngày")
    due_on = DateField(label="Hạn hoàn thành")
    every = forms.ChoiceField(
        label="Chu kỳ", required=False, choices=[("", "Không lặp lại"), *((str(n), w) for n, w in EVERY_WORDS.items())]
    )
    until = DateField(label="Lặp đến ngày", required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: Sequence[Body], areas: Sequence[AreaOfWork], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.areas = {str(area.pk): area for area in areas}
        lead, area = self.fields["lead"], self.fields["area_of_work"]
        if isinstance(lead, forms.ChoiceField) and isinstance(area, forms.ChoiceField):
            lead.choices = [("", "Chọn cơ quan"), *((key, body.name) for key, body in self.bodies.items())]
            area.choices = [("", "Chưa chọn"), *((key, f"{a.number}. {a.title}") for key, a in self.areas.items())]

    def plan(self, parts: Sequence[Part], aims: Sequence[Aim]) -> Plan:
        """Return what was typed, once valid."""
        said = self.cleaned_data
        return Plan(
            title=said["title"],
            product=said["product"],
            kind=Kind(said["kind"]),
            lead=self.bodies[said["lead"]],
            starts_on=said["starts_on"],
            due_on=said["due_on"],
            area_of_work=self.areas.get(said["area_of_work"]),
            every=int(said["every"]) if said["every"] else None,
            until=said["until"],
            parts=tuple(parts),
            aims=tuple(aims),
        )


class PartForm(Form):
    """One coordinating body with its part; a row without a body does not count."""

    body = forms.ChoiceField(label="Cơ quan phối hợp", required=False)
    what = forms.CharField(label="Phần việc", max_length=300, required=False)
    due_on = DateField(label="Hạn", required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.offer_choices(body=[("", "Không có"), *((key, body.name) for key, body in self.bodies.items())])

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        said = super().clean() or self.cleaned_data
        if any(said.get(name) for name in ("body", "what", "due_on")):
            for name, sentence in (
                ("body", "Chọn cơ quan làm phần việc này."),
                ("what", "Ghi cơ quan này làm gì."),
                ("due_on", "Ghi hạn của phần việc này."),
            ):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return said

    def part(self) -> Part | None:
        """Return the part, None of an empty row."""
        said = self.cleaned_data
        return Part(self.bodies[said["body"]], said["what"], said["due_on"]) if said.get("body") else None


class AimForm(Form):
    """One linked figure: which, over which period, and what is to be reached."""

    indicator = forms.ChoiceField(label="Chỉ tiêu", required=False)
    period = forms.CharField(label="Kỳ", max_length=40, required=False)
    target = forms.CharField(label="Cần đạt", max_length=30, required=False)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = {str(one.pk): one for one in indicators}
        self.offer_choices(
            indicator=[("", "Không có"), *((k, f"{i.name} ({i.unit})") for k, i in self.indicators.items())]
        )

    def clean_period(self) -> str:
        """Read a period's code."""
        code = str(self.cleaned_data["period"]).strip()
        if not code:
            return ""
        try:
            return parse_period(code).code
        except DomainError as wrong:
            raise ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """A figure has a period; its target is read with the indicator's decimals, a ratio's as percent with two."""
        said = super().clean() or self.cleaned_data
        indicator = self.indicators.get(said.get("indicator") or "")
        if indicator is None:
            return said
        if not said.get("period") and "period" not in self.errors:
            self.add_error("period", "Ghi kỳ của con số, ví dụ 2022 hoặc 2022Q1.")
        if said.get("target"):
            places = 2 if indicator.kind == IndicatorKind.RATIO else indicator.decimals
            try:
                said["target"] = read_decimal(said["target"], places)
            except DomainError as wrong:
                self.add_error("target", str(wrong))
        return said

    def aim(self) -> Aim | None:
        """Return the aim, None of an empty row."""
        indicator = self.indicators.get(self.cleaned_data.get("indicator") or "")
        if indicator is None:
            return None
        return Aim(indicator, self.cleaned_data["period"], self.cleaned_data.get("target") or None)


class Step(Form):
    """One step of a task or of a duty."""

    verb = forms.CharField(widget=forms.HiddenInput)
    duty = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    finished_on = DateField(label="Ngày xong", required=False)
    until = DateField(label="Hạn mới", required=False)
    note = forms.CharField(label="Lý do, ghi chú", max_length=500, required=False)


class Prove(Form):
    """Evidence: a file with what it shows, or a judgement with its reason."""

    note = forms.CharField(label="Minh chứng điều gì", max_length=500)
    file = forms.FileField(label="Tệp (ảnh, PDF, Word, Excel)", required=False)
    duty = forms.ChoiceField(label="Của phần việc", required=False)


class Judge(Form):
    """How far, by somebody's own judgement."""

    percent = WholeNumberField(label="Mức độ hoàn thành (%)")
    reason = forms.CharField(label="Dựa vào đâu", max_length=500)


class Withdraw(Form):
    """Taking back evidence that one brought."""

    evidence = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Vì sao rút", max_length=500)


class Reminding(Form):
    """On which days to remind, and when to tell the level above."""

    before = forms.CharField(label="Nhắc trước hạn (số ngày)", max_length=60)
    escalate_after = WholeNumberField(label="Báo cấp trên khi trễ (ngày)")
