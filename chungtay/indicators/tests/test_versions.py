"""Versions of a definition: what held on which day, where a series breaks, and revisions that are refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.indicators import selectors, services
from chungtay.indicators.models import Indicator, IndicatorVersion
from chungtay.indicators.rules import Break, Change, Kind
from chungtay.indicators.services import Definition, RevisionRefused
from tests.cast import NOW

pytestmark = pytest.mark.django_db

POOR = Definition("poor", "Hộ nghèo", "hộ", "Theo chuẩn 2016–2020.", Kind.STOCK, legal_basis="QĐ 59/2015/QĐ-TTg")
ALL = Definition("all", "Tổng số hộ", "hộ", "Định nghĩa.", Kind.STOCK)
RATE = Definition("rate", "Tỷ lệ", "%", "Định nghĩa.", Kind.RATIO, numerator="poor", denominator="all")
SINCE = date(2022, 1, 1)


@pytest.fixture
def poor():
    return services.define_indicators([POOR, ALL, RATE], now=NOW, by=None)[0]


@pytest.fixture
def gifts():
    values = {"tet": "Quà Tết", "food": "Lương thực", "study": "Học bổng"}
    services.define_dimension(code="kind", name="Loại quà", values=values, now=NOW, by=None)
    services.define_dimension(code="sex", name="Giới", values={"f": "Nữ", "m": "Nam"}, now=NOW, by=None)
    return services.define_indicators(
        [Definition("gifts", "Quà", "suất", "Định nghĩa.", Kind.FLOW, dimensions=("kind",))], now=NOW, by=None
    )[0]


def revise(indicator, valid_from=SINCE, change=Change.BREAK, **given):
    given = {"definition": "Định nghĩa mới.", "note": "NĐ 07/2021/NĐ-CP"} | given
    return services.revise_definition(
        indicator=indicator, valid_from=valid_from, change=change, now=NOW, by=None, **given
    )


def test_each_day_has_the_definition_that_held_then(poor):
    revise(poor, definition="Theo chuẩn 2021–2025.", legal_basis="NĐ 07/2021/NĐ-CP")
    revise(poor, date(2026, 1, 1), definition="Theo chuẩn 2026–2030.", name="Hộ nghèo đa chiều")
    on = {
        day: selectors.definition_on(poor, day)
        for day in (date(2000, 1, 1), date(2021, 12, 31), SINCE, date(2030, 1, 1))
    }
    assert [d.definition for d in on.values()] == [
        "Theo chuẩn 2016–2020.",
        "Theo chuẩn 2016–2020.",
        "Theo chuẩn 2021–2025.",
        "Theo chuẩn 2026–2030.",
    ]
    assert [d.name for d in on.values()][-2:] == ["Hộ nghèo", "Hộ nghèo đa chiều"]
    versions = selectors.versions_of(poor)
    assert [(v.number, v.valid_from, v.valid_to) for v in versions] == [
        (1, None, SINCE),
        (2, SINCE, date(2026, 1, 1)),
        (3, date(2026, 1, 1), None),
    ]
    assert versions[1].is_break and "không so sánh" in versions[1].change_words
    assert audit.latest_events(limit=1)[0].code == "indicators.definition.revised"


def test_a_ratio_breaks_where_one_of_its_terms_does(poor):
    revise(poor)
    assert selectors.breaks_of(poor) == [Break(SINCE, "NĐ 07/2021/NĐ-CP")]
    assert selectors.breaks_of(selectors.indicator_by_code("rate")) == [Break(SINCE, "NĐ 07/2021/NĐ-CP")]
    assert selectors.breaks_of(selectors.indicator_by_code("all")) == []


def test_words_made_clearer_break_nothing(poor):
    revise(poor, change=Change.SAME, definition="Nói rõ thêm.")
    assert selectors.breaks_of(poor) == [] and selectors.key_mapping(poor) == {}


def test_cells_that_were_merged_are_gone_from_the_breakdown_and_keep_their_words(gifts):
    revise(gifts, change=Change.MAPPED, mapping={"tet": "food"})
    assert selectors.dimension_keys(gifts) == [("food", "Lương thực"), ("study", "Học bổng")]
    assert selectors.key_mapping(gifts) == {"tet": "food"}
    assert selectors.key_labels(gifts) == {"food": "Lương thực", "study": "Học bổng", "tet": "Lương thực"}


def test_a_breakdown_may_gain_a_dimension_when_every_old_cell_is_placed(gifts):
    mapping = {key: f"{key}/f" for key in ("tet", "food", "study")}
    revise(gifts, change=Change.MAPPED, mapping=mapping, dimensions=("kind", "sex"))
    assert len(selectors.dimension_keys(gifts)) == 6
    assert selectors.key_mapping(gifts) == mapping
    assert selectors.partial_keys(gifts, ["sex"]) == [("*/f", "Nữ"), ("*/m", "Nam")]
    assert selectors.partial_keys(gifts, ["sex", "kind"])[0] == ("tet/f", "Quà Tết, Nữ")
    assert selectors.partial_keys(gifts, []) == [("", "")]
    assert selectors.key_labels(gifts)["*/f"] == "Nữ"
    with pytest.raises(selectors.NoSuchBreakdown, match="age"):
        selectors.partial_keys(gifts, ["age"])


def test_values_can_be_added_to_a_dimension_and_taken_by_a_mapping(gifts):
    services.add_dimension_values(dimension="kind", values={"rice": "Gạo"}, now=NOW, by=None)
    revise(gifts, change=Change.MAPPED, mapping={"food": "rice"})
    assert [key for key, _ in selectors.dimension_keys(gifts)] == ["tet", "study", "rice"]
    with pytest.raises(services.ValueExists, match="rice"):
        services.add_dimension_values(dimension="kind", values={"rice": "Gạo"}, now=NOW, by=None)
    with pytest.raises(services.UnknownDimension, match="age"):
        services.add_dimension_values(dimension="age", values={"x": "X"}, now=NOW, by=None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"definition": " "}, "chưa có định nghĩa"),
        ({"note": ""}, "vì sao"),
        ({"change": Change.SAME, "definition": "Định nghĩa.", "note": ""}, "giống hệt"),
        ({"change": Change.SAME, "mapping": {"tet": "food"}}, "cách xếp"),
        ({"change": Change.SAME, "dimensions": ("sex",)}, "cách xếp"),
        ({"change": Change.MAPPED}, "Chưa ghi"),
        ({"change": Change.MAPPED, "mapping": {"tet": "rice"}}, "“rice” không có trong định nghĩa mới"),
        ({"change": Change.MAPPED, "mapping": {"old": "food"}}, "“old” không có trong định nghĩa trước"),
        ({"change": Change.MAPPED, "mapping": {"tet": "food", "food": "tet"}}, "không có trong định nghĩa mới"),
        (
            {"change": Change.MAPPED, "mapping": {"tet": "tet/f", "food": "food/f"}, "dimensions": ("kind", "sex")},
            "“study” chưa được xếp",
        ),
    ],
)
def test_a_revision_that_makes_no_sense_is_refused(gifts, given, said):
    with pytest.raises(RevisionRefused, match=said):
        revise(gifts, **given)
    assert not IndicatorVersion.objects.exists()
    assert [key for key, _ in selectors.dimension_keys(gifts)] == ["tet", "food", "study"]


def test_a_version_never_begins_before_the_one_that_it_follows(poor):
    revise(poor)
    for day in (SINCE, date(2021, 1, 1)):
        with pytest.raises(RevisionRefused, match="01/01/2022"):
            revise(poor, day, definition="Khác.")


def test_a_ratio_has_no_cells_of_its_own_to_map(poor):
    with pytest.raises(RevisionRefused, match="tử số"):
        revise(selectors.indicator_by_code("rate"), change=Change.MAPPED, mapping={"": "x"})


def test_a_version_is_never_changed(poor):
    version = revise(poor)
    with pytest.raises(HistoryIsFixed):
        version.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorVersion.objects.bulk_create(
            [IndicatorVersion(indicator=poor, number=2, valid_from=date(2023, 1, 1), change="same", recorded_at=NOW)]
        )
    for wrong in ({"number": 1}, {"change": "other"}, {"change": "break"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            given = {"number": 9, "valid_from": date(2023, 1, 1), "change": "same", "recorded_at": NOW} | wrong
            IndicatorVersion.objects.create(indicator=poor, **given)


def test_only_a_ratio_is_said_per_so_many(poor):
    definition = Definition(
        "per", "Hộ nghèo trên 100 hộ", "hộ", "Định nghĩa.", Kind.RATIO, numerator="poor", denominator="all", per=100
    )
    (per,) = services.define_indicators([definition], now=NOW, by=None)
    assert (per.times, selectors.indicator_by_code("rate").times, poor.times) == (100, 100, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(code="x", name="X", unit="hộ", definition="", kind="flow", per=100)
