"""The draft says what the figures say, no more, and says when there is nothing to say."""

import pytest

from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.kernel.periods import parse_period
from chungtay.papers.rules import HeadKind
from chungtay.programmes.selectors import targets_of
from chungtay.programmes.services import set_target
from chungtay.reviews import selectors
from chungtay.reviews.rules import FOR_TABLES, BlockKind, keys_in
from chungtay.reviews.scope import NothingToReview, NotInProgramme
from chungtay.reviews.tests.world import KNOWN, PERIOD


def said(content, name):
    """The words of a paragraph as they print, no-break spaces as plain ones."""
    text = next(block.text for block in content.blocks if block.name == name)
    for key in keys_in(text):
        text = text.replace("{" + key + "}", content.printed[key].text)
    return text.replace("\u00a0", " ")


def test_the_fund_is_told_with_its_parts_and_its_target_left_out_where_there_is_none(world):
    text = said(world.content(), "fund")
    assert "Từ tháng 01/2020 đến tháng 3/2023, các cấp trên địa bàn thành phố Cao Lãnh đã vận động được gần 612" in text
    assert "(trong đó: tiền 604 triệu đồng; hiện vật gần 8 triệu đồng)" in text
    assert "kế hoạch" not in text


def test_2021_is_told_apart_and_said_to_be_inside_the_total(world):
    text = said(world.content(), "fund-years")
    assert "Riêng năm 2021, trong điều kiện dịch bệnh Covid-19, vẫn vận động được gần 194,46 triệu đồng" in text
    assert "đã tính trong tổng số" in text


def test_a_whole_year_has_its_share_of_the_plan_and_its_growth(world):
    assert (
        "Năm 2022 vận động được gần 210,46 triệu đồng, đạt 105,2% kế hoạch, tăng 8,2% so với cùng kỳ năm 2021"
        in said(world.content(), "fund-years")
    )


def test_a_running_year_is_compared_with_the_same_months_of_the_year_before(world):
    text = said(world.content(), "fund-years")
    assert "quý I năm 2023 vận động được" in text
    assert "kế hoạch năm, giảm 15,3% so với cùng kỳ năm 2022" in text


def test_growth_is_not_told_when_the_same_window_is_not_complete(world):
    content = world.content(period_code="2020-01..2023-02")  # two months of a quarter are not known
    text = said(content, "fund-years")
    assert text.count("so với cùng kỳ") == 1
    assert "so với cùng kỳ năm 2022" not in text


def test_a_target_of_the_whole_term_is_named_as_such(world):
    text = said(world.content(), "support.houses")
    assert "416 căn" in text
    assert "(xây mới 260 căn; sửa chữa 156 căn)" in text
    assert "đạt 86,6% kế hoạch giai đoạn 2020 - 2024" in text


def test_places_that_have_any_are_counted(world):
    assert "06 cây cầu nông thôn tại 02 phường" in said(world.content(), "support.bridges")


def test_a_ratio_comes_with_its_terms_its_day_and_its_target(world):
    text = said(world.content(), "poverty.rate")
    assert "Tỷ lệ hộ nghèo cuối năm 2022 còn 2% (160/8.000 hộ)" in text
    assert "giảm 0,5 điểm phần trăm so với cuối năm 2021" in text
    assert "chỉ tiêu đến cuối năm 2024: không quá 0,8%" in text


def test_a_figure_that_lacks_a_unit_says_so_in_its_sentence(world):
    lacking = world.cast.communes[-1]
    text = said(world.content(), "groups.self_managed")
    assert "63 tổ" in text
    assert f"(3/4 đơn vị đã báo cáo, chưa có {selectors.places.name_on(lacking.pk, KNOWN.date())})" in text


def test_what_nobody_reported_is_said_to_be_missing(world):
    content = world.content(known_at=KNOWN.replace(year=2019, month=12))
    assert said(content, "fund.raised") == "Chưa có số liệu về vận động Quỹ trong kỳ báo cáo."
    assert "Chưa có số liệu về nhà ở hỗ trợ" in said(content, "support.houses")


def test_an_indicator_that_the_programme_does_not_ask_for_has_no_sentence(world):
    content = world.content()
    assert not [block for block in content.blocks if "Hội quán" in block.text and block.kind == BlockKind.PARAGRAPH]


