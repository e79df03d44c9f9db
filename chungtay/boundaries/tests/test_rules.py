"""GeoJSON files, good and bad; matching; simpler shapes that still meet; drawings."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from chungtay.boundaries.rules import BadGeoJSON, Unit, draw, matched, read_features, simpler, to_text

UNITS = [Unit(1, "29869", "Phường 1"), Unit(2, "29872", "Phường 2"), Unit(3, "29875", "Xã Hòa An")]


def square(x, y, size=0.1):
    return {"type": "Polygon", "coordinates": [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]}


def feature(x=105.6, y=10.4, **properties):
    return {"type": "Feature", "properties": properties, "geometry": square(x, y)}


def file(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | more).encode()


def test_units_are_told_by_the_property_that_names_most_codes_before_names():
    data = file(
        feature(MA_XA="29869", TEN="Phường 2"), feature(MA_XA="29872", TEN="Phường 1"), feature(MA_XA="", TEN="Hòa An")
    )
    features, problems = read_features(data)
    found = matched(features, UNITS)
    assert problems == [] and found.told_by == "MA_XA"
    assert {key: one.place for key, one in found.by_unit.items()} == {1: 1, 2: 2}
    assert [one.place for one in found.problems] == [3]


def test_names_are_told_without_marks_and_a_name_of_two_units_is_nobodys():
    features, _ = read_features(file(feature(ten="XA HOA AN"), feature(ten="phuong 1"), feature(ten="Phường 2")))
    twice = [*UNITS, Unit(4, "30000", "Phường 2")]
    found = matched(features, twice)
    assert set(found.by_unit) == {3, 1} and "nhiều đơn vị cùng tên" in found.problems[0].sentence


def test_a_second_shape_of_a_unit_is_a_problem():
    features, _ = read_features(file(feature(ma="29869"), feature(ma="29869")))
    found = matched(features, UNITS)
    assert found.by_unit[1].place == 1 and found.problems[0].place == 2


def test_a_code_without_its_leading_zero_is_still_the_code():
    features, _ = read_features(file(feature(ma=1234)))
    assert set(matched(features, [Unit(9, "01234", "Phường Nào Đó")]).by_unit) == {9}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "không phải GeoJSON"),
        (b"\xff\xfe{", "không phải GeoJSON"),
        (b"[" * 100_000, "không phải GeoJSON"),
        (b"[]", "danh sách hình"),
        (b'{"type":"Topology","objects":{}}', "danh sách hình"),
        (file(), "không có hình nào"),
        (file(feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9210"}}), "WGS 84"),
        (file(*[{}] * 15_001), "chia thành nhiều tệp"),
    ],
)
def test_a_file_that_cannot_be_a_map_is_refused_with_its_reason(data, says):
    with pytest.raises(BadGeoJSON, match=says):
        read_features(data)


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (None, "không phải là một vùng"),
        ({"type": "Point", "coordinates": [105, 10]}, "không phải là một vùng"),
        ({"type": "Polygon", "coordinates": []}, "không có tọa độ|không đọc được"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "không đọc được"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, "không đọc được"),
        ({"type": "Polygon"}, "không đọc được"),
        (square(580_000, 1_150_000), "không phải kinh độ"),
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1], [1, 1]]]}, "không có diện tích"),
        (
            {"type": "Polygon", "coordinates": [[[float("nan"), 1], [2, 2], [3, 1], [float("nan"), 1]]]},
            "tọa độ|đọc được|kinh độ",
        ),
    ],
)
def test_a_shape_that_cannot_be_drawn_is_named_and_the_others_stay(geometry, says):
    found, problems = read_features(file({"properties": {"ma": "29869"}, "geometry": geometry}, feature(ma="29872")))
    assert [one.place for one in found] == [2]
    assert problems[0].place == 1 and "29869" in problems[0].name
    with pytest.raises(BadGeoJSON, match=says):
        raise BadGeoJSON(problems[0].sentence)


def test_a_bow_tie_is_mended():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    (found,), problems = read_features(file({"properties": {}, "geometry": bow}))
    assert not problems and found.geometry.is_valid and found.geometry.area == pytest.approx(0.5)


def test_neighbours_still_meet_when_they_are_made_simpler():
    wave = [(105 + at / 1000, 10 + (at % 7) / 1e4) for at in range(201)]
    upper = shapely.Polygon([*wave, (105.2, 10.2), (105, 10.2)])
    lower = shapely.Polygon([*reversed(wave), (105, 9.8), (105.2, 9.8)])
    before = shapely.get_num_coordinates(upper)
    one, other = simpler([upper, lower])
    assert shapely.get_num_coordinates(one) < before
    assert one.intersection(other).area < 1e-9 and one.distance(other) == 0
    assert shapely.union_all([one, other]).area == pytest.approx(0.08, rel=0.01)


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=1, max_size=8))
def test_a_drawing_stays_in_its_frame(corners):
    features, _ = read_features(file(*(feature(x, y) for x, y in corners)))
    shapes = {at: to_text(one) for at, one in enumerate(simpler([f.geometry for f in features]))}
    drawing = draw(shapes)
    for unit in drawing.units.values():
        assert unit.path.startswith("M") and unit.path.endswith("Z")
        assert 0 <= unit.x <= drawing.width and 0 <= unit.y <= drawing.height
        numbers = [float(part) for part in unit.path.replace("M", " ").replace("L", " ").replace("Z", " ").split()]
        assert all(-1 <= x <= drawing.width + 1 for x in numbers[::2])
        assert all(-1 <= y <= drawing.height + 1 for y in numbers[1::2])


@given(st.binary(max_size=60), st.integers(0, 300))
def test_spoilt_bytes_are_refused_or_read_never_a_fault(noise, at):
    data = file(feature(ma="29869"), feature(ma="29872"))
    spoilt = data[:at] + noise + data[at + len(noise) :]
    try:
        found, problems = read_features(spoilt)
    except BadGeoJSON:
        return
    matched(found, UNITS)
    assert len(found) + len(problems) >= 1


def test_nothing_is_drawn_of_nothing():
    assert draw({}) is None and simpler([]) == []
