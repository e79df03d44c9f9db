"""The demonstration as its users have it: the command line on a folder of its own, from nothing to the papers."""

import json
import shutil
import sqlite3
import urllib.request
from pathlib import Path

import openpyxl
import pytest

from tests.journeys.conftest import Demo

REVIEWED = "2020-01..2023-05"
ARTICLE = {
    "fund.raised": 58_100_000_000,
    "support.houses": 400,
    "support.bridges": 13,
    "support.packages": 22_047,
    "support.package_value": 8_712_600_000,
    "poverty.rate": 1,
    "groups.hoi_quan": 15,
    "groups.hoi_quan_members": 886,
    "groups.htx_from_hoi_quan": 6,
    "awards.collectives": 10,
}


def figures(demo, *args, area="866", period=REVIEWED):
    said = demo.run("figures", "--programme", "500", "--area", area, "--period", period, "--json", *args).stdout
    return {row["indicator"]: row for row in json.loads(said)}


@pytest.mark.longest  # the first to need the demonstration makes it
def test_the_figures_are_those_of_the_article_with_their_coverage(demo):
    found = figures(demo)
    assert {code: found[code]["value"] for code in ARTICLE} == ARTICLE
    assert found["fund.raised"]["unit"] == "VND"
    assert found["fund.raised"]["coverage"] == {"reported": 15, "expected": 15}
    rate = found["poverty.rate"]
    assert (rate["numerator"], rate["denominator"], rate["as_of"]) == (432, 43_200, "2022-12-31")
    assert found["groups.self_managed"]["coverage"] == {"reported": 14, "expected": 15}


def test_the_year_without_a_campaign_is_part_of_the_total(demo):
    years = [
        figures(demo, period=year)["fund.raised"]["value"] for year in ("2020", "2021", "2022", "2023-01..2023-05")
    ]
    assert years[1] == 18_153_450_000
    assert sum(years) == ARTICLE["fund.raised"]


def test_a_trace_opens_to_returns_and_its_parts_add_up(demo):
    trace = json.loads(demo.run("trace", figures(demo)["groups.self_managed"]["trace"], "--json").stdout)
    assert len(trace["children"]) == 15
    assert sum(child["value"] or 0 for child in trace["children"]) == trace["figure"]["value"]
    assert sum(fact["value"] for fact in trace["facts"]) == trace["figure"]["value"]
    assert all("bản" in fact["source"] for fact in trace["facts"])


def test_what_was_raised_opens_to_every_voucher_and_the_vouchers_add_up(demo):
    trace = json.loads(demo.run("trace", figures(demo)["fund.raised"]["trace"], "--json").stdout)
    assert len(trace["children"]) == 15
    for fact in trace["facts"]:
        assert sum(part["value"] for part in fact["parts"]) == fact["value"], fact
    parts = [part for fact in trace["facts"] for part in fact["parts"]]
    assert sum(part["value"] for part in parts) == ARTICLE["fund.raised"]
    vouchers = {part["url"] for part in parts if part["url"]}
    assert len(vouchers) > 600
    assert all("/chung-tu/" in url for url in vouchers)
    of_2021 = [f for f in trace["facts"] if f["period"].startswith("2021-")]
    assert sum(part["value"] for fact in of_2021 for part in fact["parts"]) == 18_153_450_000


def test_groups_open_to_the_register_and_the_groups_add_up(demo):
    found = figures(demo)
    for code, value, start in (
        ("groups.hoi_quan", 15, "Hội quán "),
        ("groups.hoi_quan_members", 886, "Hội quán "),
        ("groups.htx_from_hoi_quan", 6, "HTX "),
    ):
        assert found[code]["coverage"] == {"reported": 15, "expected": 15}
        facts = json.loads(demo.run("trace", found[code]["trace"], "--json").stdout)["facts"]
        parts = [part for fact in facts for part in fact["parts"]]
        assert sum(part["value"] for part in parts) == value
        assert all(part["title"].startswith(start) and "/cong-dong/" in part["url"] for part in parts)
        assert len(parts) == (6 if code == "groups.htx_from_hoi_quan" else 15)


