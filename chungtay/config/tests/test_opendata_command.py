"""The command of the open data: what it prints, and that it fails where a released file is not what was released."""

import json

import pytest

from chungtay.config import cli
from chungtay.opendata import selectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(capsys, settings, tmp_path):
    """Run `chungtay opendata …`; return (exit status, what it printed, what it complained of)."""
    settings.DATA_DIR = tmp_path

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main(["opendata", *words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def test_a_release_is_printed_made_once_and_verified(ran):
    code, said, _ = ran("release", "--json")
    made = json.loads(said)
    assert (code, made["version"], made["new"]) == (0, 1, True)
    assert {"units.csv", "figures.parquet", "chung-tay.db", "datapackage.json"} <= {
        one["name"] for one in made["files"]
    }
    assert ran("release")[:2] == (0, "Không có gì mới so với bản 1.\n")
    assert ran("verify")[:2] == (0, "1 bản: mọi tệp còn nguyên, đúng mã SHA-256.\n")
    selectors.path_of(selectors.file_of(1, "units.json").sha256).unlink()
    code, _, complained = ran("verify")
    assert code == 1 and "Bản 1: tệp units.json" in complained
    assert json.loads(ran("verify", "--json")[1])["faults"][0]["file"] == "units.json"
