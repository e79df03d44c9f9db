"""Meetings with minutes and conclusions, letters with their answers, and how reminders are set."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.evidence import services as files
from chungtay.evidence import serving
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.notices.chains import Who
from chungtay.notices.selectors import Chains
from chungtay.tasks import selectors, services
from chungtay.tasks.exchange_forms import ConclusionForm, LetterForm, MeetingForm, MinutesForm
from chungtay.tasks.forms import Reminding
from chungtay.tasks.models import Letter, Meeting
from chungtay.tasks.reminding import late_steps, setting_of
from chungtay.tasks.views.doors import Visit, bodies_for, crumbs, frame, visit
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page

PER_PAGE = 30


@login_required
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings of a programme."""
    one = visit(request)
    found = selectors.meetings_seen_by(one.keys).filter(programme=one.programme).prefetch_related("conclusions__made")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_meeting_row(meeting, one) for meeting in page.object_list]
    return render_page(request, "tasks/meeting_list.html", frame(one, "meeting-list", page=page, rows=rows))


def _meeting_row(meeting: Meeting, one: Visit) -> dict[str, Any]:
    conclusions = list(meeting.conclusions.all())
    made = sum(1 for said in conclusions if said.made.all())
    return {"meeting": meeting, "count": len(conclusions), "made": made, "is_coming": meeting.held_on > one.today}


@login_required
@require_http_methods(["GET", "POST"])
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Record a meeting."""
    one = visit(request)
    one.require("edit", "exchange")
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        bodies=bodies_for(one.chosen, one.today),
        initial={"held_on": one.today},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"bodies": form.chosen_bodies()}
        if form.try_(services.record_meeting, programme=one.chosen, now=one.now, by=one.user, **said):
            return redirect_with(request, "Đã ghi cuộc họp.", reverse("meeting-detail", args=[form.result.pk]))
    way = crumbs(("Họp", reverse("meeting-list") + one.query()), ("Ghi cuộc họp", ""))
    context = {"one": one, "form": form, "crumbs": way}
    return render_page(request, "tasks/meeting_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_detail(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting; take its minutes and conclusions."""
    one = visit(request)
    meeting = selectors.meetings_seen_by(one.keys).filter(pk=meeting_id).first()
    if meeting is None:
        raise Http404
    may = one.can("edit", meeting)
    minutes, conclusion = MinutesForm(prefix="m"), ConclusionForm(prefix="c")
    if request.method == "POST":
        one = Visit(one.user, one.keys, one.now, (), meeting.programme)
        one.require("edit", "exchange")
        form: Form
        if request.POST.get("do") == "minutes":
            form = minutes = MinutesForm(request.POST, request.FILES, prefix="m")
            done = form.is_valid() and _write_minutes(one, meeting, minutes)
            said = "Đã lưu biên bản; bản trước vẫn còn."
        else:
            form = conclusion = ConclusionForm(request.POST, prefix="c")
            done = form.is_valid() and form.try_(
                services.conclude, meeting=meeting, now=one.now, by=one.user, **form.cleaned_data
            )
            said = "Đã ghi kết luận. Có thể giao thành nhiệm vụ ngay dưới đây."
        if done:
            return redirect_with(request, said, reverse("meeting-detail", args=[meeting.pk]))
    versions = list(meeting.minutes.select_related("by", "attachment").order_by("-number"))
    has_begun = meeting.held_on <= one.today
    context = {
        "one": one,
        "meeting": meeting,
        "minutes": versions[0] if versions else None,
        "earlier": versions[1:],
        "conclusions": list(meeting.conclusions.prefetch_related("made__task").order_by("number")),
        "minutes_form": minutes if may and has_begun else None,
        "conclusion_form": conclusion if may and has_begun else None,
        "has_begun": has_begun,
        "new_task": f"{reverse('task-create')}?ct={meeting.programme.code}&tu=",
        "crumbs": crumbs(("Họp", f"{reverse('meeting-list')}?ct={meeting.programme.code}"), (meeting.title, "")),
    }
    return render_page(request, "tasks/meeting_detail.html", context, status=422 if request.method == "POST" else 200)


def _write_minutes(one: Visit, meeting: Meeting, form: MinutesForm) -> bool:
    try:
        kept = _kept(form.cleaned_data["file"], one)
    except DomainError as refused:
        form.add_error("file", str(refused))
        return False
    text = form.cleaned_data["text"]
    return form.try_(services.write_minutes, meeting=meeting, text=text, attachment=kept, now=one.now, by=one.user)


def _kept(sent: object, one: Visit) -> Attachment | None:
    return files.keep(upload=sent, now=one.now, by=one.user) if isinstance(sent, UploadedFile) else None


