"""What the editors' pages ask of us rather than of Wagtail."""

from django.conf import settings
from django.views.i18n import JavaScriptCatalog


class EditorsWords(JavaScriptCatalog):
    """The words of Wagtail's scripts: its own catalogue, and ours where that one has no Vietnamese."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        """Return the folders of catalogues, those that come later go before."""
        return [*super().get_paths(packages), *(str(path) for path in settings.LOCALE_PATHS)]
