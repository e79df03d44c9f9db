"""What a task is to be, before it is written: plain values from a form or a row of a workbook, checked by one rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.text import date_text
from chungtay.places.models import Body
from chungtay.programmes.models import AreaOfWork, Programme
from chungtay.tasks.rules import Kind


class BadPlan(DomainError):
    """The values of a task do not go together."""


@dataclass(frozen=True)
class Part:
    """What one coordinating body has to do, and by when."""

    body: Body
    what: str
    due_on: date


@dataclass(frozen=True)
class Aim:
    """A figure that shows the progress: its target is scaled like the indicator's values, None only to look at."""

    indicator: Indicator
    period_code: str
    target: int | None


@dataclass(frozen=True)
class Plan:
    """Everything that is agreed of a task. every and until: months between occurrences and the last day, only when recurring."""

    title: str
    product: str
    kind: Kind
    lead: Body
    starts_on: date
    due_on: date
    area_of_work: AreaOfWork | None = None
    every: int | None = None
    until: date | None = None
    parts: Sequence[Part] = field(default_factory=tuple)
    aims: Sequence[Aim] = field(default_factory=tuple)


def check_plan(plan: Plan, programme: Programme) -> None:
    """Raise BadPlan with the first thing that is wrong."""
    if plan.due_on < plan.starts_on:
        raise BadPlan("Hạn hoàn thành đứng trước ngày bắt đầu. Hãy sửa một trong hai ngày.")
    last = plan.until or plan.due_on
    if plan.starts_on < programme.starts_on or last > programme.ends_on:
        span = f"{date_text(programme.starts_on)} đến {date_text(programme.ends_on)}"
        raise BadPlan(f"Thời gian của nhiệm vụ nằm ngoài {programme} ({span}). Hãy sửa ngày bắt đầu hoặc hạn.")
    if (plan.kind is Kind.RECURRING) != (plan.every is not None and plan.until is not None):
        raise BadPlan("Nhiệm vụ định kỳ phải có chu kỳ và ngày kết thúc; nhiệm vụ khác thì để trống hai ô đó.")
    if plan.area_of_work is not None and plan.area_of_work.programme_id not in (programme.pk, programme.parent_id):
        raise BadPlan("Nội dung phối hợp được chọn thuộc chương trình khác. Hãy chọn lại.")
    bodies = [part.body.pk for part in plan.parts]
    if plan.lead.pk in bodies:
        raise BadPlan(f"{plan.lead.name} đã chủ trì nên không thể vừa phối hợp. Hãy bỏ một trong hai.")
    if len(set(bodies)) < len(bodies):
        raise BadPlan("Một cơ quan phối hợp được ghi hai lần. Hãy gộp thành một phần việc.")
    for part in plan.parts:
        if not plan.starts_on <= part.due_on <= plan.due_on:
            raise BadPlan(
                f"Hạn phần việc của {part.body.name} phải nằm giữa ngày bắt đầu và hạn của nhiệm vụ "
                f"({date_text(plan.due_on)}). Hãy sửa hạn đó."
            )


def search_text(plan: Plan) -> str:
    """Return what a search looks through, folded."""
    words = [plan.title, plan.product, plan.lead.name, *(f"{part.body.name} {part.what}" for part in plan.parts)]
    return fold(" ".join(words))[:1000]
