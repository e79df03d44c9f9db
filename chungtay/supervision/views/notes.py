"""What a team writes down while it works: members, visits, questions, answers, findings."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chungtay.supervision import services
from chungtay.supervision.models import Supervision
from chungtay.supervision.step_forms import FindingForm, MadeForm, Reason, SaidForm, Step, Team, VisitForm
from chungtay.supervision.views.doors import (
    Visit,
    first_problem,
    found_or_404,
    kept_file,
    take,
    visit,
)
from chungtay.supervision.views.supervisions import page_of, row_or_404


@login_required
@require_POST
def supervision_note(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """Write down team, visit, question, answer or finding; take a finding back."""
    one = visit(request)
    row = row_or_404(one, supervision_id)
    verb = request.POST.get("verb", "")
    kinds: dict[str, type[Step]] = {
        "team": Team, "visit": VisitForm, "made": MadeForm, "question": SaidForm, "answer": SaidForm, "finding": FindingForm,
        "withdraw": Reason,
    }  # fmt: skip
    form = kinds.get(verb, Step)(request.POST, request.FILES)

    def again(sentence: str) -> HttpResponse:
        return page_of(request, one, row, sentence)

    if not form.is_valid() or verb not in kinds:
        one.require("edit", row)
        return again(first_problem(form))
    url = reverse("supervision-detail", args=[row.pk])
    return take(request, _note(request, one, row, form, verb), said="Đã ghi.", url=url, again=again)


def _note(request: HttpRequest, one: Visit, row: Supervision, form: Step, verb: str) -> Callable[[], Any]:
    said: dict[str, Any] = form.cleaned_data
    who: dict[str, Any] = {"now": one.now, "by": one.user}

    def team() -> Any:
        pairs = form.pairs() if isinstance(form, Team) else []
        return services.set_team(supervision=row, members=pairs, revision=said["revision"], **who)

    def made() -> Any:
        found = found_or_404(row.visits.all(), said["visit"])
        minutes = kept_file(form, one)
        return services.make_visit(
            visit=found, made_on=said["made_on"], summary=said["summary"], minutes=minutes, **who
        )

    def answer() -> Any:
        asked = row.questions.filter(pk=said["question"] or 0).first()
        return services.ask(supervision=row, said_by=said["said_by"], text=said["text"], answers=asked, **who)

    def finding() -> Any:
        files = [kept] if (kept := kept_file(form, one)) else []
        return services.find(supervision=row, text=said["text"], is_lack=bool(said["is_lack"]), files=files, **who)

    def withdraw() -> Any:
        try:
            pk = UUID(request.GET.get("nhan-dinh", ""))
        except ValueError:
            pk = UUID(int=0)
        return services.withdraw_finding(finding=found_or_404(row.findings.all(), pk), reason=said["note"], **who)

    return {
        "team": team,
        "made": made,
        "answer": answer,
        "finding": finding,
        "withdraw": withdraw,
        "visit": lambda: services.plan_visit(
            supervision=row, place=said["place"], planned_on=said["planned_on"], **who
        ),
        "question": lambda: services.ask(supervision=row, said_by=said["said_by"], text=said["text"], **who),
    }[verb]
