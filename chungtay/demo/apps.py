from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "chungtay.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.accounts import demo_hint
        from chungtay.demo import main_job

        demo_hint.register(main_job.accounts_to_try)
