"""The entries of the programme and of its figures in the main navigation."""

from chungtay.web import nav


def register() -> None:
    """Put "Chương trình" and "Con số" into the navigation."""
    nav.register(nav.NavItem("Chương trình", "programme-list", order=20, prefix="/chuong-trinh/"))
    nav.register(nav.NavItem("Con số", "figure-index", order=60, prefix="/con-so/"))
