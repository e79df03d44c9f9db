"""The app of the papers room: it has templates of paper and a style sheet, and no tables."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """No models, no navigation of its own."""

    name = "chungtay.papers"
    label = "papers"
