"""Addresses for this room's own tests: the kit, pages that extend the frame, an endpoint that answers an autosave."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from chungtay.web.http import redirect_with

ENTRY = """{% extends "web/base.html" %}{% block title %}Nhập{% endblock %}{% block head %}<h1>Nhập</h1>{% endblock %}
{% block main %}<form method="post" data-entry-grid data-autosave-url="/luu/">
<input type="hidden" name="revision" value="1">
<input class="input" id="a" name="a" inputmode="numeric" value="7">
<input class="input" id="b" name="b" inputmode="numeric">
<input class="input" id="c" name="c" inputmode="decimal">
{% actionbar autosave=True %}{% button "Thu hồi" opens="thu-hoi" %}{% endactionbar %}</form>
{% dialog "thu-hoi" "Thu hồi báo cáo?" %}<p><a href="#" data-closes>Giữ nguyên</a></p>{% enddialog %}
<details><summary>Bảng số</summary>400</details>{% endblock %}"""

# What the last autosave carried, for the test to read.
received: list[dict[str, str]] = []


def entry(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(ENTRY).render({}, request))


@csrf_exempt
def save(request: HttpRequest) -> HttpResponse:
    received.append({**request.POST.dict(), "header": request.headers.get("X-Autosave", "")})
    if request.POST.get("a") == "13":
        return JsonResponse({"message": "Người khác vừa sửa báo cáo này."}, status=409)
    body = {"saved_at": "08:41", "revision": int(request.POST["revision"]) + 1, "status": "còn 1 ô trống"}
    return HttpResponse(json.dumps(body), content_type="application/json")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Người có quyền: chuyên viên tổng hợp thành phố.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def said(request: HttpRequest) -> HttpResponse:
    return redirect_with(request, "Đã gửi báo cáo.", "/nhap/")


def wrong(request: HttpRequest) -> HttpResponse:
    messages.error(request, "Chưa gửi được.")
    return entry(request)


urlpatterns = [
    path("", include("chungtay.web.urls")),
    path("nhap/", entry, name="entry"),
    path("nhap/bieu-01/", entry, name="entry-form"),
    path("luu/", save, name="save"),
    path("cam/", forbidden, name="forbidden"),
    path("hong/", broken, name="broken"),
    path("gui/", said, name="said"),
    path("sai/", wrong, name="wrong"),
]
