"""The entry of a return: the clerk's form, its autosave and live checks, the look before sending, the sending itself."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from chungtay.access import selectors as access
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text
from chungtay.returns import forms, history, registry, rules, selectors, services, sheets
from chungtay.returns.background import background_of
from chungtay.returns.models import Event, Return
from chungtay.returns.rules import Entry
from chungtay.returns.views import pages
from chungtay.returns.views.doors import Visit, visit
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@login_required
@require_POST
def return_entry(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Save what was typed; then go on as the pressed button says. With X-Autosave the answer is JSON."""
    one = visit(request, return_id)
    one.require_post("fill")
    spec = selectors.form_spec(one.of.round.form)
    entries = forms.typed_entries(spec, request.POST, selectors.draft_entries(one.of))
    try:
        saved = _save(one, entries, _revision(request))
    except DomainError as refused:
        if request.headers.get("X-Autosave"):
            return JsonResponse({"message": str(refused)}, status=409)
        return entry_page(request, one, entries, refused=str(refused), status=409)
    if request.headers.get("X-Autosave"):
        _, problems = _checked(saved, spec, entries)
        left = sheets.left_words(problems)
        return JsonResponse({"saved_at": f"{localtime(one.now):%H:%M}", "revision": saved.revision, "status": left})
    here = reverse("return-detail", args=[return_id])
    match request.POST.get("do"):
        case "preview":
            return redirect_with(request, "", reverse("return-preview", args=[return_id]))
        case "submit":
            return _submit(request, one, saved.revision)
        case _:
            return redirect_with(request, f"Đã lưu nháp lúc {localtime(one.now):%H:%M}.", here)


