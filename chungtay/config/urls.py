"""Every address of the site, room by room."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers; 503 otherwise."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("chungtay.desk.urls")),
    path("", include("chungtay.accounts.urls")),
    path("", include("chungtay.web.urls")),
    path("chuong-trinh/", include("chungtay.programmes.urls")),
    path("con-so/", include("chungtay.figures.urls")),
    path("bao-cao/", include("chungtay.returns.urls")),
    path("so-ket/", include("chungtay.reviews.urls")),
]
