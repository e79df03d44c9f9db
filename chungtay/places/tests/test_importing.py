"""Taking lists in: all or nothing, with the same record as unit by unit, on both databases."""

import random
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError

from bench.nation_lists import MOVE_HEADS, UNIT_HEADS, as_csv
from chungtay.places import importing, selectors, services
from chungtay.places.models import Area, AreaVersion, Reorganisation, Succession
from chungtay.places.rules import WHOLE
from chungtay.places.tests import planted
from chungtay.places.tests.planted import Planting, nation
from chungtay.places.unit_findings import Kind
from tests.cast import BASIS, NOW

pytestmark = pytest.mark.django_db
BY = {"now": NOW, "by": None}
BEFORE, JULY = date(2025, 6, 30), date(2025, 7, 1)
CAO_LANH = """mã cũ,tên cũ,tỷ lệ,căn cứ tỷ lệ,mã mới,tên mới,cấp mới,cấp trên mới,hiệu lực từ,căn cứ
29866,Phường 1,,,29866,Phường 1,phường,866,01/01/2025,NQ 1284/NQ-UBTVQH15
29869,Phường 2,,,29866,Phường 1,phường,866,01/01/2025,NQ 1284/NQ-UBTVQH15
29863,Phường 11,,,29881,Phường Mỹ Ngãi,phường,866,01/01/2025,NQ 1284/NQ-UBTVQH15
29881,Xã Mỹ Ngãi,,,29881,Phường Mỹ Ngãi,phường,866,01/01/2025,NQ 1284/NQ-UBTVQH15
87,Tỉnh Đồng Tháp,,,82,Tỉnh Đồng Tháp,tỉnh,,01/07/2025,NQ 202/2025/QH15
867,Thành phố Sa Đéc,,,867,Phường Sa Đéc,phường,82,01/07/2025,NQ 1663/NQ-UBTVQH15
{rest}"""


def files(*, before=True, moves=None):
    given = {"truoc.csv": as_csv(UNIT_HEADS, nation().before)} if before else {}
    return given | {"chuyen.csv": as_csv(MOVE_HEADS, nation().moves) if moves is None else moves}


def cao_lanh():
    """The two reorganisations of the city, in one file."""
    july = ["29866", "29872", "29875", "29878", "29892", "29893", "29899", "29890", "29896", "29881", "29884", "29888"]
    into = {"29881": "29884", "29884": "29884", "29888": "29888", "29887": "29888"}
    names = {"29869": "Phường Cao Lãnh", "29884": "Phường Mỹ Ngãi", "29888": "Phường Mỹ Trà"}
    rows = [
        f"{code},,,,{(new := into.get(code, '29869'))},{names[new]},phường,82,01/07/2025,NQ 1663/NQ-UBTVQH15"
        for code in [*july, "29887"]
    ]
    return {"cao-lanh.csv": CAO_LANH.format(rest="\n".join(rows)).encode()}


def state():
    """Return how much there is of everything that an import writes."""
    models = (Area, AreaVersion, Reorganisation, Succession, apps.get_model("audit", "AuditEvent"))
    return [model.objects.count() for model in models]


def test_a_nation_is_taken_in_and_stands_on_the_map_of_both_days():
    done = importing.import_files(files(), **BY)
    assert len(done.reorganisations) == 1
    old, new = selectors.tree_on(BEFORE), selectors.tree_on(JULY)
    assert sorted((n.code, n.name) for n in old) == sorted((row[0], row[1]) for row in nation().before)
    assert sorted((n.code, n.name) for n in new) == sorted((row[0], row[1]) for row in nation().after)
    codes = {node.area_id: node.code for node in new}
    assert {n.code: codes.get(n.parent_id, "") for n in new} == {row[0]: row[3] for row in nation().after}
    shares: dict = {}
    stated = Succession.objects.exclude(back_share_ppm=0)
    for area_id, share in stated.values_list("from_area_id", "share_ppm"):
        shares[area_id] = shares.get(area_id, 0) + share
    assert set(shares.values()) == {WHOLE}
    assert {row[4] for row in nation().moves} == {"", "0,4", "0,6"}
    assert stated.exclude(share_ppm=WHOLE).count() == sum(bool(row[4]) for row in nation().moves)


def test_an_added_unit_is_recorded_like_one_that_is_added_alone(cast):
    alone = services.add_area(
        name="Xã Một", code="1", level="commune", parent=cast.city, valid_from=JULY, legal_basis="NQ", **BY
    )
    text = "mã,tên,cấp,mã cấp trên,từ ngày,căn cứ\n2,Xã Hai,xã,866,01/07/2025,NQ\n"
    importing.import_files({"a.csv": text.encode()}, **BY)
    listed = Area.objects.get(versions__code="2")
    one, two = (AreaVersion.objects.values().get(area=area) for area in (alone, listed))
    assert {key: value for key, value in one.items() if two[key] != value}.keys() == {"id", "area_id", "name", "code"}
    events = apps.get_model("audit", "AuditEvent").objects
    first, second = (events.values().get(object_id=str(area.id)) for area in (alone, listed))
    differing = {key for key in first if first[key] != second[key]}
    assert differing == {"id", "object_id", "area_id", "data", "previous_hash", "hash"}
    assert first["data"].keys() == second["data"].keys()
    last = events.order_by("-id").first()
    assert (last.code, last.data["added"], last.data["files"][0]["name"]) == ("places.list.imported", 1, "a.csv")


