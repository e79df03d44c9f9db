"""The file of a review: its arrangement, the lines of the file with their attachments, attendance, the conference."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.evidence import services as files
from chungtay.evidence import serving
from chungtay.kernel.errors import DomainError
from chungtay.reviews import dossier, dossier_forms
from chungtay.reviews.dossier_rules import KIND_WORDS, RECORD_WORDS, RecordKind, ReviewKind, kind_of
from chungtay.reviews.invitations import invitation_file
from chungtay.reviews.models import DossierRecord
from chungtay.reviews.views.doors import Visit, act, tabs, visit
from chungtay.web.http import redirect_with, render_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAME_LABELS = {
    RecordKind.TEAM: ("Họ tên", "Chức vụ, nhiệm vụ trong đoàn"),
    RecordKind.DELEGATE: ("Họ tên", "Chức vụ, đơn vị"),
    RecordKind.PAPER: ("Tên tham luận", "Người trình bày"),
    RecordKind.MINUTES: ("Tên biên bản", "Thư ký"),
    RecordKind.NOTICE: ("Số, ký hiệu và ngày", "Trích yếu"),
    RecordKind.PICTURE: ("Tên ảnh", "Chú thích"),
    RecordKind.COMMENDATION: ("Tập thể, cá nhân", "Hình thức khen, thành tích"),
}
HINTS = {
    RecordKind.TEAM: "Chưa có ai trong đoàn kiểm tra.",
    RecordKind.DELEGATE: "Chưa mời ai. Thêm đại biểu rồi tải giấy mời của từng người.",
    RecordKind.PAPER: "Chưa có tham luận nào.",
    RecordKind.MINUTES: "Chưa có biên bản. Ghi sau hội nghị, kèm tệp.",
    RecordKind.NOTICE: "Chưa có thông báo kết luận.",
    RecordKind.PICTURE: "Chưa có ảnh. Ảnh được bỏ thông tin vị trí trước khi lưu.",
    RecordKind.COMMENDATION: "Chưa có ai được đề nghị khen.",
}


@login_required
@require_GET
def review_dossier(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the file of a review."""
    return _page(request, visit(request, review_id))


def _page(
    request: HttpRequest, one: Visit, arrange: dossier_forms.Arrange | None = None, failed: tuple[str, Any] = ("", None)
) -> HttpResponse:
    last = dossier.arrangement_of(one.review)
    guess = kind_of(one.content.period, is_final=one.content.is_final)
    records = dossier.live_records(one.review)
    conference = getattr(one.review, "conference", None)
    points = conference.meeting.conclusions.prefetch_related("made__task").order_by("number") if conference else []
    context = {
        "one": one,
        "review": one.review,
        "arrangement": last,
        "kind_word": KIND_WORDS[ReviewKind(last.kind) if last else guess],
        "form": arrange or dossier_forms.Arrange(initial=dossier_forms.arranged(last, guess)),
        "groups": [_group(one, kind, records, failed) for kind in RecordKind],
        "present": dossier.present_of(one.review),
        "meeting": conference.meeting if conference else None,
        "points": points,
        "tabs": tabs(one, "review-dossier"),
        "crumbs": one.crumbs("Hồ sơ, hội nghị"),
    }
    wrong = bool(arrange or failed[0])
    return render_page(request, "reviews/dossier.html", context, status=422 if wrong else 200)


def _group(one: Visit, kind: RecordKind, records: list[DossierRecord], failed: tuple[str, Any]) -> dict[str, Any]:
    form = failed[1] if failed[0] == kind else dossier_forms.AddRecord(prefix=kind.value)
    form.fields["name"].label, form.fields["detail"].label = NAME_LABELS[kind]
    rows = [record for record in records if record.kind == kind]
    present = dossier.present_of(one.review) if kind is RecordKind.DELEGATE else {}
    return {
        "kind": kind.value,
        "title": RECORD_WORDS[kind],
        "rows": [{"record": row, "came": present.get(row.pk)} for row in rows],
        "came": sum(1 for row in rows if present.get(row.pk)),
        "form": form,
        "hint": HINTS[kind],
        "is_delegates": kind is RecordKind.DELEGATE,
        "is_pictures": kind is RecordKind.PICTURE,
    }


