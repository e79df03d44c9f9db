"""Start of the room: the masthead learns where a person works."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "chungtay.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.accounts.selectors import place_name_of
        from chungtay.web.context import place_provider

        place_provider.register(place_name_of)
