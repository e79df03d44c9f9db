"""The form's workbook: what is written is read back; what is not the form is refused by sheet, cell and reason."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.returns.rules import CellSpec, Entry
from chungtay.returns.workbooks.child import open_files
from chungtay.returns.workbooks.layout import Identity
from chungtay.returns.workbooks.opening import NotAWorkbook, open_workbook
from chungtay.returns.workbooks.reading import identity_problems, read_cells, read_identity
from chungtay.returns.workbooks.writing import Blank, write_workbook

CELLS = [
    CellSpec("fund.raised:cash", "Tiền thực nhận", "đồng", "A. Quỹ", is_money=True),
    CellSpec("fund.raised:in_kind", "Hiện vật quy thành tiền", "đồng", "A. Quỹ", is_money=True),
    CellSpec("support.houses:new", "Nhà xây mới", "căn", "B. Hỗ trợ"),
    CellSpec("roads.length", "Đường nông thôn", "km", "B. Hỗ trợ", decimals=2),
]
ME = Identity("B01", 1, "2022Q3", "29893")
FILLED = {
    "fund.raised:cash": Entry(value=142_350_000),
    "fund.raised:in_kind": Entry(absent="Chưa định giá"),
    "support.houses:new": Entry(value=3, explain="Có doanh nghiệp tặng 2 căn"),
    "roads.length": Entry(value=250),
}


def blank(identity=ME):
    return Blank(identity, "Biểu B01 – Kết quả", "Chương trình 500", "Xã Hòa An", "quý III năm 2022", CELLS, {})


def book(entries=FILLED, identity=ME):
    return write_workbook(blank(identity), entries)


def edited(change, data=None):
    """Return the workbook as a person's Excel would save it after `change(sheet)`."""
    made = openpyxl.load_workbook(io.BytesIO(data or book()))
    change(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(data):
    return read_cells(open_workbook(data), CELLS)


def the_problem(data):
    filled = read(data)
    assert filled.entries == {}, "nothing of a workbook with problems may be taken in"
    assert len(filled.problems) == 1, filled.problems
    return filled.problems[0]


def test_what_is_written_is_read_back():
    filled = read(book())
    assert filled.problems == ()
    assert filled.entries == FILLED
    assert filled.identity == ME


def test_a_workbook_saved_by_another_program_reads_the_same():
    assert read(edited(lambda sheet: None)).entries == FILLED


def test_the_same_content_is_the_same_file():
    assert book() == book()


value = st.one_of(st.just(Entry()), st.integers(0, 10**15 - 1).map(Entry), st.just(Entry(absent="x = 1")))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries=st.fixed_dictionaries({c.key: value for c in CELLS if not c.decimals}), km=st.integers(0, 10**9))
def test_every_content_makes_the_round_trip(entries, km):
    content = entries | {"roads.length": Entry(value=km)}
    filled = read(book(content))
    assert filled.problems == ()
    assert filled.entries == content


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ba căn", "ba căn"),
        ("1.240", "1.240"),
        (-1, "nhỏ hơn 0"),
        (10**15, "lớn quá mức"),
        (2.5, "phần lẻ"),
        (True, "chứa chữ"),
    ],
)
def test_what_is_no_count_is_named_with_sheet_cell_and_reason(typed, word):
    problem = the_problem(edited(lambda sheet: sheet.__setitem__("F13", typed)))
    assert problem.where == "Trang “Biểu”, ô F13 (Nhà xây mới)"
    assert word in problem.sentence


def test_a_formula_is_refused_even_when_its_value_looks_right():
    problem = the_problem(edited(lambda sheet: sheet.__setitem__("F10", "=1+2")))
    assert "ô F10" in problem.where
    assert "công thức" in problem.sentence


def test_an_error_in_a_cell_is_not_taken_for_an_empty_one():
    problem = the_problem(edited(lambda sheet: sheet.__setitem__("F10", "#REF!")))
    assert "ô F10" in problem.where
    assert "báo lỗi" in problem.sentence


@pytest.mark.parametrize("change", [lambda s: s.insert_cols(6), lambda s: s.delete_cols(5), lambda s: s.delete_rows(1)])
def test_moved_columns_and_heads_are_refused(change):
    filled = read(edited(change))
    assert filled.entries == {}
    assert len(filled.problems) == 1
    assert "Cột này phải là" in filled.problems[0].sentence


def test_an_empty_form_is_refused_rather_than_wiping_what_was_typed():
    problem = the_problem(book({}))
    assert "chưa có số nào" in problem.sentence


def test_an_explanation_is_never_cut_in_silence():
    problem = the_problem(edited(lambda sheet: sheet.__setitem__("H10", "x" * 501)))
    assert "501" in problem.sentence


