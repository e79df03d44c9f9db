"""Both databases: the product's settings hold on each, and what writes and reads is tested again on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import cluster
from tests.databases.at_once import at_once

ROOT = Path(__file__).resolve().parents[2]
# Whatever talks to a database; pages and pure rules do not differ.
_PARTS = "services intake importing races selectors models concurrency triggers tampering facts commands"
LAYERS = f"({_PARTS.replace(' ', ' or ')}) and not oracle"


@pytest.mark.longest
@pytest.mark.postgresql
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this whole run is on another database already")
def test_what_writes_and_reads_holds_on_postgresql_too(postgresql_url, tmp_path):
    pytest_ = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider"]
    command = [*pytest_, "--migrations", "chungtay", "-k", LAYERS, "-m", "not browser"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = inherited | {"DATABASE_URL": postgresql_url, "CHUNGTAY_DATA": str(tmp_path)}
    # The settings are named by the root conftest, which must come first.
    for name in ("DJANGO_SETTINGS_MODULE", "CHUNGTAY_TESTING"):
        environment.pop(name, None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


@pytest.mark.postgresql
def test_the_private_cluster_keeps_what_it_acknowledged_and_hears_only_this_machine(postgresql_url):
    import psycopg

    with psycopg.connect(postgresql_url) as server:
        settings = {name: server.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "listen_addresses")}
        role = server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert settings == {"fsync": "on", "listen_addresses": ""}
    assert role == (False,)


def test_without_server_programs_the_package_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(cluster.Path, "glob", lambda *_: iter(()))
    with pytest.raises(cluster.NoServer, match="Debian package postgresql"):
        cluster.programs()


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_server_programs_a_command_is_left_out_but_fails_in_ci(monkeypatch, capsys, ci, code):
    def absent():
        raise cluster.NoServer("nothing here")

    monkeypatch.setattr(cluster, "programs", absent)
    monkeypatch.setenv("CI", ci)
    assert cluster.main(["--", "false"]) == code
    assert "Not run on PostgreSQL: nothing here" in capsys.readouterr().err


def test_a_command_is_asked_for(capsys):
    assert cluster.main(["--"]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.django_db
def test_sqlite_has_the_settings_that_were_found_to_matter():
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        read = {}
        for pragma in ("synchronous", "foreign_keys", "recursive_triggers", "trusted_schema", "secure_delete"):
            cursor.execute(f"PRAGMA {pragma}")
            read[pragma] = cursor.fetchone()[0]
    assert read == {
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "memory" not in str(connection.settings_dict["NAME"])


def test_threads_that_start_together_tell_what_they_returned_and_raised():
    def work(number):
        if number == 1:
            raise ValueError("one")
        return number * 10

    first, second, third = at_once(work, 3)
    assert (first, third) == (0, 20)
    assert isinstance(second, ValueError)
