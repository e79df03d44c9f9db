"""The released files say what the portal's own pages say, number for number, and hold not a byte of what was not made public."""

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pyarrow.parquet as pq
import pytest

from chungtay.community import selectors as community
from chungtay.community import services as registers
from chungtay.emulation import selectors as emulation
from chungtay.emulation.awarding import Line
from chungtay.emulation.rules import Recipient
from chungtay.figures.formulas import amount_of
from chungtay.figures.trace_ids import decode_trace
from chungtay.funds import public
from chungtay.funds.disclosure import frozen
from chungtay.indicators.selectors import indicator_by_code
from chungtay.opendata import selectors as open_data
from chungtay.opendata.datasets.lines import PublishedFileAltered
from chungtay.opendata.models import Release
from chungtay.opendata.rules import parsed
from chungtay.opendata.services import release
from chungtay.places import selectors as places
from chungtay.places import services as map_services
from chungtay.portal import programmes, selectors, services
from chungtay.programmes import services as plans
from chungtay.supervision import selectors as supervision
from chungtay.supervision import services as supervising
from tests.remembering import remembered

PEOPLE = ("Tống Thị Mật", "0912345678", "087199001234", "1017999888")  # planted in what nobody made public


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def rows_of(made, dataset):
    """The rows of a released CSV as {column: cell}, and that JSON and Parquet say the same."""
    fields = open_data.dataset_of(dataset).fields
    path = {
        kind: open_data.path_of(open_data.file_of(made.version, f"{dataset}.{kind}").sha256) for kind in ("csv", "json")
    }
    with path["csv"].open(encoding="utf-8", newline="") as file:
        rows = [{one.name: parsed(one, row[one.name]) for one in fields} for row in csv.DictReader(file)]
    said = json.loads(path["json"].read_text(encoding="utf-8"), parse_float=Decimal)
    dates = {one.name for one in fields if one.kind == "date"}
    assert [
        {name: date.fromisoformat(cell) if name in dates and cell else cell for name, cell in row.items()}
        for row in said
    ] == rows
    return rows


def holding(made, secret):
    """The names of the released files that hold a text: every byte of each, and what is packed within Parquet."""
    found = []
    for one in open_data.files_of(made):
        path = open_data.path_of(one.sha256)
        data = path.read_bytes()
        if one.name.endswith(".parquet"):
            data += repr(pq.read_table(path).to_pylist()).encode()
        if any(form.encode() in data for form in {secret, json.dumps(secret)[1:-1]}):
            found.append(one.name)
    return found


def programme_of(room):
    """The city's programme, of which an article may speak."""
    city = room.cast.city
    return plans.create_programme(
        code="500", number="500", kind="Chương trình phối hợp", title="việc chung", signed_on=date(2019, 12, 13),
        starts_on=date(2020, 1, 1), ends_on=date(2024, 12, 31), area=city, parties=list(city.bodies.all()),
        areas_of_work=["Giảm nghèo"], is_sample=True, now=room.now, by=room.cast.officer,
    )  # fmt: skip


def test_figures_are_those_of_the_pages_of_programmes(room):
    city, (first, second, third) = room.cast.city, room.cast.communes[:3]
    programme = programme_of(room)
    for code, value in (("support.houses", 400), ("fund.raised", 90_000_000_000)):
        plans.set_target(
            programme=programme, indicator=indicator_by_code(code), area=city, period_code="2020-01..2024-12", value=value,
            basis="Kế hoạch 1", now=room.tick(), by=room.cast.officer,
        )  # fmt: skip
    room.published(programme=programme, data_on=date(2022, 12, 31))
    room.write(title="Chưa đăng", slug="chua-dang", figures=[room.figure(label="Tống Thị Mật", note="0912345678")])
    made = release(now=room.tick(), by=None).release
    rows = {(row["indicator_code"], row["unit_id"]): row for row in rows_of(made, "figures")}
    [shown] = programmes.public_programmes()
    standings = programmes.standings(shown)
    units = places.tree_on(shown.period.last_day).children(city.pk)
    assert len(rows) == len(standings) * (1 + len(units)) and len(standings) == 2
    for one in standings:
        row = rows[one.indicator.code, str(city.pk)]
        assert row["is_total"] and Fraction(row["value"]) == amount_of(one.figure)
        assert (row["reported"], row["expected"]) == (one.figure.reported, one.figure.expected)
        assert (row["state"], row["state_name"], row["is_complete"]) == (*one.state, one.figure.is_complete)
        assert row["target"] == one.reached.level and row["trace"] == one.figure.trace
        for tile in programmes.tiles(shown, one.indicator):
            unit = rows[one.indicator.code, str(decode_trace(tile.trace).area_id)]
            assert (unit["unit_name"], unit["trace"], unit["target"]) == (tile.name, tile.trace, None)
            assert (unit["state"] == "missing") == (tile.level == 0) and unit["text"].startswith(
                tile.text if tile.level else "chưa có số"
            )
    assert all(programmes.shows(decode_trace(row["trace"])) for row in rows.values())
    assert (
        not rows["support.houses", str(third.pk)]["is_complete"]
        and rows["support.houses", str(third.pk)]["value"] is None
    )
    assert (
        rows["support.houses", str(first.pk)]["value"] == 10 and rows["support.houses", str(second.pk)]["value"] == 11
    )
    assert [holding(made, secret) for secret in PEOPLE] == [[]] * 4
    package = open_data.path_of(open_data.file_of(made.version, "datapackage.json").sha256).read_text(encoding="utf-8")
    assert json.loads(package)["title"].endswith("(Số liệu minh họa)")


