"""Migrations are named by people, complete, and one line per room."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from pytest_django.fixtures import Settings

from chungtay.audit.models import JSONField
from tests.house import tree


def badly_named(names: Iterable[str]) -> list[str]:
    """Return the migrations that a machine named."""
    return [name for name in names if "auto_" in name or "merge" in name or not name[:4].isdigit()]


def names() -> dict[str, list[str]]:
    """Return the migrations of every room, in order."""
    return {
        path.parent.parent.name: sorted(p.stem for p in path.parent.glob("*.py") if p.stem != "__init__")
        for path in sorted(tree.PACKAGE.glob("*/migrations/__init__.py"))
    }


@pytest.fixture
def with_migrations(settings: Settings) -> None:
    """Let Django see them: tests make their tables from the models."""
    settings.MIGRATION_MODULES = {}


def test_migrations_have_names_that_say_something() -> None:
    """Django's own proposal is not a name."""
    found = {room: badly_named(migrations) for room, migrations in names().items()}
    assert {room: bad for room, bad in found.items() if bad} == {}


def test_planted_faults_are_found() -> None:
    """A machine's name, a merge, no number."""
    wrong = ["0002_auto_20260101_0000", "0003_merge_0002_a_0002_b", "second"]
    assert badly_named(["0001_initial", "0002_drafts_keep_replies", *wrong]) == wrong


@pytest.mark.usefixtures("with_migrations")
def test_every_room_with_tables_has_its_migration_and_one_end() -> None:
    """Two ends would leave the order of changes to chance."""
    loader = MigrationLoader(None)
    lacking = [
        room
        for room in tree.rooms()
        if (tree.PACKAGE / room / "models.py").exists() or (tree.PACKAGE / room / "models").is_dir()
        if len(loader.graph.leaf_nodes(room)) != 1
    ]
    assert lacking == []


def test_every_json_column_can_be_created_under_our_settings_of_sqlite() -> None:
    """Django's own adds a check that `trusted_schema=OFF` refuses on some versions of SQLite (docs/adr/0002).

    Columns of packages have it left out by our backend (`config.sqlite.base`), without which no empty database came to its tables.
    """
    columns = [
        field
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.JSONField) and model._meta.app_label in tree.floor_of()
    ]
    assert columns
    assert [str(field) for field in columns if not isinstance(field, JSONField)] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("with_migrations")
def test_no_model_has_changed_without_a_migration() -> None:
    """Fails with the list of changes."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
