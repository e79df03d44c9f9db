from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "chungtay.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.returns import facts

        facts.register()
