"""Base form and the fields that read numbers and dates as people here write them."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer, read_integer
from chungtay.kernel.periods import Period, parse_period

REQUIRED = _("Ô này chưa có gì. Hãy nhập rồi gửi lại.")
BAD_DATE = _("“%(value)s” không phải một ngày có trong lịch. Nhập theo dạng ngày/tháng/năm, ví dụ 28/02/2023.")
BAD_CHOICE = _("Lựa chọn này không còn trong danh sách. Hãy chọn lại.")


class Form(forms.Form):
    """A Django form that runs one service and turns its DomainError into an error of the form."""

    result: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = REQUIRED
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = BAD_CHOICE

    def offer_choices(self, **choices: Iterable[tuple[str, Any]]) -> None:
        """Say what may be chosen in fields of a choice, by name: (value, words), also in groups. Raises KeyError and TypeError."""
        for name, offered in choices.items():
            field = self.fields[name]
            if not isinstance(field, forms.ChoiceField):
                raise TypeError(f"{name} is no field of a choice")
            field.choices = list(offered)

    def try_(self, service: Callable[..., Any], **kwargs: Any) -> bool:
        """Run `service(**kwargs)`; keep what it returns in `self.result`.

        Only the given arguments are passed: name the cleaned data you mean (`**form.cleaned_data` when all of it).
        A DomainError becomes an error above the form and the answer is False; every other exception rises.
        """
        try:
            self.result = service(**kwargs)
        except DomainError as error:
            self.add_error(None, gettext(str(error)))
            return False
        return True


class PeriodField(forms.CharField):
    """Reads a period as it is written in codes: "2022", "2022Q3", "2020-01..2023-05"; None for an empty box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_length": 40} | kwargs))

    def to_python(self, value: Any) -> Period | None:  # type: ignore[override]
        """Return the period; the kernel's sentence says what is wrong with anything else."""
        if isinstance(value, Period):
            return value
        code = super().to_python(value)
        if not code:
            return None
        try:
            return parse_period(code)
        except DomainError as error:
            raise ValidationError(str(error), code="invalid") from error

    def run_validators(self, value: Any) -> None:
        """Length is that of the code."""
        super().run_validators(value.code if isinstance(value, Period) else value)


class WholeNumberInput(forms.TextInput):
    """A text box for a whole number: the digits' own face, grouped by dots."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Show 22047 as "22.047"; what the person typed stays as typed."""
        return format_integer(value) if isinstance(value, int) else super().format_value(value)


class WholeNumberField(forms.Field):
    """Reads "22.047" into 22047; the kernel's sentence says what is wrong with anything else."""

    widget = WholeNumberInput

    def to_python(self, value: Any) -> int | None:
        """Return the number, None for an empty box."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return read_integer(str(value))
        except DomainError as error:
            raise ValidationError(str(error), code="invalid") from error


class DateInput(forms.DateInput):
    """A text box for a date: the browser's own picker follows the computer's language, this one follows ours."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "date", **(attrs or {})}, "%d/%m/%Y")


class DateField(forms.DateField):
    """Reads and shows dd/mm/yyyy."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the date; the error repeats what was typed."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(BAD_DATE, code="invalid", params={"value": value}) from error
