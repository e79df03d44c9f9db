"""Start of the room: its entry of the navigation."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Tasks, meetings and letters of the programmes."""

    name = "chungtay.tasks"
    label = "tasks"
    verbose_name = "Nhiệm vụ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.tasks import linking, words
        from chungtay.web import nav, waiting

        nav.register(nav.NavItem("Nhiệm vụ", "task-list", order=25, prefix="/nhiem-vu/"))
        linking.register()
        words.register()
        waiting.register("tasks", linking.waiting)
