"""A GeoJSON file and what it says of units, pure: read, matched, made simpler so that neighbours still meet, and drawn."""

import json
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold

MOST_BYTES = 40_000_000
MOST_FEATURES = 15_000  # the communes of the nation before 2025 were some 11,000
AREAS = ("Polygon", "MultiPolygon")
PLAIN_CRS = ("CRS84", "4326")
FINENESS = 1_500  # steps across the file that a drawing can show
DECIMALS = 5  # of a degree: about a metre
MARGIN = 4

Ring = list[tuple[float, float]]


class BadGeoJSON(DomainError):
    """The file as a whole cannot be read as areas on the earth; the sentence says why."""


@dataclass(frozen=True)
class Feature:
    """One shape of a file, counted from 1, with what is written beside it."""

    place: int
    properties: Mapping[str, str]
    geometry: BaseGeometry


@dataclass(frozen=True)
class Problem:
    """What is wrong with one shape: its place in the file, what it is called there, a sentence."""

    place: int
    name: str
    sentence: str


@dataclass(frozen=True)
class Unit:
    """A unit that a shape can be of."""

    key: Hashable
    code: str
    name: str


@dataclass(frozen=True)
class Matched:
    """Which shape is of which unit, what fits none, and by what it was told ("ma_xa")."""

    by_unit: Mapping[Any, Feature]
    problems: tuple[Problem, ...]
    told_by: str


def read_features(data: bytes) -> tuple[list[Feature], list[Problem]]:
    """Return the shapes of a file, and what cannot be used. Raises BadGeoJSON."""
    if len(data) > MOST_BYTES:
        raise BadGeoJSON(f"Tệp lớn hơn {MOST_BYTES // 1_000_000} MB. Hãy đơn giản hóa đường ranh giới rồi gửi lại.")
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadGeoJSON("Tệp không phải GeoJSON (JSON, mã UTF-8). Hãy xuất lại từ phần mềm bản đồ.") from None
    if (
        not isinstance(said, dict)
        or said.get("type") != "FeatureCollection"
        or not isinstance(said.get("features"), list)
    ):
        raise BadGeoJSON("Tệp không có danh sách hình (“FeatureCollection” với “features”). Hãy xuất cả lớp ranh giới.")
    if said.get("crs") is not None and not any(name in json.dumps(said["crs"]) for name in PLAIN_CRS):
        raise BadGeoJSON("Tệp dùng hệ tọa độ khác WGS 84. Hãy xuất lại với kinh độ, vĩ độ (EPSG:4326).")
    if len(said["features"]) > MOST_FEATURES:
        raise BadGeoJSON(f"Tệp có hơn {MOST_FEATURES} hình. Hãy chia thành nhiều tệp.")
    if not said["features"]:
        raise BadGeoJSON("Tệp không có hình nào.")
    found, problems = [], []
    for place, one in enumerate(said["features"], 1):
        properties = _properties(one)
        try:
            found.append(Feature(place, properties, _geometry(one)))
        except BadGeoJSON as wrong:
            problems.append(Problem(place, _called(properties), str(wrong)))
    return found, problems


def _properties(one: Any) -> dict[str, str]:
    said = one.get("properties") if isinstance(one, dict) else None
    if not isinstance(said, dict):
        return {}
    return {str(key): str(value).strip() for key, value in said.items() if isinstance(value, str | int)}


def _geometry(one: Any) -> BaseGeometry:
    said = one.get("geometry") if isinstance(one, dict) else None
    if not isinstance(said, dict) or said.get("type") not in AREAS:
        raise BadGeoJSON("Hình không phải là một vùng (Polygon, MultiPolygon).")
    try:
        geometry = shapely.force_2d(shape(said))
        west, south, east, north = geometry.bounds
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        raise BadGeoJSON("Tọa độ của hình không đọc được.") from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise BadGeoJSON("Hình không có tọa độ.")
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadGeoJSON("Tọa độ không phải kinh độ, vĩ độ. Hãy xuất lại với hệ WGS 84 (EPSG:4326).")
    whole = geometry if geometry.is_valid else shapely.make_valid(geometry)
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        raise BadGeoJSON("Hình không có diện tích.")
    return shapely.MultiPolygon(parts)


