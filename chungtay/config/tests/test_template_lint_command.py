"""The command `chungtay template-lint`: what it prints and how it ends."""

import io

import docx
import pytest

from chungtay.config import cli
from chungtay.papers.tags import Format
from chungtay.papers.templatestart import starting_template


def lint(capsys, *words):
    with pytest.raises(SystemExit) as left:
        cli.main(["template-lint", *map(str, words)])
    return left.value.code, capsys.readouterr()


@pytest.mark.parametrize("form", list(Format))
def test_a_template_without_fault(capsys, tmp_path, form):
    path = tmp_path / "mau.docx"
    path.write_bytes(starting_template(form))
    code, said = lint(capsys, path, "--format", form)
    assert (code, said.out) == (0, "Mẫu không có lỗi nào.\n")


def test_faults_are_printed_a_line_each_and_advice_does_not_fail(capsys, tmp_path):
    path, document = tmp_path / "mau.docx", docx.Document()
    for line in ("{{ trich_yue }}", "{{p noi_dung }}", "{{p phu_luc }}"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(out.getvalue())
    code, said = lint(capsys, path)
    assert code == 1
    first, *others = said.out.splitlines()
    assert first.startswith("Lỗi. Thân, đoạn 1: thẻ {{ trich_yue }} có tên “trich_yue”")
    assert others
    assert all(line.startswith("Nên sửa. Phần 1: ") for line in others)


def test_a_file_that_is_not_there(capsys, tmp_path):
    code, said = lint(capsys, tmp_path / "none.docx")
    assert code == 1
    assert "Không đọc được" in said.err
