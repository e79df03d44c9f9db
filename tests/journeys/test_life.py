"""The city's life in the demonstration: houses with their money and pictures, who is left out, and the Programme on paper."""

import json
import re
import shutil
import sqlite3
from uuid import UUID

import pytest
from PIL import Image

from tests.journeys.conftest import Demo, serving
from tests.journeys.people import Person
from tests.journeys.test_demo import figures

pytestmark = pytest.mark.xdist_group("demo")
IN_REACH = (
    "SELECT c.id FROM support_case c JOIN places_areaversion v ON v.area_id = c.area_id WHERE v.code = '29893'"
    " AND c.kind = 'house' AND c.state = ? AND c.fund_share {} 0 ORDER BY c.year DESC, c.number LIMIT 1"
)


def read(demo, query, *values):
    with sqlite3.connect(demo.data / "chungtay.sqlite3") as db:
        return db.execute(query, values).fetchall()


def house_in(demo, state, *, of_the_fund=False):
    """Return the id of the newest house of Hòa An in a state, paid by the fund or by others."""
    [(found,)] = read(demo, IN_REACH.format(">" if of_the_fund else "="), state)
    return UUID(found)


# -- the records ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("support.houses", 400),
        ("support.bridges", 13),
        ("support.packages", 22_047),
        ("support.package_value", 8_712_600_000),
    ],
)
def test_houses_bridges_and_packages_open_to_the_cases_and_add_up(demo, code, value):
    trace = json.loads(demo.run("trace", figures(demo)[code]["trace"], "--json").stdout)
    for fact in trace["facts"]:
        assert sum(part["value"] for part in fact["parts"]) == fact["value"], fact
    parts = [part for fact in trace["facts"] for part in fact["parts"]]
    assert sum(part["value"] for part in parts) == value
    assert all("/ho-tro/" in part["url"] for part in parts)
    if code in ("support.houses", "support.bridges"):
        assert len({part["url"] for part in parts}) == value, "each is a case of its own"


def test_every_return_confirms_what_the_cases_say(demo):
    claims = read(
        demo,
        "SELECT i.code, c.dimension, c.area_id, c.period_start, c.period_end, c.value FROM figures_claim c"
        " JOIN indicators_indicator i ON i.id = c.indicator_id WHERE i.code LIKE 'support.%' AND c.value IS NOT NULL"
        " AND c.source_kind = 'return' AND NOT EXISTS (SELECT 1 FROM figures_claim n WHERE n.supersedes_id = c.id)",
    )
    facts = read(
        demo,
        "SELECT i.code, f.dimension, f.area_id, f.period_start, f.value, f.source_kind FROM figures_fact f"
        " JOIN indicators_indicator i ON i.id = f.indicator_id WHERE i.code LIKE 'support.%' ORDER BY f.batch_id",
    )
    assert {kind for *_, kind in facts} == {"support-month"}
    months = {(code, key, area, start): value for code, key, area, start, value, _ in facts}
    assert len(claims) > 2_000
    for code, key, area, first, end, value in claims:
        said = sum(
            v for (c, k, a, start), v in months.items() if (c, k, a) == (code, key, area) and first <= start < end
        )
        assert said == value, (code, key, area, first)


def test_two_persons_stand_behind_every_decision_and_papers_behind_every_house(demo):
    alone = read(
        demo,
        "SELECT COUNT(*) FROM support_casestep a JOIN support_casestep b ON a.case_id = b.case_id"
        " WHERE a.act = 'approve' AND b.act IN ('propose', 'verify') AND a.by_id = b.by_id",
    )
    bare = read(
        demo,
        "SELECT COUNT(*) FROM support_case c WHERE c.state = 'accepted' AND c.kind IN ('house', 'bridge') AND"
        " (SELECT COUNT(DISTINCT e.role) FROM support_caseevidence e WHERE e.case_id = c.id) < 3",
    )
    assert (alone, bare) == ([(0,)], [(0,)])
    states = dict(read(demo, "SELECT state, COUNT(*) FROM support_case GROUP BY state"))
    assert set(states) >= {"verified", "posted", "approved", "funded", "accepted", "returned", "cancelled"}


