"""A return as a sheet: what is said about each row, in words."""

from types import SimpleNamespace

from chungtay.kernel.errors import Severity
from chungtay.returns import rules, sheets
from chungtay.returns.background import NO_BACKGROUND, Background
from chungtay.returns.checks import Known
from chungtay.returns.rules import CellProblem, CellSpec, Entry
from chungtay.returns.selectors import FormSpec, OpenRemark, Ratio

POOR = CellSpec("poor", "Hộ nghèo", "hộ", "A. Hộ")
ALL = CellSpec("all", "Tổng số hộ", "hộ", "A. Hộ")
AREA = CellSpec("area", "Diện tích", "ha", "B. Đất", decimals=2)
SPEC = FormSpec(SimpleNamespace(), (POOR, ALL, AREA), ())


def sheet(entries, background=NO_BACKGROUND, **said):
    return sheets.sheet_of(SPEC, entries, background, **said)


def looks(made):
    return [(look.row.cell.key, look.state, look.text) for look in made.looks]


def test_rows_stand_in_their_sections_and_are_numbered_through():
    made = sheet({}, Background("2023-04..2023-05", Known(previous={"poor": 66})))
    assert [(title, [row.number for row in rows]) for title, rows in made.sections] == [
        ("A. Hộ", [1, 2]),
        ("B. Đất", [3]),
    ]
    assert made.before == "04/2023–05/2023"
    assert made.rows[0].previous == 66


def test_a_box_shows_the_number_as_written_or_the_text_as_typed():
    made = sheet({"poor": Entry(value=1240), "all": Entry(text="hai"), "area": Entry(value=250)})
    assert [row.typed for row in made.rows] == ["1.240", "hai", "2,50"]
    assert [row.is_missing for row in made.rows] == [False, False, False]
    assert made.filled == 2


def test_a_return_like_the_last_one_asks_for_no_second_look():
    assert looks(sheet({"poor": Entry(value=1)})) == []


def test_every_reason_to_look_is_told_once_for_its_row():
    entries = {
        "poor": Entry(value=60, reply="Sửa theo sổ"),
        "all": Entry(value=9000),
        "area": Entry(absent="Đang đo"),
    }
    before = {"poor": Entry(value=61), "all": Entry(value=4512), "area": Entry(value=250)}
    made = sheet(
        entries,
        problems=[CellProblem("all", Severity.EXPLAIN, f"Gấp 3 lần kỳ trước (3.000). {rules.ASK_WHY}")],
        remarks={"poor": OpenRemark("poor", "Sổ ghi 60", "Nguyễn Thị An", None)},
        changes=rules.changes(SPEC.cells, before, entries),
    )
    assert looks(made) == [
        ("poor", "returned", "Bị trả lại lần trước, đã sửa 61 thành 60. Trả lời: “Sửa theo sổ”"),
        ("all", "explain", "Đổi 4.512 thành 9.000 so với bản trước. Gấp 3 lần kỳ trước (3.000). Chưa giải thích."),
        ("area", "missing", "Bản trước ghi 2,50, nay chưa có số: “Đang đo”"),
    ]


def test_a_ratio_is_worked_out_only_when_both_terms_are_there():
    ratio = Ratio("Tỷ lệ hộ nghèo", 0, POOR, ALL)
    assert (
        sheets.ratio_text(ratio, {"poor": Entry(value=61), "all": Entry(value=4512)})
        == "Tỷ lệ hộ nghèo 1,35% = 61 / 4.512"
    )
    assert sheets.ratio_text(ratio, {"poor": Entry(value=61)}) == ""
    assert sheets.ratio_text(ratio, {"poor": Entry(value=61), "all": Entry(value=0)}) == ""


def test_what_is_left_is_counted_by_cells_not_by_sentences():
    problems = [
        CellProblem("poor", Severity.WRONG, "a"),
        CellProblem("poor", Severity.WRONG, "b"),
        CellProblem("all", Severity.MISSING, "c"),
    ]
    assert sheets.left_words(problems) == "còn 1 ô trống, 1 ô phải sửa"
    assert sheets.left_words([]) == "đủ số, gửi được"


def test_what_came_back_is_answered_by_a_change_or_by_words():
    before = {"poor": Entry(value=61), "all": Entry(value=5)}
    asked = {"poor", "all"}
    left = rules.unanswered(SPEC.cells, asked, before, {"poor": Entry(value=60), "all": Entry(value=5)})
    assert [problem.key for problem in left] == ["all"]
    answered = {"poor": Entry(value=60), "all": Entry(value=5, reply="Đúng vậy")}
    assert rules.unanswered(SPEC.cells, asked, before, answered) == []
