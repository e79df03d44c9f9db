"""Forms of the room: criteria, contests, scores, papers of a vote, appeals, decisions and dated rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from chungtay.emulation.dated import RULE_LABELS, RuleKind
from chungtay.emulation.models import CriteriaSet, Criterion, Sheet
from chungtay.emulation.models.contests import decimals_of
from chungtay.emulation.rules import FORM_LABELS, MONEY_LABELS, RECIPIENT_LABELS, MoneyFrom, Recipient
from chungtay.emulation.rules import Form as AwardForm
from chungtay.emulation.scoring import BY_FIGURE, HOW_LABELS, PLACES, How, Item, points_text, read_bands
from chungtay.funds.models import Fund
from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import read_decimal
from chungtay.programmes.models import Programme
from chungtay.web.forms import DateField, Form, PeriodField, WholeNumberField


class PointsField(forms.CharField):
    """Reads "7,5" as 750 hundredths of a point; None for an empty box."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=8, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs
        )

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return hundredths; the kernel's sentence says what is wrong with anything else."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_decimal(text, PLACES)
        except DomainError as error:
            raise ValidationError(str(error)) from error

    def run_validators(self, value: Any) -> None:
        """The number was read already."""

    def prepare_value(self, value: Any) -> Any:
        """Show 750 as "7,5"; what was typed stays as typed."""
        return points_text(value) if isinstance(value, int) else value


# ---------------------------------------------------------------- criteria and contests


class CriteriaHead(Form):
    """The head of a criteria set."""

    code = forms.SlugField(label="Mã bộ tiêu chí", max_length=20)
    title = forms.CharField(label="Tên", max_length=200)
    basis = forms.CharField(label="Căn cứ ban hành", max_length=200, required=False)


class CriterionRow(Form):
    """One criterion; a row without a number does not count."""

    number = forms.CharField(label="Số", max_length=12, required=False)
    title = forms.CharField(label="Nội dung", max_length=400, required=False)
    most = PointsField(label="Điểm tối đa", required=False)
    how = forms.ChoiceField(label="Cách chấm", choices=[(how.value, words) for how, words in HOW_LABELS.items()])
    indicator = forms.ChoiceField(label="Chỉ tiêu", required=False)
    value = forms.CharField(label="Mức giao, hoặc các mức", max_length=200, required=False)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = {one.code: one for one in indicators}
        self.offer_choices(
            indicator=[("", "Không có"), *((k, f"{i.name} ({i.unit})") for k, i in self.indicators.items())]
        )

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty; what stands in `value` is read with the decimals of its figure."""
        said = super().clean() or self.cleaned_data
        if not said.get("number"):
            return said
        if said.get("most") is None and "most" not in self.errors:
            self.add_error("most", "Ghi điểm tối đa.")
        chosen = self.indicators.get(said.get("indicator") or "")
        how, text = How(said.get("how") or How.PEOPLE), said.get("value") or ""
        if how in BY_FIGURE and chosen is not None and text:
            try:
                if how is How.SHARE:
                    said["target"] = read_decimal(text, decimals_of(chosen))
                else:
                    said["bands"] = read_bands(text, decimals_of(chosen))
            except DomainError as wrong:
                self.add_error("value", str(wrong))
        return said

    def item(self) -> Item | None:
        """Return the criterion, None of an empty row."""
        said = self.cleaned_data
        if not said.get("number"):
            return None
        return Item(
            number=said["number"].strip().rstrip("."),
            title=said["title"],
            most=said["most"],
            how=How(said["how"]),
            indicator=said["indicator"] if How(said["how"]) in BY_FIGURE else "",
            target=said.get("target"),
            bands=said.get("bands", ()),
        )


class ContestForm(Form):
    """A contest: by which criteria, over which period, who takes part."""

    title = forms.CharField(label="Tên đợt thi đua", max_length=200)
    code = forms.SlugField(label="Mã đợt", max_length=30)
    criteria = forms.ChoiceField(label="Bộ tiêu chí")
    programme = forms.ChoiceField(label="Chương trình", required=False)
    period = PeriodField(label="Kỳ của số liệu")
    due_on = DateField(label="Hạn tự chấm")
    appeal_days = WholeNumberField(label="Số ngày nhận kiến nghị", initial=5)
    who = forms.ChoiceField(label="Ai tham gia")

    def __init__(
        self,
        *args: Any,
        sets: Sequence[CriteriaSet],
        programmes: Sequence[Programme],
        who: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sets = {str(one.pk): one for one in sets}
        self.programmes = {str(one.pk): one for one in programmes}
        self.offer_choices(
            criteria=[(key, str(one)) for key, one in self.sets.items()],
            programme=[("", "Không gắn"), *((key, str(one)) for key, one in self.programmes.items())],
            who=who,
        )


class Typed(Form):
    """A step: which, as the person saw it, with a reason or what has to be typed."""

    do = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    typed = forms.CharField(label="Gõ lại để xác nhận", max_length=60, required=False)
    reason = forms.CharField(label="Lý do", max_length=1000, required=False)


# ---------------------------------------------------------------- scores and votes


class ScoreForm(Form):
    """Points of the criteria that people score: for each a box, why, and a file."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, criteria: Sequence[Criterion], asks_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for one in self.criteria:
            most = points_text(one.most)
            self.fields[f"points-{one.pk}"] = PointsField(label=f"Điểm (0 đến {most})", required=False)
            self.fields[f"note-{one.pk}"] = forms.CharField(label="Căn cứ, lý do", max_length=400, required=False)
            if asks_file:
                self.fields[f"file-{one.pk}"] = forms.FileField(label="Minh chứng (ảnh, PDF, Word)", required=False)

    def rows(self) -> list[dict[str, Any]]:
        """Return for each criterion its boxes."""
        return [
            {
                "criterion": one,
                "points": self[f"points-{one.pk}"],
                "note": self[f"note-{one.pk}"],
                "file": self[f"file-{one.pk}"] if f"file-{one.pk}" in self.fields else None,
            }
            for one in self.criteria
        ]

    def said(self) -> "Iterable[tuple[str, int, str, UploadedFile[Any] | None]]":
        """Return what was given: (number, points, note, file); an empty box gives nothing."""
        for one in self.criteria:
            points = self.cleaned_data[f"points-{one.pk}"]
            if points is not None:
                sent = self.cleaned_data.get(f"file-{one.pk}")
                yield one.number, points, self.cleaned_data[f"note-{one.pk}"], sent or None


