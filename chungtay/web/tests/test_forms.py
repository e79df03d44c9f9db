from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.web.forms import BAD_CHOICE, REQUIRED, DateField, Form, PeriodField, WholeNumberField


class Entry(Form):
    amount_vnd = WholeNumberField(label="Số tiền")
    received_on = DateField(label="Ngày nhận", required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)
    note = forms.CharField(required=False)
    signer = forms.CharField(required=False, error_messages={"required": "Ghi người ký."})


class PeriodClosed(DomainError):
    """The period is closed."""


def entry(**data: str) -> Entry:
    return Entry({"amount_vnd": "22.047", **data})


def test_a_number_is_read_as_it_is_written_here():
    form = entry(received_on="30/05/2023")
    assert form.is_valid()
    assert form.cleaned_data["amount_vnd"] == 22047
    assert form.cleaned_data["received_on"] == date(2023, 5, 30)


def test_a_number_with_a_group_too_many_is_refused_with_the_sentence_of_the_kernel():
    form = entry(amount_vnd="25.000.000.00")
    assert not form.is_valid()
    assert "25.000.000?" in form.errors["amount_vnd"][0]


def test_an_empty_number_is_no_number():
    assert not entry(amount_vnd="").is_valid()
    assert entry(amount_vnd="").errors["amount_vnd"] == [REQUIRED]
    assert entry(amount_vnd="0").is_valid()


@pytest.mark.parametrize("text", ["31/02/2023", "2023", "05/30/2023"])
def test_a_day_that_is_not_in_the_calendar_is_repeated_in_the_error(text: str):
    form = entry(received_on=text)
    assert not form.is_valid()
    assert text in form.errors["received_on"][0]


def test_a_choice_outside_the_list_says_what_to_do():
    assert entry(kind="b").errors["kind"] == [BAD_CHOICE]


def test_a_field_keeps_its_own_sentence():
    assert Entry.base_fields["signer"].error_messages["required"] == "Ghi người ký."
    assert Entry().fields["signer"].error_messages["required"] == "Ghi người ký."


def test_numbers_and_days_are_shown_as_they_are_read():
    form = Entry(initial={"amount_vnd": 22047, "received_on": date(2023, 5, 30)})
    assert 'value="22.047"' in str(form["amount_vnd"])
    assert 'value="30/05/2023"' in str(form["received_on"])


def test_what_was_typed_wrongly_is_shown_again_as_typed():
    assert 'value="25.000.000.00"' in str(entry(amount_vnd="25.000.000.00")["amount_vnd"])


def test_a_service_is_run_with_the_named_arguments_and_its_answer_kept():
    form = entry()
    assert form.try_(lambda *, amount_vnd, by: (amount_vnd, by), amount_vnd=5, by="An")
    assert form.result == (5, "An")


def test_a_refusal_of_the_domain_becomes_an_error_of_the_form():
    def refuse() -> None:
        raise PeriodClosed("Kỳ này đã khóa. Hãy xin mở lại.")

    form = entry()
    assert not form.try_(refuse)
    assert form.non_field_errors() == ["Kỳ này đã khóa. Hãy xin mở lại."]


def test_any_other_failure_rises():
    with pytest.raises(ZeroDivisionError):
        entry().try_(lambda: 1 / 0)


def test_a_period_is_read_as_its_code_and_nothing_else_is():
    field = PeriodField()
    assert field.clean(" 2022Q3 ") == parse_period("2022Q3")
    assert PeriodField(required=False).clean("") is None
    for wrong in ("năm ngoái", "2022Q5", "2" * 60):
        with pytest.raises(ValidationError):
            field.clean(wrong)


def test_choices_are_offered_by_name_and_a_slip_is_no_secret():
    class Choosing(Form):
        colour = forms.ChoiceField()
        note = forms.CharField()

    form = Choosing({"colour": "g", "note": "x"})
    form.offer_choices(colour=[("g", "xanh")])
    assert form.is_valid()
    with pytest.raises(TypeError):
        form.offer_choices(note=[])
    with pytest.raises(KeyError):
        form.offer_choices(color=[])
