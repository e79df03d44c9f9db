"""Steps of a task: approve, report, confirm, extend, cancel, prove. Every refusal comes back to the task's page in words."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chungtay.evidence import services as files
from chungtay.kernel.errors import DomainError
from chungtay.tasks import services
from chungtay.tasks.forms import Judge, Prove, Step, Withdraw
from chungtay.tasks.models import Duty, Task
from chungtay.tasks.rules import Verb
from chungtay.tasks.views.detail import detail_page
from chungtay.tasks.views.doors import Visit, task_visit, visit
from chungtay.web.http import redirect_with

SAID = {
    Verb.REPORT: "Đã ghi là xong. Người khác sẽ xem minh chứng và xác nhận.",
    Verb.CONFIRM: "Đã xác nhận hoàn thành.",
    Verb.DECLINE: "Đã trả lại để làm tiếp, kèm lý do.",
    Verb.REOPEN: "Đã mở lại.",
    Verb.EXTEND: "Đã gia hạn. Hạn cũ vẫn được giữ trong lịch sử.",
    Verb.CANCEL: "Đã hủy nhiệm vụ, kèm lý do.",
    Verb.APPROVE: "Đã duyệt nhiệm vụ.",
}


@login_required
@require_POST
def task_step(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take one step of a task or of one of its duties."""
    one, task = task_visit(request, task_id)
    form = Step(request.POST)
    if not form.is_valid():
        return detail_page(request, one, task, step=form)
    said = form.cleaned_data
    try:
        verb = Verb(said["verb"])
        done = _doer(one, task, verb, form)
    except (ValueError, KeyError):
        raise Http404 from None
    try:
        done()
    except DomainError as refused:
        return detail_page(request, one, task, refused=str(refused))
    return redirect_with(request, SAID[verb], reverse("task-detail", args=[task.pk]))


def _doer(one: Visit, task: Task, verb: Verb, form: Step) -> Callable[[], object]:
    said = form.cleaned_data
    now, by = one.now, one.user
    duty = _duty(task, said["duty"])
    revision, note = said["revision"], said["note"]
    if verb is Verb.APPROVE:
        return lambda: services.approve_tasks(programme=task.programme, tasks=[task], now=now, by=by)
    if verb is Verb.CANCEL:
        return lambda: services.cancel_task(task=task, reason=note, revision=revision, now=now, by=by)
    if verb is Verb.EXTEND:
        until = said["until"]
        if until is None:
            return _no_day
        return lambda: services.extend(
            task=task, duty=duty, until=until, reason=note, revision=revision, now=now, by=by
        )
    if verb in (Verb.EDIT, Verb.PROVE):
        raise ValueError
    day = said["finished_on"] if verb is Verb.REPORT else None
    return lambda: services.move(
        task=task, verb=verb, duty=duty, note=note, finished_on=day, revision=revision, now=now, by=by
    )


def _no_day() -> None:
    raise services.BadDay("Chưa chọn hạn mới. Hãy ghi ngày theo dạng ngày/tháng/năm rồi gửi lại.")


def _duty(task: Task, duty_id: UUID | None) -> Duty | None:
    if duty_id is None:
        return None
    found = task.duties.filter(pk=duty_id).first()
    if found is None:
        raise KeyError(duty_id)
    return found


@login_required
@require_POST
def task_approve_all(request: HttpRequest) -> HttpResponse:
    """Approve every draft of the plan that others wrote."""
    one = visit(request)
    one.require("approve", state="draft")
    url = reverse("task-list") + one.query()
    try:
        made = services.approve_tasks(programme=one.chosen, now=one.now, by=one.user)
    except DomainError as refused:
        return redirect_with(request, str(refused), url, level=30)
    return redirect_with(request, f"Đã duyệt {len(made)} nhiệm vụ của {one.chosen}.", url)


@login_required
@require_POST
def task_prove(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Add a file as evidence."""
    one, task = task_visit(request, task_id)
    form = Prove(request.POST, request.FILES)
    form.fields["duty"].choices = [("", "Cả nhiệm vụ"), *((str(d.pk), d.what) for d in task.duties.all())]  # type: ignore[attr-defined]
    if form.is_valid():
        sent = form.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):
            form.add_error("file", "Chưa chọn tệp. Hãy chọn một ảnh hoặc tài liệu rồi gửi lại.")
        else:
            duty = task.duties.filter(pk=form.cleaned_data["duty"]).first() if form.cleaned_data["duty"] else None
            try:
                kept = files.keep(upload=sent, now=one.now, by=one.user)
                note = form.cleaned_data["note"]
                services.attach_document(task=task, attachment=kept, note=note, duty=duty, now=one.now, by=one.user)
                return redirect_with(
                    request, "Đã thêm minh chứng.", reverse("task-detail", args=[task.pk]) + "#minh-chung"
                )
            except DomainError as refused:
                form.add_error(None, str(refused))
    return detail_page(request, one, task, prove=form)


@login_required
@require_POST
def task_judge(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Record somebody's own judgement of how far the task is."""
    one, task = task_visit(request, task_id)
    form = Judge(request.POST)
    if form.is_valid() and form.try_(services.judge, task=task, now=one.now, by=one.user, **form.cleaned_data):
        said = "Đã ghi ước lượng, kèm tên bạn và lý do."
        return redirect_with(request, said, reverse("task-detail", args=[task.pk]) + "#minh-chung")
    return detail_page(request, one, task, judge=form)


@login_required
@require_POST
def task_withdraw(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take back evidence that the visitor brought."""
    one, task = task_visit(request, task_id)
    form = Withdraw(request.POST)
    if not form.is_valid():
        return detail_page(request, one, task, refused="Chưa rút được: hãy ghi vì sao rút minh chứng này.")
    row = task.evidence.filter(pk=form.cleaned_data["evidence"]).select_related("by", "duty").first()
    if row is None:
        raise Http404
    try:
        services.withdraw(evidence=row, reason=form.cleaned_data["reason"], now=one.now, by=one.user)
    except DomainError as refused:
        return detail_page(request, one, task, refused=str(refused))
    said = "Đã rút minh chứng; dòng cũ vẫn còn kèm lý do."
    return redirect_with(request, said, reverse("task-detail", args=[task.pk]) + "#minh-chung")
