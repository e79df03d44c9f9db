"""The entry of the administrative units in the main navigation."""

from chungtay.web import nav


def register() -> None:
    """Put "Đơn vị" into the navigation, after the figures."""
    nav.register(nav.NavItem("Đơn vị", "unit-list", order=65, prefix="/dia-ban/"))
