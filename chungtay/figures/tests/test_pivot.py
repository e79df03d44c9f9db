"""The table that anybody puts together: what it holds, how its address reads, whom it serves, and its files."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from chungtay.figures.pivot import table
from chungtay.figures.pivot.files import harmless
from chungtay.figures.pivot.spans import BadRange, Step, first_month, last_month, spans
from chungtay.figures.tests.city import MENDED

pytestmark = pytest.mark.django_db
BASE = "/con-so/bang/"
FIRST_HALF = {"tu": "01/2022", "den": "06/2022"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("chungtay.web.clock.now", lambda: MENDED + timedelta(days=60))


@pytest.fixture
def asked(client, account):
    def ask(user=None, path=BASE, **question):
        client.force_login(user or account.cast.officer)
        return client.get(path, FIRST_HALF | question)

    return ask


def printed(answer):
    """The table as its reader sees it: heads, then rows with their group where one opens."""
    rows = [(row["group"], row["label"], [cell.text for cell in row["cells"]]) for row in answer.context["rows"]]
    return answer.context["table"].heads, rows


# ------------------------------------------------------------------ periods


def codes(first, last, step, **more):
    cut = spans(first_month(first), last_month(last), step, **({"to_date": False, "from_15th": False} | more))
    return [period.code for period in cut]


def test_a_range_is_cut_at_the_calendar_and_its_ends_keep_their_months():
    assert codes("02/2022", "07/2022", Step.QUARTER) == ["2022-02..2022-03", "2022Q2", "2022-07"]
    assert codes("2021", "2022", Step.YEAR) == ["2021", "2022"]
    assert codes("2022H1", "2022", Step.HALF) == ["2022H1", "2022H2"]
    assert codes("11/2021", "02/2022", Step.WHOLE) == ["2021-11..2022-02"]
    assert codes("1/2022", "2022-02", Step.MONTH) == ["2022-01", "2022-02"]


def test_to_date_every_piece_runs_from_the_start():
    assert codes("2022", "06/2022", Step.QUARTER, to_date=True) == ["2022Q1", "2022H1"]


def test_windows_run_from_the_15th():
    assert codes("2022", "2022", Step.QUARTER, from_15th=True)[0] == "2022Q1@15"


@pytest.mark.parametrize("text", ["13/2022", "hôm nay", "", "2022-13"])
def test_what_names_no_month_is_told(text):
    with pytest.raises(BadRange, match="không phải một tháng"):
        first_month(text)


def test_a_range_that_runs_backwards_is_told():
    with pytest.raises(BadRange, match="chạy ngược: 05/2022 sau 01/2022"):
        codes("05/2022", "01/2022", Step.YEAR)


# ------------------------------------------------------------------ the page


def test_units_stand_in_rows_and_periods_in_columns(asked):
    assert printed(asked(ct="HOUSES", buoc="quy")) == (
        ("Quý I/2022", "Quý II/2022"),
        [
            ("Nhà tình thương (căn)", "Thành phố Cao Lãnh", ["10", "2"]),
            ("", "Phường 11", ["7", "1"]),
            ("", "Phường 1", ["3", "1"]),
        ],
    )


def test_any_axis_goes_across_and_any_other_makes_the_groups(asked):
    answer = asked(ct=["HOUSES", "RATE"], buoc="ca", cot="chi-tieu", hang="ky", gom="rieng")
    assert printed(answer) == (
        ("Nhà tình thương (căn)", "Tỷ lệ hộ nghèo (%)"),
        [("6 tháng đầu 2022", "Thành phố Cao Lãnh", ["12", "1,0"])],
    )
    heads, rows = printed(asked(ct="HOUSES", buoc="quy", cot="don-vi", hang="ky"))
    assert heads == ("Thành phố Cao Lãnh", "Phường 11", "Phường 1")
    assert [(group, cells) for group, _, cells in rows] == [
        ("Quý I/2022", ["10", "7", "3"]),
        ("Quý II/2022", ["2", "1", "1"]),
    ]


def test_the_parts_of_a_breakdown_are_rows_of_their_own(asked):
    _, rows = printed(asked(ct="HOUSES", buoc="ca", pt="1", gom="rieng"))
    assert [(group, cells) for group, _, cells in rows] == [
        ("Nhà tình thương (căn)", ["12"]),
        ("Nhà tình thương: Xây mới (căn)", ["7"]),
        ("Nhà tình thương: Sửa chữa (căn)", ["5"]),
    ]


def test_only_ticked_units_stand_in_the_table(asked):
    answer = asked(ct="HOUSES", buoc="ca", dv="29866")
    assert printed(answer)[1] == [("Nhà tình thương (căn)", "Phường 1", ["4"])]
    assert "dv=29866" in answer.context["address"]


def test_a_missing_number_is_not_a_zero_and_an_awaited_one_is_marked(asked, account):
    account.tell(account.cast.communes[0], "2022Q3", ("HOUSES", "new", 6), ("HOUSES", "repair", 0))
    answer = asked(ct="HOUSES", tu="07/2022", den="09/2022", buoc="ca", phu="1")
    page = answer.content.decode()
    assert printed(answer)[1][2][2] == [None]
    assert "“…”: chưa có số, không phải là 0." in page
    assert "Sơ bộ: còn chờ số" in page
    assert '<span class="pivot__coverage">1/2</span>' in page


def test_a_cell_opens_to_its_source(asked, client):
    cell = asked(ct="HOUSES", buoc="ca").context["rows"][0]["cells"][0]
    assert client.get(cell.url).context["figure"].value == 12


def test_as_known_on_an_earlier_day_and_with_what_is_not_approved(asked, account):
    assert printed(asked(ct="HOUSES", buoc="ca", gom="rieng", biet="21/05/2022"))[1][0][2] == ["13"]
    account.tell(account.cast.communes[0], "2022Q3", ("HOUSES", "new", 9), status="provisional", at=MENDED)
    third = {"ct": "HOUSES", "buoc": "ca", "gom": "rieng", "tu": "07/2022", "den": "09/2022"}
    assert printed(asked(**third))[1][0][2] == [None]
    assert printed(asked(**third, **{"tat-ca": "1"}))[1][0][2] == ["9"]


def test_the_address_says_the_whole_question(asked, client):
    answer = asked(ct=["HOUSES", "FUND"], buoc="quy", cot="don-vi", phu="1", dv=["29866", "29863"])
    again = client.get(answer.context["address"])
    assert printed(again) == printed(answer)


def test_whoever_has_asked_nothing_yet_gets_examples_that_work(asked, client):
    answer = asked()
    assert "Chưa chọn chỉ tiêu nào" in answer.content.decode()
    assert len(answer.context["examples"]) == 3
    for _, url in answer.context["examples"]:
        assert client.get(url).context["table"].rows


def test_a_wrong_month_is_told_and_the_usual_range_stands(asked):
    answer = asked(ct="HOUSES", tu="tháng giêng")
    assert "không phải một tháng" in answer.content.decode()
    assert answer.context["table"].rows


def test_a_table_too_large_for_a_page_can_still_be_taken_away(asked, monkeypatch):
    monkeypatch.setattr("chungtay.figures.pivot.views.MOST_ON_SCREEN", 5)
    page = asked(ct="HOUSES", buoc="quy").content.decode()
    assert "Bảng này có 6 ô, nhiều hơn 5 ô." in page
    assert "Tải Excel" in page
    monkeypatch.setattr("chungtay.figures.pivot.views.MOST_IN_FILE", 5)
    assert "Tải Excel" not in asked(ct="HOUSES", buoc="quy").content.decode()
    refused = asked(path=f"{BASE}xlsx/", ct="HOUSES", buoc="quy")
    assert refused.status_code == 422
    assert "Chưa tải được bảng này" in refused.content.decode()


def test_many_rows_come_page_by_page(asked, monkeypatch):
    monkeypatch.setattr("chungtay.figures.pivot.views.ROWS_ON_PAGE", 2)
    answer = asked(ct="HOUSES", buoc="ca", page="2")
    assert [row["label"] for row in answer.context["rows"]] == ["Phường 1"]
    assert answer.context["rows"][0]["group"] == "Nhà tình thương (căn)"


def test_units_out_of_reach_are_not_there(asked, account):
    cast = account.cast
    assert printed(asked(cast.clerk, ct="HOUSES", buoc="ca"))[1] == [("Nhà tình thương (căn)", "Phường 11", ["8"])]
    assert asked(cast.clerk, ct="HOUSES", noi="866").status_code == 404
    assert asked(cast.clerk, ct="HOUSES", dv="29866").status_code == 404
    assert asked(cast.outsider, path=f"{BASE}csv/", ct="HOUSES", noi="866").status_code == 404
    assert "Bạn không được giao xem số liệu" in asked(cast.admin, ct="HOUSES").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_table(asked, django_assert_max_num_queries):
    few = {"ct": "HOUSES", "buoc": "ca", "gom": "rieng"}
    many = {"ct": ["HOUSES", "FUND", "POOR", "ALL", "RATE"], "buoc": "thang", "cot": "don-vi"}
    for question in (few, many):
        asked(**question)
        with django_assert_max_num_queries(60):
            asked(**question)


# ------------------------------------------------------------------ the files


def test_the_csv_says_of_every_number_where_it_is_from(asked):
    answer = asked(path=f"{BASE}csv/", ct=["HOUSES", "RATE"], buoc="ca")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    first = rows[0]
    assert (first["Giá trị"], first["Đã báo cáo"], first["Phải báo cáo"]) == ("12", "2", "2")
    assert (first["Mã đơn vị"], first["Từ ngày"], first["Đến ngày"]) == ("866", "2022-01-01", "2022-06-30")
    assert first["Bản đồ"] == "Theo bản đồ từng kỳ"
    assert first["Tính"] == "Chỉ báo cáo đã duyệt"
    assert first["Nguồn"].startswith("http://testserver/con-so/bang/?ct=HOUSES")
    assert (rows[3]["Giá trị"], rows[3]["Tử số"], rows[3]["Mẫu số"]) == ("0.01", "30", "3000")


def test_the_workbook_has_the_table_every_cell_and_what_it_is(asked):
    answer = asked(path=f"{BASE}xlsx/", ct="HOUSES", buoc="quy", biet="21/05/2022")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Bảng", "Từng ô", "Về bảng này"]
    rows = [[cell for cell in row if cell is not None] for row in book["Bảng"].iter_rows(min_row=4, values_only=True)]
    assert ["Thành phố Cao Lãnh", 11, 2] in rows
    assert book["Từng ô"].max_row == 1 + 6
    told = dict(book["Về bảng này"].iter_rows(values_only=True))
    assert (told["Bản đồ"], told["Số liệu biết đến"]) == ("Theo bản đồ từng kỳ", "21/05/2022")


@pytest.mark.parametrize("wild", ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(asked, account, wild):
    assert harmless(wild) == f"'{wild}"
    assert harmless("Phường 1") == "Phường 1"


def test_a_name_that_would_run_is_written_as_text(asked, account):
    from chungtay.indicators.models import Indicator

    Indicator.objects.filter(code="HOUSES").update(name="=HYPERLINK(1)")
    text = asked(path=f"{BASE}csv/", ct="HOUSES", buoc="ca").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    book = openpyxl.load_workbook(io.BytesIO(asked(path=f"{BASE}xlsx/", ct="HOUSES", buoc="ca").content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in kinds


def test_a_file_of_another_kind_or_without_a_question_is_not_made(asked):
    assert asked(path=f"{BASE}exe/", ct="HOUSES").status_code == 404
    assert asked(path=f"{BASE}csv/").status_code == 422


def test_the_limits_of_page_and_file():
    assert (table.MOST_ON_SCREEN, table.MOST_IN_FILE, table.ROWS_ON_PAGE) == (20_000, 200_000, 300)
