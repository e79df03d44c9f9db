"""One clock: views and commands read `chungtay.web.clock`, services are told the time, rules know none."""

import ast

from tests.house import tree

# Who may read the machine's clock, and why.
MAY = {
    "chungtay/web/clock.py": "it is the clock",
    "chungtay/demo/workspace.py": "sets the clock of a demonstration that lives on another day",
}
MOMENTS = frozenset({"now", "today", "utcnow"})
LOCAL = frozenset({"localdate", "localtime", "localtime_r", "time", "ctime"})


def clock_reads(source: str) -> list[str]:
    """Return "line: expression" for every place that reads the machine's clock.

    `timezone.localdate(moment)` reads none; without its moment it does.
    """
    found = []
    parsed = ast.parse(source)
    names = {
        alias.asname or alias.name: node.module or ""
        for node in ast.walk(parsed)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    given = {id(node.func) for node in ast.walk(parsed) if isinstance(node, ast.Call) and (node.args or node.keywords)}
    for node in ast.walk(parsed):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            is_clock = (owner in {"timezone", "date", "datetime"} and node.attr in MOMENTS) or (
                owner in {"timezone", "time"} and node.attr in LOCAL and id(node) not in given
            )
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            is_clock = names.get(node.id) == "django.utils.timezone" and (
                node.id == "now" or (node.id in LOCAL and id(node) not in given)
            )
        else:
            continue
        if is_clock:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def test_nobody_but_the_clock_reads_the_machines_clock() -> None:
    """Else a demonstration, and a figure as known on an earlier day, would tell two times."""
    found = {
        tree.name_of(path): reads
        for path in tree.modules()
        if tree.name_of(path) not in MAY and (reads := clock_reads(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_those_who_may_do_read_it() -> None:
    """A name that no longer needs the permission loses it."""
    assert all(clock_reads((tree.ROOT / name).read_text(encoding="utf-8")) for name in MAY)


def test_planted_faults_are_found() -> None:
    """Each way to ask the machine what time it is; and two that only convert."""
    source = """
from datetime import date, datetime
from django.utils import timezone
from django.utils.timezone import localdate, now
import datetime as dt
a = timezone.now()
b = date.today()
c = datetime.now(tz)
d = timezone.localdate()
e = localdate()
f = dt.datetime.utcnow()
g = field(default=timezone.now)
h = now()
fine = timezone.localdate(moment), localdate(moment), datetime.combine(day, clock)
"""
    assert [line.split(":")[0] for line in sorted(clock_reads(source), key=lambda line: int(line.split(":")[0]))] == [
        str(number) for number in range(6, 14)
    ]
