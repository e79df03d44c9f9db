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

LONGEST_S = 60
"""Once the runs of one way have taken so long, it is not run again, nor its memory measured; each is run at least twice."""

OURS = "ours"
"""The runner of this name is the product's own way; those that are neither are oracles: ordinary engines, same answer."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a runner returns that measured something else than its own run, in milliseconds: the slowest of many answers."""

    ms: float


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise about one runner, of its median time unless it says p95: one of the bounds is given.

    most_ms, p95_ms: milliseconds. faster_than: at least `times` as fast as another runner. times_limit: at most so many
    times the probe, or `of` another runner. most_peak_mb: of memory above the start.
    """

    runner: str
    most_ms: float | None = None
    p95_ms: float | None = None
    faster_than: str = ""
    times: float = 1.0
    times_limit: float | None = None
    of: str = LIMIT
    most_peak_mb: float | None = None


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
        """Return the ways by name, the probe under LIMIT and the product's under OURS. A case may also `draw` its timings."""


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

    def in_short(self) -> dict[str, Any]:
        """Return what `chungtay bench` prints: seconds of ours, of the limit and of every oracle."""
        timed = {timing.runner: timing for timing in self.timings}
        seconds = {f"{name.replace('-', '_').replace(' ', '_')}_s": t.median_ms / 1e3 for name, t in timed.items()}
        return {
            "case": self.name,
            "title": self.title,
            **seconds,
            "equal": True,  # a difference raises before anything is timed
            "compared": self.compared,
            "p95_s": timed[OURS].p95_ms / 1e3,
            "peak_mb": timed[OURS].peak_mb,
            "goals": self.goals,
        }


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
                if len(samples[name]) >= 2 and sum(samples[name]) > LONGEST_S * 1e3:
                    continue
                start = time.perf_counter()
                answer = run()
                took = (time.perf_counter() - start) * 1e3
                samples[name].append(answer.ms if isinstance(answer, Took) else took)
    finally:
        gc.enable()
    peaks = {name: _peak_mb(run) if len(samples[name]) == case.rounds else None for name, run in runners.items()}
    medians = {name: statistics.median(times) for name, times in samples.items()}
    timings = [
        Timing(
            name,
            medians[name],
            min(times),
            _p95(times),
            peaks[name],
            medians[name] / medians[LIMIT] if LIMIT in medians else None,
        )
        for name, times in samples.items()
    ]
    by_name = {timing.runner: timing for timing in timings}
    return Outcome(case.name, case.title, compared, timings, [_judged(goal, by_name) for goal in case.goals])


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def _judged(goal: Goal, timings: Mapping[str, Timing]) -> dict[str, Any]:
    mine = timings[goal.runner]
    median = mine.median_ms
    if goal.most_ms is not None:
        return {"goal": f"{goal.runner} ≤ {goal.most_ms:g} ms", "is": f"{median:.2f} ms", "met": median <= goal.most_ms}
    if goal.p95_ms is not None:
        is_met = mine.p95_ms <= goal.p95_ms
        return {"goal": f"{goal.runner} p95 ≤ {goal.p95_ms:g} ms", "is": f"{mine.p95_ms:.2f} ms", "met": is_met}
    if goal.times_limit is not None:
        ratio = median / timings[goal.of].median_ms
        text = f"{goal.runner} ≤ {goal.times_limit:g} × {goal.of}"
        return {"goal": text, "is": f"{ratio:.2f} ×", "met": ratio <= goal.times_limit}
    if goal.most_peak_mb is not None:
        is_known = mine.peak_mb is not None
        return {
            "goal": f"{goal.runner} peak ≤ {goal.most_peak_mb:g} MB",
            "is": f"{mine.peak_mb:.0f} MB" if is_known else "not measured on this system",
            "met": not is_known or mine.peak_mb <= goal.most_peak_mb,
        }
    ratio = timings[goal.faster_than].median_ms / median
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
