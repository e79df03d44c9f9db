"""What stands around a programme's figures: its areas of work with their tasks, its documents, what was asked and commended.

Of tasks everybody sees how many stand where and which body leads; their words stay inside, for they may name a household.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.emulation import selectors as emulation
from chungtay.kernel.text import join_and
from chungtay.portal.programmes import Public, family
from chungtay.programmes.models import Document
from chungtay.supervision import selectors as supervision
from chungtay.tasks.models import Task
from chungtay.tasks.rules import State

STEP, DOT = 15, 10
NO_AREA = "Việc chung"
SHOWN = 3


@dataclass(frozen=True)
class Dot:
    """A task in the row of dots: where it stands in the drawing, and how it is drawn."""

    x: int
    kind: str  # done · going · risk (late)


@dataclass
class Work:
    """An area of work: its name, who leads its tasks, how many are done, going on, late."""

    title: str
    leads: list[str] = field(default_factory=list)
    done: int = 0
    going: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        """All its tasks."""
        return self.done + self.going + self.late

    @property
    def led_by(self) -> str:
        """Who leads, in words."""
        return join_and(self.leads)

    @property
    def dots(self) -> list[Dot]:
        """Its tasks, late ones first, then what goes on, then what is done."""
        kinds = ["risk"] * self.late + ["going"] * self.going + ["done"] * self.done
        return [Dot(1 + STEP * at, kind) for at, kind in enumerate(kinds)]

    @property
    def width(self) -> int:
        """How wide the row of dots is."""
        return STEP * self.total + 1


def works(public: Public, today: date) -> list[Work]:
    """Return the areas of work in their order with the approved tasks of the programme and of its place's plan."""
    programme = public.programme
    found = {area.pk: Work(area.title) for area in programme.areas_of_work.order_by("number")}
    plans = [programme.pk, *programme.plans.filter(area_id=public.area_id).values_list("pk", flat=True)]
    tasks = Task.objects.filter(programme_id__in=plans).exclude(state__in=(State.DRAFT, State.CANCELLED))
    common = Work(NO_AREA)
    by_title = {work.title: work for work in found.values()}
    for task in tasks.select_related("lead", "area_of_work").order_by("number"):
        named = task.area_of_work
        work = common if named is None else found.get(named.pk) or by_title.get(named.title, common)
        if task.state == State.DONE:
            work.done += 1
        elif task.state == State.ACTIVE and task.deadline < today:
            work.late += 1
        else:
            work.going += 1
        if task.lead.name not in work.leads:
            work.leads.append(task.lead.name)
    return [*found.values(), *([common] if common.total else [])]


def documents(public: Public) -> list[Document]:
    """Return the signed documents of the programme and of its place's plan that stand, newest first."""
    programme = public.programme
    plans = [programme.pk, *programme.plans.filter(area_id=public.area_id).values_list("pk", flat=True)]
    rows = Document.objects.filter(programme_id__in=plans, withdrawal=None)
    return list(rows.select_related("amends").order_by("-signed_on", "number"))


def around(public: Public) -> dict[str, Any]:
    """Return what the place's Front asked last and what was answered, and who was commended for the programme."""
    asked = supervision.published_recommendations([public.area_id])
    own = set(family(public.programme))
    commended = [one for one in emulation.public_entries([public.area_id]) if one.decision.programme_id in own]
    return {
        "asked": [one.frozen for one in asked[:SHOWN]],
        "asked_count": len(asked),
        "commended": commended[:SHOWN],
        "commended_count": len(commended),
    }
