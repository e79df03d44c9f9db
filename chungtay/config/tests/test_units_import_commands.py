"""The command `chungtay units import`: what it prints, writes and how it ends."""

import csv
import json

import pytest

from chungtay.config import cli
from chungtay.places.models import AreaVersion

pytestmark = pytest.mark.django_db
GOOD = "mã,tên,cấp,mã cấp trên,từ ngày,căn cứ\n30000,Xã Mới,xã,866,01/07/2025,NQ\n"
BAD = GOOD.replace("866", "999")


@pytest.fixture
def run(tmp_path, capsys):
    def run(*words, **contents):
        paths = []
        for name, text in contents.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            cli.main(["units", "import", *map(str, paths), *map(str, words)])
        return left.value.code, capsys.readouterr()

    return run


def test_a_list_is_taken_in_and_counted(cast, run):
    code, said = run("--json", "--as", "admin", a=GOOD)
    result = json.loads(said.out)
    assert (code, result["state"], result["counts"]["added"], result["findings"]) == (0, "imported", 1, [])
    assert AreaVersion.objects.filter(code="30000").exists()
    code, said = run("--json", a=GOOD)
    assert (code, json.loads(said.out)["state"]) == (0, "unchanged")


def test_a_dry_run_only_checks(cast, run):
    code, said = run("--dry-run", a=GOOD)
    assert code == 0
    assert "chưa ghi gì (--dry-run)" in said.out
    assert "thêm 1," in said.out
    assert not AreaVersion.objects.filter(code="30000").exists()


def test_a_refused_list_names_the_row_and_writes_the_table(cast, run, tmp_path):
    table = tmp_path / "loi.csv"
    code, said = run("--report", table, a=BAD)
    assert code == 1
    assert "a.csv, dòng 2 [lỗi] Đơn vị cấp trên “999”" in said.out
    assert "Không nhập gì: 1 dòng, 1 lỗi, 0 cảnh báo." in said.out
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert (rows[1][0], rows[1][1], rows[1][4]) == ("a.csv", "2", "unknown-parent")
    assert not AreaVersion.objects.filter(code="30000").exists()


def test_every_finding_is_in_the_json_and_the_terminal_shows_the_first(cast, run):
    many = GOOD + "".join(f"{n},Xã Mới {n},bản,866,01/07/2025,NQ\n" for n in range(40_000, 40_100))
    code, said = run("--dry-run", "--json", a=many)
    result = json.loads(said.out)
    assert (code, result["errors"], len(result["findings"])) == (1, 100, 100)
    first = result["findings"][0]
    assert (first["file"], first["line"], first["severity"], first["kind"]) == ("a.csv", 3, "error", "bad-level")
    _, said = run("--dry-run", a=many)
    assert "… và 40 dòng khác; thêm --report TỆP.csv để xem hết." in said.out


def test_two_files_of_one_name_and_a_missing_file_and_person_are_told_apart(cast, run, tmp_path):
    other = tmp_path / "sub"
    other.mkdir()
    (other / "a.csv").write_text(BAD, encoding="utf-8")
    code, said = run(other / "a.csv", "--json", a=BAD)
    files = json.loads(said.out)["files"]
    assert (code, files) == (1, ["a.csv", str(other / "a.csv")])
    assert "Không mở được tệp" in run(tmp_path / "none.csv")[1].err
    assert "Không có tài khoản “ai”" in run("--as", "ai", a=GOOD)[1].err


def test_a_table_of_neighbours_is_taken(cast, run, tmp_path):
    beside = tmp_path / "giap.csv"
    beside.write_text("mã 1,mã 2\n29863,29866\n", encoding="utf-8")
    moves = (
        "mã cũ,mã mới,tên mới,cấp mới,cấp trên mới,hiệu lực từ,căn cứ\n"
        "29863,1,Phường Sen,phường,866,01/01/2025,NQ\n29869,1,Phường Sen,phường,866,01/01/2025,NQ\n"
    )
    code, said = run("--dry-run", "--neighbours", beside, "--json", a=moves)
    assert (code, [f["kind"] for f in json.loads(said.out)["findings"]]) == (0, ["far-sources"])
    beside.write_text("mã 1,mã 2\n29863,29866\n29869,866\n", encoding="utf-8")
    code, said = run("--dry-run", "--neighbours", beside, "--json", a=moves)
    assert (code, [f["kind"] for f in json.loads(said.out)["findings"]]) == (1, ["not-neighbours"])