def test_a_cover_sheet_or_notes_beside_the_form_do_no_harm():
    def add(sheet):
        cover = sheet.parent.create_sheet("Bìa", 0)
        cover["F10"] = "=1+1"
        sheet.parent.active = 0

    assert read(edited(add)).entries == FILLED


def test_a_date_in_a_number_cell_is_refused():
    import datetime

    problem = the_problem(edited(lambda sheet: sheet.__setitem__("F13", datetime.date(2022, 5, 3))))
    assert "F13" in problem.where


def test_moved_rows_are_refused():
    def swap(sheet):
        for column in "ABCDEF":
            sheet[f"{column}10"].value, sheet[f"{column}13"].value = (
                sheet[f"{column}13"].value,
                sheet[f"{column}10"].value,
            )

    filled = read(edited(swap))
    assert filled.entries == {}
    assert {p.where for p in filled.problems} == {"Trang “Biểu”, ô C10", "Trang “Biểu”, ô C13"}
    assert "Có lẽ dòng đã bị chuyển" in filled.problems[0].sentence


def test_a_deleted_row_is_refused():
    filled = read(edited(lambda sheet: sheet.delete_rows(11)))
    assert filled.entries == {}
    assert filled.problems


def test_a_merged_cell_is_refused():
    problem = the_problem(edited(lambda sheet: sheet.merge_cells("F13:G13")))
    assert "F13:G13" in problem.sentence


def test_something_under_the_form_is_not_lost_in_silence():
    problem = the_problem(edited(lambda sheet: sheet.__setitem__("C30", "Ghi thêm: 2 căn nữa")))
    assert "ô C30" in problem.where


def test_a_number_and_a_reason_for_having_none_contradict():
    problem = the_problem(edited(lambda sheet: sheet.__setitem__("G10", "chưa đếm")))
    assert "vừa có số" in problem.sentence


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (Identity("B01", 1, "2022Q3", "29866"), "Phường 1"),
        (Identity("B01", 1, "2022Q2", "29893"), "kỳ"),
        (Identity("B01", 2, "2022Q3", "29893"), "lần 2"),
        (Identity("B02", 1, "2022Q3", "29893"), "biểu B02"),
    ],
)
def test_a_workbook_of_another_unit_period_or_form_is_refused(other, word):
    sheet = open_workbook(book(identity=other))
    found = identity_problems(sheet, read_identity(sheet), ME, {"29866": "Phường 1", "29893": "Xã Hòa An"})
    assert len(found) == 1
    assert word in found[0].sentence
    assert found[0].where.startswith("Trang “Biểu”, ô D")


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_macro():
    return zipped(parts_of(book()) | {"xl/vbaProject.bin": b"macro"})


def with_doctype():
    parts = parts_of(book())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1
    )
    return zipped(parts)


def bomb():
    return zipped(parts_of(book()) | {"xl/media/a.bin": b"\0" * (101 * 1024 * 1024)})


HOSTILE = {
    "a macro file renamed": (with_macro, "macro"),
    "an entity declaration": (with_doctype, "không an toàn"),
    "a zip bomb": (bomb, "bung ra quá lớn"),
    "an old or encrypted workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "a text file": (lambda: "họ tên;số".encode(), "không phải là bảng tính"),
    "an empty file": (lambda: b"", "không phải là bảng tính"),
    "half a workbook": (lambda: book()[:3000], "không phải là bảng tính"),
    "a zip of something else": (lambda: zipped({"a.txt": b"a"}), "không phải là bảng tính"),
    "broken xml": (
        lambda: zipped(parts_of(book()) | {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}),
        "Tệp bị hỏng",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plain_workbook_is_refused_with_a_sentence(name):
    make, word = HOSTILE[name]
    with pytest.raises(NotAWorkbook) as refused:
        open_workbook(make())
    assert word in str(refused.value)


def test_the_child_process_answers_for_every_file_in_order(tmp_path):
    good, bad, gone = tmp_path / "tốt.xlsx", tmp_path / "xấu.xlsx", tmp_path / "không-có.xlsx"
    good.write_bytes(book())
    bad.write_bytes(with_macro())
    first, second, third, fourth = open_files([good, bad, gone, good])
    assert read_cells(first, CELLS).entries == FILLED
    assert "macro" in second
    assert "Không mở được" in third
    assert fourth == first


def test_a_file_that_kills_the_child_is_refused_and_the_rest_goes_on(tmp_path, monkeypatch):
    from chungtay.returns.workbooks import child

    good = tmp_path / "a.xlsx"
    good.write_bytes(book())
    runs = []

    def dies_at_first(paths):
        runs.append(len(paths))
        return [] if len(runs) == 1 else [open_workbook(p.read_bytes()) for p in paths]

    monkeypatch.setattr(child, "_run", dies_at_first)
    first, second = child.open_files([good, good])
    assert first == child.TOO_HEAVY
    assert not isinstance(second, str)