def _called(properties: Mapping[str, str]) -> str:
    return ", ".join(list(properties.values())[:3])[:120]


def matched(features: Sequence[Feature], units: Iterable[Unit]) -> Matched:
    """Return which feature is of which unit, told by the property that names most of them: codes before names."""
    known = list(units)
    by_code = {unit.code: unit for unit in known if unit.code}
    named = Counter(_plain(unit.name) for unit in known)
    by_name = {_plain(unit.name): unit for unit in known if named[_plain(unit.name)] == 1}
    counts: Counter[tuple[str, bool]] = Counter()
    for feature in features:
        for key, value in feature.properties.items():
            counts[key, True] += value in by_code or value.zfill(5) in by_code
            counts[key, False] += _plain(value) in by_name
    if not counts or max(counts.values()) == 0:
        sentence = "Không mã hay tên nào trong tệp là của một đơn vị trên bản đồ của ngày này."
        return Matched({}, tuple(Problem(f.place, _called(f.properties), sentence) for f in features), "")
    (key, is_code), _ = max(counts.items(), key=lambda one: (one[1], one[0][1], one[0][0]))
    found: dict[Any, Feature] = {}
    problems = []
    for feature in features:
        value = feature.properties.get(key, "")
        unit = by_code.get(value) or by_code.get(value.zfill(5)) if is_code else by_name.get(_plain(value))
        if unit is None:
            is_double = not is_code and named.get(_plain(value), 0) > 1
            why = (
                "có nhiều đơn vị cùng tên; hãy thêm mã vào tệp"
                if is_double
                else "không có đơn vị này trên bản đồ của ngày này"
            )
            problems.append(Problem(feature.place, _called(feature.properties), f"“{value}”: {why}."))
        elif unit.key in found:
            first = found[unit.key].place
            problems.append(Problem(feature.place, unit.name, f"Hình thứ {first} cũng là của {unit.name}."))
        else:
            found[unit.key] = feature
    return Matched(found, tuple(problems), key)


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def simpler(geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the shapes with as many points as a drawing can show; what two neighbours share stays shared."""
    if not geometries:
        return []
    west, south, east, north = shapely.total_bounds(list(geometries))
    step = max(east - west, north - south) / FINENESS
    found = shapely.set_precision(shapely.coverage_simplify(list(geometries), step), 10**-DECIMALS, mode="pointwise")
    return [new if not new.is_empty else old for new, old in zip(found, geometries, strict=True)]


def to_text(geometry: BaseGeometry) -> str:
    """Return a shape as GeoJSON text."""
    return str(shapely.to_geojson(geometry))


@dataclass(frozen=True)
class Drawn:
    """A unit's outline in a picture, and where its name may stand."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Outlines inside a picture of `width` × `height`."""

    units: Mapping[Any, Drawn]
    width: int
    height: int


def draw(shapes: Mapping[Any, str], width: int = 900) -> Drawing | None:
    """Return a drawing of shapes (GeoJSON texts): degrees as they are, shortened to the east by the middle's latitude."""
    found = {key: shapely.from_geojson(text) for key, text in shapes.items()}
    if not found:
        return None
    west, south, east, north = shapely.total_bounds(list(found.values()))
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * MARGIN) / max((east - west) * narrow, (north - south) * 0.9, 1e-9)

    def at(x: float, y: float) -> tuple[float, float]:
        return round(MARGIN + (x - west) * narrow * scale, 1), round(MARGIN + (north - y) * scale, 1)

    units = {}
    for key, geometry in found.items():
        rings = [ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)]
        path = "".join(_path([at(x, y) for x, y in ring.coords]) for ring in rings)
        inside = shapely.point_on_surface(max(shapely.get_parts(geometry), key=lambda part: part.area))
        units[key] = Drawn(path, *at(inside.x, inside.y))
    return Drawing(
        units, math.ceil((east - west) * narrow * scale) + 2 * MARGIN, math.ceil((north - south) * scale) + 2 * MARGIN
    )


def _path(ring: Ring) -> str:
    kept = [point for point, before in zip(ring, [None, *ring], strict=False) if point != before]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept[:-1]) + "Z"
