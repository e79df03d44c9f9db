from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "chungtay.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
