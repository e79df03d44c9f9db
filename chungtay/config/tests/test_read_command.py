"""`chungtay read`: the figures of a file or of standard input, and the text that their places count in."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from chungtay.config import cli

SAID = "Vận động được trên 58,1 tỷ đồng, hỗ trợ 400 căn nhà.\n"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Return the status of `chungtay read …` and what it printed."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["read", *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_places_count_in_the_text_that_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(SAID.replace("\n", "\r\n").encode("utf-8-sig"))
    status, text, _ = run(capsys, str(file), "--text")
    assert (status, text) == (0, SAID)
    status, printed, _ = run(capsys, str(file), "--json")
    money, houses = json.loads(printed)
    assert status == 0
    assert text[money["start"] : money["end"]] == money["text"] == "58,1 tỷ đồng"
    assert (money["value"], money["unit"], money["qualifier"], money["value_max"]) == (
        58_100_000_000,
        "VND",
        "over",
        None,
    )
    assert (houses["value"], houses["unit"], houses["sentence"]) == (400, "căn nhà", SAID.strip())


def test_standard_input_is_read_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(SAID.encode())))
    status, printed, _ = run(capsys, "-")
    assert status == 0
    assert printed.endswith("2 số liệu.\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, told = run(capsys, str(tmp_path / "none.txt"))
    assert status == 1
    assert "Không mở được tệp" in told