def test_whatever_a_row_points_to_is_among_the_units_also_beyond_the_portals_place(room):
    """The portal is of one commune, then of a place that has ended; the programme that it tells of is the city's."""
    programme, commune = programme_of(room), room.cast.communes[1]
    plans.set_target(
        programme=programme, indicator=indicator_by_code("support.houses"), area=room.cast.city, period_code="2020-01..2024-12",
        value=400, basis="Kế hoạch 1", now=room.tick(), by=room.cast.officer,
    )  # fmt: skip
    services.name_portal(area=commune, place="Phường", office="Ủy ban", now=room.tick(), by=None)
    room.published(programme=programme, data_on=date(2022, 12, 31))
    first = release(now=room.tick(), by=None).release
    units = {row["id"] for row in rows_of(first, "units")}
    assert {row["unit_id"] for row in rows_of(first, "figures")} <= units and str(commune.pk) in units
    today = room.now.date()
    map_services.close_area(commune, valid_to=today, legal_basis="NQ 2", now=room.tick(), by=room.cast.admin)
    second = release(now=room.tick(), by=None).release
    ended = {row["id"]: row["ended_on"] for row in rows_of(second, "units")}
    assert ended[str(commune.pk)] == today and set(ended) >= units


def test_figures_of_articles_are_what_their_edition_printed_even_after_a_correction(room):
    page = room.published()
    first = release(now=room.tick(), by=None).release
    room.count(1, 10)
    assert not release(now=room.tick(), by=None).is_new, "what was printed did not change"
    shown = selectors.figures_of(page, is_draft=False)
    told = [*shown.by_key.values(), *(point for points in shown.points.values() for point in points)]
    rows = rows_of(first, "article_figures")
    assert [(r["key"], r["text"], r["trace"], r["reported"], r["expected"]) for r in rows] == sorted(
        (one.key, one.text, one.trace, one.reported, one.expected) for one in told
    )
    assert (rows[0]["numerator"], rows[0]["denominator"], rows[0]["edition"], rows[0]["address"]) == (
        21,
        1,
        1,
        page.url,
    )
    page.unpublish()
    second = release(now=room.tick(), by=None).release
    assert rows_of(second, "article_figures") == [] and len(rows_of(first, "article_figures")) == len(rows)


def test_units_through_time_say_what_the_map_says_on_every_day(room):
    unit = room.cast.communes[0]
    map_services.revise_area(
        unit,
        valid_from=date(2022, 1, 1),
        name="Phường Tên Mới",
        legal_basis="NQ 1",
        now=room.tick(),
        by=room.cast.admin,
    )
    made = release(now=room.tick(), by=None).release
    versions = rows_of(made, "unit_versions")
    for day in {row["valid_from"] for row in versions}:
        on_map = {
            row["unit_id"]: (row["name"], row["code"] or "", row["level"], row["parent_id"])
            for row in versions
            if row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"])
        }
        assert on_map == {
            str(node.area_id): (node.name, node.code, node.level.value, str(node.parent_id) if node.parent_id else None)
            for node in places.tree_on(day)
        }
    assert {row["id"] for row in rows_of(made, "units")} == {row["unit_id"] for row in versions}


