"""What goes out comes back as the same facts elsewhere; totals only when asked for; names by the table of codes."""

import json
from datetime import date

import pytest

from chungtay.exchange import outgoing, services
from chungtay.exchange.codes_table import NotATable, read_table, write_table
from chungtay.exchange.faults import Code
from chungtay.exchange.outgoing import Ask
from chungtay.exchange.report_csv import NotAProfile, Profile, built_in, read_columns, write_report, write_sdmx
from chungtay.exchange.rules import Format, MappingKind, Scheme
from chungtay.exchange.selectors import mapping_of
from chungtay.exchange.tests.making import AREA, HOUSES, TODAY, VISITS, said
from chungtay.figures.models import Fact
from chungtay.kernel.periods import parse_period

A, B = "29863", "29866"
TABLE = """Loại;Mã của họ;Tổ hợp phân tổ của họ;Mã của Chung Tay;Phân tổ;Từ ngày
chỉ tiêu;fbfJHSPpUQD;;health.visits;;
chỉ tiêu;Xk0hQmSwRfa;PT59n8BQbqM;support.houses;new;01/01/2021
đơn vị;DiszpKrYNg8;;29863;;
đơn vị;Jkhdsf8sdf4;;29866;;
"""


@pytest.fixture
def full(world):
    done = world.send(
        said(VISITS, A, "202201", 12),
        said(VISITS, B, "202201", 5),
        said(VISITS, A, "202202", 7),
        said(AREA, A, "2021", "4.5"),
        said(HOUSES, A, "2022Q1", 3, categoryOptionCombo="new"),
        said(HOUSES, A, "2022Q1", 0, categoryOptionCombo="repair"),
    )
    world.approve(done.of)
    return world


def everything(world, **more) -> Ask:
    return Ask([VISITS, AREA, HOUSES], [world.cast.city.pk], descendants=True, first=date(2020, 1, 1), **more)


def file_of(world, ask: Ask, form: Format, **names) -> bytes:
    rows = outgoing.going_out(ask, actor=world.cast.officer, on=TODAY)
    values = outgoing.named(rows, names.pop("partner", None), form, **names)
    return "".join(outgoing.written(values, form, now=world.now)).encode()


def facts():
    rows = Fact.objects.filter(status="approved", value__isnull=False)
    return sorted(rows.values_list("indicator__code", "dimension", "area_id", "period_code", "value"))


@pytest.mark.parametrize("form", Format)
def test_what_goes_out_comes_back_as_the_same_facts(full, form):
    data, before = file_of(full, everything(full), form), facts()
    again = services.receive(partner=full.partner, data=data, file_name="lai", now=full.now, by=full.cast.officer)
    assert (again.of, again.look.judged.unchanged, again.look.judged.conflicts) == (None, 6, [])
    wipe = [
        said(*one) | {"deleted": True}
        for one in ((VISITS, A, "202201", 0), (VISITS, B, "202201", 0), (VISITS, A, "202202", 0))
    ]
    full.approve(full.send(*wipe).of)  # as in a workspace that lacks them
    done = services.receive(partner=full.partner, data=data, file_name="lai", now=full.now, by=full.cast.officer)
    assert (done.of.imported_count, done.of.ignored_count, done.of.conflict_count) == (3, 3, 0)
    full.approve(done.of)
    assert set(facts()) == set(before)


def test_totals_go_out_only_when_asked_for_and_do_not_come_back(full):
    ask = Ask([VISITS], [full.cast.city.pk], [parse_period("2022-01")], descendants=True)
    assert len(json.loads(file_of(full, ask, Format.JSON))["dataValues"]) == 2
    with_totals = file_of(full, Ask(**{**vars(ask), "includes_totals": True}), Format.JSON)
    [total] = [one for one in json.loads(with_totals)["dataValues"] if one["orgUnit"] == "866"]
    assert (total["value"], total["comment"]) == ("17", "Số tổng hợp, 0/0 đơn vị")
    back = services.receive(partner=full.partner, data=with_totals, file_name="lai", now=full.now, by=full.cast.officer)
    assert [one.code for one in back.look.judged.conflicts] == [Code.TOTAL]
    with pytest.raises(outgoing.NotToSend):
        file_of(full, everything(full, includes_totals=True), Format.JSON)


