"""An export that is killed leaves the lake as it was, and the next one brings it up to date."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from chungtay.figures.lake.export import export
from chungtay.figures.tests.ground import make_ground
from tests.house.tree import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked and killed")
@pytest.mark.django_db(transaction=True)
def test_a_killed_export_leaves_the_old_lake_whole_wherever_it_was_killed(folder: Path) -> None:
    """Every point at which it touches the disk is tried."""
    ground = make_ground()
    ground.tell(("HOUSES", "A", "2022-01", 10), ("POOR", "A", "2022-01", 5))
    export(folder, now=ground.now)
    ground.tell(("HOUSES", "A", "2022-01", 11))
    ground.tell(("HOUSES", "B", "2022-01", 12))
    command = [sys.executable, "-m", "tests.lake.killed", str(connection.settings_dict["NAME"]), str(folder)]
    connection.close()
    done = subprocess.run([*command, ground.now.isoformat()], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert len(found) > 20 and [run["killed"] for run in found] == [True] * (len(found) - 1) + [False]
    states = [(run["batch"], run["values"], run["whole"]) for run in found]
    old, new = (1, [10], True), (3, [11, 12], True)
    turn = states.index(new)  # from here on the manifest had its name
    assert states == [old] * turn + [new] * (len(states) - turn) and turn > 15
    for run in (found[turn // 2], found[turn - 1], found[turn]):
        assert export(Path(run["lake"]), now=ground.now).manifest.batch == 3
        left = [path.name for path in Path(run["lake"]).rglob("*") if path.name.startswith(".new-")]
        assert left == []
