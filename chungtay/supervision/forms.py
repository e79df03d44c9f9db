"""Forms of supervision: filters, what is written, and what each step asks for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Body
from chungtay.supervision.ages import AGES, due_between
from chungtay.supervision.models import PlanItem
from chungtay.supervision.planning import Item
from chungtay.supervision.rules import (
    BOARD_WORDS,
    FORM_WORDS,
    FORMS_OF,
    KIND_WORDS,
    STATE_WORDS,
    Form,
    Kind,
    State,
)
from chungtay.supervision.selectors import Narrowing
from chungtay.supervision.timers import KIND_OF_TIMER_WORDS, TIMER_WORDS, built_in
from chungtay.web.forms import DateField, WholeNumberField
from chungtay.web.forms import Form as BaseForm

AREA = forms.Textarea(attrs={"rows": 4})


class Narrow(BaseForm):
    """What a list is narrowed to and sorted by."""

    q = forms.CharField(label="Tìm chữ, không cần dấu", required=False, max_length=100)
    co_quan = forms.ChoiceField(label="Cơ quan", required=False)
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False)
    nam = forms.ChoiceField(label="Năm", required=False)
    xep = forms.ChoiceField(label="Xếp theo", required=False)

    def __init__(
        self,
        data: Any,
        *,
        bodies: Sequence[Body],
        states: Sequence[State],
        years: Sequence[int],
        sorts: Sequence[tuple[str, str]] = (),
        has_late: bool = False,
        has_ages: bool = False,
    ) -> None:
        super().__init__(data)
        late = [("late", "Quá hạn")] if has_late else []
        late += [(f"age-{at}", f"Chờ trả lời: {words}") for at, (_, words) in enumerate(AGES)] if has_ages else []
        self.offer_choices(
            co_quan=[("", "Mọi cơ quan"), *((str(body.pk), body.name) for body in bodies)],
            tinh_trang=[("", "Mọi tình trạng"), *late, *((state.value, STATE_WORDS[state]) for state in states)],
            nam=[("", "Mọi năm"), *((str(year), str(year)) for year in years)],
            xep=sorts,
        )
        if not sorts:
            del self.fields["xep"]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.is_valid() and any(self.cleaned_data[name] for name in ("q", "co_quan", "tinh_trang", "nam"))

    def narrowing(self, today: date) -> Narrowing:
        """Return what was asked; what is not offered does not narrow."""
        self.is_valid()
        said = self.cleaned_data
        state = said.get("tinh_trang") or ""
        age = int(state.removeprefix("age-")) if state.startswith("age-") else None
        return Narrowing(
            words=said.get("q") or "",
            body_id=said.get("co_quan") or None,
            state="" if state == "late" or age is not None else state,
            year=int(said["nam"]) if said.get("nam") else None,
            late_on=today if state == "late" else None,
            due=due_between(age, today) if age is not None else None,
            sort=said.get("xep") or "han",
        )


class _OfBodies(BaseForm):
    """A form that names the body that acts and another one."""

    body = forms.ChoiceField(label="Cơ quan của bạn")
    target = forms.ChoiceField(label="Cơ quan được giám sát, phản biện")

    def __init__(self, *args: Any, mine: Sequence[Body], bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in (*mine, *bodies)}
        offered = [(str(body.pk), body.name) for body in bodies]
        self.offer_choices(body=[(str(body.pk), body.name) for body in mine], target=[("", "Chọn cơ quan"), *offered])

    def chosen(self, name: str) -> Body:
        """Return the body of a field, once valid."""
        return self.bodies[self.cleaned_data[name]]


class PlanHead(_OfBodies):
    """Whose plan, of which year, agreed with whom."""

    target = forms.ChoiceField(label="Bên thống nhất")
    year = forms.IntegerField(label="Năm", min_value=2015, max_value=2100)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)


class ItemForm(BaseForm):
    """One line of a plan; a line without a subject does not count."""

    subject = forms.CharField(label="Nội dung", max_length=300, required=False)
    form = forms.ChoiceField(label="Hình thức", required=False)
    target = forms.ChoiceField(label="Cơ quan được giám sát, phản biện", required=False)
    starts_on = DateField(label="Từ ngày", required=False)
    ends_on = DateField(label="Đến ngày", required=False)
    lead = forms.CharField(label="Chủ trì", max_length=150, required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        groups = [
            (KIND_WORDS[kind], [(f"{kind}:{form}", FORM_WORDS[form]) for form in forms_])
            for kind, forms_ in FORMS_OF.items()
        ]
        self.offer_choices(
            form=[("", "Chọn hình thức"), *groups],
            target=[("", "Chọn cơ quan"), *((key, body.name) for key, body in self.bodies.items())],
        )

    def clean(self) -> dict[str, Any]:
        """A line is whole or empty."""
        said = super().clean() or self.cleaned_data
        names = ("subject", "form", "target", "starts_on", "ends_on", "lead")
        if any(said.get(name) for name in names):
            for name in names:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Ghi đủ ô này, hoặc để trống cả dòng.")
        return said

    def item(self) -> Item | None:
        """Return the planned item, None of an empty line."""
        said = self.cleaned_data
        if not said.get("subject"):
            return None
        kind, form = said["form"].split(":")
        return Item(
            Kind(kind),
            Form(form),
            said["subject"],
            self.bodies[said["target"]],
            said["starts_on"],
            said["ends_on"],
            said["lead"],
        )


class _CaseForm(_OfBodies):
    item = forms.ChoiceField(label="Theo dòng kế hoạch năm", required=False)
    subject = forms.CharField(label="Nội dung", max_length=300)
    form = forms.ChoiceField(label="Hình thức")
    kind = Kind.SUPERVISION

    def __init__(self, *args: Any, items: Sequence[PlanItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(item.pk): item for item in items}
        self.offer_choices(
            item=[("", "Ngoài kế hoạch"), *((key, str(item)) for key, item in self.items.items())],
            form=[(form.value, FORM_WORDS[form]) for form in FORMS_OF[self.kind]],
        )


class SupervisionForm(_CaseForm):
    """A supervision that is to be carried out."""

    starts_on = DateField(label="Làm việc từ ngày")
    ends_on = DateField(label="Đến ngày")


class CriticismForm(_CaseForm):
    """A draft that came in for criticism."""

    kind = Kind.CRITICISM
    subject = forms.CharField(label="Tên dự thảo văn bản", max_length=300)
    target = forms.ChoiceField(label="Cơ quan soạn thảo")
    received_on = DateField(label="Ngày nhận dự thảo")
    submits_on = DateField(label="Ngày cơ quan soạn thảo sẽ trình", required=False)
    file = forms.FileField(label="Dự thảo (PDF, Word)", required=False)


class RecommendationForm(_OfBodies):
    """A recommendation."""

    target = forms.ChoiceField(label="Cơ quan phải trả lời")
    text = forms.CharField(label="Nội dung kiến nghị", max_length=2000, widget=AREA)
    legal_basis = forms.CharField(label="Căn cứ (văn bản, điều khoản)", max_length=500)


class BoardForm(BaseForm):
    """A board with its term."""

    area = forms.ChoiceField(label="Xã, phường")
    kind = forms.ChoiceField(label="Ban", choices=[(one.value, words) for one, words in BOARD_WORDS.items()])
    decision = forms.CharField(label="Nghị quyết, quyết định công nhận", max_length=150)
    term_from = DateField(label="Nhiệm kỳ từ ngày")
    term_to = DateField(label="Đến ngày")
    member_count = WholeNumberField(label="Số thành viên")
    head = forms.CharField(label="Trưởng ban", max_length=100)
    deputy = forms.CharField(label="Phó Trưởng ban", max_length=100, required=False)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(area=areas)


class BoardVisitForm(BaseForm):
    """A supervision that a board made."""

    held_on = DateField(label="Ngày")
    subject = forms.CharField(label="Công trình, việc được giám sát", max_length=300)
    result = forms.CharField(label="Kết quả, kiến nghị", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Biên bản (PDF, Word, ảnh)", required=False)


class TimerForm(BaseForm):
    """A place's own rule of days."""

    area = forms.ChoiceField(label="Địa bàn")
    what = forms.ChoiceField(label="Thời hạn")
    days = WholeNumberField(label="Số ngày")
    valid_from = DateField(label="Từ ngày")
    legal_basis = forms.CharField(label="Căn cứ (số, ngày văn bản)", max_length=300)
    is_verified = forms.BooleanField(label="Đã đối chiếu với văn bản gốc", required=False)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (f"{one.timer}:{one.kind}", f"{TIMER_WORDS[one.timer]} ({KIND_OF_TIMER_WORDS[one.kind]})")
            for one in built_in()
        ]
        self.offer_choices(area=areas, what=offered)


class SendForm(BaseForm):
    """What a citizen tells, without an account. `website` is a trap: people do not see it."""

    area = forms.ChoiceField(label=_("Xảy ra ở xã, phường"))
    text = forms.CharField(
        label=_("Bạn muốn phản ánh điều gì?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    place = forms.CharField(label=_("Nơi xảy ra (tổ, khóm, tên đường)"), max_length=300, required=False)
    picture = forms.FileField(label=_("Ảnh"), required=False)
    name = forms.CharField(label=_("Họ tên"), max_length=100, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.CharField(label=_("Thư điện tử"), max_length=120, required=False)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(area=[("", _("Chọn xã, phường")), *areas])


class CodeForm(BaseForm):
    """The code of a feedback, and what its citizen has to say."""

    code = forms.CharField(label=_("Mã tra cứu (12 ký tự)"), max_length=40)
    do = forms.CharField(required=False, widget=forms.HiddenInput)
    satisfaction = forms.CharField(required=False, max_length=10)
    text = forms.CharField(required=False, max_length=1000)
