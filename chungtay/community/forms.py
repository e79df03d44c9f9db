"""What people type about groups and residential areas, and what their lists are narrowed to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms

from chungtay.community.kinds import catalogue, group_kind
from chungtay.community.models import Group, GroupGrade, Hamlet
from chungtay.community.rules import FieldSpec
from chungtay.web.forms import DateField, Form, WholeNumberField

Choices = Sequence[tuple[str, str]]
ANY = "Tất cả"
ORDERS = [("ten", "Tên"), ("moi", "Mới thành lập trước"), ("cu", "Lâu đời trước")]


def choices_of(field: Any, offered: Iterable[tuple[str, str]], empty: str | None = None) -> None:
    """Offer a field's choices, the empty one first under its own name."""
    field.choices = [*([("", empty)] if empty is not None else []), *offered]


class Entering(Form):
    """A form that enters one thing once, however often it is sent: the page makes its id."""

    new_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("new_id", uuid4())


class OwnFields(Form):
    """A form with the fields of a kind, each under "o-<code>"."""

    specs: tuple[FieldSpec, ...] = ()

    def add_own(self, specs: Iterable[FieldSpec], held: Mapping[str, Any] | None) -> None:
        """Add the fields of a kind, with what is held of them; None: offer their defaults."""
        self.specs = tuple(specs)
        for spec in self.specs:
            field: forms.Field
            if spec.kind == "count":
                field = WholeNumberField(label=spec.label, required=False, help_text=spec.unit or spec.hint)
            elif spec.kind == "choice":
                field = forms.ChoiceField(
                    label=spec.label, required=False, choices=[("", "Chưa ghi"), *spec.choices.items()]
                )
            else:
                field = forms.CharField(label=spec.label, required=False, max_length=500, help_text=spec.hint)
            name = f"o-{spec.code}"
            self.fields[name] = field
            self.initial.setdefault(name, spec.default if held is None else held.get(spec.code))

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of the kind, to be drawn."""
        return [self[f"o-{spec.code}"] for spec in self.specs]

    def details(self) -> dict[str, Any]:
        """Return what was typed into them."""
        return {spec.code: self.cleaned_data.get(f"o-{spec.code}") for spec in self.specs}


class GroupFilter(Form):
    """What the directory of groups is narrowed to; every field may be empty."""

    q = forms.CharField(label="Tìm", required=False, max_length=100)
    ngay = DateField(label="Tính đến ngày", required=False)
    don_vi = forms.ChoiceField(label="Xã, phường", required=False)
    xep = forms.ChoiceField(label="Xếp theo", required=False, choices=ORDERS)
    ca_da_ket_thuc = forms.BooleanField(label="Cả nhóm đã kết thúc", required=False)
    loai = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["don_vi"], units, ANY)
        choices_of(self.fields["loai"], [(one.code, one.label) for one in catalogue().groups.values()], ANY)


class GroupForm(OwnFields, Entering):
    """A group of a kind: entered (with place, day and first numbers) or described anew."""

    name = forms.CharField(label="Tên", max_length=150)
    area = forms.ChoiceField(label="Xã, phường")
    hamlet = forms.ChoiceField(label="Khóm, ấp", required=False)
    founded_on = DateField(label="Ngày thành lập, ra mắt")
    members = WholeNumberField(label="Thành viên khi thành lập", required=False)
    households = WholeNumberField(label="Số hộ khi thành lập", required=False)
    parent = forms.ChoiceField(label="Ra đời từ", required=False)
    basis = forms.CharField(label="Văn bản, nếu có", max_length=200, required=False)
    schedule = forms.CharField(label="Lịch sinh hoạt", max_length=150, required=False)
    venue = forms.CharField(label="Nơi sinh hoạt", max_length=150, required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label="Lý do sửa", max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        kind: str,
        units: Choices,
        hamlets: Choices,
        parents: Choices = (),
        group: Group | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        told = group_kind(kind)
        self.add_own(told.fields, group.details if group else None)
        choices_of(self.fields["area"], units)
        choices_of(self.fields["hamlet"], hamlets, "Không gắn với một khóm, ấp")
        choices_of(self.fields["parent"], parents, "Không, hoặc chưa biết")
        gone = ["area", "founded_on", "members", "households", "basis", "parent"] if group else ["revision", "reason"]
        gone += [] if told.born_of else ["parent"]
        gone += [] if group else ["households" if told.measure == "members" else "members"]
        for name in gone:
            self.fields.pop(name, None)
        if group:
            told_now = {"name": group.name, "hamlet": str(group.hamlet_id or ""), "revision": group.revision}
            self.initial.update(told_now, schedule=group.schedule, venue=group.venue)


class CountForm(Form):
    """How many belong to a group as of a day."""

    prefix = "dem"
    as_of = DateField(label="Tính đến ngày")
    members = WholeNumberField(label="Thành viên", required=False)
    households = WholeNumberField(label="Số hộ", required=False)
    note = forms.CharField(label="Ghi chú; đính chính thì ghi lý do", max_length=300, required=False)


class OfficerForm(Form):
    """Who serves in a group since a day."""

    prefix = "ban"
    full_name = forms.CharField(label="Họ và tên", max_length=100)
    role = forms.ChoiceField(label="Vai trò")
    since = DateField(label="Từ ngày")

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["role"], [(role, role) for role in roles])


class OfficerEndForm(Form):
    """From which day somebody no longer serves."""

    prefix = "thoi"
    officer = forms.IntegerField(widget=forms.HiddenInput)
    on = DateField(label="Thôi từ ngày")


class GradeForm(Form):
    """How a group is classed for a year."""

    prefix = "loai"
    year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100)
    grade = forms.ChoiceField(label="Xếp loại", choices=GroupGrade.Grade.choices)
    note = forms.CharField(label="Ghi chú; đổi xếp loại thì ghi lý do", max_length=300, required=False)


class EndForm(Form):
    """The end of a group: dissolved, or gone into another."""

    prefix = "ket-thuc"
    on = DateField(label="Từ ngày")
    into = forms.ChoiceField(label="Nhập vào", required=False)
    basis = forms.CharField(label="Văn bản, nếu có", max_length=200, required=False)
    note = forms.CharField(label="Lý do", max_length=300, required=False)

    def __init__(self, *args: Any, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["into"], others, "Không nhập vào nhóm nào: giải thể, ngừng hoạt động")


class ReviveForm(Form):
    """Why a recorded end was a mistake."""

    prefix = "lai"
    note = forms.CharField(label="Vì sao lần ghi kết thúc là nhầm", max_length=300)


class HamletFilter(Form):
    """What the list of residential areas is narrowed to, and which activity it is covered by."""

    q = forms.CharField(label="Tìm khóm, ấp", required=False, max_length=80)
    don_vi = forms.ChoiceField(label="Xã, phường", required=False)
    ngay = DateField(label="Tính đến ngày", required=False)
    nam = forms.IntegerField(label="Năm của Ngày hội", required=False, min_value=2003, max_value=2100)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["don_vi"], units, ANY)


class HamletForm(Form):
    """A residential area to be entered."""

    area = forms.ChoiceField(label="Xã, phường")
    kind = forms.ChoiceField(label="Loại", choices=Hamlet.Kind.choices)
    name = forms.CharField(label="Tên, không kèm chữ khóm, ấp", max_length=80)
    founded_on = DateField(label="Có từ ngày")
    households = WholeNumberField(label="Số hộ", required=False)
    people = WholeNumberField(label="Nhân khẩu", required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["area"], units)


class HamletCountForm(Form):
    """Households of a residential area as of a day."""

    prefix = "dem"
    as_of = DateField(label="Tính đến ngày")
    households = WholeNumberField(label="Số hộ")
    people = WholeNumberField(label="Nhân khẩu", required=False)
    note = forms.CharField(label="Ghi chú; đính chính thì ghi lý do", max_length=300, required=False)