@pytest.mark.parametrize("fault", planted.ERRORS, ids=lambda fault: fault.__name__)
def test_nothing_is_recorded_when_one_row_is_wrong(fault):
    planting = Planting(random.Random(11))
    fault(planting)
    before = state()
    with pytest.raises(importing.ListsRefused, match="Chưa nhập gì") as refused:
        importing.import_files(files(moves=planting.content()), **BY)
    assert refused.value.checked.errors
    assert state() == before


def test_what_the_database_refuses_undoes_everything(monkeypatch):
    def fail(**given):
        raise IntegrityError("places_code_no_overlap")

    before = state()
    monkeypatch.setattr(importing, "reorganise", fail)
    with pytest.raises(IntegrityError):
        importing.import_files(files(), **BY)
    assert state() == before


def test_a_plan_that_is_refused_at_the_last_moment_undoes_everything_and_says_why(monkeypatch):
    from chungtay.kernel.errors import Problem
    from chungtay.places.recording import PlanRefused

    def refuse(**given):
        raise PlanRefused([Problem("không được", "chỗ này")])

    before = state()
    monkeypatch.setattr(importing, "reorganise", refuse)
    with pytest.raises(importing.ListsRefused) as refused:
        importing.import_files(files(), **BY)
    assert refused.value.checked.findings[0].kind is Kind.REFUSED
    assert state() == before


def test_a_check_writes_nothing_and_says_what_would_be_done():
    before = state()
    told = []
    checked = importing.check_files(files(), progress=lambda *what: told.append(what))
    assert (checked.errors, checked.counts["added"]) == (0, len(nation().before))
    assert [what for what, _, _ in told] == ["Đang kiểm tra ngày 01/01/2020", "Đang kiểm tra ngày 01/07/2025"]
    assert state() == before


def test_the_same_list_of_units_again_changes_nothing_and_the_same_moves_again_are_refused():
    importing.import_files(files(), **BY)
    before = state()
    again = importing.import_files({"sau.csv": as_csv(UNIT_HEADS, nation().after)}, **BY)
    assert (again.checked.steps, state()) == ([], before)
    with pytest.raises(importing.ListsRefused) as refused:
        importing.import_files(files(before=False), **BY)
    kinds = {finding.kind for finding in refused.value.checked.findings}
    assert Kind.LATER_CHANGE in kinds
    assert state() == before


def test_two_reorganisations_in_one_file_follow_each_other(full_cast):
    done = importing.import_files(cao_lanh(), **BY)
    assert [act.effective_on for act in done.reorganisations] == [date(2025, 1, 1), JULY]
    spring, summer = selectors.tree_on(date(2025, 3, 1)), selectors.tree_on(JULY)
    assert {n.code for n in spring if n.name in ("Phường 1", "Phường Mỹ Ngãi")} == {"29866", "29881"}
    assert len(spring) == 3 + 13
    assert {(n.code, n.name) for n in summer} == {
        ("82", "Tỉnh Đồng Tháp"),
        ("867", "Phường Sa Đéc"),
        ("29869", "Phường Cao Lãnh"),
        ("29884", "Phường Mỹ Ngãi"),
        ("29888", "Phường Mỹ Trà"),
    }
    assert full_cast.province.id in summer  # a whole province with a new code is the same province
    assert full_cast.other_city.id in summer
    cao_lanh_ward = next(n for n in summer if n.code == "29869")
    assert Succession.objects.filter(to_area_id=cao_lanh_ward.area_id).count() == 9


def test_a_code_of_the_wrong_era_is_known_from_the_history_of_the_map(full_cast):
    importing.import_files(cao_lanh(), **BY)
    heads = "mã cũ,tên cũ,mã mới,tên mới,cấp mới,tỉnh mới,hiệu lực từ,căn cứ\n"
    text = f"{heads}29869,Phường 2,30000,Phường Mới,phường,82,01/01/2027,NQ\n29866,,30000,Phường Mới,phường,82,01/01/2027,NQ\n"
    checked = importing.check_files({"sai.csv": text.encode()})
    first, second = (f for f in checked.findings if f.line)
    assert (first.kind, second.kind) == (Kind.WRONG_ERA, Kind.WRONG_ERA)
    assert "Phường 2 từ 01/01/2020 đến 31/12/2024" in first.sentence
    assert "Phường Cao Lãnh" in first.sentence
    assert "Phường 1 từ 01/01/2020 đến 31/12/2024; Phường 1 từ 01/01/2025 đến 30/06/2025" in second.sentence


@pytest.fixture
def full_cast(db):
    from tests.cast import make_cast

    return make_cast(15)


def test_the_legal_basis_of_a_list_is_kept(cast):
    assert BASIS
    heads = "mã cũ,mã mới,tên mới,cấp mới,cấp trên mới,hiệu lực từ,căn cứ\n"
    rows = "29863,29863,Phường Mười Một,phường,866,01/01/2025,NQ A\n29866,1,Phường Một,phường,866,01/01/2025,NQ B\n"
    (act,) = importing.import_files({"a.csv": (heads + rows).encode()}, **BY).reorganisations
    assert act.legal_basis == "NQ A; NQ B"
