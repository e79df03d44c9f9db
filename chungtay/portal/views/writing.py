"""What staff do for the portal outside the editors' pages."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import constants
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.kernel.errors import DomainError
from chungtay.portal.from_reviews import write_from_review
from chungtay.reviews.selectors import NoSuchReview, review_for
from chungtay.web import clock
from chungtay.web.http import redirect_with


@login_required
@require_POST
def article_from_review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Make an article of a review's news, and go to it in the editors' pages."""
    user = user_of(request)
    try:
        review = review_for(user, review_id, on=clock.today())
    except NoSuchReview as unknown:
        raise Http404 from unknown
    try:
        article = write_from_review(review=review, now=clock.now(), by=user)
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except DomainError as refused:
        return redirect_with(request, str(refused), reverse("review-news", args=[review_id]), level=constants.ERROR)
    said = "Bài đã ở cổng, chưa ai đọc được. Hãy xem lại; người khác sẽ đăng."
    return redirect_with(request, said, reverse("wagtailadmin_pages:edit", args=[article.pk]))
