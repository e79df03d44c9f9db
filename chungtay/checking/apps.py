"""The room as Django knows it, and its entry in the navigation."""

from django.apps import AppConfig


class CheckingConfig(AppConfig):
    name = "chungtay.checking"
    label = "checking"
    verbose_name = "Đối chiếu văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
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
        nav.register(
            nav.NavItem("Đối chiếu", "check-list", order=55, visible=navigation.sees("check"), prefix="/doi-chieu/")
        )
