"""An approved task of the city in which the unit has a part, a meeting and a letter, for the table of rights."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
from chungtay.programmes.services import create_programme
from chungtay.tasks import services
from chungtay.tasks.drafts import Part, Plan
from chungtay.tasks.models import Meeting, Task
from chungtay.tasks.rules import Kind
from tests.cast import Cast

NOWHERE = UUID(int=0)
# Pages of the whole plan: no argument, but a plan of the city must be there.
PLAIN = frozenset(
    {"task-create", "task-import", "task-approve-all", "reminder-setting", "meeting-create", "letter-create"}
)
MORE: dict[str, tuple[Any, ...]] = {"task-evidence": (NOWHERE,), "meeting-file": (1,)}


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address of tasks, meetings and letters."""
    if url_name in PLAIN:
        _task(cast, now)
        return ()
    if url_name == "letter-file":
        return (NOWHERE,)
    found = _meeting(cast, now).pk if url_name.startswith("meeting-") else _task(cast, now).pk
    return found, *MORE.get(url_name, ())


def _plan(cast: Cast, now: datetime) -> Programme:
    """The plan by which the city carries the programme out."""
    found = Programme.objects.filter(code="500-task").first()
    if found is not None:
        return found
    return create_programme(
        code="500-task",
        number="18/KH",
        kind="Kế hoạch",
        title="Thực hiện tại thành phố",
        signed_on=date(2020, 1, 10),
        starts_on=date(2020, 1, 10),
        ends_on=date(2024, 12, 31),
        area=cast.city,
        parties=[cast.body(cast.city), cast.body(cast.city, BodyKind.MTTQ)],
        parent=Programme.objects.get(code="500"),
        now=now,
        by=None,
    )


def _task(cast: Cast, now: datetime) -> Task:
    programme = _plan(cast, now)
    found = Task.objects.filter(programme=programme).first()
    if found is not None:
        return found
    part = Part(cast.body(cast.communes[0]), "Lập danh sách", date(2022, 12, 1))
    lead = cast.body(cast.city, BodyKind.MTTQ)
    days = date(2022, 1, 1), date(2022, 12, 31)
    plan = Plan("Xây nhà", "Biên bản", Kind.ONCE, lead, *days, parts=(part,))
    made = services.write_task(programme=programme, plan=plan, now=now, by=cast.officer)
    services.approve_tasks(programme=programme, now=now, by=cast.upper_leader)
    return made[0]


def _meeting(cast: Cast, now: datetime) -> Meeting:
    found = Meeting.objects.first()
    if found is not None:
        return found
    return services.record_meeting(
        programme=_plan(cast, now),
        title="Giao ban",
        held_on=date(2022, 1, 5),
        chair="Phó Chủ tịch",
        agenda="Nhà ở",
        bodies=[cast.body(cast.city), cast.body(cast.city, BodyKind.MTTQ)],
        now=now,
        by=cast.officer,
    )
