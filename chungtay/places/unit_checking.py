"""Everything a set of lists says, checked together in memory and in the order of days; nothing is written here.

Each day's moves are put on a trial map, so that the next day's rows are checked against what will be there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from chungtay.kernel.errors import Severity
from chungtay.places.plans import Form, Plan, Revise
from chungtay.places.reorganising import Ground, check_plan
from chungtay.places.rules import RANKS, Place, Tree, build_tree
from chungtay.places.unit_atlas import Atlas, DayMap, Unit
from chungtay.places.unit_closeness import check_closeness, read_borders
from chungtay.places.unit_findings import Finding, Kind, Weight, in_order
from chungtay.places.unit_list_checks import check_units
from chungtay.places.unit_lists import ListKind, ListRow, UnitList, day_meant, parse_day
from chungtay.places.unit_moves import read_moves, unreadable_day
from chungtay.places.unit_plan import plan_of
from chungtay.places.unit_settling import settle

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Step:
    """What one day brings: a plan of reorganisation, and units that are added with their legal bases."""

    day: date
    plan: Plan | None
    added: tuple[tuple[Unit, str], ...]


@dataclass
class Checked:
    """What was found, and what would be done. With an error nothing is done."""

    files: tuple[str, ...]
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def errors(self) -> int:
        return self._count(Weight.ERROR)

    @property
    def warnings(self) -> int:
        return self._count(Weight.WARNING)

    @property
    def counts(self) -> dict[str, int]:
        """How many units are added, formed, revised and abolished, and from how many old units (or parts)."""
        plans = [step.plan for step in self.steps if step.plan]
        changes = [change for plan in plans for change in plan.changes]
        formed = [change for change in changes if isinstance(change, Form)]
        revised = [change for change in changes if isinstance(change, Revise)]
        return {
            "added": sum(len(step.added) for step in self.steps),
            "formed": len(formed),
            "sources": sum(len(change.sources) for change in formed),
            "revised": len(revised),
            "abolished": len(changes) - len(formed) - len(revised),
        }

    def _count(self, weight: Weight) -> int:
        return sum(finding.weight is weight for finding in self.findings)


def check_lists(
    lists: Sequence[UnitList], atlas: Atlas, neighbours: UnitList | None = None, progress: Progress | None = None
) -> Checked:
    """Check lists of both kinds against the history of the map. Steps are given only where no error was found."""
    tell = progress or (lambda what, done, of: None)
    findings = [finding for one in (*lists, *([neighbours] if neighbours else ())) for finding in one.findings]
    moves = _by_day(lists, ListKind.MOVES, "effective_on", findings)
    units = _by_day(lists, ListKind.UNITS, "valid_from", findings)
    days = sorted({*moves, *units})
    steps: list[Step] = []
    for number, day in enumerate(days):
        tell(f"Đang kiểm tra ngày {day:%d/%m/%Y}", number, len(days))
        plan, uncertain, formed = None, set[str](), list[tuple[ListRow, Unit]]()
        if day in moves:
            understood = read_moves(moves[day], atlas, day)
            settled = settle(understood, atlas, moves[day])
            trial, before = atlas.on(day), atlas.on(day - timedelta(days=1))
            borders, about = read_borders(neighbours.rows, before) if neighbours else (None, [])
            findings += [*understood.findings, *settled.findings, *about]
            findings += check_closeness(understood, settled, borders)
            uncertain = understood.uncertain
            formed = [(target.row, settled.formed[target.code]) for target in understood.targets]
            atlas = settled.atlas
            if not _stops(findings):
                plan = plan_of(understood, settled)
                findings += _refused(plan, trial, before, day, moves[day][0].file)
        added: list[tuple[Unit, str]] = []
        if day in units:
            listed = check_units(units[day], atlas, day, is_result=day in moves, uncertain=uncertain)
            findings += listed.findings
            findings += _not_listed(formed, units[day], day)
            atlas, added = listed.atlas, listed.added
        steps.append(Step(day, plan, tuple(added)))
    files = [one.file for one in (*lists, *([neighbours] if neighbours else ()))]
    done = Checked(tuple(files), sum(len(one.rows) for one in lists), in_order(findings, files))
    done.steps = [] if done.errors else [step for step in steps if step.plan or step.added]
    return done


def _by_day(
    lists: Iterable[UnitList], kind: ListKind, column: str, findings: list[Finding]
) -> dict[date, list[ListRow]]:
    """Return the rows of a kind by the day they are about; a day that cannot be read is a finding."""
    found: dict[date, list[ListRow]] = defaultdict(list)
    undated: list[ListRow] = []
    for one in lists:
        for row in one.rows if one.kind is kind else ():
            day = parse_day(row[column])
            if day is None:
                findings.append(unreadable_day(row, column, day_meant(row[column])))
                undated.append(row)
            else:
                found[day].append(row)
    if undated and len(found) == 1:  # one bad day among many: the row is still checked, and its unit not called missing
        next(iter(found.values())).extend(undated)
    return found


def _refused(plan: Plan | None, on_day: DayMap, before: DayMap, day: date, file: str) -> Iterable[Finding]:
    """Ask those who record plans: whatever they would refuse is said now."""
    problems = check_plan(plan, Ground(_tree(before), _tree(on_day))) if plan else []
    for problem in problems:
        if problem.severity is Severity.WRONG:
            yield Finding(
                Kind.REFUSED, f"{problem.where}: {problem.sentence}" if problem.where else problem.sentence, file
            )


def _tree(day_map: DayMap) -> Tree:
    return build_tree(Place(u.area_id, u.name, u.code, u.level, u.parent_id) for u in day_map)


def _not_listed(formed: Iterable[tuple[ListRow, Unit]], rows: Iterable[ListRow], day: date) -> Iterable[Finding]:
    """New units that the list of that very day does not have."""
    codes = {row["code"] for row in rows}
    for row, unit in formed:
        if unit.code not in codes and RANKS[unit.level] == 2:
            sentence = f"{unit.name} (mã {unit.code}) không có trong danh sách đơn vị ngày {day:%d/%m/%Y}. Hãy kiểm tra mã mới."
            yield row.finding(Kind.NOT_LISTED, sentence, column="new_code")


def _stops(findings: Iterable[Finding]) -> bool:
    return any(finding.weight is Weight.ERROR for finding in findings)