@login_required
@require_POST
def review_arrange(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Write the arrangement."""
    one = visit(request, review_id)
    one.require("edit")
    form = dossier_forms.Arrange(request.POST)
    if form.is_valid() and form.try_(
        dossier.arrange,
        review=one.review,
        seen=form.cleaned_data["seen"],
        now=one.now,
        by=one.user,
        **form.said(),
    ):
        return redirect_with(request, "Đã ghi kế hoạch, hội nghị. Bản trước vẫn giữ.", _url(one))
    return _page(request, one, arrange=form)


def _url(one: Visit) -> str:
    return reverse("review-dossier", args=[one.review.pk])


@login_required
@require_POST
def record_add(request: HttpRequest, review_id: UUID, kind: str) -> HttpResponse:
    """Add a line to the file."""
    one = visit(request, review_id)
    one.require("edit")
    if kind not in set(RecordKind):
        raise Http404
    form = dossier_forms.AddRecord(request.POST, request.FILES, prefix=kind)
    if form.is_valid() and _added(one, RecordKind(kind), form):
        return redirect_with(request, "Đã thêm vào hồ sơ.", f"{_url(one)}#{kind}")
    return _page(request, one, failed=(kind, form))


def _added(one: Visit, kind: RecordKind, form: dossier_forms.AddRecord) -> bool:
    said, kept = form.cleaned_data, None
    if isinstance(said["file"], UploadedFile):
        try:
            kept = files.keep(upload=said["file"], now=one.now, by=one.user)
        except DomainError as refused:
            form.add_error("file", str(refused))
            return False
    return form.try_(
        dossier.add_record,
        review=one.review,
        kind=kind,
        name=said["name"],
        detail=said["detail"],
        attachment=kept,
        now=one.now,
        by=one.user,
    )


@login_required
@require_POST
def record_end(request: HttpRequest, review_id: UUID, record_id: UUID) -> HttpResponse:
    """Take a line out of the file."""
    one = visit(request, review_id)
    one.require("edit")
    return act(request, one, dossier.end_record, "Đã bỏ khỏi hồ sơ.", _url(one), review=one.review, record_id=record_id)


@login_required
@require_POST
def review_attendance(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Write down who came."""
    one = visit(request, review_id)
    one.require("edit")
    ids = {str(record.pk): record.pk for record in dossier.live_records(one.review, RecordKind.DELEGATE)}
    present = [ids[value] for value in request.POST.getlist("present") if value in ids]
    said = "Đã ghi điểm danh."
    url = f"{_url(one)}#{RecordKind.DELEGATE}"
    return act(request, one, dossier.note_attendance, said, url, review=one.review, present=present)


@login_required
@require_POST
def review_hold(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Enter the conference among the meetings of the plan."""
    one = visit(request, review_id)
    one.require("edit")
    said = "Hội nghị đã vào sổ họp. Ghi từng kết luận ở đó và giao thành nhiệm vụ của kỳ sau."
    return act(request, one, dossier.hold_conference, said, f"{_url(one)}#ket-luan", review=one.review)


def _record(one: Visit, record_id: UUID) -> DossierRecord:
    found = next((record for record in dossier.live_records(one.review) if record.pk == record_id), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET"])
def record_file(request: HttpRequest, review_id: UUID, record_id: UUID) -> HttpResponse:
    """Send the attachment of a line; ?nho=1 the small form of a picture."""
    record = _record(visit(request, review_id), record_id)
    if record.attachment is None:
        raise Http404
    return serving.answer(record.attachment, thumbnail="nho" in request.GET)


@login_required
@require_GET
def record_invitation(request: HttpRequest, review_id: UUID, record_id: UUID) -> HttpResponse:
    """Send the invitation letter of a delegate as .docx."""
    one = visit(request, review_id)
    record = _record(one, record_id)
    if record.kind != RecordKind.DELEGATE:
        raise Http404
    try:
        data = invitation_file(one.review, dossier.arrangement_of(one.review), record)
    except DomainError as refused:
        return redirect_with(request, str(refused), _url(one), level=40)
    return HttpResponse(
        data, content_type=DOCX, headers={"Content-Disposition": 'attachment; filename="giay-moi.docx"'}
    )
