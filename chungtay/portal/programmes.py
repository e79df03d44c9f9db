"""What the public sees of a programme: what was promised and by whom, where each figure stands, and the units one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chungtay.boundaries import selectors as boundaries
from chungtay.boundaries.rules import Drawn
from chungtay.figures import selectors as account
from chungtay.figures import wording
from chungtay.figures.formulas import amount_of
from chungtay.figures.promised import Achievement, achievement, target_for
from chungtay.figures.rules import Figure
from chungtay.figures.trace_ids import TraceKey
from chungtay.indicators.models import Indicator
from chungtay.kernel.periods import Period, month_after, period_of
from chungtay.places import selectors as places
from chungtay.portal.models import ArticlePage
from chungtay.programmes.models import Programme, Target
from chungtay.programmes.selectors import targets_for

LEVELS = 4


@dataclass(frozen=True)
class Public:
    """A programme that the public hears of, at the place whose portal it is."""

    programme: Programme
    area_id: UUID
    period: Period

    @property
    def targets(self) -> list[Target]:
        """What that place promised."""
        return targets_for(self.programme, self.area_id)


def public_programmes() -> list[Public]:
    """Return the programmes that an article which is out speaks of: by it two people decided that the public hears of them.

    Each from its first month to the last day that its newest article tells of.
    """
    found: dict[UUID, Public] = {}
    pages = ArticlePage.objects.live().filter(programme__isnull=False, area__isnull=False, data_on__isnull=False)
    for page in pages.select_related("programme").order_by("data_on"):
        programme = page.programme if page.programme.parent_id is None else page.programme.parent
        start = programme.starts_on.replace(day=1)
        found[programme.pk] = Public(programme, page.area_id, period_of(start, month_after(page.data_on)))
    return sorted(found.values(), key=lambda one: one.programme.code)


def public_programme(code: str) -> Public | None:
    """Return one of them."""
    return next((one for one in public_programmes() if one.programme.code == code), None)


@dataclass(frozen=True)
class Standing:
    """One promise: its indicator, the figure, and how far it has come."""

    indicator: Indicator
    figure: Figure
    said: wording.Said
    state: tuple[str, str]
    reached: Achievement | None


@dataclass(frozen=True)
class Tile:
    """A unit in the map of tiles: `level` 1 to LEVELS by its number, 0 where there is none."""

    area_id: UUID
    name: str
    text: str
    level: int
    trace: str


def standings(public: Public) -> list[Standing]:
    """Return every promise of a programme with its figure as approved now, in the order of their names."""
    targets = public.targets
    indicators = {target.indicator_id: target.indicator for target in targets}
    ordered = sorted(indicators.values(), key=lambda one: one.name)
    figures = account.consolidate(
        indicators=[one.code for one in ordered], area_ids=[public.area_id], periods=[public.period]
    )
    by_code = {figure.indicator_code: figure for figure in figures}
    return [_standing(one, by_code[one.code], targets, public.period) for one in ordered]


def _standing(indicator: Indicator, figure: Figure, targets: Sequence[Target], period: Period) -> Standing:
    target = target_for(targets, indicator, period)
    reached = achievement(target, figure, indicator) if target else None
    return Standing(indicator, figure, wording.said(figure, indicator), wording.certainty(figure), reached)


def tiles(public: Public, indicator: Indicator) -> list[Tile]:
    """Return the units below the programme's place, each with its number of one indicator, in the order of the map."""
    tree = places.tree_on(public.period.last_day)
    units = [node.area_id for node in tree.children(public.area_id)]
    if not units:
        return []
    figures = account.consolidate(indicators=[indicator.code], area_ids=units, periods=[public.period])
    names = places.names_on(units, public.period.last_day)
    amounts = {figure.area_id: amount_of(figure) for figure in figures}
    known = sorted({amount for amount in amounts.values() if amount is not None})

    def level(figure: Figure) -> int:
        amount = amounts[figure.area_id]
        return 0 if amount is None else 1 + known.index(amount) * LEVELS // len(known)

    return [
        Tile(one.area_id, names[one.area_id], wording.in_full(one, indicator) or "Chưa có số", level(one), one.trace)
        for one in figures
    ]


@dataclass(frozen=True)
class Outlined:
    """A tile with its outline on the map."""

    tile: Tile
    drawn: Drawn


@dataclass(frozen=True)
class ChoroplethMap:
    """Units drawn in their boundaries, shaded as their tiles are."""

    units: tuple[Outlined, ...]
    width: int
    height: int


def map_of(public: Public, tiles: Sequence[Tile]) -> ChoroplethMap | None:
    """Return the tiles as a map, None unless the boundaries of all of them are known on the day of the figures."""
    drawing = boundaries.drawing_of([tile.area_id for tile in tiles], public.period.last_day)
    if drawing is None:
        return None
    units = tuple(Outlined(tile, drawing.units[tile.area_id]) for tile in tiles)
    return ChoroplethMap(units, drawing.width, drawing.height)


def shows(key: TraceKey) -> bool:
    """Return whether a figure stands on the page of a public programme: approved, as known now, of its place or a unit of it."""
    if key.status != "approved" or key.known_at is not None or key.dimension or key.on_map is not None:
        return False
    for public in public_programmes():
        if key.period_code != public.period.code:
            continue
        if key.indicator_code not in {target.indicator.code for target in public.targets}:
            continue
        if key.area_id == public.area_id:
            return True
        tree = places.tree_on(public.period.last_day)
        return key.area_id in {node.area_id for node in tree.children(public.area_id)}
    return False


def family(programme: Programme) -> list[UUID]:
    """Return the ids of a programme and of its plans."""
    return [programme.pk, *programme.plans.values_list("pk", flat=True)]