@login_required
@require_safe
def meeting_file(request: HttpRequest, meeting_id: UUID, number: int) -> HttpResponse:
    """Send the file of one version of a meeting's minutes."""
    meeting = selectors.meetings_seen_by(visit(request).keys).filter(pk=meeting_id).first()
    minutes = meeting.minutes.filter(number=number).select_related("attachment").first() if meeting else None
    if minutes is None or minutes.attachment is None:
        raise Http404
    return serving.answer(minutes.attachment)


@login_required
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """Show what was sent, what waits for an answer and what is overdue."""
    one = visit(request)
    found = selectors.letters_seen_by(one.keys).filter(programme=one.programme)
    if request.GET.get("loc") == "cho":
        found = found.filter(answer_by__isnull=False, answered_by__isnull=True).order_by("answer_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_letter_row(letter, one) for letter in page.object_list]
    context = frame(one, "letter-list", page=page, rows=rows, only_waiting=request.GET.get("loc") == "cho")
    return render_page(request, "tasks/letter_list.html", context)


def _letter_row(letter: Letter, one: Visit) -> dict[str, Any]:
    answers = list(letter.answered_by.all())
    state, label, waits, whose = "none", "Để biết", False, ""
    if letter.answer_by is not None:
        first = min((answer.dated_on for answer in answers), default=None)
        late = ((first or one.today) - letter.answer_by).days
        if first is not None:
            state, label = ("late", f"Trả lời trễ {late} ngày") if late > 0 else ("approved", "Đã trả lời đúng hạn")
        elif late > 0:
            state, label, waits, whose = "late", f"Chưa trả lời, trễ {late} ngày", True, letter.receiver.name
        else:
            state, label, waits = "for_signing", f"Chờ trả lời, còn {-late} ngày", True
    elif letter.answers is not None:
        state, label = "submitted", "Văn bản trả lời"
    return {"letter": letter, "answers": answers, "state": state, "label": label, "waits": waits, "whose": whose}


@login_required
@require_http_methods(["GET", "POST"])
def letter_create(request: HttpRequest) -> HttpResponse:
    """Record a letter; `tl` names the one that it answers."""
    one = visit(request)
    one.require("edit", "exchange")
    answered = _answered(request, one)
    first: dict[str, Any] = {"dated_on": one.today}
    if answered is not None:
        first |= {"sender": str(answered.receiver_id), "receiver": str(answered.sender_id)}
    bodies = bodies_for(one.chosen, one.today)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        bodies=bodies,
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "file"} | form.two_bodies()
        try:
            said["attachment"] = _kept(form.cleaned_data["file"], one)
        except DomainError as refused:
            form.add_error("file", str(refused))
        else:
            who = {"programme": one.chosen, "answers": answered, "now": one.now, "by": one.user}
            if form.try_(services.record_letter, **who, **said):
                return redirect_with(request, "Đã ghi văn bản.", reverse("letter-list") + one.query())
    way = crumbs(("Văn bản trao đổi", reverse("letter-list") + one.query()), ("Ghi văn bản", ""))
    context = {"one": one, "form": form, "answered": answered, "crumbs": way}
    return render_page(request, "tasks/letter_form.html", context, status=422 if form.is_bound else 200)


def _answered(request: HttpRequest, one: Visit) -> Letter | None:
    text = request.GET.get("tl", "")
    if not text:
        return None
    try:
        found = selectors.letters_seen_by(one.keys).filter(pk=UUID(text), programme=one.chosen).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def letter_file(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Send the file of a letter in sight."""
    letter = selectors.letters_seen_by(visit(request).keys).filter(pk=letter_id).first()
    if letter is None or letter.attachment is None:
        raise Http404
    return serving.answer(letter.attachment)


@login_required
@require_http_methods(["GET", "POST"])
def reminder_setting(request: HttpRequest) -> HttpResponse:
    """Choose on which days a programme's bodies are reminded."""
    one = visit(request)
    one.require("approve", state="draft")
    before, own = setting_of(one.chosen)
    chain = late_steps(one.chosen.area_id, own, Chains(one.today))
    escalate_after = next((step.days for step in chain if step.who is Who.ABOVE), None)
    first = {"before": ", ".join(map(str, before)), "escalate_after": escalate_after}
    form = Reminding(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        who = {"programme": one.chosen, "now": one.now, "by": one.user}
        if form.try_(services.set_reminders, **who, **form.cleaned_data):
            return redirect_with(request, "Đã lưu cách nhắc việc.", reverse("task-list") + one.query())
    context = {"one": one, "form": form, "crumbs": crumbs(("Cách nhắc việc", ""))}
    return render_page(request, "tasks/reminder_setting.html", context, status=422 if form.is_bound else 200)
