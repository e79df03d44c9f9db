"""The room as Django knows it, and its entry in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class CheckingConfig(AppConfig):
    name = "chungtay.checking"
    label = "checking"
    verbose_name = "Đối chiếu văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.returns import registry
        from chungtay.web import nav

        registry.register_way_in(
            registry.WayIn(
                "Điền từ báo cáo bằng lời",
                "Dán báo cáo của đơn vị: phần mềm tìm số cho từng ô, kèm câu nêu số đó, để bạn xác nhận.",
                "Tìm số trong báo cáo",
                "return-from-text",
                "search",
            )
        )
        nav.register(nav.NavItem("Đối chiếu", "check-list", order=55, visible=_may_look, prefix="/doi-chieu/"))


def _may_look(request: HttpRequest) -> bool:
    """Whether the person may check a text of any place."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    return isinstance(user, User) and bool(access.areas_for(user, "view", "check", on=clock.today()))
