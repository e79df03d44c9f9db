"""How things of the room are fetched: those in the person's sight, or 404; and the frame that the pages share."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Guarded
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.emulation import selectors
from chungtay.emulation.models import BookEntry, Contest, Decision, Sheet
from chungtay.emulation.rules import AwardState, CertificateState, ContestState, Stage
from chungtay.papers.docx import write_docx
from chungtay.papers.pdf import write_pdf
from chungtay.papers.rules import Paper
from chungtay.places.models import Area
from chungtay.web import clock

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABS = (
    ("contest-list", "Đợt thi đua"),
    ("criteria-list", "Bộ tiêu chí"),
    ("decision-list", "Quyết định khen thưởng"),
    ("reward-book", "Sổ khen thưởng"),
    ("rule-list", "Quy định theo ngày"),
)
STAGE_BADGES = {
    Stage.SELF: "draft",
    Stage.DEPARTMENT: "submitted",
    Stage.COUNCIL: "submitted",
    Stage.STANDING: "for_signing",
    Stage.PUBLISHED: "locked",
}
CONTEST_BADGES = {
    ContestState.DRAFT: "for_signing",
    ContestState.OPEN: "submitted",
    ContestState.PUBLISHED: "locked",
    ContestState.CANCELLED: "none",
}
AWARD_BADGES = {AwardState.DRAFT: "draft", AwardState.ISSUED: "approved", AwardState.DROPPED: "none"}
CERTIFICATE_BADGES = {
    CertificateState.VALID: "approved",
    CertificateState.ASKED: "explain",
    CertificateState.REVOKED: "wrong",
    CertificateState.REPLACED: "returned",
}

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True)
class Visit:
    """One person at one moment."""

    user: User
    keys: Keys
    now: datetime

    @property
    def today(self) -> date:
        """The day of the visit."""
        return localdate(self.now)

    def can(self, action: str, obj: Guarded) -> bool:
        """Say whether the person may do that."""
        return self.keys.can(action, obj)

    def require(self, action: str, obj: Guarded) -> None:
        """Return if the person may. Raises PermissionDenied with the sentence that names who may."""
        try:
            access.require(self.user, action, obj, on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    def home(self, action: str, type_: str) -> Area | None:
        """Return the place at which the person may do that, their own first; None when there is none."""
        areas = self.keys.areas_for(action, type_)
        own = access.home_area(self.user, self.today)
        key = own if own in areas else min(areas, default=None)
        return Area.objects.get(pk=key) if key else None


def visit(request: HttpRequest) -> Visit:
    """Return the visit of a signed-in person."""
    user = user_of(request)
    return Visit(user, access.keys_of(user, on=clock.today()), clock.now())


def contest_or_404(one: Visit, contest_id: UUID) -> Contest:
    """Return a contest in sight. Raises Http404."""
    return _or_404(selectors.contests_seen_by(one.keys), contest_id)


def sheet_or_404(one: Visit, sheet_id: UUID) -> Sheet:
    """Return a sheet in sight. Raises Http404."""
    return _or_404(selectors.sheets_seen_by(one.keys), sheet_id)


def decision_or_404(one: Visit, decision_id: UUID) -> Decision:
    """Return a decision in sight. Raises Http404."""
    return _or_404(selectors.decisions_seen_by(one.keys), decision_id)


def entry_or_404(one: Visit, entry_id: UUID) -> BookEntry:
    """Return a line of a reward book in sight. Raises Http404."""
    return _or_404(selectors.entries_seen_by(one.keys), entry_id)


def _or_404(rows: "QuerySet[_Row]", key: UUID) -> _Row:
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the views of the room."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in TABS]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: the contests, then steps (label, address or "")."""
    found = [{"label": "Thi đua, khen thưởng", "url": reverse("contest-list")}]
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]


def paper_answer(paper: Paper, name: str, kind: str) -> HttpResponse:
    """Answer with a paper as PDF or Word. Raises Http404 for another kind."""
    if kind == "pdf":
        return file_answer(write_pdf(paper), PDF, f"{name}.pdf")
    if kind == "docx":
        return file_answer(write_docx(paper), DOCX, f"{name}.docx")
    raise Http404


def file_answer(data: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file: a PDF is shown, anything else is saved."""
    way = "inline" if kind == PDF else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)