def test_the_sections_stand_in_the_order_of_a_review_report(world):
    heads = [block.text for block in world.content().blocks if block.kind == BlockKind.H1]
    assert [head.split(".")[0] for head in heads] == ["I", "II", "III", "IV"]
    closing = [block for block in world.content().blocks if block.kind == BlockKind.PARAGRAPH][-1]
    assert closing.text.endswith("./.")


def test_targets_reached_and_not_reached_are_judged_from_figures(world):
    content = world.content()
    assert "vận động Quỹ (năm 2022 đạt 105,2% kế hoạch năm)" in said(content, "reached")
    assert said(content, "behind").startswith("So với kế hoạch giai đoạn 2020 - 2024")
    assert "nhà ở hỗ trợ (86,6%)" in said(content, "behind")


def annex_cells(content):
    tables = [b.spec for b in content.blocks if b.kind == BlockKind.TABLE and b.section == "annex-1"]
    for spec in tables:
        for column in range(2, len(spec["columns"])):
            total = content.asks[spec["total"][column]["figure"]]
            rows = [content.asks[row[column]["figure"]] for row in spec["rows"] if "figure" in row[column]]
            yield total, rows


def test_every_total_of_the_annex_is_the_sum_of_its_rows(world):
    content = world.content()
    checked = 0
    for total, rows in annex_cells(content):
        if content.printed[total.key].ratio is None:
            assert content.printed[total.key].value == sum(content.printed[row.key].value or 0 for row in rows), (
                total.label
            )
            checked += 1
    assert checked >= 10


def test_what_the_area_reports_itself_stands_in_a_row_of_its_own(world):
    own = Statement("activities.propaganda", "", world.cast.city.pk, parse_period("2022"), 7)
    figures.record_facts([own], status="approved", source_kind="test", source_id="own", now=KNOWN, by=None)
    content = world.content()
    tables = [b.spec for b in content.blocks if b.kind == BlockKind.TABLE and b.section == "annex-1"]
    assert any(spec["rows"][0][1] == {"text": "Cấp thành phố"} for spec in tables)
    total, rows = next((t, r) for t, r in annex_cells(content) if t.indicator == "activities.propaganda")
    assert content.printed[total.key].value == sum(content.printed[row.key].value or 0 for row in rows)


def test_a_commune_writes_its_own_report_without_an_annex_of_units(world):
    content = world.content(area=world.cast.communes[0], header=HeadKind.MTTQ)
    assert not [block for block in content.blocks if block.section == "annex-1"]
    assert "nêu tại Phụ lục." in said(content, "reporting")


def test_a_report_of_one_year_has_no_table_of_years(world):
    content = world.content(period_code="2022")
    assert "tăng 8,2% so với cùng kỳ năm 2021" in said(content, "fund")
    assert not [block for block in content.blocks if block.name == "fund.raised-years"]


def test_questions_are_asked_in_few_consolidations(world, monkeypatch):
    from chungtay.reviews import answers

    calls = []
    real = answers.account.consolidate
    monkeypatch.setattr(answers.account, "consolidate", lambda **given: calls.append(given) or real(**given))
    world.content()
    assert len(calls) <= 4


def test_every_key_reads_like_a_name_and_is_used_once(world):
    content = world.content()
    assert len({key.casefold() for key in content.asks}) == len(content.asks)
    assert all("{" not in key and key == key.strip() for key in content.asks)
    assert any(ask.shape in FOR_TABLES for ask in content.asks.values())


def test_places_outside_the_programme_are_refused(world):
    elsewhere = world.programme
    elsewhere.area = world.cast.other_city
    with pytest.raises(NotInProgramme):
        selectors.draft_content(
            programme=elsewhere, area=world.cast.city, period_code=PERIOD, header=HeadKind.UBND, known_at=KNOWN
        )


def test_a_programme_that_asks_nothing_cannot_be_reviewed(world):
    world.programme.forms.update(is_current=False)
    for target in targets_of(world.programme):
        set_target(
            programme=target.programme,
            indicator=target.indicator,
            area=target.area,
            period_code=target.period_code,
            value=None,
            basis="",
            now=target.recorded_at,
            by=None,
        )
    with pytest.raises(NothingToReview):
        world.content()
