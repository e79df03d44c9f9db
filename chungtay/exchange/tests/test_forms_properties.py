"""Writing and reading each form gives back what was written; bytes changed at random never end in anything but a sentence."""

from contextlib import suppress
from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chungtay.exchange import adx, dhis_csv, dhis_json, dhis_xml
from chungtay.exchange.periods_of_theirs import NoCounterpart, UnknownPeriod, dhis_period, iso_interval, read_period
from chungtay.exchange.readers import read_values
from chungtay.exchange.rules import Format
from chungtay.exchange.tests.pure import judge
from chungtay.exchange.values import DataValue, UnreadableFile
from chungtay.kernel.periods import bin_start, parse_period, period_of

SAMPLES = files("chungtay.exchange.tests") / "samples"
# What any form can carry: letters of every script, no characters that XML has no way to write, no blanks at the ends of ids.
WORD = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12).map(str.strip)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from('\n\t"<>&;,'), max_size=20)
VALUES = st.builds(
    DataValue,
    data_element=WORD,
    period=WORD,
    org_unit=WORD,
    category_option_combo=WORD,
    attribute_option_combo=WORD,
    value=st.none() | WORD.filter(bool),
    comment=TEXT,
    follow_up=st.booleans(),
    deleted=st.booleans(),
    stored_by=WORD,
    last_updated=WORD,
    dimensions=st.just(()),
    where=st.just(""),
    fault=st.just(""),
)
DIMENSIONS = st.dictionaries(st.from_regex(r"[a-z]{2,8}", fullmatch=True), WORD.filter(bool), max_size=2)


READERS = {
    Format.JSON: dhis_json.read_json,
    Format.CSV: dhis_csv.read_csv,
    Format.XML: dhis_xml.read_xml,
    Format.ADX: adx.read_adx,
}


def there_and_back(form, pieces):
    return [one._replace(where="") for one in READERS[form]("".join(pieces).encode()).values]


@given(st.lists(VALUES, max_size=4))
@settings(max_examples=60, deadline=None)
def test_json_and_xml_give_back_what_was_written(values):
    assert there_and_back(Format.JSON, dhis_json.write_json(values, data_set="BM")) == values
    assert there_and_back(Format.XML, dhis_xml.write_xml(values, data_set="BM")) == values


@given(st.lists(VALUES, max_size=4))
@settings(max_examples=60, deadline=None)
def test_csv_gives_back_what_was_written(values):
    kept = [one for one in values if any((*one[:6], one.comment.strip(), one.stored_by, one.last_updated))]
    assert there_and_back(Format.CSV, dhis_csv.write_csv(kept)) == kept


@given(st.lists(st.tuples(VALUES, DIMENSIONS), max_size=4))
@settings(max_examples=60, deadline=None)
def test_adx_gives_back_what_was_written(pairs):
    taken = {name.lower() for name in (*adx._OF_GROUP, *adx._OF_VALUE)}
    values = [
        one._replace(dimensions=tuple(sorted((k, v) for k, v in more.items() if k not in taken))) for one, more in pairs
    ]
    assert there_and_back(Format.ADX, adx.write_adx(values, exported="2022-04-05T08:30:00Z", data_set="BM")) == values


@given(
    st.sampled_from(["quy-1.json", "quy-1.csv", "quy-1.xml", "quy-1.adx.xml"]),
    st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=3)), min_size=1, max_size=4),
    st.integers(0, 900),
)
@settings(max_examples=150, deadline=None)
@example("quy-1.csv", [(0, b"\x00")], 900)
def test_bytes_changed_at_random_end_in_a_sentence(name, changes, end):
    data = bytearray((SAMPLES / name).read_bytes())
    for at, more in changes:
        data[at % len(data) : at % len(data) + len(more)] = more
    try:
        judge(bytes(data[: max(1, end)]))
    except UnreadableFile as refused:
        assert str(refused).endswith(".")


@given(st.integers(2000 * 24, 2100 * 24), st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_a_period_that_is_written_is_read_back(first, size):
    period = period_of(bin_start(first), bin_start(first + size))
    assert read_period(iso_interval(period)) == period
    try:
        theirs = dhis_period(period)
    except NoCounterpart:
        return
    assert read_period(theirs) == period


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{4,8}[QSWB/PMD0-9A-Za-z-]{0,9}", fullmatch=True))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_period_or_refused(text):
    with suppress(UnknownPeriod, NoCounterpart):
        assert read_period(text).start < read_period(text).end


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("202201", "2022-01"), ("2022Q1", "2022Q1"), ("2022S2", "2022H2"), ("2022", "2022"), ("202202B", "2022-03..2022-04"),
        ("2022April", "2022-04..2023-03"), ("2022AprilS2", "2022-10..2023-03"), ("2022July", "2022-07..2023-06"),
        ("2022-01-01/P1M", "2022-01"), ("2022-01-01T00:00:00/P1Y", "2022"), ("2021-12-15/P3M", "2022Q1@15"), ("2022-02-01/P28D", "2022-02"),
    ],
)  # fmt: skip
def test_periods_of_theirs_are_ours(theirs, ours):
    assert read_period(theirs) == parse_period(ours)


def test_what_has_no_id_in_dhis2_is_said():
    for ours in ("2022Q1@15", "2020-01..2023-05", "2022-02..2022-03"):
        with pytest.raises(NoCounterpart):
            dhis_period(parse_period(ours))


def test_a_gzip_is_read_like_what_is_in_it():
    import gzip

    plain = (SAMPLES / "quy-1.csv").read_bytes()
    assert read_values(gzip.compress(plain)).values == read_values(plain).values