@login_required
@require_POST
def return_entry_check(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Answer what is to be said about the posted cells, without saving: {"cells": {key: {…}}, "left": words, "filled": count}."""
    one = visit(request, return_id)
    one.require_post("fill")
    spec = selectors.form_spec(one.of.round.form)
    entries = forms.typed_entries(spec, request.POST, selectors.draft_entries(one.of))
    sheet, problems = _checked(one.of, spec, entries)
    cells = {
        row.cell.key: {
            "state": row.state,
            "wrong": row.wrong,
            "explain": row.unexplained,
            "hints": row.hints,
            "missing": row.is_missing,
        }
        for row in sheet.rows
    }
    counted = {"filled": sheet.filled, "filled_text": _filled_text(sheet)}
    return JsonResponse({"cells": cells, "left": sheets.left_words(problems), **counted})


@login_required
@require_GET
def return_preview(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Show the working copy as the leader will read it, with what still hinders it."""
    one = visit(request, return_id)
    one.require("fill")
    spec = selectors.form_spec(one.of.round.form)
    sheet, problems = _checked(one.of, spec, selectors.draft_entries(one.of))
    context = {
        "one": one,
        "sheet": sheet,
        "cell_count": len(spec.cells),
        "blocking": rules.stops_sending(problems),
        "left": sheets.left_words(problems),
        "crumbs": pages.crumbs(one, "Xem trước khi gửi"),
        "signers": access.people_who("sign", "return", one.of.area_id, on=clock.today()),
    }
    return render_page(request, "returns/preview.html", context)


@login_required
@require_POST
def return_submit(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Put the working copy before the unit's leader, as it was seen."""
    one = visit(request, return_id)
    one.require_post("submit")
    return _submit(request, one, _revision(request))


def _submit(request: HttpRequest, one: Visit, revision: int | None) -> HttpResponse:
    try:
        version = services.submit_return(of=one.of, revision=revision, now=one.now, by=one.user)
    except services.NotReady as problem:
        here = visit(request, one.of.pk)
        return entry_page(request, here, selectors.draft_entries(here.of), refused=str(problem), tried=True, status=422)
    except DomainError as problem:
        return redirect_with(request, str(problem), reverse("return-detail", args=[one.of.pk]), messages.ERROR)
    said = f"Đã trình lãnh đạo ký bản {version.number}. Trong lúc chờ ký, bạn vẫn có thể thu hồi để sửa."
    return redirect_with(request, said, reverse("return-detail", args=[one.of.pk]))


def _revision(request: HttpRequest) -> int | None:
    """Return the revision that the page was made of; a page without one (or with nonsense) can never overwrite."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def _save(one: Visit, entries: Mapping[str, Entry], revision: int | None) -> Return:
    """Save, unless the same content is already there: an autosave may have come in just before the button."""
    try:
        return services.save_draft(of=one.of, entries=entries, revision=revision, now=one.now, by=one.user)
    except services.MovedOn:
        there = Return.objects.with_round().get(pk=one.of.pk)
        stored = selectors.draft_entries(there)
        if all(stored.get(key, Entry()) == entry for key, entry in entries.items()):
            return there
        raise


def _checked(
    of: Return, spec: selectors.FormSpec, entries: Mapping[str, Entry]
) -> tuple[sheets.Sheet, list[rules.CellProblem]]:
    background, back = background_of(of), selectors.sent_back(of)
    problems = selectors.draft_problems(spec, entries, background, back)
    remarks = back.remarks if back else {}
    ratios = selectors.ratios_of(spec)
    return sheets.sheet_of(spec, entries, background, problems=problems, remarks=remarks, ratios=ratios), problems


def entry_page(
    request: HttpRequest,
    one: Visit,
    entries: Mapping[str, Entry],
    *,
    refused: str = "",
    tried: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the form with `entries` in its boxes. `refused` says why nothing was saved; `tried` that it was to be sent."""
    of = Return.objects.with_round().get(pk=one.of.pk) if refused else one.of
    spec = selectors.form_spec(of.round.form)
    sheet, problems = _checked(of, spec, entries)
    events = selectors.history_of(of)
    differing = rules.changes(spec.cells, selectors.draft_entries(of), entries) if refused else []
    context = {
        "one": one,
        "of": of,
        "spec": spec,
        "sheet": sheet,
        "cell_count": len(spec.cells),
        "left": sheets.left_words(problems),
        "refused": refused,
        "tried": tried,
        "differing": differing,
        "may_save": one.keys.can("fill", of),
        "late_days": pages.late_days(one),
        "late_title": pages.late_title(one),
        "told": _told(one, events, sheet),
        "crumbs": pages.crumbs(one),
        "facts": _facts(one, of, sheet, len(spec.cells)),
        "filled_text": _filled_text(sheet),
        "events": history.lines(events, inside=True),
        "versions": one.versions(),
        "ways_in": registry.ways_in(),
    }
    return render_page(request, "returns/entry.html", context, status=status)


def _filled_text(sheet: sheets.Sheet) -> str:
    return f"Đã nhập {sheet.filled}/{len(sheet.rows)} ô"


def _facts(one: Visit, of: Return, sheet: sheets.Sheet, cell_count: int) -> list[dict[str, str]]:
    signers = access.people_who("sign", "return", of.area_id, on=clock.today())
    names = [f"{p.full_name}, {p.title}" if p.title else p.full_name for p in signers]
    due = "Hạn gửi, đã gia hạn" if of.extended_to else "Hạn gửi"
    return [
        {"label": due, "value": datetime_text(of.due_at)},
        {"label": "Đã nhập", "value": f"{sheet.filled}/{cell_count} ô"},
        {"label": "Người ký", "value": "; ".join(names) or "Chưa phân công"},
    ]


def _told(one: Visit, events: list[Event], sheet: sheets.Sheet) -> dict[str, object] | None:
    """Return why the return is (again) with the clerk: who gave it back, when and with which words."""
    last = next((e for e in events if e.verb != "extend"), None)
    if last is None or last.verb not in ("send_back", "hand_back", "reopen", "withdraw"):
        return None
    kept = len(sheet.rows) - len(sheet.returned)
    titles = {
        "send_back": f"{one.upper.capitalize()} trả lại {len(sheet.returned)} ô, {kept} ô còn lại giữ nguyên."
        if sheet.returned
        else f"{one.upper.capitalize()} trả lại báo cáo.",
        "hand_back": "Lãnh đạo chuyển lại báo cáo để sửa.",
        "reopen": f"{one.upper.capitalize()} mở lại báo cáo đã duyệt để sửa. Số đã duyệt vẫn dùng cho đến khi bản mới được duyệt.",
        "withdraw": "Báo cáo đã được thu hồi để sửa.",
    }
    return {
        "state": "returned" if last.verb in ("send_back", "hand_back") else "info",
        "title": titles[last.verb],
        "event": last,
        "rows": sheet.returned if last.verb == "send_back" else [],
    }
