"""The app of the evidence room: one table and a folder, no pages of its own."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """No navigation: files are shown by the records that rest on them."""

    name = "chungtay.evidence"
    label = "evidence"
    verbose_name = "Minh chứng"
    default_auto_field = "django.db.models.BigAutoField"
