"""The tables of a new workspace, made at once: an empty database has no history to walk through.

Its migrations come to the same tables (`tests/test_founding.py`), but each of their steps draws every model anew.
"""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def lay_tables() -> None:
    """Make every table as the models say, note the migrations as done, and set up what follows a migration. For empty databases."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
    done = MigrationRecorder(connection)
    done.ensure_schema()
    done.migration_qs.bulk_create(
        done.Migration(app=app, name=name) for app, name in sorted(MigrationLoader(connection).disk_migrations)
    )
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
