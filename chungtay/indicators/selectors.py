"""Reads of the dictionary. Definitions are public inside the house: no right is needed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from chungtay.indicators.models import Indicator, IndicatorDimension, IndicatorVersion, RecordSource
from chungtay.indicators.rules import ANY, CHANGE_WORDS, Break, Change, Keeper, Keys, composed, dimension_key
from chungtay.kernel.errors import DomainError
from chungtay.kernel.steady import Steady

one_dictionary = Steady("dictionary")
"""Within `with one_dictionary():` what is defined is read only once: for a job that asks of it again and again."""


class UnknownIndicator(DomainError):
    """No indicator has this code."""


class NoSuchBreakdown(DomainError):
    """An indicator is not broken down by a dimension that was asked for."""


@dataclass(frozen=True)
class DefinitionText:
    """The words of one version. `valid_from` None: from the beginning; `valid_to`: the day the next one begins."""

    number: int
    valid_from: date | None
    valid_to: date | None
    name: str
    definition: str
    method: str
    legal_basis: str
    change: Change
    note: str
    mapping: Mapping[str, str]

    @property
    def change_words(self) -> str:
        """What the version does to the series, in words."""
        return CHANGE_WORDS[self.change]

    @property
    def is_break(self) -> bool:
        """Whether figures before and after it cannot be compared."""
        return self.change is Change.BREAK

    def holds_on(self, day: date) -> bool:
        """Whether the version is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


def indicator_by_code(code: str) -> Indicator:
    """Return the indicator. Raises UnknownIndicator."""
    try:
        return Indicator.objects.select_related("numerator", "denominator").get(code=code)
    except Indicator.DoesNotExist:
        raise UnknownIndicator(f"Không có chỉ tiêu nào mang mã “{code}”.") from None


def indicators_by_code(codes: Iterable[str]) -> dict[str, Indicator]:
    """Return the indicators keyed by code, in the order asked. Raises UnknownIndicator."""
    wanted = list(codes)
    found = one_dictionary.held_or(("codes", *wanted), lambda: _by_code(wanted))
    for code in wanted:
        if code not in found:
            raise UnknownIndicator(f"Không có chỉ tiêu nào mang mã “{code}”.")
    return {code: found[code] for code in wanted}


def _by_code(codes: Sequence[str]) -> dict[str, Indicator]:
    """Return indicators with the terms of ratios. Most questions are about no ratio: a join would cost them thrice the columns."""
    indicators = list(Indicator.objects.filter(code__in=codes))
    terms = {term for i in indicators for term in (i.numerator_id, i.denominator_id) if term is not None}
    known = {i.pk: i for i in indicators}
    if others := terms - known.keys():
        known |= Indicator.objects.in_bulk(others)
    for ratio in indicators:
        if ratio.numerator_id is not None:
            ratio.numerator = known[ratio.numerator_id]
        if ratio.denominator_id is not None:
            ratio.denominator = known[ratio.denominator_id]
    return {one.code: one for one in indicators}


def catalogue() -> list[Indicator]:
    """Return every indicator in reading order."""
    return list(Indicator.objects.select_related("numerator", "denominator").order_by("position", "code"))


# ---------------------------------------------------------------- cells of a breakdown


def dimension_keys(indicator: Indicator) -> list[tuple[str, str]]:
    """Return (key, label) of every cell of the indicator's breakdown, or [("", "")] when it has none."""
    axes = [list(values.items()) for _, values in _axes(indicator)]
    retired = key_mapping(indicator) if axes else {}
    return _labelled(cell for cell in product(*axes) if dimension_key(tuple(c for c, _ in cell)) not in retired)


