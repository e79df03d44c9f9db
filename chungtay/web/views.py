"""The kit's page: every component once, with its states, from invented figures. Open to all; it reads no table."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.web import clock, samples
from chungtay.web.http import render_page
from chungtay.web.states import STATES


@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Show every component; the page says that its figures are samples."""
    now = clock.now()
    form = samples.KitForm(samples.KIT_FORM_DATA)
    form.is_valid()
    page = Paginator(range(1, 49), 5).get_page(request.GET.get("page"))
    context = {
        "sample": True,
        "form": form,
        "page": page,
        "states": list(STATES),
        "now": now,
        "today": clock.today(),
        **samples.CONTEXT,
    }
    return render_page(request, "web/kit.html", context)