def test_every_return_confirms_what_the_registers_say(demo):
    """Groups at the end of each period, outreach over it: the commune's number is the register's."""
    with sqlite3.connect(demo.data / "chungtay.sqlite3") as db:
        rows = db.execute(
            "SELECT i.code, i.kind, c.area_id, c.period_start, c.period_end, c.value FROM figures_claim c"
            " JOIN indicators_indicator i ON i.id = c.indicator_id WHERE c.source_kind = 'return' AND c.value IS NOT NULL"
            " AND (i.code LIKE 'groups.%' OR i.code = 'activities.propaganda')"
            " AND NOT EXISTS (SELECT 1 FROM figures_claim n WHERE n.supersedes_id = c.id)"
        ).fetchall()
        facts = db.execute(
            "SELECT i.code, f.area_id, f.period_start, f.period_end, f.value FROM figures_fact f"
            " JOIN indicators_indicator i ON i.id = f.indicator_id"
            " WHERE f.source_kind IN ('group-month', 'activity-month') ORDER BY f.batch_id"
        ).fetchall()
    kept = {(code, area, start, end): value for code, area, start, end, value in facts}
    assert len([1 for code, *_ in rows if code == "activities.propaganda"]) > 60
    assert len(rows) > 500
    for code, kind, area, first, end, value in rows:
        if kind == "flow":
            said = sum(v for (c, a, s, e), v in kept.items() if (c, a) == (code, area) and first <= s and e <= end)
        else:
            ends = [e for c, a, _, e in kept if (c, a) == (code, area) and e <= end]
            said = next(v for (c, a, _, e), v in kept.items() if (c, a, e) == (code, area, max(ends)))
        assert said == value, (code, area, first)


def test_year_and_campaign_are_two_ways_to_cut_the_same_total(demo):
    with sqlite3.connect(demo.data / "chungtay.sqlite3") as db:
        campaigns = db.execute(
            "SELECT f.dimension, SUM(f.value) FROM figures_fact f JOIN indicators_indicator i ON i.id = f.indicator_id"
            " WHERE i.code = 'fund.raised_in_campaigns' AND f.period_start BETWEEN '2021-01-01' AND '2021-12-31'"
            " AND f.batch_id = (SELECT MAX(g.batch_id) FROM figures_fact g WHERE g.indicator_id = f.indicator_id"
            " AND g.dimension = f.dimension AND g.area_id = f.area_id AND g.period_start = f.period_start) GROUP BY 1"
        ).fetchall()
    assert campaigns == [("ngoai-dot", 18_153_450_000)], "2021 had no Tháng cao điểm"


def test_every_return_confirms_what_the_books_say(demo):
    """No return states a fact about what the funds keep on record: it is held against the books, and matches."""
    with sqlite3.connect(demo.data / "chungtay.sqlite3") as db:
        facts = db.execute(
            "SELECT f.source_kind, f.dimension, f.area_id, f.period_start, f.value FROM figures_fact f"
            " JOIN indicators_indicator i ON i.id = f.indicator_id WHERE i.code = 'fund.raised' ORDER BY f.batch_id"
        ).fetchall()
        claims = db.execute(
            "SELECT c.dimension, c.area_id, c.period_start, c.period_end, c.value FROM figures_claim c"
            " JOIN indicators_indicator i ON i.id = c.indicator_id WHERE i.code = 'fund.raised'"
            " AND c.source_kind = 'return' AND c.value IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM figures_claim n WHERE n.supersedes_id = c.id)"
        ).fetchall()
    assert {kind for kind, *_ in facts} == {"fund-month"}
    assert len(claims) > 900
    months = {(key, area, start): value for _, key, area, start, value in facts}
    booked = [
        sum(v for (k, a, start), v in months.items() if (k, a) == (key, area) and first <= start < end)
        for key, area, first, end, _ in claims
    ]
    assert booked == [value for *_, value in claims]


def test_the_demonstration_asks_and_settles_whether_2021_is_inside_the_total(demo):
    again = demo.run("demo", "--out", str(demo.out), "--no-serve").stdout
    assert "2021 không có Tháng cao điểm" in again
    assert "nằm trong tổng 58,1" in again


def test_the_books_of_all_funds_hold(demo):
    assert json.loads(demo.run("ledger-verify", "--json").stdout)["ok"] is True


def test_a_unit_of_the_city_sums_to_the_city(demo):
    units = list((demo.data / "workbooks" / "B01_2022Q3").glob("*.xlsx"))
    codes = [path.stem.split("_")[-1] for path in units]
    assert len(codes) == 15
    assert sum(figures(demo, area=code)["support.bridges"]["value"] for code in codes) == 13


def test_an_older_day_knows_the_older_figure(demo):
    assert figures(demo, "--known-at", "2023-05-29")["support.houses"]["value"] == 400
    before = figures(demo, "--known-at", "2023-05-19", period="2022")["support.houses"]["value"]
    assert before == figures(demo, period="2022")["support.houses"]["value"] + 1


def test_unapproved_returns_are_in_no_approved_total(demo):
    of = "groups.self_managed"  # of the returns: what stands in books and registers does not wait for an approval
    approved, everything = (figures(demo, "--status", s, period="2025-05")[of] for s in ("approved", "all"))
    assert approved["coverage"]["reported"] < everything["coverage"]["reported"] < 13
    assert approved["value"] < everything["value"]


def test_a_second_run_reads_every_workbook_again_and_changes_nothing(demo):
    head = demo.run("audit-head").stdout
    again = demo.run("demo", "--out", str(demo.out), "--no-serve")
    assert "không có gì mới" in again.stdout
    assert demo.run("audit-head").stdout == head


