"""What a citizen sees without an account: the form, the code, and how their matter stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import Level
from chungtay.supervision import services
from chungtay.supervision.forms import CodeForm, SendForm
from chungtay.supervision.rules import SATISFACTION_WORDS, Satisfaction
from chungtay.web import clock
from chungtay.web.http import render_page

UNITS = (Level.COMMUNE, Level.WARD, Level.TOWNSHIP, Level.SPECIAL_ZONE)


def _areas() -> list[tuple[str, str]]:
    """Return the communes and wards of today, by name."""
    today = clock.today()
    tree = places.tree_on(today)
    return [(str(one.area_id), one.name) for one in sorted(tree, key=lambda one: one.name) if one.level in UNITS]


@never_cache
@sensitive_post_parameters("text", "place", "name", "phone", "email")
@sensitive_variables("said", "code", "form", "person")
@require_http_methods(["GET", "POST"])
def feedback_send(request: HttpRequest) -> HttpResponse:
    """Take in what a citizen tells; answer with the code, once."""
    is_sent = request.method == "POST"
    form = SendForm(request.POST if is_sent else None, request.FILES if is_sent else None, areas=_areas())
    if form.is_valid():
        said = form.cleaned_data
        person = services.Person(said["name"], said["phone"], said["email"])
        given: dict[str, Any] = {
            "area": Area.objects.get(pk=said["area"]), "text": said["text"], "place": said["place"], "person": person,
            "pictures": request.FILES.getlist("picture"), "trap": said["website"],
        }  # fmt: skip
        address = request.META.get("REMOTE_ADDR", "")
        if form.try_(services.receive_feedback, **given, address=address, now=clock.now()):
            return render_page(request, "supervision/public_sent.html", {"code": form.result})
    return render_page(request, "supervision/public_send.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("code", "text")
@sensitive_variables("code", "form", "told")
@require_http_methods(["GET", "POST"])
def feedback_status(request: HttpRequest) -> HttpResponse:
    """Show how a matter stands, by its code; take in what the citizen says of the answer. The code never stands in an address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    told, refused = None, ""
    if form.is_valid():
        try:
            told = _told(form.cleaned_data, request.META.get("REMOTE_ADDR", ""))
        except DomainError as error:
            refused = str(error)
    context = {
        "form": form,
        "told": told,
        "refused": refused,
        "code": form.cleaned_data.get("code", "") if told else "",
        "choices": [(one.value, words) for one, words in SATISFACTION_WORDS.items()],
    }
    return render_page(request, "supervision/public_status.html", context)


def _told(said: dict[str, Any], address: str) -> Any:
    given: dict[str, Any] = {"code": said["code"], "address": address, "now": clock.now()}
    if said["do"] == "rate" and said["satisfaction"] in SATISFACTION_WORDS:
        return services.rate(**given, satisfaction=Satisfaction(said["satisfaction"]))
    if said["do"] == "ask":
        return services.ask_again(**given, text=said["text"])
    return services.look_up(**given)
