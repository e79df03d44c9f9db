"""A small ground without any database: two communes under a city, four indicators, and what the account holds already."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chungtay.exchange import judging
from chungtay.exchange.faults import Code
from chungtay.exchange.judging import Cell, Ground, Judged, Standing
from chungtay.exchange.naming import AreaNames, Known, Line, Names
from chungtay.exchange.readers import read_values
from chungtay.exchange.rules import EVER, Format, Scheme, Strategy
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import Period, parse_period

TODAY = date(2022, 10, 10)
A, B, CITY, FAR, TWIN = (UUID(int=number) for number in range(1, 6))
PLACES = {
    A: ("29863", "Phường 11"),
    B: ("29866", "Phường 1"),
    CITY: ("866", "Thành phố Cao Lãnh"),
    FAR: ("867", "Sa Đéc"),
    TWIN: ("999", "Phường 1"),
}
INDICATORS = {
    one.code: one
    for one in (
        Known("health.visits", "Lượt khám", 0, False, frozenset({""})),
        Known("land.area", "Diện tích đất", 2, False, frozenset({""})),
        Known(
            "support.houses",
            "Nhà ở",
            0,
            False,
            frozenset({"new", "repair"}),
            ("work",),
            {"new": "Xây mới", "repair": "Sửa chữa"},
        ),
        Known("health.rate", "Lượt khám trên đất", 0, True, frozenset({""})),
        Known("groups.clubs", "Hội quán", 0, False, frozenset({""})),
    )
}
RETURNED = frozenset({"groups.clubs"})
Held = Mapping[tuple[str, str, UUID, str], Standing]


def areas_on(day: date) -> AreaNames:
    by_name: dict[str, list[UUID]] = {}
    for area, (_, name) in PLACES.items():
        by_name.setdefault(fold(name), []).append(area)
    codes = {code: [area] for area, (code, _) in PLACES.items()}
    return AreaNames(codes, by_name, frozenset({A, B, CITY}), {A: CITY, B: CITY, TWIN: CITY})


def names(scheme: Scheme = Scheme.CODE) -> Names:
    return Names(
        INDICATORS,
        areas_on,
        elements={
            ("fbfJHSPpUQD", ""): [Line(EVER, ("health.visits", ""))],
            ("Xk0h", "PT59n8BQbqM"): [Line(EVER, ("support.houses", "new")), Line(date(2022, 7, 1), None)],
        },
        units={"DiszpKrYNg8": [Line(EVER, A), Line(date(2022, 1, 1), B)]},
        element_scheme=scheme,
        unit_scheme=scheme,
    )


def ground(held: Held | None = None) -> Ground:
    standing: dict[Cell, dict[Period, Standing]] = {}
    for (code, dimension, area, period), stands in (held or {}).items():
        standing.setdefault(Cell(code, dimension, area), {})[parse_period(period)] = stands
    return Ground(standing, lambda code, period: code not in RETURNED, areas_on)


def judge(
    data: bytes,
    form: Format | None = None,
    *,
    scheme: Scheme = Scheme.CODE,
    held: Held | None = None,
    strategy: Strategy = Strategy.CREATE_AND_UPDATE,
) -> Judged:
    """Judge a file as the product does, with what stands here for the account."""
    values = read_values(data, form).values
    rows, wrong = judging.understand(values, names(scheme), strategy=strategy, today=TODAY)
    judged = judging.decide(rows, ground(held), strategy=strategy)
    judged.conflicts = sorted([*judged.conflicts, *wrong], key=lambda one: one.index)
    assert len(judged.written) + judged.ignored == len(values), "every line is accounted for"
    return judged


def codes(judged: Judged) -> list[Code]:
    return [one.code for one in judged.conflicts]
