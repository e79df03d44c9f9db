"""The command `chungtay units`: what it prints and how it ends."""

import json

import pytest

from chungtay.config import cli
from chungtay.places.models import Reorganisation
from chungtay.places.plan_json import plan_to_json
from chungtay.places.tests.atlas import january, july, plan

pytestmark = pytest.mark.django_db


def units(capsys, *words):
    """Run `chungtay units …` in this process and return (exit status, output)."""
    with pytest.raises(SystemExit) as left:
        cli.main(["units", *map(str, words)])
    return left.value.code, capsys.readouterr().out


@pytest.fixture
def file(tmp_path):
    def write(said):
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_a_tree_is_printed_in_pre_order(cast, capsys):
    code, out = units(capsys, "tree", "--on", "2025-01-01", "--json")
    rows = json.loads(out)
    assert code == 0
    assert [(row["depth"], row["code"], row["parent"]) for row in rows[:3]] == [
        (0, "87", None),
        (1, "866", "87"),
        (2, "29863", "866"),
    ]
    assert rows[1] == {
        "code": "866",
        "name": "Thành phố Cao Lãnh",
        "level": "city",
        "parent": "87",
        "depth": 1,
        "area": str(cast.city.id),
    }
    _, lines = units(capsys, "tree", "--on", "2025-01-01")
    assert "\n  866      Thành phố Cao Lãnh (thành phố)\n" in lines
    assert lines.endswith("6 đơn vị trên bản đồ ngày 01/01/2025.\n")


def test_a_tree_can_be_asked_as_known_earlier(cast, capsys):
    assert json.loads(units(capsys, "tree", "--on", "2025-01-01", "--known-at", "2019-01-01", "--json")[1]) == []


def test_a_file_of_plans_is_recorded_whole(cast, capsys, file):
    path = file([plan_to_json(january()), plan_to_json(july())])
    code, out = units(capsys, "reorganise", path, "--json", "--as", "admin")
    result = json.loads(out)
    assert (code, result["applied"], result["problems"]) == (0, True, [])
    assert len(result["reorganisations"]) == 2
    assert Reorganisation.objects.filter(recorded_by_name=cast.admin.full_name).count() == 2
    sentences = [change["sentence"] for change in result["changes"]]
    assert "Phường 1 (29866): lập từ Phường 1 (29866), Phường 2 (29869)" in sentences
    assert "Thành phố Cao Lãnh (866): kết thúc, Tỉnh Đồng Tháp (82) giữ số liệu riêng của đơn vị này" in sentences
    assert "Thành phố Sa Đéc (867): chuyển về Tỉnh Đồng Tháp (82)" in sentences
    assert "Phường 11 (29863): nhập vào Phường Cao Lãnh (29869)" in sentences


def test_a_dry_run_says_the_same_and_records_nothing(cast, capsys, file):
    code, out = units(capsys, "reorganise", file(plan_to_json(january())), "--dry-run")
    assert code == 0
    assert "Phường 1 (29866): lập từ" in out
    assert out.endswith("chưa ghi gì vì có --dry-run.\n")
    assert not Reorganisation.objects.exists()


def test_a_refused_file_records_nothing_and_names_every_fault(cast, capsys, file):
    bad = plan({"do": "abolish", "unit": "866"})
    code, out = units(capsys, "reorganise", file([plan_to_json(january()), plan_to_json(bad)]), "--json")
    result = json.loads(out)
    assert (code, result["applied"]) == (1, False)
    assert [problem["where"] for problem in result["problems"]] == [
        "Đợt 2, Phường 11 (29863)",
        "Đợt 2, Phường 1 (29866)",
    ]
    assert not Reorganisation.objects.exists()
    _, lines = units(capsys, "reorganise", file(plan_to_json(bad)))
    assert lines.startswith("Lỗi: Phường 11 (29863): ")
    assert "Chưa ghi gì." in lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "không phải JSON: dòng 1"),
        ("[]", "không có đợt sắp xếp nào"),
        ('{"kind": "war"}', "không phải một trong"),
        ("[" * 100_000, "quá nhiều tầng"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_a_sentence(cast, capsys, tmp_path, content, said):
    path = tmp_path / "plan.json"
    path.write_text(content)
    code, out = units(capsys, "reorganise", path, "--json")
    assert code == 1
    assert any(said in problem["sentence"] for problem in json.loads(out)["problems"])


def test_a_missing_file_and_an_unknown_person_are_named(cast, capsys, tmp_path, file):
    assert "Không mở được tệp" in units(capsys, "reorganise", tmp_path / "none.json")[1]
    assert "Không có tài khoản “ai”" in units(capsys, "reorganise", file(plan_to_json(january())), "--as", "ai")[1]


def test_a_correction_of_what_is_not_there_is_refused(cast, capsys, file):
    said = plan_to_json(january()) | {"corrects": "00000000-0000-0000-0000-000000000001"}
    code, out = units(capsys, "reorganise", file(said), "--json")
    assert code == 1
    assert "Không có đợt sắp xếp nào mang số" in out


def test_the_workspace_is_named_before_or_after_the_word():
    for words in (
        ["units", "--data", "X", "tree", "--on", "2025-01-01"],
        ["units", "tree", "--on", "2025-01-01", "--data", "X"],
    ):
        assert cli.parser().parse_args(words).data == "X"


def test_a_day_is_asked_for_as_a_day(capsys):
    with pytest.raises(SystemExit):
        cli.parser().parse_args(["units", "tree", "--on", "hôm nay"])
    assert "is no date" in capsys.readouterr().err
