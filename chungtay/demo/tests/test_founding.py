"""A workspace founded at once has the tables that its migrations make."""

import os
import re
import sqlite3
import subprocess
import sys

MIGRATE = "import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)"
FOUND = "import django; django.setup(); from chungtay.demo.founding import lay_tables; lay_tables()"
CHECK = "import django; django.setup(); from django.core.management import call_command; call_command('migrate', check_unapplied=True)"


def run(code, folder):
    folder.mkdir(exist_ok=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CHUNGTAY_", "DATABASE_", "PYTEST"))}
    said = clean | {"DJANGO_SETTINGS_MODULE": "chungtay.config.settings", "CHUNGTAY_DATA": str(folder)}
    done = subprocess.run([sys.executable, "-c", code], env=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def schema_of(folder):
    """Return what a database holds itself to, by kind and name (tables, indexes, triggers): its words, whatever their order."""
    with sqlite3.connect(folder / "chungtay.sqlite3") as db:
        rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        applied = set(db.execute("SELECT app, name FROM django_migrations"))
    return {(kind, name, table): sorted(re.findall(r"[\w']+", sql)) for kind, name, table, sql in rows}, applied


def test_tables_made_at_once_are_those_of_the_migrations(tmp_path):
    run(MIGRATE, tmp_path / "walked")
    run(FOUND, tmp_path / "founded")
    (walked, applied), (founded, noted) = schema_of(tmp_path / "walked"), schema_of(tmp_path / "founded")
    assert set(founded) == set(walked)
    assert {key: words for key, words in founded.items() if walked[key] != words} == {}
    assert len(founded) > 500
    assert noted == applied
    run(CHECK, tmp_path / "founded")
