"""Forms of the sign-in page and of a person's own account."""

from typing import Any

from django import forms

from chungtay.web.forms import Form

DIFFERENT = "Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại cả hai."


def _password(label: str, autocomplete: str) -> forms.CharField:
    """Return a password field: spaces count, and the browser knows which password is meant."""
    widget = forms.PasswordInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=128, widget=widget)


class SignIn(Form):
    """Name and password."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _password("Mật khẩu", "current-password")


class ChangePassword(Form):
    """The current password, and the new one twice."""

    current = _password("Mật khẩu hiện tại", "current-password")
    password = _password("Mật khẩu mới", "new-password")
    again = _password("Nhập lại mật khẩu mới", "new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two different new passwords."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", DIFFERENT)
        return data
