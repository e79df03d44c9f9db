"""How a database comes to its tables: an empty one from the models at once, any other by its migrations.

Going through all migrations costs an empty database a minute and a half, nearly all of it spent on models of the past, most of them
of packages. The outcome is the same, which a test compares for our own; whatever follows a migration, as the triggers, follows too.
A package that is new to a workspace in use gets its tables the same way; what it would fill in there its room does (`portal.ground`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

OWN = "chungtay."


def bring_up_to_date(verbosity: int = 1) -> None:
    """Make the tables of an empty database, or migrate one that is used; nothing is left half-made."""
    if connection.introspection.table_names():
        make_new_packages()
        call_command("migrate", interactive=False, verbosity=verbosity)
        return
    with _without_checks(), transaction.atomic():
        _make_tables([config.label for config in apps.get_app_configs()])
        emit_post_migrate_signal(verbosity, interactive=False, db=connection.alias)


def make_new_packages() -> None:
    """Make the tables of packages that the database has never heard of, as they are now."""
    known = {app for app, _ in MigrationRecorder(connection).applied_migrations()}
    new = [c.label for c in apps.get_app_configs() if not c.name.startswith(OWN) and c.label not in known]
    with _without_checks(), transaction.atomic():
        _make_tables(new)


@contextmanager
def _without_checks() -> Iterator[None]:
    """SQLite cannot make tables while keys are checked."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def _make_tables(labels: Iterable[str]) -> None:
    wanted = set(labels)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy and model._meta.app_label in wanted:
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    # All that lie on the disk: one that replaces others counts as applied only when those do.
    for app, name in MigrationLoader(connection).disk_migrations:
        if app in wanted:
            recorder.record_applied(app, name)
