"""What people type about activities and movements; the form of an activity is short, for a phone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from chungtay.community.forms import ANY, Choices, Entering, OwnFields, choices_of
from chungtay.community.kinds import activity_kind, catalogue
from chungtay.community.models import Activity, Movement
from chungtay.community.rules import STATE_LABELS
from chungtay.web.forms import DateField, Form, WholeNumberField

MOST_PICTURES = 10


class PicturesInput(forms.ClearableFileInput):
    """A choice of several files; a phone offers its camera."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures or documents at once; none is fine."""

    widget = PicturesInput(attrs={"accept": "image/*,.pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > MOST_PICTURES:
            raise forms.ValidationError(
                f"Mỗi lần gửi nhiều nhất {MOST_PICTURES} tệp. Hãy gửi phần còn lại ở lần sửa sau."
            )
        return [super(PicturesField, self).clean(one, initial) for one in given]


class ActivityFilter(Form):
    """What the list of activities is narrowed to; every field may be empty."""

    q = forms.CharField(label="Tìm", required=False, max_length=100)
    loai = forms.ChoiceField(label="Loại", required=False)
    don_vi = forms.ChoiceField(label="Đơn vị", required=False)
    trang_thai = forms.ChoiceField(label="Tình trạng", required=False)
    phong_trao = forms.ChoiceField(label="Phong trào", required=False)
    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến ngày", required=False)
    xep = forms.ChoiceField(label="Xếp theo", required=False, choices=[("", "Mới trước"), ("cu", "Cũ trước")])

    def __init__(self, *args: Any, units: Choices, movements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["loai"], [(one.code, one.label) for one in catalogue().activities.values()], ANY)
        choices_of(self.fields["don_vi"], units, ANY)
        choices_of(self.fields["trang_thai"], [(one.value, label) for one, label in STATE_LABELS.items()], "Trừ đã rút")
        choices_of(self.fields["phong_trao"], movements, ANY)


class ActivityForm(OwnFields, Entering):
    """One activity of a kind."""

    title = forms.CharField(label="Tên hoạt động", max_length=200, required=False)
    held_on = DateField(label="Ngày tổ chức")
    area = forms.ChoiceField(label="Đơn vị")
    hamlet = forms.ChoiceField(label="Khóm, ấp", required=False)
    venue = forms.CharField(label="Địa điểm", max_length=150, required=False)
    participants = WholeNumberField(label="Người tham gia", required=False)
    group = forms.ChoiceField(label="Nhóm đứng ra làm", required=False)
    body = forms.ChoiceField(label="Cơ quan, đoàn thể chủ trì", required=False)
    movement = forms.ChoiceField(label="Thuộc phong trào", required=False)
    task = forms.ChoiceField(label="Thực hiện nhiệm vụ", required=False)
    note = forms.CharField(label="Ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    pictures = PicturesField(label="Ảnh, tài liệu", required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: str, offers: Mapping[str, Choices], activity: Activity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        told = activity_kind(kind)
        self.add_own(told.fields, activity.counts if activity else None)
        empty = {"area": None, "hamlet": "Chọn khóm, ấp" if told.per_hamlet else "Không gắn với một khóm, ấp"}
        for name in ("area", "hamlet", "group", "body", "movement", "task"):
            choices_of(self.fields[name], offers.get(name, ()), empty.get(name, "Không"))
            if name != "area" and not offers.get(name):
                del self.fields[name]
        self.fields["title"].help_text = f"Để trống thì ghi là “{told.label}”"
        if activity:
            del self.fields["area"]
            self._hold(activity)

    def _hold(self, activity: Activity) -> None:
        links = {
            name: str(getattr(activity, f"{name}_id") or "") for name in ("hamlet", "group", "body", "movement", "task")
        }
        plain = {
            name: getattr(activity, name) for name in ("title", "held_on", "venue", "participants", "note", "revision")
        }
        self.initial.update(links | plain)


class StepForm(Form):
    """A step of an activity that has to say why; `revision`: as it was seen."""

    prefix = "buoc"
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label="Lý do", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MovementForm(Form):
    """What a movement is announced as."""

    area = forms.ChoiceField(label="Nơi phát động")
    kind = forms.ChoiceField(label="Loại", choices=Movement.Kind.choices)
    name = forms.CharField(label="Tên", max_length=200)
    starts_on = DateField(label="Từ ngày")
    ends_on = DateField(label="Đến hết ngày; để trống nếu lâu dài", required=False)
    aim = forms.CharField(
        label="Mục đích, nội dung", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    basis = forms.CharField(label="Văn bản phát động", max_length=200, required=False)
    indicators = forms.MultipleChoiceField(
        label="Chỉ tiêu theo dõi", required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        units: Choices,
        indicators: Sequence[tuple[str, str]],
        movement: Movement | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["area"], units)
        choices_of(self.fields["indicators"], indicators)
        if movement:
            del self.fields["area"]
            names = ("kind", "name", "starts_on", "ends_on", "aim", "basis", "revision")
            self.initial.update({name: getattr(movement, name) for name in names})
            self.initial["indicators"] = [one.code for one in movement.indicators.all()]


class JoinForm(Form):
    """A unit's name under a movement, and what came of it."""

    prefix = "dang-ky"
    area = forms.ChoiceField(label="Đơn vị")
    participants = WholeNumberField(label="Số người, hộ đăng ký", required=False)
    result = forms.CharField(label="Kết quả", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self.fields["area"], units)
