"""What a person says of a new token."""

from django import forms

from chungtay.api.rules import MOST_DAYS, SCOPE_LABELS, Scope
from chungtay.web.forms import Form


class IssueToken(Form):
    """What it is for, what it may, how long."""

    name = forms.CharField(label="Dùng cho việc gì", max_length=80)
    scopes = forms.MultipleChoiceField(
        label="Phạm vi",
        choices=[(scope.value, SCOPE_LABELS[scope].capitalize()) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ.value],
    )
    days = forms.IntegerField(
        label="Số ngày có hiệu lực",
        min_value=1,
        max_value=MOST_DAYS,
        initial=90,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
