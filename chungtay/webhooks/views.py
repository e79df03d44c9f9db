"""Pages of an office's webhooks: registering one, its messages, its secret."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page
from chungtay.web.paging import LongPaginator
from chungtay.webhooks import forms, selectors, services
from chungtay.webhooks.models import Hook
from chungtay.webhooks.rules import (
    HOOK_LABELS,
    HOOK_TURNS,
    STATE_LABELS,
    SUBJECT_LABELS,
    HookAct,
    HookState,
    State,
    Subject,
)

ON_A_PAGE = 25
MOST_SHOWN = 100
HOOK_LOOKS = {
    HookState.ACTIVE: "approved",
    HookState.PAUSED: "draft",
    HookState.STOPPED: "wrong",
    HookState.ENDED: "none",
}
LOOKS = {State.QUEUED: "submitted", State.CLAIMED: "submitted", State.ARRIVED: "approved", State.FAILED: "wrong"}
SAID = {
    HookAct.PAUSE: "Đã tạm dừng. Việc phát sinh từ nay được giữ lại, gửi tiếp khi chạy lại.",
    HookAct.RESUME: "Webhook chạy lại. Việc đã giữ được gửi trong lượt tới.",
    HookAct.END: "Đã bỏ webhook. Không tin nào được gửi tới địa chỉ này nữa.",
}
ACTS = {"tam-dung": HookAct.PAUSE, "chay-lai": HookAct.RESUME, "bo": HookAct.END}
WORDS = {HookAct.PAUSE: "Tạm dừng", HookAct.RESUME: "Chạy lại", HookAct.END: "Bỏ webhook"}
TEST = "thu"
CRUMBS = [{"label": "Tài khoản", "url": "profile"}, {"label": "Webhook", "url": "hook-list"}]


@login_required
@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def hook_list(request: HttpRequest) -> HttpResponse:
    """Show the webhooks of a person's offices and register one; its secret stands on this one answer and nowhere else."""
    user, now, today = user_of(request), clock.now(), clock.today()
    keys = access.keys_of(user, on=today)
    if not keys.areas_for("view", "webhook"):
        raise Http404
    offices = selectors.offices(keys, today)
    form, secret = forms.RegisterHook(request.POST if request.method == "POST" else None, offices=offices), ""
    if form.is_valid():
        said = form.cleaned_data | {"area": UUID(form.cleaned_data["area"])}
        if form.try_(services.register_hook, **said, now=now, by=user):
            secret = form.result[1]
    context = {
        "form": forms.RegisterHook(offices=offices) if secret else form,
        "may_register": bool(offices),
        "secret": secret,
        "rows": [_row(hook) for hook in selectors.hooks_seen(keys)[:MOST_SHOWN]],
        "crumbs": _crumbs(),
    }
    return render_page(request, "webhooks/hook_list.html", context, status=422 if form.is_bound and not secret else 200)


def _crumbs(*more: str) -> list[dict[str, str]]:
    shown = [{"label": one["label"], "url": reverse(one["url"])} for one in CRUMBS]
    if not more:
        del shown[-1]["url"]
    return [*shown, *({"label": label} for label in more)]


def _row(hook: Hook) -> dict[str, object]:
    state = HookState(hook.state)
    return {
        "one": hook,
        "look": HOOK_LOOKS[state],
        "label": HOOK_LABELS[state],
        "words": ", ".join(SUBJECT_LABELS[Subject(one)] for one in hook.subjects),
    }


def _seen_or_404(request: HttpRequest, hook_id: UUID) -> tuple[Hook, access.Keys]:
    keys = access.keys_of(user_of(request), on=clock.today())
    hook = selectors.hook_seen(keys, hook_id)
    if hook is None:
        raise Http404
    return hook, keys


@login_required
@never_cache
@require_safe
def hook_detail(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Show where it sends, what, and every message with what became of it."""
    hook, keys = _seen_or_404(request, hook_id)
    return _detail(request, hook, keys)


def _detail(request: HttpRequest, hook: Hook, keys: access.Keys, secret: str = "") -> HttpResponse:
    form = forms.DeliveryFilter(request.GET)
    state = form.cleaned_data["trang_thai"] if form.is_valid() else ""
    page = LongPaginator(selectors.deliveries_of(hook, state), ON_A_PAGE).get_page(request.GET.get("page"))
    possible = {act for state, act in HOOK_TURNS if state == hook.state}
    context = {
        "hook": _row(hook),
        "secret": secret,
        "form": form,
        "page": page,
        "rows": [
            {"one": one, "look": LOOKS[State(one.state)], "label": STATE_LABELS[State(one.state)]}
            for one in page.object_list
        ],
        "may_manage": selectors.may_manage(keys, hook) and hook.state != HookState.ENDED,
        "office": places.name_on(hook.area_id, clock.today()),
        "steps": [(slug, WORDS[act], act is HookAct.END) for slug, act in ACTS.items() if act in possible],
        "may_test": hook.state == HookState.ACTIVE,
        "is_narrowed": bool(state),
        "crumbs": _crumbs(hook.name),
    }
    return render_page(request, "webhooks/hook_detail.html", context)


@login_required
@never_cache
@sensitive_variables("secret")
@require_POST
def hook_rotate(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """Give a new secret; it stands on this one answer and nowhere else."""
    hook, keys = _seen_or_404(request, hook_id)
    try:
        secret = services.rotate_secret(hook=hook, now=clock.now(), by=user_of(request))
    except DomainError as refused:
        return _refused(request, hook, refused)
    return _detail(request, hook, keys, secret)


@login_required
@require_POST
def hook_act(request: HttpRequest, hook_id: UUID, act: str) -> HttpResponse:
    """Pause, resume or end a webhook, or send a test at once."""
    hook, _ = _seen_or_404(request, hook_id)
    user, now = user_of(request), clock.now()
    try:
        if act == TEST:
            made = services.queue_test(hook=hook, now=now, by=user)
            has_arrived = services.send_one(delivery=made, now=now)
            said = "Máy nhận đã nhận tin thử." if has_arrived else "Tin thử chưa tới; xem lỗi ở dòng đầu danh sách tin."
            level = messages.SUCCESS if has_arrived else messages.ERROR
            return redirect_with(request, said, reverse("hook-detail", args=[hook.pk]), level)
        if act not in ACTS:
            raise Http404
        services.move_hook(hook=hook, act=ACTS[act], now=now, by=user)
    except DomainError as refused:
        return _refused(request, hook, refused)
    return redirect_with(request, SAID[ACTS[act]], reverse("hook-detail", args=[hook.pk]))


@login_required
@require_POST
def hook_resend(request: HttpRequest, hook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Queue one message again, under its own id."""
    hook, _ = _seen_or_404(request, hook_id)
    one = selectors.deliveries_of(hook).filter(pk=delivery_id).select_related("hook").first()
    if one is None:
        raise Http404
    try:
        services.resend(delivery=one, now=clock.now(), by=user_of(request))
    except DomainError as refused:
        return _refused(request, hook, refused)
    return redirect_with(
        request, "Tin đã vào hàng chờ gửi lại, với cùng mã tin.", reverse("hook-detail", args=[hook.pk])
    )


def _refused(request: HttpRequest, hook: Hook, refused: DomainError) -> HttpResponse:
    """Return to the page with the sentence; without the right 403. Raises PermissionDenied."""
    if isinstance(refused, access.NotAllowed):
        raise PermissionDenied(str(refused)) from refused
    return redirect_with(request, str(refused), reverse("hook-detail", args=[hook.pk]), messages.ERROR)