def partial_keys(indicator: Indicator, dimension_codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return (key, label) of the parts of a breakdown that tell apart only some of its dimensions ("new/*").

    In the order of the indicator's own dimensions; [("", "")] for none. Raises NoSuchBreakdown.
    """
    axes = _axes(indicator)
    own = [code for code, _ in axes]
    for code in dimension_codes:
        if code not in own:
            raise NoSuchBreakdown(f"Chỉ tiêu “{indicator.name}” không phân tổ theo “{code}”: hãy chọn phân tổ khác.")
    if not dimension_codes:
        return [("", "")]
    kept = [list(values.items()) if code in dimension_codes else [(ANY, "")] for code, values in axes]
    retired = key_mapping(indicator)
    live = {key for key, _ in dimension_keys(indicator)} if retired else None
    keys = _labelled(product(*kept))
    return keys if live is None else [(key, label) for key, label in keys if key in Keys(sorted(live))]


def key_labels(indicator: Indicator) -> dict[str, str]:
    """Return the words of every key under which figures may be asked: of cells, of parts, and as earlier versions said."""
    words = dict(enumerate(values for _, values in _axes(indicator)))
    retired = key_mapping(indicator)
    found = {}
    for key in Keys([key for key, _ in dimension_keys(indicator)]):
        codes = key.split("/") if key else []
        found[key] = ", ".join(words[at][code] for at, code in enumerate(codes) if code != ANY)
    return found | {old: found.get(new, "") for old, new in retired.items()}


def dimensions_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Return (code, name) of the indicator's dimensions, in order."""
    rows = IndicatorDimension.objects.filter(indicator=indicator).order_by("position")
    return list(rows.values_list("dimension__code", "dimension__name"))


def key_mapping(indicator: Indicator) -> dict[str, str]:
    """Return key of an earlier version -> the present key under which its figures are seen, {} when none changed."""
    return key_mappings([indicator.pk]).get(indicator.pk, {})


def key_mappings(ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Return the same for many indicators, only for those that have one (one query)."""
    wanted = list(ids)
    rows = IndicatorVersion.objects.filter(indicator_id__in=wanted).exclude(mapping={}).order_by("number")
    pairs = rows.values_list("indicator_id", "mapping")
    said: dict[UUID, list[dict[str, str]]] = {}
    for indicator_id, mapping in one_dictionary.held_or(("mappings", *wanted), lambda: list(pairs)):
        said.setdefault(indicator_id, []).append(mapping)
    return {indicator_id: composed(mappings) for indicator_id, mappings in said.items()}


def _axes(indicator: Indicator) -> list[tuple[str, dict[str, str]]]:
    """Return (dimension code, {value code: name}) for each dimension, in order."""
    breakdowns = indicator.breakdowns.select_related("dimension").prefetch_related("dimension__values")
    return [
        (b.dimension.code, {v.code: v.name for v in sorted(b.dimension.values.all(), key=lambda v: v.position)})
        for b in sorted(breakdowns, key=lambda b: b.position)
    ]


def _labelled(cells: Iterable[tuple[tuple[str, str], ...]]) -> list[tuple[str, str]]:
    return [
        (dimension_key(tuple(code for code, _ in cell)), ", ".join(name for _, name in cell if name)) for cell in cells
    ]


# ---------------------------------------------------------------- versions of a definition


def versions_of(indicator: Indicator) -> list[DefinitionText]:
    """Return every version of the definition, oldest first; the first holds from the beginning (one query)."""
    rows = list(IndicatorVersion.objects.filter(indicator=indicator).order_by("number"))
    days = [None, *(row.valid_from for row in rows), None]
    first: tuple[int, str, str, str, str, str, str, dict[str, str]] = (
        1,
        indicator.name,
        indicator.definition,
        indicator.method,
        indicator.legal_basis,
        Change.SAME,
        "",
        {},
    )
    said = [
        first,
        *((r.number, r.name, r.definition, r.method, r.legal_basis, r.change, r.note, r.mapping) for r in rows),
    ]
    found: list[DefinitionText] = []
    for at, (number, name, definition, method, legal_basis, change, note, mapping) in enumerate(said):
        kept = name or found[-1].name
        found.append(
            DefinitionText(
                number, days[at], days[at + 1], kept, definition, method, legal_basis, Change(change), note, mapping
            )
        )
    return found


def definition_on(indicator: Indicator, day: date) -> DefinitionText:
    """Return the version of the definition that is in force on a day."""
    return next(version for version in reversed(versions_of(indicator)) if version.holds_on(day))


def breaks_of(indicator: Indicator) -> list[Break]:
    """Return the days from which figures mean something else, oldest first; a ratio breaks where one of its terms does."""
    return breaks_by_indicator([indicator])[indicator.pk]


def breaks_by_indicator(indicators: Iterable[Indicator]) -> dict[UUID, list[Break]]:
    """Return the same for many indicators (one query)."""
    said = _breaks()
    return {i.pk: [broken for pk, broken in said if pk in (i.pk, i.numerator_id, i.denominator_id)] for i in indicators}


def breaks_by_code(codes: Iterable[str]) -> dict[str, list[Break]]:
    """Return the same by code (one query as long as no definition ever broke). Raises UnknownIndicator then."""
    wanted = list(codes)
    if not (said := _breaks()):
        return {code: [] for code in wanted}
    return {
        code: [broken for pk, broken in said if pk in (i.pk, i.numerator_id, i.denominator_id)]
        for code, i in indicators_by_code(wanted).items()
    }


def _breaks() -> list[tuple[UUID, Break]]:
    """Return every break, oldest first: there are few."""
    rows = IndicatorVersion.objects.filter(change=Change.BREAK.value).order_by("valid_from", "number")
    return [(pk, Break(day, note)) for pk, day, note in rows.values_list("indicator_id", "valid_from", "note")]


# ---------------------------------------------------------------- where figures are kept on record


def source_on(indicator: Indicator, day: date) -> Keeper:
    """Return where the figures of an indicator are kept on record on a day."""
    [kept] = sources_during([indicator.pk], day, day)[indicator.pk]
    return kept


def sources_during(indicator_ids: Iterable[UUID], first: date, last: date) -> dict[UUID, frozenset[Keeper]]:
    """Return the sources of record of many indicators on the days from `first` to `last` (one query)."""
    wanted = list(dict.fromkeys(indicator_ids))
    rows: dict[UUID, list[tuple[date, Keeper]]] = defaultdict(list)
    said = RecordSource.objects.filter(indicator_id__in=wanted).order_by("valid_from", "id")
    triples = said.values_list("indicator_id", "valid_from", "keeper")
    for indicator_id, day, keeper in one_dictionary.held_or(("sources", *wanted), lambda: list(triples)):
        if day > last:
            break
        held = rows[indicator_id]
        if held and held[-1][0] == day:
            held.pop()
        held.append((day, Keeper(keeper)))
    return {one: _during(rows.get(one, []), first) for one in wanted}


def _during(rows: list[tuple[date, Keeper]], first: date) -> frozenset[Keeper]:
    """Return what holds on `first` and after it; rows: from which day on which one, oldest first."""
    at_first = next((keeper for day, keeper in reversed(rows) if day <= first), Keeper.RETURNS)
    return frozenset({at_first, *(keeper for day, keeper in rows if day > first)})