def test_a_table_of_codes_renames_both_ways(full):
    meanings, problems = read_table(TABLE.encode())
    assert (len(meanings), problems) == (4, [])
    given = {"partner": full.partner, "meanings": meanings, "now": full.now, "by": full.cast.officer}
    assert (services.record_mapping(**given), services.record_mapping(**given)) == (4, 0)
    uid = {"partner": full.partner, "elements": Scheme.UID, "units": Scheme.UID}
    ask = Ask([VISITS], [full.cast.city.pk], descendants=True, first=date(2020, 1, 1))
    out = json.loads(file_of(full, ask, Format.JSON, **uid))["dataValues"]
    assert {(one["dataElement"], one["orgUnit"]) for one in out} == {
        ("fbfJHSPpUQD", "DiszpKrYNg8"),
        ("fbfJHSPpUQD", "Jkhdsf8sdf4"),
    }
    data = json.dumps({"idScheme": "UID", "dataValues": out}).encode()
    back = services.receive(partner=full.partner, data=data, file_name="x", now=full.now, by=full.cast.officer)
    assert (back.look.judged.unchanged, back.look.judged.conflicts) == (3, [])
    with pytest.raises(outgoing.Unnamed, match="Diện tích đất"):
        file_of(full, everything(full), Format.JSON, **uid)
    lines = [*mapping_of(full.partner, MappingKind.ELEMENT, TODAY), *mapping_of(full.partner, MappingKind.UNIT, TODAY)]
    again, wrong = read_table(write_table(lines, TODAY).encode())
    assert (services.record_mapping(**{**given, "meanings": again}), wrong) == (0, [])


def test_what_is_wrong_with_a_table_of_codes_is_said_by_line(world):
    rows = [
        "trường;X;;health.visits;;",
        "chỉ tiêu;Y;;nowhere;;",
        "đơn vị;Z;;00000;;",
        "chỉ tiêu;W;;support.houses;old;",
        "đơn vị;V;;866;;31/02/2022",
    ]
    _, problems = read_table((TABLE.splitlines()[0] + "\n" + "\n".join(rows)).encode())
    assert [one.line for one in problems] == [2, 3, 4, 5, 6]
    with pytest.raises(NotATable):
        read_table(b"a;b\n1;2\n")


def test_only_what_changed_since_and_what_was_taken_back(full):
    since = full.now
    full.approve(full.send(said(VISITS, A, "202202", 8), said(VISITS, B, "202201", 0) | {"deleted": True}).of)
    ask = everything(full, updated_since=since, includes_deleted=True)
    out = json.loads(file_of(full, ask, Format.JSON))["dataValues"]
    assert {(one["period"], one.get("value"), one.get("deleted")) for one in out} >= {
        ("202202", "8", None),
        ("202201", None, True),
    }


def test_nobody_sends_what_they_may_not_see(full):
    with pytest.raises(outgoing.NotToSend):
        outgoing.going_out(everything(full), actor=full.cast.clerk, on=TODAY)
    own = Ask([VISITS], [full.cast.communes[0].pk], first=date(2020, 1, 1))
    assert len(outgoing.going_out(own, actor=full.cast.clerk, on=TODAY)) == 2


def test_the_flat_table_is_written_by_its_profile(full):
    rows = outgoing.sent(outgoing.going_out(everything(full), actor=None, on=TODAY))
    plain = built_in(TODAY)
    assert not plain.is_verified
    assert "".join(write_report(rows, plain)).count("\r\n") == 7
    french = Profile(";", ",", read_columns("Mã=indicator_code\nSố=value")).checked()
    assert "land.area;4,5" in "".join(write_report(rows, french))
    for wrong in ("Mã=indicator_code", "Số=value|Số=unit_code", "Số=secret|x=value"):
        with pytest.raises(NotAProfile):
            Profile(";", ",", read_columns(wrong)).checked()


def test_sdmx_points_into_its_own_structure(full):
    rows = outgoing.sent(outgoing.going_out(everything(full), actor=None, on=TODAY))
    message = json.loads("".join(write_sdmx(rows, prepared=full.now, sender="CHUNGTAY")))
    [found], [structure] = message["data"]["dataSets"], message["data"]["structures"]
    axes = structure["dimensions"]["observation"]
    read = {
        tuple(axis["values"][int(at)]["id"] for axis, at in zip(axes, key.split(":"), strict=True)): value[0]
        for key, value in found["observations"].items()
    }
    assert read["support.houses", "new", A, "2022-01-01/P3M"] == "3"
    assert len(read) == 6
