"""What people read: the description for programs, the same as a page, and a person's own tokens."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from chungtay.api.description import described
from chungtay.api.views.setting import api


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI description."""
    answer = JsonResponse(described(api), json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