class PaperForm(Form):
    """A secret paper: agree or not, for each candidate."""

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = list(sheets)
        for sheet in self.sheets:
            self.fields[str(sheet.pk)] = forms.ChoiceField(
                label=sheet.name,
                choices=[("yes", "Đồng ý"), ("no", "Không đồng ý")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Chưa chọn cho {sheet.name}."},
            )

    def choices(self) -> dict[Any, bool]:
        """Return {sheet id: whether the member agrees}."""
        return {sheet.pk: self.cleaned_data[str(sheet.pk)] == "yes" for sheet in self.sheets}


class InterestForm(Form):
    """Why a member does not vote on an entrant."""

    reason = forms.CharField(
        label="Vì sao bạn không bỏ phiếu cho đơn vị này", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(Form):
    """The answer to an appeal: with points it accepts."""

    text = forms.CharField(label="Trả lời", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    points = PointsField(label="Điểm mới nếu chấp nhận", required=False)


# ---------------------------------------------------------------- decisions and rules


class DecisionForm(Form):
    """The head of a decision."""

    form = forms.ChoiceField(label="Hình thức khen", choices=[(f.value, w) for f, w in FORM_LABELS.items()])
    merit = forms.CharField(label="Thành tích in trên giấy", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    signed_on = DateField(label="Ngày ký")
    place = forms.CharField(label="Địa danh", max_length=60)
    position = forms.CharField(label="Chức vụ người ký (dấu phẩy ngăn dòng)", max_length=120)
    signer = forms.CharField(label="Họ tên người ký", max_length=100)
    programme = forms.ChoiceField(label="Chương trình", required=False)
    money = forms.ChoiceField(label="Nguồn tiền thưởng", choices=[(m.value, w) for m, w in MONEY_LABELS.items()])
    fund = forms.ChoiceField(label="Quỹ chi", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, programmes: Sequence[Programme], funds: Sequence[Fund], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        self.funds = {str(one.pk): one for one in funds}
        self.offer_choices(
            programme=[("", "Không gắn"), *((key, str(one)) for key, one in self.programmes.items())],
            fund=[("", "Không chi từ quỹ"), *((key, one.name) for key, one in self.funds.items())],
        )

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        said = self.cleaned_data
        kept = {name: said[name] for name in ("merit", "signed_on", "place", "position", "signer")}
        return kept | {
            "form": AwardForm(said["form"]),
            "money": MoneyFrom(said["money"]),
            "programme": self.programmes.get(said["programme"]),
            "fund": self.funds.get(said["fund"]),
        }


class AwardRow(Form):
    """One line of a decision; a row without a name does not count. `sheet` is the entrant that it rests on."""

    sheet = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Đối tượng", choices=[(r.value, w.capitalize()) for r, w in RECIPIENT_LABELS.items()]
    )
    name = forms.CharField(label="Tên", max_length=120, required=False)
    achievement = forms.CharField(label="Thành tích (bằng lời)", max_length=600, required=False)

    @property
    def recipient(self) -> Recipient:
        """The kind that was chosen."""
        return Recipient(self.cleaned_data["kind"])


class RuleForm(Form):
    """A dated value of one's own place."""

    what = forms.ChoiceField(label="Quy định")
    value = WholeNumberField(label="Giá trị")
    valid_from = DateField(label="Từ ngày")
    valid_to = DateField(label="Đến trước ngày", required=False)
    legal_basis = forms.CharField(label="Căn cứ (số, ngày văn bản)", max_length=200)
    is_verified = forms.BooleanField(label="Tôi đã đối chiếu với văn bản", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rates = [
            (f"{RuleKind.RATE}:{form}/{who}", f"Hệ số: {form_words}, {words}")
            for form, form_words in FORM_LABELS.items()
            for who, words in RECIPIENT_LABELS.items()
        ]
        others = [
            (f"{RuleKind.BASE}:", RULE_LABELS[RuleKind.BASE]),
            (f"{RuleKind.ROUNDING}:", RULE_LABELS[RuleKind.ROUNDING]),
            (f"{RuleKind.QUORUM}:present", "Bỏ phiếu: tỷ lệ thành viên phải có (%)"),
            (f"{RuleKind.QUORUM}:majority", "Bỏ phiếu: tỷ lệ tán thành (%)"),
        ]
        self.offer_choices(what=[*rates, *others])

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        kind, _, key = self.cleaned_data["what"].partition(":")
        rest = {name: value for name, value in self.cleaned_data.items() if name != "what"}
        return rest | {"kind": RuleKind(kind), "key": key}


class ArtworkForm(Form):
    """The office's own picture."""

    picture = forms.FileField(label="Hình in ở chỗ quốc huy (JPG, PNG)")


class BookFilter(Form):
    """What the reward book is narrowed to."""

    q = forms.CharField(label="Tìm tên, số quyết định, không cần dấu", required=False, max_length=100)
    nam = forms.ChoiceField(label="Năm", required=False)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices(nam=[("", "Mọi năm"), *((str(year), str(year)) for year in years)])
