"""Erasing what cases say of a household whose personal data is erased: what was decided, paid and given stays, without its people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from chungtay.audit.models import ERASED
from chungtay.kernel.folding import fold
from chungtay.support import finding
from chungtay.support.models import (
    Case,
    CaseMoney,
    CaseStep,
    CaseVersion,
    Comment,
    CommentAnswer,
    Handover,
    HandoverHead,
    PackageLine,
)

SAID_FREELY = ("text",)
"""Types of a kind's own fields into which anything may be typed."""


def erase_words(household: UUID, now: datetime) -> None:
    """Erase the words of a household's own cases and its name on every list. Runs in the transaction of the erasure."""
    cases = list(Case.objects.select_for_update(of=("self",)).filter(household=household).order_by("pk"))
    for case in cases:
        _erase_case(case, now)
    of_cases = {"case__in": cases}
    CaseVersion.objects.filter(**of_cases).erase()
    CaseStep.objects.filter(**of_cases).erase()
    Comment.objects.filter(**of_cases).erase()
    CommentAnswer.objects.filter(comment__case__in=cases).erase()
    CaseMoney.objects.filter(**of_cases).erase()
    theirs = Q(household=household) | Q(case__in=cases)
    lines = PackageLine.objects.filter(theirs)
    lines.exclude(note="").update(note=ERASED)
    lines.update(name=ERASED, name_key=fold(ERASED))
    if Handover.objects.filter(theirs).erase():
        HandoverHead.objects.update(erasures=F("erasures") + 1)
        transaction.on_commit(finding.forget)


def _erase_case(case: Case, now: datetime) -> None:
    free = {field.code for field in case.of_kind.fields if field.type in SAID_FREELY}
    case.title = case.need = case.proposed_by = ERASED
    case.details = {code: ERASED if code in free else value for code, value in case.details.items()}
    case.words = fold(f"{case} {case.of_kind.name} {case.hamlet}")
    case.revision += 1
    case.changed_at = now
    case.save()
