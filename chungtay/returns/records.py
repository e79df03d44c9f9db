"""What a register or the books of a fund hold for the cells of a return: shown there, confirmed, or differed from with a reason.

A cell nobody typed into shows the record and follows it until the return is sent; then the version keeps what the record
said, so that a record which changes afterwards is seen.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.urls import reverse

from chungtay.figures.rules import Figure
from chungtay.figures.selectors import account_state, consolidate
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.rules import KEEPER_LABELS, Keeper
from chungtay.kernel.errors import Severity
from chungtay.kernel.periods import Period
from chungtay.places import selectors as places
from chungtay.places.rules import Tree
from chungtay.returns.models import FormCell, Return, Round, Version
from chungtay.returns.rules import ASK_WHY, EMPTY, CellProblem, CellSpec, Entry, spoken_value


@dataclass(frozen=True)
class CellRecord:
    """The record of one cell: who keeps it ("sổ quỹ"), its value (scaled, None without data) and the figure that says so."""

    keeper: str
    value: int | None = None
    figure: Figure | None = None

    @property
    def url(self) -> str:
        """Where the figure opens, "" without one."""
        return reverse("figure-trace", args=[self.figure.trace]) if self.figure else ""


Records = Mapping[str, CellRecord]
"""By cell key; cells that the return itself keeps on record are left out."""


def records_of(returns: Collection[Return]) -> dict[UUID, Records]:
    """Return what is kept elsewhere of each return (one query for each round, figures only where something is kept)."""
    by_round: dict[UUID, list[Return]] = {}
    for of in returns:
        by_round.setdefault(of.round_id, []).append(of)
    found: dict[UUID, Records] = {of.pk: {} for of in returns}
    for of_round in by_round.values():
        found |= _of_round(of_round[0].round, of_round)
    return found


def _of_round(one: Round, returns: Sequence[Return]) -> dict[UUID, Records]:
    period = Period(one.period_start, one.period_end, one.period_code)
    cells = FormCell.objects.filter(form_id=one.form_id, is_total=False, is_second=False)
    kept = dictionary.sources_during(
        cells.order_by().values_list("indicator_id", flat=True).distinct(), period.start, period.last_day
    )
    keepers = {pk: _keeper(said) for pk, said in kept.items() if said != {Keeper.RETURNS}}
    if not keepers:
        return {}
    tree = places.tree_on(period.last_day)
    state = (account_state(), frozenset(keepers.items()))
    found = {of.pk: held for of in returns if (held := _kept.of((of.pk, state), tree)) is not None}
    wanted = [of for of in returns if of.pk not in found]
    if wanted:
        asked = list(cells.filter(indicator_id__in=keepers).select_related("indicator").order_by("position"))
        read = _read(period, asked, tree, keepers, wanted)
        _kept.add({(pk, state): records for pk, records in read.items()}, tree)
        found |= read
    return found


def _read(
    period: Period, asked: Sequence[FormCell], tree: Tree, keepers: Mapping[UUID, str], returns: Sequence[Return]
) -> dict[UUID, Records]:
    """Ask the account for the cells that are kept elsewhere."""
    areas = list(dict.fromkeys(of.area_id for of in returns if of.area_id in tree))
    at: dict[tuple[str, str, UUID], Figure] = {}
    for by_dimension in sorted({bool(cell.dimension) for cell in asked}) if areas else ():
        codes = list(dict.fromkeys(c.indicator.code for c in asked if bool(c.dimension) is by_dimension))
        said = consolidate(indicators=codes, area_ids=areas, periods=[period], by_dimension=by_dimension)
        at |= {(f.indicator_code, f.dimension, f.area_id): f for f in said}
    return {
        of.pk: {
            cell.key: _record(at.get((cell.indicator.code, cell.dimension, of.area_id)), keepers[cell.indicator_id])
            for cell in asked
        }
        for of in returns
    }


class _Kept:
    """What was read last, for the same account, the same keepers and the same map: one page or act asks several times."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[object, tuple[Tree, Records]] = OrderedDict()
        self._lock = Lock()

    def of(self, key: object, tree: Tree) -> Records | None:
        """Return what is kept, None when it was read on another map or not at all."""
        held = self._found.get(key)
        return held[1] if held is not None and held[0] is tree else None

    def add(self, read: Mapping[tuple[UUID, object], Records], tree: Tree) -> None:
        """Keep what was read; the oldest goes."""
        with self._lock:
            for key, records in read.items():
                self._found[key] = tree, records
            while len(self._found) > self._most:
                self._found.popitem(last=False)


_kept = _Kept(256)


def _keeper(said: Iterable[Keeper]) -> str:
    """Return the name of who keeps it; of several in turn, the ones beside the returns."""
    return ", ".join(KEEPER_LABELS[one] for one in sorted(said) if one is not Keeper.RETURNS)


def _record(figure: Figure | None, keeper: str) -> CellRecord:
    return CellRecord(keeper) if figure is None or figure.value is None else CellRecord(keeper, figure.value, figure)


def prefilled(entries: Mapping[str, Entry], records: Records) -> dict[str, Entry]:
    """Return the entries with the record in every cell that nobody typed into; words that stand there stay."""
    found = dict(entries)
    for key, record in records.items():
        entry = entries.get(key, EMPTY)
        if record.value is not None and entry.value is None and not entry.text and not entry.absent:
            found[key] = entry._replace(value=record.value)
    return found


def only_own(entries: Mapping[str, Entry], records: Records) -> dict[str, Entry]:
    """Return the entries without the numbers that only repeat the record: such cells go on following it."""
    found = dict(entries)
    for key, record in records.items():
        entry = entries.get(key, EMPTY)
        if record.value is not None and entry.value == record.value:
            found[key] = entry._replace(value=None)
    return found


def differences(cells: Iterable[CellSpec], entries: Mapping[str, Entry], records: Records) -> list[CellProblem]:
    """Return the cells whose number is not that of the record: each is to be explained before the return is sent."""
    found = []
    for cell in cells:
        record, entry = records.get(cell.key), entries.get(cell.key, EMPTY)
        if record is None or record.value is None or entry.text or entry.absent or entry.value in (None, record.value):
            continue
        sentence = f"Khác {record.keeper}: {record.keeper} ghi {spoken_value(cell, record.value)}. {ASK_WHY}"
        found.append(CellProblem(cell.key, Severity.EXPLAIN, sentence, is_explained=bool(entry.explain)))
    return found


def said_when_sent(version: Version) -> dict[str, int]:
    """Return what the record said when a version was frozen, by cell key; cells without a record are left out (one query)."""
    kept = version.cells.filter(recorded__isnull=False).values_list("cell__key", "recorded")
    return {key: value for key, value in kept if value is not None}