# -- what people see ----------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_house_to_its_donors_and_from_their_gifts_to_other_houses(demo, person, width):
    accountant = person("hoa-an.ketoan", width)
    accountant.go(f"/ho-tro/{house_in(demo, 'accepted', of_the_fund=True)}/")
    accountant.follow("Tiền của ai, đã giúp những ai")
    gift = accountant.page.locator("article").first
    given, into = (int(said.replace(".", "")) for said in re.findall(r"([\d.]+)\s+đồng", gift.inner_text())[:2])
    others = [int(one.inner_text().split()[0].replace(".", "")) for one in gift.locator("li .num").all()]
    assert 0 < into <= given
    assert others, "the same gift helped others too"
    assert into + sum(others) <= given
    house = gift.get_by_role("link", name=re.compile("^HT-")).first
    number = house.inner_text()
    house.click()
    accountant.rest()
    assert number in accountant.text() or number in accountant.page.title()
    assert accountant.page.evaluate("document.documentElement.scrollWidth") == width
    accountant.leave()


@pytest.mark.browser
def test_who_is_left_out_and_whether_support_follows_need(person):
    officer = person("thanhpho.tonghop")
    officer.go("/ho-tro/con-bo-lai/")
    left, eligible = map(int, re.search(r"(\d+) trong ([\d.]+) hộ", officer.text().replace(".", "")).groups())
    assert 0 < left < eligible
    assert officer.page.get_by_role("table", name=re.compile("Theo đơn vị")).get_by_role("row").count() == 14
    assert "Chờ lâu nhất" in officer.text()
    officer.leave()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_programme_on_paper_and_what_its_change_asks_of_the_city(person, width):
    officer = person("thanhpho.tonghop", width)
    officer.go("/chuong-trinh/500/van-ban/")
    shown = officer.text()
    assert "112/SĐ" in shown
    assert "Còn hiệu lực, đã sửa đổi" in shown
    officer.go("/chuong-trinh/500-866/thay-doi/")
    officer.page.locator("main").get_by_role("link", name=re.compile("Nội dung phối hợp 13")).first.click()
    officer.rest()
    assert "hai cấp" in officer.page.locator("main ins").first.inner_text(), "what was put in is marked"
    assert officer.page.evaluate("document.documentElement.scrollWidth") == width
    officer.leave()
    leader = person("thanhpho.lanhdao", width)
    leader.sees("Quyết định trả lời: Nội dung phối hợp 10")
    leader.leave()


# -- a house, from the hamlet's word to the minutes ----------------------------------------------------------------


@pytest.fixture
def workspace(demo, tmp_path):
    """A copy of the demonstration that goes on day by day: call it with the days that have passed, and it is served."""
    copy = Demo(tmp_path / "data", tmp_path / "out")
    shutil.copytree(demo.data, copy.data)
    return lambda days: serving(copy, days)


