"""Open data for everybody: the catalogue, a page for each dataset, every release for ever, files byte for byte with their hashes."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from chungtay.opendata import selectors
from chungtay.opendata.models import Release, ReleaseFile
from chungtay.opendata.rules import BASE, FORMAT_LABELS, KIND_LABELS, MEDIA_TYPES, Kind, format_of
from chungtay.portal.paging import Numbers, page_asked
from chungtay.web.http import render_page

SHOWN_ROWS = 10
A_PAGE = 30
DEEPEST = 400
A_YEAR = 31_536_000


@require_safe
def data_home(request: HttpRequest) -> HttpResponse:
    """Show every dataset of the newest release, under which licence, and how a file is checked and opened."""
    newest = selectors.newest()
    context: dict[str, Any] = {"release": newest, "unverified": selectors.UNVERIFIED, "office": selectors.office()}
    if newest is not None:
        context |= {
            "sets": [(one, _offers(newest, one.files)) for one in selectors.listed(newest)],
            "whole": _offers(newest, [one for one in selectors.files_of(newest) if not one.dataset]),
            "releases": selectors.releases()[:5],
            "base": BASE,
        }
    return render_page(request, "portal/data.html", context)


def _offers(release: Release, files: Iterable[ReleaseFile]) -> list[dict[str, Any]]:
    return [
        {
            "file": one,
            "label": FORMAT_LABELS[format_of(one.name)],
            "url": reverse("data-file", args=[release.version, one.name]),
        }
        for one in files
    ]


@require_safe
def data_set(request: HttpRequest, name: str) -> HttpResponse:
    """Show a dataset: its fields with their meaning, the first rows, its files in every release."""
    newest, dataset = selectors.newest(), selectors.dataset_of(name)
    if newest is None or dataset is None:
        raise Http404
    listed = next((one for one in selectors.listed(newest) if one.dataset == dataset), None)
    if listed is None:
        raise Http404
    number = page_asked(request, DEEPEST)
    history = selectors.files_named(name)
    rows = selectors.first_rows(listed.files[0], SHOWN_ROWS)
    context = {
        "release": newest,
        "dataset": dataset,
        "listed": listed,
        "offers": _offers(newest, listed.files),
        "fields": [(one, KIND_LABELS[one.kind], one.name in dataset.key) for one in dataset.fields],
        "numeric": [one.kind in (Kind.INTEGER, Kind.NUMBER) for one in dataset.fields],
        "rows": [list(row.values()) for row in rows],
        "history": history[(number - 1) * A_PAGE : number * A_PAGE],
        "page": Numbers(history.count(), number, A_PAGE, DEEPEST),
    }
    return render_page(request, "portal/data_set.html", context)


@require_safe
def data_release(request: HttpRequest, version: int) -> HttpResponse:
    """Show one release for ever: every file with its size and hash."""
    release = selectors.release_of(version)
    if release is None:
        raise Http404
    titles = {one["name"]: one["title"] for one in release.datasets}
    offers = _offers(release, selectors.files_of(release))
    rows = [(titles.get(one["file"].dataset, gettext("Cả bản")), one) for one in offers]
    return render_page(
        request, "portal/data_release.html", {"release": release, "rows": rows, "newest": selectors.newest()}
    )


@require_safe
def data_newest(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to a file of the newest release, at the address that it keeps."""
    newest = selectors.newest()
    if newest is None or selectors.file_of(newest.version, name) is None:
        raise Http404
    return HttpResponseRedirect(reverse("data-file", args=[newest.version, name]))


@require_safe
def data_file(request: HttpRequest, version: int, name: str) -> HttpResponseBase:
    """Give a file of a release, as a stream. It never changes, so its hash is its tag."""
    found = selectors.file_of(version, name)
    if found is None:
        raise Http404
    tag = f'"{found.sha256}"'
    # Asked before the file is opened: whoever has it needs no second copy.
    unchanged = get_conditional_response(request, etag=tag)
    return _for_ever(_stream(found) if unchanged is None else unchanged, tag)


def _stream(found: ReleaseFile) -> HttpResponseBase:
    try:
        file = selectors.path_of(found.sha256).open("rb")
    except OSError:
        raise Http404 from None
    kind = MEDIA_TYPES[format_of(found.name)]
    charset = "; charset=utf-8" if kind == MEDIA_TYPES["csv"] else ""
    response = FileResponse(file, content_type=kind + charset, as_attachment=True, filename=found.name)
    response.headers["Content-Length"] = str(found.size)
    return response


def _for_ever(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@require_safe
def data_catalogue(request: HttpRequest) -> HttpResponse:
    """Describe the newest release to harvesters: DCAT-AP as JSON-LD."""
    newest = selectors.newest()
    if newest is None:
        raise Http404

    def whole(name: str, *args: object) -> str:
        return request.build_absolute_uri(reverse(name, args=args))

    said = selectors.catalogue_of(
        newest,
        home=whole("data-home"),
        page_of=lambda name: whole("data-set", name),
        file_of=lambda name: whole("data-file", newest.version, name),
    )
    dumps = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(said, content_type="application/ld+json", json_dumps_params=dumps)
