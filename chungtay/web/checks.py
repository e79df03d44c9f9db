"""System check: an entry of the navigation without an address is a mistake of the room that registered it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from chungtay.web import nav


def check_navigation(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return one error per registered `NavItem` whose url name does not resolve."""
    return [
        Error(
            f"The navigation entry “{item.label}” names the url “{item.url_name}”, which does not exist.",
            hint="Register the NavItem with a url name of the room's urls.py.",
            id="web.E001",
        )
        for item in nav.registered()
        if nav.address_of(item) is None
    ]
