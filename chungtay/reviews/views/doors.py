"""How a review is fetched: with what its visitor may do, or not at all; and how one act on it is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.messages import constants
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from chungtay.access import selectors as access
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.places import selectors as places
from chungtay.reviews import selectors
from chungtay.reviews.content import Content
from chungtay.reviews.models import Review, ReviewBlock
from chungtay.reviews.rules import State
from chungtay.web import clock
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with


@dataclass(frozen=True)
class Visit:
    """One review as one person meets it."""

    user: User
    keys: Keys
    review: Review
    now: datetime

    @cached_property
    def content(self) -> Content:
        """The review with its figures."""
        return selectors.content_of(self.review, self.blocks)

    @cached_property
    def blocks(self) -> list[ReviewBlock]:
        """The blocks in order."""
        return selectors.blocks_of(self.review)

    @cached_property
    def may_edit(self) -> bool:
        """Whether the person may write here."""
        return self.keys.can("edit", self.review)

    @property
    def is_open(self) -> bool:
        """Whether the wording may change now, by this person."""
        return self.may_edit and self.review.state == State.DRAFT

    @property
    def area_name(self) -> str:
        """The area's name on the review's map."""
        return places.name_on(self.review.area_id, self.review.map_as_of or self.content.period.last_day)

    def crumbs(self, last: str = "") -> list[dict[str, str]]:
        """Return the way to a page of the review."""
        way = [{"label": "Sơ kết", "url": reverse("review-list")}]
        title = f"{self.review.programme}, {self.content.period.short()}"
        if not last:
            return [*way, {"label": title, "url": ""}]
        return [
            *way,
            {"label": title, "url": reverse("review-detail", args=[self.review.pk])},
            {"label": last, "url": ""},
        ]

    def require(self, action: str) -> None:
        """Return if the person may. Raises PermissionDenied with the sentence that says who may."""
        try:
            access.require(self.user, action, self.review, clock.today())
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused


def visit(request: HttpRequest, review_id: UUID) -> Visit:
    """Return the visit of a signed-in person. Raises Http404 for a stranger: they do not learn that the review exists."""
    user = user_of(request)
    try:
        review = selectors.review_for(user, review_id, on=clock.today())
    except selectors.NoSuchReview as unknown:
        raise Http404 from unknown
    return Visit(user, access.keys_of(user, on=clock.today()), review, clock.now())


def act(
    request: HttpRequest, one: Visit, service: Callable[..., object], said: str, url: str, **given: Any
) -> HttpResponse:
    """Run one service and go to `url` with its outcome as the message: `said`, or why it was refused."""
    form = Form({})
    form.full_clean()
    if form.try_(service, now=one.now, by=one.user, **given):
        return redirect_with(request, said, url)
    return redirect_with(
        request, " ".join(str(sentence) for sentence in form.non_field_errors()), url, level=constants.ERROR
    )


TABS = {
    "review-detail": "Báo cáo",
    "review-dossier": "Hồ sơ, hội nghị",
    "review-assessments": "Nhận định",
    "review-comments": "Góp ý",
    "review-publish": "Ban hành",
    "review-news": "Tin bài",
}


def tabs(one: Visit, current: str) -> list[dict[str, Any]]:
    """Return the sides of a review for `ui/tabs.html`."""
    args = [one.review.pk]
    return [
        {"label": label, "url": reverse(name, args=args), "current": name == current} for name, label in TABS.items()
    ]