def test_a_workbook_is_imported_once_and_a_bad_one_not_at_all(demo, tmp_path):
    source = demo.data / "workbooks" / "B01_2025-05" / "B01_2025-05_29884.xlsx"
    assert json.loads(demo.run("import-return", str(source), "--json").stdout)[0]["state"] == "unchanged"
    bad = tmp_path / source.name
    book = openpyxl.load_workbook(source)
    book.active["F10"], book.active["F11"] = "ba trăm", -5
    book.save(bad)
    done = demo.run("import-return", str(bad), "--json", check=False)
    (said,) = json.loads(done.stdout)
    assert done.returncode == 1
    assert said["state"] == "refused"
    assert [p["where"].split(",")[1].strip()[:6] for p in said["problems"]] == ["ô F10 ", "ô F11 "]
    assert json.loads(demo.run("import-return", str(source), "--json").stdout)[0]["state"] == "unchanged"


def test_a_dry_run_writes_nothing(demo, tmp_path):
    source = demo.data / "workbooks" / "B01_2025-05" / "B01_2025-05_29884.xlsx"
    changed = tmp_path / source.name
    book = openpyxl.load_workbook(source)
    book.active["F10"] = 123_450_000
    book.save(changed)
    head = demo.run("audit-head").stdout
    (said,) = json.loads(demo.run("import-return", str(changed), "--dry-run", "--json").stdout)
    assert (said["state"], said["cells_changed"]) == ("changed", 1)
    assert demo.run("audit-head").stdout == head


def test_the_chain_holds_and_an_alteration_is_found(demo, tmp_path):
    assert json.loads(demo.run("audit-verify", "--json").stdout)["ok"] is True
    copy = Demo(tmp_path / "copy", tmp_path / "out")
    shutil.copytree(demo.data, copy.data)
    with sqlite3.connect(copy.data / "chungtay.sqlite3") as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_auditevent'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE audit_auditevent SET actor_name = 'Người khác' WHERE id = 40")
    done = copy.run("audit-verify", check=False)
    assert done.returncode == 1
    assert "40" in done.stderr


def test_a_lost_cube_is_built_again_equal(demo):
    before = figures(demo)
    shutil.rmtree(demo.data / "cube", ignore_errors=True)
    assert figures(demo) == before


def test_the_papers_are_there_and_every_number_in_them_has_a_source(demo):
    (manifest,) = demo.out.glob(f"*{REVIEWED}-manifest.json")
    papers = {path.suffix for path in demo.out.iterdir()}
    assert {".docx", ".pdf", ".xlsx", ".json"} <= papers
    rows = json.loads(manifest.read_text(encoding="utf-8"))
    assert len(rows) > 100
    printed = " ".join(str(row) for row in rows)
    for words in ("58,1", "400", "886", "18,15"):
        assert words in printed


def test_the_same_day_gives_the_same_papers(demo, tmp_path):
    asked = ("review", "build", "--programme", "500", "--area", "866", "--period", REVIEWED, "--known-at", "2023-05-29")
    for folder in ("a", "b"):
        demo.run(*asked, "--out", str(tmp_path / folder))
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert names
    assert names == sorted(p.name for p in (tmp_path / "b").iterdir())
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("--programme", "501", "--area", "866", "--period", "2022"), "501"),
        (("--programme", "500", "--area", "99999", "--period", "2022"), "99999"),
        (("--programme", "500", "--area", "866", "--period", "2022-13"), "2022-13"),
        (("--programme", "500", "--area", "866", "--period", "2022", "--known-at", "hôm qua"), "hôm qua"),
        (("--programme", "500", "--area", "866", "--period", "2022", "--indicator", "no.such"), "no.such"),
    ],
)
def test_a_wrong_question_gets_a_sentence_and_a_non_zero_exit(demo, args, word):
    done = demo.run("figures", *args, check=False)
    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demonstration_does_not_write_into_a_workspace_in_use(demo, tmp_path):
    other = Demo(tmp_path / "used", tmp_path / "out")
    other.data.mkdir()
    (other.data / "chungtay.sqlite3").write_bytes(b"somebody's data")
    assert other.run("demo", "--no-serve", check=False).returncode != 0
    assert (other.data / "chungtay.sqlite3").read_bytes() == b"somebody's data"


def test_it_is_served_with_the_accounts_to_try(site):
    with urllib.request.urlopen(f"{site}/healthz", timeout=5) as answer:
        assert (answer.status, answer.read()) == (200, b"ok")
    with urllib.request.urlopen(f"{site}/dang-nhap/", timeout=5) as answer:
        assert "thanhpho.tonghop" in answer.read().decode()


def test_every_file_of_the_workspace_is_in_its_folder(demo):
    assert Path(demo.data, "secret-key").stat().st_mode & 0o077 == 0, "the key is its owner's alone"
