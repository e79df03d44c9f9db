"""How a database comes to its tables: an empty one from the models at once, any other by its migrations.

Going through all migrations costs an empty database fifteen seconds, nearly all of them spent on models of the past. The
outcome is the same, which a test compares; whatever follows a migration, as the triggers, follows here too.
"""

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def bring_up_to_date(verbosity: int = 1) -> None:
    """Make the tables of an empty database, or migrate one that is used; nothing is left half-made."""
    if connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=verbosity)
        return
    if connection.vendor == "sqlite":  # its tables cannot be made while keys are checked
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            _make_tables()
            emit_post_migrate_signal(verbosity, interactive=False, db=connection.alias)
    finally:
        if connection.vendor == "sqlite":
            connection.enable_constraint_checking()


def _make_tables() -> None:
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).graph.nodes:
        recorder.record_applied(app, name)
