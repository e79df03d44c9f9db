"""What anybody may check without signing in: whether a certificate is genuine, taken back or replaced. Only what is printed is shown."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.emulation import selectors
from chungtay.emulation.awarding import ALPHABET, CODE_LENGTH
from chungtay.emulation.models import BookEntry
from chungtay.emulation.rules import CERTIFICATE_LABELS, CertificateState
from chungtay.emulation.views.doors import CERTIFICATE_BADGES
from chungtay.web.http import render_page

CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")


@require_safe
def certificate_find(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands under the picture on the certificate: ?ma=…"""
    typed = re.sub(r"[\s-]", "", request.GET.get("ma", "")).upper()
    if typed:
        return HttpResponseRedirect(reverse("certificate-check", args=[typed[:40]]))
    return render_page(request, "emulation/certificate_check.html", {"content": None, "code": ""})


@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a certificate is worth. A code that nobody was given answers 404 in the same words, whatever it looks like."""
    rows = BookEntry.objects.prefetch_related("steps").select_related("replaced_by")
    entry = rows.filter(code=code).first() if CODE.fullmatch(code) else None
    if entry is None:
        context = {"content": None, "code": code[:40], "is_unknown": True}
        return render_page(request, "emulation/certificate_check.html", context, status=404)
    state = selectors.certificate_state(entry)
    shown = CertificateState.VALID if state is CertificateState.ASKED else state
    replaced = getattr(entry, "replaced_by", None)
    context = {
        "content": entry.content,
        "code": code,
        "state": CERTIFICATE_BADGES[shown],
        "label": CERTIFICATE_LABELS[shown],
        "is_valid": shown is CertificateState.VALID,
        "replaced_book": replaced.content["book"] if replaced else "",
    }
    return render_page(request, "emulation/certificate_check.html", context)
