"""Documents of a programme: what is in force on a day, one with its amendments and files, recording, withdrawing."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.evidence import services as files
from chungtay.evidence import serving
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.places.models import Body
from chungtay.programmes import services
from chungtay.programmes.document_rules import EFFECT_WORDS, FORCE_WORDS, Effect, Force
from chungtay.programmes.forms import DocumentForm, FileForm, OnDay, WithdrawForm
from chungtay.programmes.models import Document, Programme
from chungtay.programmes.papers_on_file import OnFile, documents_on
from chungtay.programmes.views.doors import Visit, frame, visit
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page

BADGES = {
    Force.NOT_YET: "draft",
    Force.IN_FORCE: "approved",
    Force.AMENDED: "info",
    Force.EXPIRED: "none",
    Force.REPLACED: "none",
    Force.ENDED: "none",
    Force.WITHDRAWN: "returned",
}


@login_required
@require_safe
def document_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show the documents as they stand on a day."""
    one = visit(request, code)
    form = OnDay(request.GET if "ngay" in request.GET else {"ngay": f"{one.today:%d/%m/%Y}"})
    day = form.day(one.today)
    found = documents_on(one.programme, day)
    only = request.GET.get("loc") == "hieu-luc"
    rows = [_row(paper) for paper in found if paper.is_in_force or not only]
    counted = sum(1 for paper in found if paper.is_in_force)
    context = frame(one, "document-list", form=form, day=day, rows=rows, total=len(found), counted=counted, only=only)
    return render_page(request, "programmes/document_list.html", context)


def _row(paper: OnFile) -> dict[str, Any]:
    force = paper.standing.force
    return {
        "document": paper.document,
        "state": BADGES[force],
        "label": FORCE_WORDS[force],
        "because": paper.because,
        "effect": EFFECT_WORDS[Effect(paper.document.effect)] if paper.document.effect else "",
        "parties": _parties(paper.document),
    }


def _parties(document: Document) -> list[str]:
    return [party.body.name for party in sorted(document.parties.all(), key=lambda party: party.position)]


@login_required
@require_http_methods(["GET", "POST"])
def document_detail(request: HttpRequest, code: str, document_id: UUID) -> HttpResponse:
    """Show a document; take a further file of it, or the record back."""
    one = visit(request, code)
    found = documents_on(one.programme, one.today)
    paper = next((paper for paper in found if paper.document.pk == document_id), None)
    if paper is None:
        raise Http404
    document = paper.document
    more, withdraw = FileForm(prefix="f"), WithdrawForm(prefix="w")
    if request.method == "POST":
        one.require("document")
        form: Form
        if request.POST.get("do") == "withdraw":
            form = withdraw = WithdrawForm(request.POST, prefix="w")
            said = "Đã rút bản ghi; nó vẫn còn để xem, kèm lý do."
            done = form.is_valid() and form.try_(
                services.withdraw_document, document=document, now=one.now, by=one.user, **form.cleaned_data
            )
        else:
            form = more = FileForm(request.POST, request.FILES, prefix="f")
            said = "Đã thêm tệp."
            done = form.is_valid() and _add_file(one, document, more)
        if done:
            return redirect_with(request, said, reverse("document-detail", args=[code, document.pk]))
    may = one.may_record and document.withdrawn_by is None
    context = frame(
        one,
        "document-list",
        (str(document), ""),
        row=_row(paper),
        amendments=[_row(other) for other in reversed(found) if other.document.amends_id == document.pk],
        files=sorted(document.files.all(), key=lambda file: file.number),
        more=more if may else None,
        withdraw=withdraw if may else None,
    )
    status = 422 if request.method == "POST" else 200
    return render_page(request, "programmes/document_detail.html", context, status=status)


def _add_file(one: Visit, document: Document, form: FileForm) -> bool:
    try:
        kept = files.keep(upload=form.cleaned_data["file"], now=one.now, by=one.user)
    except DomainError as refused:
        form.add_error("file", str(refused))
        return False
    return form.try_(services.add_files, document=document, files=[kept], now=one.now, by=one.user)


@login_required
@require_http_methods(["GET", "POST"])
def document_create(request: HttpRequest, code: str) -> HttpResponse:
    """Record a document; `sua` names the one that it amends, replaces or ends."""
    one = visit(request, code)
    one.require("document")
    amends = _amended(request, one.programme)
    initial: dict[str, Any] = {"signed_on": one.today, "effect_from": one.today}
    chosen = amends.parties.all() if amends else one.programme.parties.all()
    initial["parties"] = [str(party.body_id) for party in chosen]
    if amends:
        initial["kind"] = amends.kind
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, initial=initial, bodies=_bodies(one), amends=amends is not None)
    if request.method == "POST" and form.is_valid() and _record(one, form, amends):
        said = f"Đã ghi {form.result}."
        return redirect_with(request, said, reverse("document-detail", args=[code, form.result.pk]))
    title = f"Ghi văn bản sửa đổi {amends}" if amends else "Ghi văn bản"
    context = frame(one, "document-list", (title, ""), form=form, amends=amends, title=title)
    return render_page(request, "programmes/document_form.html", context, status=422 if form.is_bound else 200)


def _record(one: Visit, form: DocumentForm, amends: Document | None) -> bool:
    kept: list[Attachment] = []
    upload = form.cleaned_data["file"]
    if isinstance(upload, UploadedFile):
        try:
            kept.append(files.keep(upload=upload, now=one.now, by=one.user))
        except DomainError as refused:
            form.add_error("file", str(refused))
            return False
    who = {"now": one.now, "by": one.user}
    return form.try_(services.record_document, programme=one.programme, amends=amends, files=kept, **form.said(), **who)


def _amended(request: HttpRequest, programme: Programme) -> Document | None:
    text = request.GET.get("sua", "")
    if not text:
        return None
    try:
        found = Document.objects.filter(pk=UUID(text), programme=programme, withdrawal__isnull=True).first()
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _bodies(one: Visit) -> list[Body]:
    """Return who may sign: the programme's parties first, then the bodies at its place, directly above and directly below."""
    tree = places.tree_on(one.today)
    area_id = one.programme.area_id
    near = [area_id]
    if area_id in tree:
        above = tree.node(area_id).parent_id
        near = [*([above] if above else []), area_id, *(node.area_id for node in tree.children(area_id))]
    order = {key: at for at, key in enumerate(near)}
    parties = [party.body for party in one.programme.parties.select_related("body").order_by("position")]
    others = sorted(Body.objects.filter(area_id__in=near), key=lambda body: (order[body.area_id], body.name))
    return list({body.pk: body for body in [*parties, *others]}.values())


@login_required
@require_safe
def document_file(request: HttpRequest, code: str, document_id: UUID, number: int) -> HttpResponse:
    """Answer with a file of a document."""
    one = visit(request, code)
    document = Document.objects.filter(programme=one.programme, pk=document_id).first()
    file = document.files.select_related("attachment").filter(number=number).first() if document else None
    if file is None:
        raise Http404
    return serving.answer(file.attachment, thumbnail=False)
