"""Every address of the site, room by room."""

from django.conf.urls.i18n import i18n_patterns
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("dia-ban/ranh-gioi/", include("chungtay.boundaries.urls")),
    path("", include("chungtay.desk.urls")),
    path("", include("chungtay.accounts.urls")),
    path("", include("chungtay.web.urls")),
    path("chuong-trinh/<str:code>/", include("chungtay.programmes.urls")),
    path("thong-bao/", include("chungtay.notices.urls")),
    path("con-so/", include("chungtay.figures.urls")),
    path("bao-cao/", include("chungtay.returns.urls")),
    path("nhiem-vu/", include("chungtay.tasks.urls")),
    path("so-ket/", include("chungtay.reviews.urls")),
    path("quy/", include("chungtay.funds.urls")),
    path("ho/", include("chungtay.households.urls")),
    path("cong-dong/", include("chungtay.community.urls")),
    path("giam-sat/", include("chungtay.supervision.urls")),
    path("ho-tro/", include("chungtay.support.urls")),
    path("thi-dua/", include("chungtay.emulation.urls")),
    path("du-lieu-mo/", include("chungtay.opendata.urls")),
    path("doi-chieu/", include("chungtay.checking.urls")),
    path("trao-doi-so-lieu/", include("chungtay.exchange.urls")),
    path("tai-khoan/ma-truy-cap/", include("chungtay.api.page_urls")),
    path("tai-khoan/webhook/", include("chungtay.webhooks.urls")),
    path("api/v1/", include("chungtay.api.urls")),
    path("", include("chungtay.portal.urls")),
    path("bien-tap/", include("wagtail.admin.urls")),
    path("tep/", include("wagtail.documents.urls")),
    # What everybody reads, in Vietnamese and under /en/ in English.
    *i18n_patterns(
        path("phan-anh/", include("chungtay.supervision.public_urls")),
        path("khen-thuong/kiem-tra/", include("chungtay.emulation.public_urls")),
        path("", include("chungtay.portal.public_urls")),
        path("", include("wagtail.urls")),  # last: whatever no room answers to may be a page of the portal
        prefix_default_language=False,
    ),
]
