"""What a case is, and how it is measured.

To add a case: a module in `bench/cases/` with a class that fulfils `Case` and a `CASES` list of instances.
"""

import ctypes
import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

LIMIT = "limit"
"""The runner of this name is the probe: every other time is also given as a multiple of it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise about one runner: at most so many milliseconds, or at least so many times faster than another one."""

    runner: str
    most_ms: float | None = None
    faster_than: str = ""
    times: float = 1.0


class Case(Protocol):
    """One thing to measure. `runners` is called after `prepare`; rounds call each runner in turn."""

    name: str
    title: str
    rounds: int
    goals: Sequence[Goal]

    def prepare(self, folder: Path) -> None:
        """Make the data. `folder` is empty and goes away afterwards."""

    def check(self) -> str:
        """Compare the answers of all ways, cell by cell; return a line that says how much was compared.

        Raises AssertionError when two answers differ.
        """

    def runners(self) -> Mapping[str, Callable[[], object]]:
        """Return the ways by name, the probe under "limit"."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of one runner in milliseconds, and how far memory rose above its start during one run."""

    runner: str
    median_ms: float
    best_ms: float
    p95_ms: float
    peak_mb: float | None
    times_limit: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured case."""

    name: str
    title: str
    compared: str
    timings: list[Timing]
    goals: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measure(case: Case, folder: Path) -> Outcome:
    """Prepare, check, then time a case."""
    case.prepare(folder)
    compared = case.check()
    runners = dict(case.runners())
    samples: dict[str, list[float]] = {name: [] for name in runners}
    for run in runners.values():  # warm
        run()
    gc.collect()
    gc.disable()
    try:
        for _ in range(case.rounds):
            for name, run in runners.items():
                start = time.perf_counter()
                run()
                samples[name].append((time.perf_counter() - start) * 1e3)
    finally:
        gc.enable()
    peaks = {name: _peak_mb(run) for name, run in runners.items()}
    medians = {name: statistics.median(times) for name, times in samples.items()}
    timings = [
        Timing(
            name,
            medians[name],
            min(times),
            sorted(times)[min(len(times) - 1, int(len(times) * 0.95))],
            peaks[name],
            medians[name] / medians[LIMIT] if LIMIT in medians else None,
        )
        for name, times in samples.items()
    ]
    return Outcome(case.name, case.title, compared, timings, [_judged(goal, medians) for goal in case.goals])


def _judged(goal: Goal, medians: Mapping[str, float]) -> dict[str, Any]:
    median = medians[goal.runner]
    if goal.most_ms is not None:
        return {"goal": f"{goal.runner} ≤ {goal.most_ms:g} ms", "is": f"{median:.2f} ms", "met": median <= goal.most_ms}
    ratio = medians[goal.faster_than] / median
    text = f"{goal.runner} ≥ {goal.times:g} × faster than {goal.faster_than}"
    return {"goal": text, "is": f"{ratio:.1f} ×", "met": ratio >= goal.times}


def _peak_mb(run: Callable[[], object]) -> float | None:
    """Return by how much the peak of resident memory rises above its start during one run (Linux only, else None)."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)  # else memory that was freed before and kept hides what the run needs
        Path("/proc/self/clear_refs").write_text("5")  # resets the peak
    except (OSError, AttributeError):
        return None
    before = _status_kb("VmRSS")
    answer = run()
    peak = _status_kb("VmHWM") - before
    del answer
    return peak / 1024


def _status_kb(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
