"""The status grid: who has reported what, for every round of a form."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.kernel.periods import parse_period
from chungtay.returns import grid
from chungtay.returns.grid import Grid, GridCell
from chungtay.returns.models import Form, Round
from chungtay.returns.rules import State
from chungtay.web import clock
from chungtay.web.http import render_page

NEWEST = 6  # rounds shown when no year is chosen


@dataclass(frozen=True)
class Box:
    """One cell as it is drawn: `state` and `text` of ui/cell.html, its address, what is read out."""

    state: str
    text: str
    url: str
    late: bool
    spoken: str


@dataclass(frozen=True)
class Column:
    """One round: its head and how many units have sent."""

    title: str
    due: str
    sent: int
    owed: int
    is_newest: bool


@login_required
@require_GET
def return_grid(request: HttpRequest) -> HttpResponse:
    """Show units × rounds of one form: ?bieu=B01 the form, ?nam=2022 the rounds of a year."""
    keys = access.keys_of(user_of(request), on=clock.today())
    forms = grid.forms_in_use(keys)
    chosen = request.GET.get("bieu", "")
    name = chosen if chosen in forms else next(iter(forms), "")
    context: dict[str, Any] = {"forms": [(key, _form_name(key, form)) for key, form in forms.items()], "chosen": name}
    if not name:
        return render_page(request, "returns/grid.html", {**context, "table": None})
    every = grid.rounds_of(forms[name])
    years = sorted({one.period_start.year for one in every}, reverse=True)
    year = request.GET.get("nam", "")
    rounds = _rounds(every, year)
    table = grid.status_grid(keys, rounds, now=clock.now())
    decides = keys.areas_for("approve", "return")
    context |= {
        "form": forms[name],
        "years": years,
        "year": year if year in {*map(str, years), "tat-ca"} else "",
        "table": table,
        "columns": [_column(table, one, every[0] == one) for one in rounds],
        "rows": [(table.names[area], _boxes(table, area, decides)) for area in table.areas],
        "own": _own_list(table, decides) if len(table.areas) == 1 else [],
        "newest": NEWEST,
    }
    return render_page(request, "returns/grid.html", context)


def _form_name(key: str, form: Form) -> str:
    return f"{key} – {form.title}"


def _rounds(every: list[Round], year: str) -> list[Round]:
    if year == "tat-ca":
        return every
    of_year = [one for one in every if str(one.period_start.year) == year]
    return of_year or every[:NEWEST]


def _column(table: Grid, one: Round, is_newest: bool) -> Column:
    owed = table.column(one.pk)
    title = parse_period(one.period_code).short()
    return Column(
        title, f"{localtime(one.due_at):%d/%m}", sum(1 for cell in owed if cell.is_sent), len(owed), is_newest
    )


def _boxes(table: Grid, area: UUID, decides: frozenset[UUID]) -> list[Box | None]:
    cells = table.cells[area]
    return [box(cells[one.pk], decides) if one.pk in cells else None for one in table.rounds]


def box(cell: GridCell, decides: frozenset[UUID]) -> Box:
    """Return a cell of the grid as it is drawn; it opens the check page for who decides, else the return."""
    state, text, spoken = _words(cell)
    late = f"trễ {cell.late_days} ngày" if cell.late_days else ""
    if late and not cell.is_sent and cell.state is not State.RETURNED:
        text = late if cell.state is State.NOT_STARTED else f"{text}, {late}"
    name = "return-check" if cell.area_id in decides else "return-detail"
    return Box(state, text, reverse(name, args=[cell.return_id]), bool(late), f"{spoken}, {late}" if late else spoken)


def _words(cell: GridCell) -> tuple[str, str, str]:
    day = f"{cell.sent_on:%d/%m}" if cell.sent_on else ""
    match cell.state:
        case State.NOT_STARTED:
            return "missing", "chưa có", "Chưa có"
        case State.DRAFT:
            return "draft", f"{cell.filled}/{cell.cell_count} ô", f"Nháp {cell.filled}/{cell.cell_count} ô"
        case State.FOR_SIGNING:
            return "for_signing", "chờ ký", "Chờ lãnh đạo ký"
        case State.RETURNED:
            text = f"trả {cell.remarks} ô" if cell.remarks else "trả lại"
            return "returned", text, text.capitalize()
        case State.SUBMITTED:
            return "submitted", day, f"Đã gửi {day}"
        case _:
            return "approved", day, f"Đã duyệt, gửi {day}"


def _own_list(table: Grid, decides: frozenset[UUID]) -> list[dict[str, object]]:
    """Return the rounds of a person's only unit as a list: one column of a grid says less."""
    cells = table.cells[table.areas[0]]
    return [
        {
            "period": parse_period(one.period_code).short(),
            "box": box(cells[one.pk], decides),
            "cell": cells[one.pk],
            "state_text": _words(cells[one.pk])[2].partition(",")[0],
            "late_text": f"Trễ {cells[one.pk].late_days} ngày",
        }
        for one in table.rounds
        if one.pk in cells
    ]
