"""The commands about money: bank files in, lines found, the books verified and exported, codes written and read."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chungtay.config import cli
from chungtay.funds import services
from chungtay.funds.models import StatementLine
from chungtay.funds.tests.making import NOW, make_office
from chungtay.funds.tests.statements import LINES, comma_separated, workbook

pytestmark = pytest.mark.django_db


def chungtay(capsys, *words):
    """Run `chungtay …` in this process; return (exit status, output, errors)."""
    with pytest.raises(SystemExit) as left:
        cli.main([*map(str, words)])
    said = capsys.readouterr()
    return left.value.code, said.out, said.err


@pytest.fixture
def office(db):
    made = make_office()
    services.open_account(
        fund=made.fund, code="cl", bank="970436", number="1017999888", holder="QUY VI NGUOI NGHEO", now=NOW, by=None
    )
    return made


def test_a_file_is_looked_into_taken_in_and_found_again(office, capsys, tmp_path):
    path = tmp_path / "sao-ke.xlsx"
    path.write_bytes(workbook(LINES))
    code, out, _ = chungtay(capsys, "import-statement", path, "--account", "cl", "--dry-run", "--json")
    assert (code, json.loads(out)["added"], StatementLine.objects.count()) == (0, 5, 0)
    code, out, _ = chungtay(capsys, "import-statement", path, "--account", "cl", "--as", "ketoan")
    assert (code, out) == (0, "Đã nhận 5 dòng mới, 0 dòng đã có.\n")
    code, out, _ = chungtay(capsys, "import-statement", path, "--account", "cl", "--json")
    assert (json.loads(out)["added"], json.loads(out)["known"]) == (0, 5)
    code, out, _ = chungtay(capsys, "statement", "search", "sen hong", "--from", "2025-03-01", "--json")
    found = json.loads(out)
    assert (code, found["count"], found["lines"][0]["ref"]) == (0, 1, "FT004")
    _, out, _ = chungtay(capsys, "statement", "search", "", "--amount", "50.000")
    assert out.endswith("2 dòng, cộng 100.000 đồng.\n")


def test_a_broken_file_ends_with_failure_and_every_reason(office, capsys, tmp_path):
    path = tmp_path / "hong.csv"
    path.write_bytes(comma_separated(LINES).replace(b"FT003;200.000", b"FT003;nhieu"))
    code, out, err = chungtay(capsys, "import-statement", path, "--account", "cl")
    assert (code, StatementLine.objects.count()) == (1, 0)
    assert err.startswith("Dòng 5")
    assert out == "Chưa nhận gì; có thể nhận 4 dòng mới, 0 dòng đã có.\n"
    code, _, _ = chungtay(capsys, "import-statement", path, "--account", "cl", "--keep-good")
    assert (code, StatementLine.objects.count()) == (0, 4)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("khong-co.csv", "--account", "cl"), "Không mở được tệp khong-co.csv"),
        (("khong-co.csv", "--account", "la"), "Không có tài khoản ngân hàng nào mang mã “la”."),
    ],
)
def test_a_wrong_word_is_answered_with_a_sentence(office, capsys, words, sentence):
    code, _, err = chungtay(capsys, "import-statement", *words)
    assert code == 1
    assert sentence in err


def test_the_books_are_verified_and_a_changed_dong_is_named(office, capsys):
    office.receive(1_000_000)
    code, out, _ = chungtay(capsys, "ledger-verify", "--json")
    said = json.loads(out)
    assert (code, said["ok"], said["entries"]) == (0, True, 1)
    assert len(said["invariants"]) >= 15
    office.fund.balances.filter(account="112").update(debit=999_999)
    code, _, err = chungtay(capsys, "ledger-verify")
    assert code == 1
    assert err.startswith("stored-balances-equal-sums: ")


@pytest.mark.parametrize("tool", ["hledger", "beancount"])
def test_another_program_agrees_with_the_exported_books_and_refuses_a_dong(office, capsys, tmp_path, tool):
    office.receive(7_500_000, purpose="nha-o")
    office.spend(2_000_000, purpose="nha-o", kind="6112")
    path = tmp_path / f"so.{tool}"
    assert chungtay(capsys, "ledger-export", "--format", tool, "--out", path)[0] == 0
    checker = Path(sys.executable).with_name("bean-check") if tool == "beancount" else shutil.which("hledger")
    if checker is None:
        pytest.skip("hledger is not installed (Debian package hledger)")
    command = [str(checker), str(path)] if tool == "beancount" else [str(checker), "-f", str(path), "check"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("7500000", "7500001", 1), encoding="utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_a_code_is_written_drawn_and_read(capsys, tmp_path):
    drawing = tmp_path / "ma.svg"
    words = ("--bin", "970436", "--number", "1017999888", "--amount", 500_000, "--purpose", "Ủng hộ CTK12H345M")
    code, out, _ = chungtay(capsys, "vietqr", "encode", *words, "--svg", drawing)
    assert code == 0
    assert drawing.read_text(encoding="utf-8").lstrip().startswith("<")
    code, said, _ = chungtay(capsys, "vietqr", "decode", out.strip(), "--json")
    assert (code, json.loads(said)["amount"], json.loads(said)["purpose"]) == (0, 500_000, "Ung ho CTK12H345M")
    code, _, err = chungtay(capsys, "vietqr", "decode", out.strip()[:-1] + "0")
    assert code == 1
    assert err
