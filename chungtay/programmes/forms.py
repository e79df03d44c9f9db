"""Forms of a programme's documents, and of answers to what was changed above."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.places.models import Body
from chungtay.programmes.document_rules import EFFECT_WORDS, Effect
from chungtay.programmes.link_rules import ANSWER_WORDS
from chungtay.programmes.models import Programme, Target
from chungtay.programmes.planning import Adapted
from chungtay.programmes.saying import read_value, said_value, typed_value
from chungtay.web.forms import DateField, Form


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OnDay(Form):
    """On which day, and whether only what is in force."""

    ngay = DateField(label="Vào ngày", required=False)
    loc = forms.ChoiceField(
        label="Văn bản", required=False, choices=[("", "Mọi văn bản"), ("hieu-luc", "Chỉ văn bản còn hiệu lực")]
    )

    def day(self, today: date) -> date:
        """Return the day that was asked for, today for none or a wrong one (whose problem the form shows)."""
        self.is_valid()
        return self.cleaned_data.get("ngay") or today


class DocumentForm(Form):
    """A signed document; with an amended one it also says what it does to that."""

    kind = forms.CharField(label="Loại văn bản", max_length=80)
    number = forms.CharField(label="Số, ký hiệu", max_length=80)
    abstract = forms.CharField(label="Trích yếu", max_length=500, widget=_area(3))
    signed_on = DateField(label="Ngày ký")
    effect_from = DateField(label="Có hiệu lực từ")
    effect_to = DateField(label="Đến hết ngày", required=False)
    parties = forms.MultipleChoiceField(label="Các cơ quan ký", widget=forms.CheckboxSelectMultiple)
    effect = forms.ChoiceField(label="Làm gì với văn bản trên")
    note = forms.CharField(label="Sửa nội dung nào", max_length=1000, widget=_area(3))
    file = forms.FileField(label="Tệp văn bản (PDF, ảnh, Word)", required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], amends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        parties, effect = self.fields["parties"], self.fields["effect"]
        if isinstance(parties, forms.MultipleChoiceField):
            parties.choices = [(key, body.name) for key, body in self._bodies.items()]
        if isinstance(effect, forms.ChoiceField):
            effect.choices = [(one.value, words.capitalize()) for one, words in EFFECT_WORDS.items()]
        if not amends:
            del self.fields["effect"], self.fields["note"]

    def said(self) -> dict[str, Any]:
        """Return what the service takes, without files."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        found["parties"] = [self._bodies[key] for key in found["parties"]]
        found["effect"] = Effect(found["effect"]) if found.get("effect") else None
        return found


class PlanForm(Form):
    """The plan of a lower level: its document, each area of work and each target of the programme as it adapts them."""

    kind = forms.CharField(label="Loại văn bản", max_length=80, initial="Kế hoạch")
    number = forms.CharField(label="Số, ký hiệu", max_length=40)
    title = forms.CharField(label="Trích yếu", max_length=300, widget=_area(2))
    signed_on = DateField(label="Ngày ký")
    starts_on = DateField(label="Từ ngày")
    ends_on = DateField(label="Đến ngày")
    parties = forms.MultipleChoiceField(label="Các cơ quan ký", widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        bodies: Sequence[Body],
        targets: Sequence[Target],
        area_id: UUID,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        self.offer_choices(parties=[(key, body.name) for key, body in self._bodies.items()])
        days = {"starts_on": programme.starts_on, "ends_on": programme.ends_on}
        self.initial = {"title": programme.title, "parties": list(self._bodies)[:2], **days, **self.initial}
        self._areas = list(programme.areas_of_work.order_by("number"))
        for area in self._areas:
            box = forms.CharField(label=f"Nội dung {area.number}", max_length=300, required=False, widget=_area(2))
            box.initial, self.fields[f"w{area.number}"] = area.title, box
        self._targets = list(targets)
        for target in self._targets:
            words = f"{target.indicator.name}, {parse_period(target.period_code).label()}"
            given = "được giao" if target.area_id == area_id else "của cấp trên"
            said = f"{said_value(target.value or 0, target.indicator)} {given}"
            first = typed_value(target.value, target.indicator) if target.area_id == area_id else ""
            self.fields[f"t{target.pk}"] = forms.CharField(label=words, required=False, help_text=said, initial=first)

    @property
    def words(self) -> list[forms.BoundField]:
        """The areas of work, to be drawn."""
        return [self[f"w{area.number}"] for area in self._areas]

    @property
    def values(self) -> list[forms.BoundField]:
        """The targets, to be drawn."""
        return [self[f"t{target.pk}"] for target in self._targets]

    def clean(self) -> dict[str, Any]:
        """Read the numbers of the targets, each in the unit of its indicator."""
        data = super().clean() or {}
        for target in self._targets:
            name = f"t{target.pk}"
            try:
                data[name] = read_value(data.get(name) or "", target.indicator)
            except DomainError as wrong:
                self.add_error(name, str(wrong))
        return data

    def said(self) -> Adapted:
        """Return what the service takes."""
        data = self.cleaned_data
        return Adapted(
            **{name: data[name] for name in ("number", "kind", "title", "signed_on", "starts_on", "ends_on")},
            parties=[self._bodies[key] for key in data["parties"]],
            words={area.number: data[f"w{area.number}"] for area in self._areas},
            values={target.pk: data[f"t{target.pk}"] for target in self._targets},
        )


class FileForm(Form):
    """One more file of a document."""

    file = forms.FileField(label="Tệp (PDF, ảnh, Word)")


class WithdrawForm(Form):
    """Why a record is taken back."""

    reason = forms.CharField(label="Bản ghi này sai ở đâu", max_length=500)


class RewordForm(Form):
    """New words for an area of work."""

    title = forms.CharField(label="Lời mới", max_length=300, widget=_area(3))
    basis = forms.CharField(label="Căn cứ", max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(Form):
    """What a plan answers."""

    way = forms.ChoiceField(label="Trả lời", choices=[(way.value, words) for way, words in ANSWER_WORDS.items()])
    typed = forms.CharField(label="Nội dung điều chỉnh", max_length=1000, required=False, widget=_area(3))
    reason = forms.CharField(label="Lý do", max_length=500, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(Form):
    """What a leader says of a drafted answer."""

    note = forms.CharField(label="Ý kiến", max_length=500, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
