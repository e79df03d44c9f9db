"""An empty database gets the same tables from the models at once as from all its migrations."""

import os
import re
import sqlite3
import subprocess
import sys

import pytest

# Packages' tables are made at once here too: their migrations are theirs to prove, and would take a minute and a half.
BY_MIGRATIONS = (
    "import django; django.setup(); from django.core.management import call_command; "
    "from chungtay.audit import schema; call_command('migrate', 'accounts'); schema.make_new_packages(); call_command('migrate')"
)
LEFT = (
    "import django; django.setup(); from django.core.management import call_command; call_command('migrate', plan=True)"
)
SETTINGS = "chungtay.config.settings"


def asked(data, *python):
    """Run Python on a workspace; return what it said."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("CHUNGTAY_", "DJANGO_", "DATABASE_"))}
    environment = inherited | {"CHUNGTAY_DATA": str(data), "DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run([sys.executable, *python], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def made(data, *python):
    """Make the tables of a workspace; return what is in its database."""
    data.mkdir()
    asked(data, *python)
    with sqlite3.connect(data / "chungtay.sqlite3") as db:
        return described(db)


def described(db):
    """Return the words of every table, index and trigger, whatever their order; and the migrations that were applied."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    made = {(kind, name): sorted(re.findall(r"[\w']+", sql)) for kind, name, sql in rows}
    return made, set(db.execute("SELECT app, name FROM django_migrations"))


@pytest.mark.longest
def test_both_ways_give_the_same_tables(tmp_path):
    at_once, marked = made(tmp_path / "a", "-m", "chungtay.config", "migrate")
    one_by_one, applied = made(tmp_path / "b", "-c", BY_MIGRATIONS)
    assert marked == applied
    assert at_once.keys() == one_by_one.keys()
    assert {name: words for name, words in at_once.items() if words != one_by_one[name]} == {}
    assert len(at_once) > 500
    assert "No planned migration operations" in asked(tmp_path / "a", "-c", LEFT), "nothing is left to be done"


def test_a_rule_that_is_missing_is_seen():
    wide, narrow = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    for db, rule in ((wide, ', CONSTRAINT "amount_positive" CHECK ("amount" > 0)'), (narrow, "")):
        db.execute(f'CREATE TABLE "entry" ("amount" bigint NOT NULL{rule})')
        db.execute("CREATE TABLE django_migrations (app text, name text)")
    assert described(wide) != described(narrow)
