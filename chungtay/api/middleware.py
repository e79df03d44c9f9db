"""What holds for every request to /api/: how much and how often, every refusal as JSON, and answers that say when they are the same."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from chungtay.api import problems, rules
from chungtay.api.metering import Meter
from chungtay.web import clock

PATH = "/api/"
MOST_BYTES = 2 * 1024 * 1024
MOST_QUERY = 4_000
OF_WORKBOOKS = "/workbook"
"""Addresses that take a file instead of JSON end so."""
WRITES = frozenset({"POST", "PUT", "PATCH"})
JSON_ONLY = frozenset({"application/json"})
# Where other systems send their files as they have them.
TAKEN = {
    "/api/v1/dataValueSets": JSON_ONLY
    | {"application/csv", "text/csv", "application/xml", "text/xml", "application/adx+xml", "application/xml+adx"}
}
CODES = {400: "not_readable", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 500: "server_error"}
meter = Meter(Path(settings.DATA_DIR) / "api-meter")


class Guard:
    """Stands before everything else for /api/, and lets every other path pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return self.get_response(request)
        response = _refusal(request) or _as_problem(request, self.get_response(request))
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return response  # the reference is a page like any other
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        return _or_the_same(request, response)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Return why the request is not even looked at, None when it may pass."""
    query = request.META.get("QUERY_STRING", "")
    if "\x00" in request.path or "%00" in query or len(query) > MOST_QUERY:
        return problems.problem(request, 400, "not_readable")
    if wait := _wait(request):
        return problems.problem(request, 429, "too_often", headers={"Retry-After": str(wait)})
    if request.method not in WRITES:
        return None
    said = request.META.get("CONTENT_LENGTH") or "0"
    length = int(said) if said.isdecimal() and said.isascii() and len(said) < 16 else MOST_BYTES + 1
    if length > MOST_BYTES:
        return problems.problem(request, 413, "too_large")
    if not length:
        return None
    if request.method == "PUT" and request.path.endswith(OF_WORKBOOKS):
        return _no_workbook(request) if request.content_type != problems.XLSX else None
    if request.content_type not in TAKEN.get(request.path, JSON_ONLY):
        return problems.problem(request, 415, "not_json")
    return None


def _no_workbook(request: HttpRequest) -> HttpResponse:
    vi, en = problems.NO_WORKBOOK
    return problems.problem(request, 415, "not_xlsx", en if problems.is_english(request) else vi)


def _wait(request: HttpRequest) -> int:
    """Count the request for its token and for its address; return the seconds to wait, 0 for none."""
    most, now = settings.API_PER_MINUTE, int(clock.now().timestamp())
    address, said = request.META.get("REMOTE_ADDR", ""), request.headers.get("Authorization", "")
    if not said:
        return meter.wait(f"address {address}", max(1, most // 2), now)
    return meter.wait(f"token {rules.digest(said)}", most, now) or meter.wait(f"bearers {address}", most * 5, now)


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return refusals that were made for people (no such address, no such method) as JSON."""
    status, kind = response.status_code, response.headers.get("Content-Type", "")
    if status == 301:  # to the same with a slash, where the portal has no page either
        return problems.problem(request, 404, "not_found")
    if status < 400 or kind.startswith(problems.MEDIA_TYPE):
        return response
    answer = problems.problem(request, status, CODES.get(status, "refused"))
    if allow := response.headers.get("Allow"):
        answer.headers["Allow"] = ", ".join(sorted(allow.replace(" ", "").split(",")))
    return answer


def _or_the_same(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Mark what was read; who has it already is told so with an empty 304."""
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    tag = response.headers.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    asked = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if tag not in asked and "*" not in asked:
        return response
    same = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary", "Content-Language"):
        if name in response.headers:
            same.headers[name] = response.headers[name]
    return same