def keep(somebody, what, picture):
    """Lay a picture beside the case."""
    somebody.page.get_by_text("Chụp, đính kèm").click()
    somebody.page.get_by_label("Đây là").select_option(label=what)
    somebody.page.locator("input[type=file]").set_input_files(picture)
    somebody.press("Đính kèm", exact=True)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_house_goes_all_its_way_by_the_right_hands(chromium, workspace, tmp_path, width):
    photo = tmp_path / "anh.png"
    Image.new("RGB", (640, 480), "#8fae6b").save(photo)
    with workspace(0) as site:
        clerk = Person(chromium, site, "hoa-an.canbo", width)
        clerk.go("/ho-tro/moi/house/")
        clerk.page.locator(".kinds").get_by_role("link").last.click()
        clerk.rest()
        for label, words in (
            ("Nội dung hỗ trợ", "Xây mới nhà nhân ái cho hộ đơn chiếc"),
            ("Hoàn cảnh, lý do cần hỗ trợ", "Nhà lá xiêu vẹo, chủ hộ lớn tuổi sống một mình"),
            ("Tổng giá trị (đồng)", "60000000"),
            ("Nhà tài trợ trực tiếp 1", "Nhóm thiện nguyện Sen Hồng (minh họa)"),
            ("Diện tích sử dụng (m²)", "48"),
            ("Gia đình đối ứng (đồng)", "10000000"),
        ):
            clerk.page.get_by_label(label).first.fill(words)
        clerk.page.locator("[name=gift1]").fill("50000000")
        clerk.page.get_by_label("Cách làm").select_option(label="Xây mới")
        clerk.page.get_by_label("Loại nhà").select_option(label="Nhà nhân ái")
        clerk.press("Lưu hồ sơ")
        clerk.sees("Đã lập hồ sơ")
        at = clerk.page.url.removeprefix(site)
        clerk.page.get_by_label("Người đi xác minh").first.fill("Trưởng Ban công tác Mặt trận ấp")
        clerk.page.get_by_label("Kết quả xác minh").fill("Đúng hoàn cảnh, đất ở hợp pháp")
        clerk.page.get_by_label("Không có quan hệ họ hàng, lợi ích").check()
        clerk.press("Ghi kết quả xác minh")
        clerk.page.get_by_label("Nơi niêm yết").fill("Nhà văn hóa ấp")
        clerk.press("Ghi nhận niêm yết")
        clerk.sees("Đang niêm yết")
        assert clerk.page.get_by_role("button", name="Duyệt hồ sơ").count() == 0, "who prepared does not decide"
        clerk.leave()
        leader = Person(chromium, site, "hoa-an.lanhdao", width)
        leader.go(at)
        leader.page.get_by_label("Số quyết định hoặc biên bản họp xét").fill("12/BB-BVĐ")
        leader.page.get_by_label("Không có quan hệ họ hàng, lợi ích").check()
        leader.press("Duyệt hồ sơ")
        leader.sees("Đang niêm yết")
        assert "Đã duyệt hồ sơ" not in leader.text(), "the people's word comes first"
        leader.page.close()
    with workspace(8) as site:
        leader = Person(chromium, site, "hoa-an.lanhdao", width)
        leader.go(at)
        leader.page.get_by_label("Số quyết định hoặc biên bản họp xét").fill("12/BB-BVĐ")
        leader.page.get_by_label("Không có quan hệ họ hàng, lợi ích").check()
        leader.press("Duyệt hồ sơ")
        leader.sees("Nếu vẫn duyệt, hãy ghi lý do hỗ trợ thêm.")
        assert "Hộ này đã được hỗ trợ theo hồ sơ HT-2021-" in leader.text(), "an earlier house is found over all years"
        leader.page.get_by_label("Số quyết định hoặc biên bản họp xét").fill("12/BB-BVĐ")
        leader.page.get_by_label("Lý do hỗ trợ thêm lần nữa").fill("Nhà sửa năm 2021 sập trong mùa mưa (minh họa)")
        leader.page.get_by_label("Không có quan hệ họ hàng, lợi ích").check()
        leader.press("Duyệt hồ sơ")
        leader.sees("Đã duyệt hồ sơ")
        leader.page.close()
        accountant = Person(chromium, site, "hoa-an.ketoan", width)
        accountant.go(at)
        accountant.press("Xác nhận đủ kinh phí")
        accountant.sees("Đã xác nhận đủ kinh phí")
        accountant.leave()
        clerk = Person(chromium, site, "hoa-an.canbo", width)
        clerk.go(at)
        keep(clerk, "Ký nhận", photo)
        clerk.press("Ghi nhận đã trao")
        clerk.sees("Đã ghi nhận trao, bàn giao")
        keep(clerk, "Biên bản nghiệm thu đã ký", photo)
        keep(clerk, "Ảnh công trình, buổi trao", photo)
        clerk.leave()
        leader = Person(chromium, site, "hoa-an.lanhdao", width)
        leader.go(at)
        leader.page.get_by_label("Số biên bản nghiệm thu").fill("07/BB-NT")
        leader.press("Nghiệm thu", exact=True)
        leader.sees("Đã nghiệm thu")
        assert "50.000.000" in leader.text()
        assert leader.page.evaluate("document.documentElement.scrollWidth") == width
        leader.leave()