def test_statement_lines_are_the_published_ones_and_hold_nobody_who_was_hidden(db):
    from chungtay.funds import services as funds
    from chungtay.funds.tests.making import NOW, make_office
    from chungtay.funds.tests.statements import LINES, SECRETS, workbook

    office = remembered(make_office)()
    account = funds.open_account(
        fund=office.fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=NOW, by=None
    )
    unseen = (date(2025, 3, 6), "FT999", 70_000, "Tống Thị Mật gửi, điện thoại 0912345678", "Tống Thị Mật")
    formula = (date(2025, 3, 4), "FT800", 10_000, "@SUM(A1) ung ho", "")
    lines = workbook([*LINES[:3], SECRETS, LINES[3], formula, LINES[4], unseen])
    funds.import_statement(account=account, data=lines, name="a.xlsx", now=NOW, by=office.accountant)
    days = frozen.freeze_days(account=account, last=date(2025, 3, 5), now=NOW, by=office.controller)
    made = release(now=NOW, by=None).release
    rows = rows_of(made, "statement_lines")
    told = [line for day in days for line in public.lines_read(day)]
    assert [
        (r["id"], r["day"], r["received"], r["paid"], r["text"] or "", r["giver"] or "", r["state"]) for r in rows
    ] == [(one.id, one.day, one.received, one.paid, one.text, one.giver, one.state) for one in told]
    assert [public.published_line(row["id"]).line for row in rows] == told, "as the page of each line shows it"
    assert len(rows) == 7 and sum(row["received"] - row["paid"] for row in rows) == sum(
        d.received - d.paid for d in days
    )
    table = open_data.path_of(open_data.file_of(made.version, "statement_lines.csv").sha256).read_text(encoding="utf-8")
    assert ",'@SUM(A1) ung ho," in table, "a spreadsheet calculates nothing of it"
    assert "@SUM(A1) ung ho" in {row["text"] for row in rows}
    for secret in (*PEOPLE, "FT999", "LE THI B", "Thị Mật", "ketoan", office.accountant.full_name):
        assert holding(made, secret) == [], secret
    assert holding(made, "SEN HONG") == [] and {
        "statement_lines.csv",
        "statement_lines.parquet",
        "chung-tay.db",
    } <= set(holding(made, "Chi qua Tet")), "the search would find what is there"
    path = frozen.folder() / frozen.file_name(days[0], "csv")
    path.write_bytes(path.read_bytes().replace(b"500000", b"500001"))
    with pytest.raises(PublishedFileAltered, match="đã bị sửa"):
        release(now=NOW + timedelta(days=1), by=None)
    assert Release.objects.count() == 1


def test_groups_are_those_of_the_portals_list(db):
    from chungtay.community.tests.making import make_village

    village = remembered(make_village)()
    group = village.found("Hội quán Đồng Tâm", members=31)
    village.found("Hội quán Chưa Đếm")
    gone = village.found("Hội quán Đã Thôi", on=date(2019, 1, 1))
    registers.name_officer(
        group=group, role="Chủ nhiệm", full_name="Tống Thị Mật", since=date(2021, 1, 1), **village.given()
    )
    registers.dissolve_group(group=gone, on=date(2022, 1, 1), **village.given())
    made = release(now=village.given()["now"], by=None).release
    today = made.day
    listed = {str(one.pk): one for one in community.group_list(selectors.areas_of_portal(today), today, {})}
    rows = {row["id"]: row for row in rows_of(made, "groups")}
    assert set(rows) == set(listed) and len(rows) >= 2
    for key, row in rows.items():
        one = listed[key]
        assert (row["name"], row["founded_on"]) == (one.name, one.founded_on)
        assert row["size"] == (one.members if one.members is not None else one.households)
    assert (rows[str(group.pk)]["size"], rows[str(group.pk)]["size_counts"]) == (31, "members")
    assert [holding(made, secret) for secret in PEOPLE] == [[]] * 4


def test_awards_are_of_collectives_alone(db):
    from chungtay.emulation.tests.making import make_council

    council = remembered(make_council)()
    lines = [
        Line(Recipient.COLLECTIVE, "Ban Công tác Mặt trận Khóm Ba", "Ba năm liền dẫn đầu phong trào"),
        Line(Recipient.PERSON, "Tống Thị Mật", "Có nhiều đóng góp"),
    ]
    council.issue(council.decision(lines=lines))
    council.decision(lines=[Line(Recipient.COLLECTIVE, "Tập thể chưa khen", "Còn dự thảo")])
    made = release(now=council.tick(), by=None).release
    [row] = rows_of(made, "awards")
    [entry] = emulation.public_entries(selectors.areas_of_portal(made.day))
    assert (row["code"], row["collective"], row["merit"]) == (entry.code, entry.content["to"], entry.content["merit"])
    assert row["address"].endswith(f"/{entry.code}/") and "chung-tay.db" in holding(made, row["collective"])
    for secret in ("Tống Thị Mật", "Tập thể chưa khen", "Trần Văn Bình"):
        assert holding(made, secret) == [], secret


def test_recommendations_are_word_for_word_what_was_made_public(db):
    from chungtay.supervision.tests.making import make_office

    office = remembered(make_office)()
    row = office.signed(office.sent())
    supervising.publish_recommendation(
        recommendation=row, number="Tin 1", revision=row.revision, now=office.tick(), by=office.chair
    )
    office.sent(text="Điều chưa công khai của Tống Thị Mật, 0912345678")
    made = release(now=office.tick(), by=None).release
    [told] = supervision.published_recommendations()
    [said] = rows_of(made, "recommendations")
    for name in ("number", "body", "addressee", "text", "answer", "outcome", "days_late"):
        assert said[name] == told.frozen[name], name
    assert (said["content_hash"], said["published_in"]) == (told.content_hash, "Tin 1")
    assert [holding(made, secret) for secret in PEOPLE] == [[]] * 4
