"""Start of the room: nothing to set up, the table of rights is read at its first use."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "chungtay.access"
    label = "access"
    verbose_name = "Quyền"
    default_auto_field = "django.db.models.BigAutoField"
