"""Files of lists: what is read whatever program wrote it, and what is said of a file that cannot be read."""

import csv
import io
import unicodedata
from datetime import date

import pytest

from chungtay.places.unit_findings import Finding, Kind, Weight, as_csv, in_order
from chungtay.places.unit_lists import ListKind, day_meant, parse_day, read_list

UNITS = "mã,tên,cấp,mã cấp trên,từ ngày,căn cứ\n87,Tỉnh Minh Họa,tỉnh,,01/01/2020,NQ 1\n866,Cao Sen,thành phố,87,1/1/2020,\n"
MOVES = "old_code,new_code,new_name,new_level,new_province,effective_on,legal_basis\n1,2,Xã Mới,xã,87,2025-07-01,NQ 2\n"


def kinds(read):
    return [finding.kind for finding in read.findings]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_whatever_program_wrote_it(delimiter, encoding, end):
    text = UNITS.replace(",", delimiter).replace("\n", end)
    read = read_list("a.csv", text.encode(encoding))
    assert (read.kind, kinds(read)) == (ListKind.UNITS, [])
    assert [(row.line, row["code"], row["name"]) for row in read.rows] == [
        (2, "87", "Tỉnh Minh Họa"),
        (3, "866", "Cao Sen"),
    ]


def test_heads_are_known_in_both_languages_without_marks_and_in_any_case():
    for heads in ("MÃ,Tên đơn vị,LOẠI,Hiệu lực từ", "code,name,level,valid_from", "Ma DVHC,Ten,Cap,Tu ngay"):
        assert read_list("a.csv", f"{heads}\n1,A,xã,1/1/2020\n".encode()).rows[0]["valid_from"] == "1/1/2020"
    moves = read_list("b.csv", MOVES.encode())
    assert (moves.kind, moves.rows[0]["new_province"]) == (ListKind.MOVES, "87")


def test_a_line_number_is_that_of_the_file_also_after_empty_lines_and_breaks_in_cells():
    text = 'mã,tên,cấp,từ ngày\n\n1,"Xã\nA",xã,1/1/2020\n\n2,B,xã,1/1/2020\n'
    assert [(row.line, row["name"]) for row in read_list("a.csv", text.encode()).rows] == [(3, "Xã A"), (6, "B")]


def test_text_in_another_form_of_unicode_is_warned_of_at_its_row():
    read = read_list("a.csv", UNITS.replace("Cao Sen", unicodedata.normalize("NFD", "Hòa Sen")).encode())
    (found,) = read.findings
    assert (found.kind, found.weight, found.line, found.suggestion) == (Kind.UNICODE, Weight.WARNING, 3, "Hòa Sen")
    assert read.rows[1]["name"] == "Hòa Sen"


def test_a_file_that_is_wholly_in_another_form_is_warned_of_once():
    rows = "".join(f"{n},Xã Hòa {n},xã,1/1/2020\n" for n in range(40))
    read = read_list("a.csv", ("mã,tên,cấp,từ ngày\n" + unicodedata.normalize("NFD", rows)).encode())
    assert (kinds(read), read.rows[39]["name"]) == ([Kind.UNICODE], "Xã Hòa 39")
    assert "40 dòng" in read.findings[0].sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không có dòng nào"),
        ("mã;tên\nX\u00c3;\u1eafn".encode("utf-16"), "không phải UTF-8"),
        ("mã,tên\n1,Hòa".encode("cp1258", "replace"), "không phải UTF-8"),
        (b"PK\x03\x04rest", "tệp bảng tính"),
        (b"so,chu\n1,2\n", "không có tên cột đã biết"),
        ("mã,tên\n1,A\n".encode(), "Thiếu cột: “cấp” (level), “từ ngày” (valid_from)"),
        ("mã mới,tên mới,cấp mới,hiệu lực từ,căn cứ\n".encode(), "“mã cũ” (old_code) hoặc “tên cũ”"),
        ("mã,mã số,tên,cấp,từ ngày\n".encode(), "trùng nghĩa"),
    ],
)
def test_a_file_that_is_no_list_says_why(content, said):
    read = read_list("a.csv", content)
    assert any(said in finding.sentence for finding in read.findings), read.findings
    assert not read.rows


def test_a_row_with_too_many_cells_or_too_long_ones_is_an_error_and_an_unused_column_a_warning():
    text = f"mã,tên,cấp,từ ngày,dân số\n1,Xã A,xã,1/1/2020,5,6\n2,{'x' * 121},xã,1/1/2020,7\n"
    read = read_list("a.csv", text.encode())
    assert [(f.kind, f.line) for f in read.findings] == [
        (Kind.UNKNOWN_COLUMN, 1),
        (Kind.UNREADABLE, 2),
        (Kind.TOO_LONG, 3),
    ]


@pytest.mark.parametrize("text", ["01/07/2025", "1/7/2025", "1-7-2025", "01.07.2025", "2025-07-01"])
def test_a_day_is_read_as_people_write_it(text):
    assert parse_day(text) == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("45839", "01/07/2025"),
        ("1/7/25", "01/07/2025"),
        ("07/13/2025", "13/07/2025"),
        ("31/02/2025", ""),
        ("tháng 7", ""),
    ],
)
def test_an_unreadable_day_is_none_and_what_was_meant_is_guessed(text, meant):
    assert parse_day(text) is None
    assert day_meant(text) == meant


def test_findings_are_a_table_that_no_spreadsheet_takes_for_formulas():
    found = [
        Finding(Kind.SPELLING, "hai cách viết", "b.csv", 2, "name", "=1+1"),
        Finding(Kind.BAD_DATE, "sai ngày", "b.csv", 2),
        Finding(Kind.CIRCLE, "vòng", "a.csv", 9),
    ]
    ordered = in_order([*found, found[0]], ["a.csv", "b.csv"])
    assert [f.kind for f in ordered] == [Kind.CIRCLE, Kind.BAD_DATE, Kind.SPELLING]
    text = as_csv(ordered)
    assert text.startswith("\ufefftệp,")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[3][-1] == "'=1+1"
    assert [row[3] for row in rows[1:]] == ["lỗi", "lỗi", "cảnh báo"]
