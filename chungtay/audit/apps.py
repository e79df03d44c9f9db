"""Start of the room: triggers behind every history table after each migrate, and the log offered to the floor below."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "chungtay.audit"
    label = "audit"
    verbose_name = "Nhật ký"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.audit import services
        from chungtay.audit.checks import history_is_guarded
        from chungtay.places import registry

        registry.record_with(services.record, services.record_all)
        checks.register(history_is_guarded, checks.Tags.database)
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="audit.triggers")


def install_triggers(using: str, **kwargs: Any) -> None:
    """Guard every history table that exists: a rebuilt SQLite table has lost its triggers."""
    from chungtay.audit import triggers  # models are not loaded when this module is imported

    triggers.install(using)
