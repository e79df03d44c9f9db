"""How far tasks have come, from the figures linked to them (with coverage), their duties and a judgement, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.urls import reverse

from chungtay.figures import selectors as figures
from chungtay.figures.rules import Figure
from chungtay.figures.wording import coverage_text, in_full_with_unit
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.tasks import selectors
from chungtay.tasks.models import Evidence, Task, TaskIndicator
from chungtay.tasks.rules import Progress, State, progress

RATIO_UNIT = 10_000  # a ratio's target is in ten-thousandths, as the targets of programmes are


@dataclass(frozen=True)
class Reached:
    """A linked figure: as printed, its coverage, where it opens, and which part of the target it is (None: not known)."""

    link: TaskIndicator
    text: str
    target: str
    coverage: str
    url: str
    part: Fraction | None


@dataclass(frozen=True)
class Standing:
    """What is said of a task's progress, the figures behind it, and the judgement beside them."""

    progress: Progress
    reached: tuple[Reached, ...]
    judgement: Evidence | None


def standings(tasks: Sequence[Task]) -> dict[UUID, Standing]:
    """Return the standing of each task; one question to the account for each period and place that is linked."""
    links = TaskIndicator.objects.filter(task__in=tasks).select_related("indicator", "task__programme").order_by("id")
    by_task: dict[UUID, list[Reached]] = {task.pk: [] for task in tasks}
    for link, figure in _figures(list(links)):
        by_task[link.task_id].append(_reached(link, figure))
    duties = selectors.duties_of(tasks)
    judged = selectors.judged(by_task)
    found = {}
    for task in tasks:
        reached = tuple(by_task[task.pk])
        parts = [one.part for one in reached if one.link.target]
        judgement = judged.get(task.pk)
        percent = judgement.percent if judgement else None
        states = [State(duty.state) for duty in duties[task.pk]]
        found[task.pk] = Standing(progress(State(task.state), parts, states, percent), reached, judgement)
    return found


def _figures(links: Sequence[TaskIndicator]) -> list[tuple[TaskIndicator, Figure | None]]:
    """Ask for every linked figure at the place of its task's plan; one that cannot be asked is None."""
    asked: dict[tuple[str, UUID], set[str]] = {}
    for link in links:
        asked.setdefault((link.period_code, link.task.programme.area_id), set()).add(link.indicator.code)
    known: dict[tuple[str, str, UUID], Figure] = {}
    for (code, area_id), codes in asked.items():
        try:
            found = figures.consolidate(indicators=sorted(codes), area_ids=[area_id], periods=[parse_period(code)])
        except DomainError:  # a place or period without a map: the page says that there is no figure
            continue
        known |= {(figure.indicator_code, code, area_id): figure for figure in found}
    return [(x, known.get((x.indicator.code, x.period_code, x.task.programme.area_id))) for x in links]


def _reached(link: TaskIndicator, figure: Figure | None) -> Reached:
    indicator = link.indicator
    target = "" if link.target is None else f"{scaled_text(link.target, indicator.decimals)} {indicator.unit}"
    if figure is None or not figure.is_known:
        return Reached(link, "Chưa có số", target, "", "", None)
    names = places.names_on(figure.missing, figure.period.last_day) if figure.missing else {}
    amount = figure.ratio * RATIO_UNIT if indicator.kind == Kind.RATIO and figure.ratio is not None else figure.value
    part = Fraction(amount) / link.target if link.target and amount is not None else None
    said = in_full_with_unit(figure, indicator)
    covered = coverage_text(figure, [names[area_id] for area_id in figure.missing])
    return Reached(link, said, target, covered, reverse("figure-trace", args=[figure.trace]), part)
