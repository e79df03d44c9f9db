"""Samples of every form, good and bad, each judged as the table says; and what the table of codes makes of names."""

from importlib.resources import files

import pytest

from chungtay.exchange.faults import WORDS, Code
from chungtay.exchange.judging import Standing
from chungtay.exchange.readers import read_values
from chungtay.exchange.rules import Scheme, Strategy
from chungtay.exchange.tests.bad_files import GOOD, JUDGED, REFUSED, as_json, but
from chungtay.exchange.tests.pure import A, B, codes, judge
from chungtay.exchange.values import UnreadableFile

SAMPLES = files("chungtay.exchange.tests") / "samples"


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name):
    data, fragment = REFUSED[name]
    with pytest.raises(UnreadableFile) as refused:
        judge(data)
    assert fragment in str(refused.value)
    assert len(str(refused.value)) < 300
    assert refused.value.en.replace("“", "").replace("”", "").isascii()


@pytest.mark.parametrize("name", JUDGED)
def test_a_line_that_is_wrong_is_a_conflict_of_its_own(name):
    data, taken, wrong = JUDGED[name]
    judged = judge(data)
    assert (len(judged.written), codes(judged)) == (taken, wrong)
    assert all(
        one.where and one.vi.endswith(".") and "{" not in one.vi + one.en and len(one.vi) < 400
        for one in judged.conflicts
    )


def test_every_fault_has_its_words_and_a_sample():
    shown = {code for _, _, found in JUDGED.values() for code in found}
    assert set(WORDS) == set(Code)
    assert set(Code) - shown == {Code.ELEMENT_AMBIGUOUS, Code.UNIT_AMBIGUOUS, Code.WAITING}


def test_the_good_samples_are_taken_whole():
    counts = {}
    for name in ("quy-1.json", "quy-1.csv", "quy-1.xml", "quy-1.adx.xml"):
        judged = judge((SAMPLES / name).read_bytes())
        counts[name] = (len(judged.imported), judged.ignored, codes(judged))
    assert counts == {
        "quy-1.json": (4, 1, []),
        "quy-1.csv": (3, 0, []),
        "quy-1.xml": (3, 0, []),
        "quy-1.adx.xml": (4, 0, []),
    }
    [first, *_] = read_values((SAMPLES / "quy-1.json").read_bytes()).values
    assert first.comment == "Đã đối chiếu sổ khám, trạm y tế"


def test_what_excel_saves_is_read_too():
    text = (SAMPLES / "quy-1.csv").read_text(encoding="utf-8").replace("12.5", "12")
    semicolons = "\ufeff" + text.replace(", trạm", " trạm").replace(",", ";")
    assert len(judge(semicolons.encode()).imported) == 3
    assert len(judge(text.encode("utf-16")).imported) == 3


def test_the_table_of_codes_goes_before_our_codes_and_has_days():
    mapped = judge(
        as_json(
            but(dataElement="fbfJHSPpUQD", orgUnit="DiszpKrYNg8"),
            but(dataElement="fbfJHSPpUQD", orgUnit="DiszpKrYNg8", period="202112"),
            but(dataElement="Xk0h", categoryOptionCombo="PT59n8BQbqM"),
            but(dataElement="Xk0h", categoryOptionCombo="PT59n8BQbqM", period="202208"),
            GOOD,
        ),
        scheme=Scheme.UID,
    )
    assert [(row.cell.indicator, row.cell.dimension, row.cell.area_id) for row in mapped.imported[:2]] == [
        ("health.visits", "", B),
        ("health.visits", "", A),
    ]
    assert codes(mapped) == [
        Code.UNIT_UNKNOWN,
        Code.UNIT_UNKNOWN,
        Code.UNIT_UNKNOWN,
    ]  # ids of theirs only, none of ours


def test_names_are_taken_only_where_one_thing_bears_them():
    found = judge(
        as_json(
            but(dataElement="lượt KHÁM", orgUnit="Phường 11"),
            but(dataElement="Lượt khám", orgUnit="Phường 1"),
            but(dataElement="Nhà ở", orgUnit="Phường 11", categoryOptionCombo="Xây mới"),
        ),
        scheme=Scheme.NAME,
    )
    assert (len(found.imported), codes(found)) == (2, [Code.UNIT_AMBIGUOUS])


def test_strategies_say_what_a_file_may_do():
    held = {("health.visits", "", A, "2022-01"): Standing(9, True, False)}
    both = as_json(GOOD, but(orgUnit="29866"))
    counted = {
        strategy: (len(found.imported), len(found.updated), len(found.deleted), found.unchanged)
        for strategy in Strategy
        for found in [judge(both, held=held, strategy=strategy)]
    }
    assert counted == {
        Strategy.CREATE_AND_UPDATE: (1, 1, 0, 0),
        Strategy.CREATE: (1, 0, 0, 1),
        Strategy.UPDATE: (0, 1, 0, 1),
        Strategy.DELETE: (0, 0, 1, 1),
    }


def test_what_others_stated_and_what_waits_is_left_alone():
    foreign = {("health.visits", "", A, "2022-01"): Standing(9, False, False)}
    waiting = {("health.visits", "", A, "2022-01"): Standing(9, True, True)}
    assert codes(judge(as_json(GOOD), held=foreign)) == [Code.OWNED]
    assert codes(judge(as_json(GOOD), held=waiting)) == [Code.WAITING]
    assert codes(judge(as_json(but(value="9")), held=foreign)) == []
