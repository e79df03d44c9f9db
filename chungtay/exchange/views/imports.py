"""Pages of the imports: send a file, see line by line what it would do, confirm; what came in, its conflicts, and its steps."""

import csv
import io
from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.exchange import forms, selectors, services
from chungtay.exchange.faults import WORDS, Code, Conflict
from chungtay.exchange.models import DataImport, ImportAct, Partner
from chungtay.exchange.rules import (
    FORMAT_LABELS,
    NEEDS_WORDS,
    RIGHT_OF,
    STATE_LABELS,
    TRANSITIONS,
    VERB_LABELS,
    Format,
    State,
    Strategy,
    Verb,
)
from chungtay.exchange.selectors import Look, Options
from chungtay.exchange.views.partners import HOME, partner_or_404, require
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import datetime_text
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

PAGE, SHOWN = 50, 50
SHELF = Shelf("exchange", "chungtay.exchange")
LARGEST = 64 * 1024 * 1024
STATES = {
    State.NOTHING: "info",
    State.WAITING: "submitted",
    State.APPROVED: "approved",
    State.REJECTED: "returned",
    State.WITHDRAWN: "none",
    State.UNDO_ASKED: "explain",
    State.UNDONE: "none",
}
DONE = {
    Verb.APPROVE: "Đã duyệt: các số này từ nay là số chính thức.",
    Verb.REJECT: "Đã ghi không duyệt; các số tạm tính được rút.",
    Verb.WITHDRAW: "Đã rút lần nạp.",
    Verb.ASK_UNDO: "Đã đề nghị hoàn tác; lãnh đạo cấp trên quyết định.",
    Verb.UNDO: "Đã hoàn tác: số trước lần nạp đứng lại.",
    Verb.KEEP: "Đã giữ nguyên số của lần nạp.",
}


@login_required
@require_POST
def import_send(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Keep a file for the preview."""
    user, now = user_of(request), clock.now()
    partner = partner_or_404(user, partner_id, now)
    require(user, "state", Matter("import", partner.area_id))
    form = forms.SendFile(request.POST, request.FILES)
    said = {"about": partner.pk, "user_id": user.pk, "largest": LARGEST, "unnamed": "so-lieu"}
    if form.is_valid() and form.try_(
        SHELF.keep, file=form.cleaned_data["file"], too_big="Tệp lớn hơn 64 MB. Hãy chia nhỏ.", **said
    ):
        url = reverse("import-preview", args=[partner.pk, form.result.token])
        return redirect(f"{url}?cach={form.cleaned_data['strategy']}")
    wrong = next((str(errors[0]) for errors in form.errors.values()), "Chưa chọn tệp.")
    return redirect_with(request, wrong, reverse("partner-detail", args=[partner.pk]), messages.WARNING)


@login_required
@require_http_methods(["GET", "POST"])
def import_preview(request: HttpRequest, partner_id: UUID, token: str) -> HttpResponse:
    """Say line by line what the kept file would do; on confirmation take its good lines in."""
    user, now = user_of(request), clock.now()
    partner = partner_or_404(user, partner_id, now)
    require(user, "state", Matter("import", partner.area_id))
    home = reverse("partner-detail", args=[partner.pk])
    try:
        upload = SHELF.kept(token, about=partner.pk, user_id=user.pk)
    except UploadGone as gone:
        return redirect_with(request, str(gone), home, messages.WARNING)
    if request.POST.get("do") == "drop":
        drop(upload)
        return redirect_with(request, "Đã bỏ tệp, chưa ghi gì.", home)
    strategy = _strategy(request.GET.get("cach", ""))
    if request.method == "POST":
        return _take_in(request, partner, upload, strategy, user, now)
    return _preview(request, partner, upload, strategy)


def _strategy(said: str) -> Strategy:
    return Strategy(said) if said in {one.value for one in Strategy} else Strategy.CREATE_AND_UPDATE


def _preview(request: HttpRequest, partner: Partner, upload: Upload, strategy: Strategy) -> HttpResponse:
    context: dict[str, Any] = {"partner": partner, "upload": upload, "crumbs": _crumbs(partner, "Xem trước")}
    try:
        look = selectors.look_into(partner, upload.read(), options=Options(strategy=strategy), today=clock.today())
    except DomainError as refused:
        return render_page(request, "exchange/import_preview.html", context | {"refused": str(refused)}, status=422)
    return render_page(request, "exchange/import_preview.html", context | _shown(look))


def _shown(look: Look) -> dict[str, Any]:
    judged = look.judged
    day = clock.today()
    sample = [
        {
            "line": row.where,
            "element": row.said.data_element,
            "key": row.cell.dimension,
            "place": places.name_on(row.cell.area_id, min(day, row.period.last_day)),
            "period": row.period.short(),
            "value": row.said.value if row.value is not None else None,
        }
        for row in judged.written[:SHOWN]
    ]
    return {
        "form_label": FORMAT_LABELS[look.form],
        "count": look.count,
        "counts": _counts(
            len(judged.imported), len(judged.updated), len(judged.deleted), judged.unchanged, len(judged.conflicts)
        ),
        "rows": sample,
        "more": max(0, len(judged.written) - SHOWN),
        "conflicts": [_conflict(one) for one in judged.conflicts[:SHOWN]],
        "more_conflicts": max(0, len(judged.conflicts) - SHOWN),
        "kinds": _kinds(Counter(one.code for one in judged.conflicts)),
        "has_news": bool(judged.written),
    }


def _counts(imported: int, updated: int, deleted: int, unchanged: int, conflicts: int) -> list[dict[str, Any]]:
    pairs = [
        ("Thêm mới", imported),
        ("Sửa", updated),
        ("Xóa", deleted),
        ("Đã có, không đổi", unchanged),
        ("Vướng mắc", conflicts),
    ]
    return [{"label": label, "value": format_integer(count), "kind": "num", "url": ""} for label, count in pairs]


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "index": one.index + 1,
        "where": one.where,
        "sentence": one.vi,
        "theirs": WORDS[one.code].theirs,
        "code": one.code.value,
    }


def _kinds(counted: Counter[Code]) -> list[dict[str, Any]]:
    return [
        {"code": code.value, "sentence": Conflict(0, "", code, "…").vi, "count": count}
        for code, count in counted.most_common()
    ]


def _take_in(
    request: HttpRequest, partner: Partner, upload: Upload, strategy: Strategy, user: User, now: datetime
) -> HttpResponse:
    home = reverse("partner-detail", args=[partner.pk])
    try:
        done = services.receive(
            partner=partner,
            data=upload.read(),
            file_name=upload.name,
            options=Options(strategy=strategy),
            now=now,
            by=user,
        )
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except DomainError as wrong:
        return redirect_with(request, str(wrong), home, messages.ERROR)
    drop(upload)
    if done.of is None:
        return redirect_with(request, "Mọi số trong tệp đã có sẵn: không ghi thêm gì.", home)
    said = "Không có số nào ghi được."
    if done.look.judged.written:
        said = f"Đã nạp {format_integer(done.of.written_count)} số, chờ lãnh đạo duyệt."
    return redirect_with(request, said, reverse("import-detail", args=[done.of.pk]))


@login_required
@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """Show what came in, newest first."""
    user = user_of(request)
    keys = access.keys_of(user, on=clock.today())
    if not keys.areas_for("view", "import"):
        raise Http404
    partners = list(selectors.partners_visible_to(user, on=clock.today()))
    form = forms.ImportFilter(request.GET or None, partners=[(str(one.pk), one.name) for one in partners])
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = UUID(data["he_thong"]) if data.get("he_thong") else None
    rows = selectors.imports_visible_to(user, on=clock.today(), partner_id=chosen, state=data.get("trang_thai", ""))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [
            {"of": one, "state": STATES[State(one.access_state)], "label": STATE_LABELS[State(one.access_state)]}
            for one in page
        ],
        "is_narrowed": any(data.values()),
        "here": "imports",
        "crumbs": [{"label": HOME, "url": reverse("partner-list")}, {"label": "Lần nạp", "url": ""}],
    }
    return render_page(request, "exchange/import_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_detail(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show an import: how it was judged, its conflicts, its steps; take a step."""
    user, now = user_of(request), clock.now()
    of = _import_or_404(user, import_id)
    form = forms.StepNote(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = next((one for one in RIGHT_OF if one.value == request.POST.get("do")), None)
        if verb is None:
            raise Http404
        require(user, RIGHT_OF[verb], of)
        if form.try_(services.move, of=of, verb=verb, note=form.cleaned_data["note"], now=now, by=user):
            return redirect_with(request, DONE[verb], reverse("import-detail", args=[of.pk]))
    state = State(of.access_state)
    keys = access.keys_of(user, on=clock.today())
    verbs = [verb for (begins, verb) in TRANSITIONS if begins is state and keys.can(RIGHT_OF[verb], of)]
    conflicts = _kept(of)
    only = request.GET.get("loai", "")
    listed = [one for one in conflicts if one.code == only] if only in set(Code) else conflicts
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    unchanged = of.ignored_count - of.conflict_count
    counts = _counts(of.imported_count, of.updated_count, of.deleted_count, unchanged, of.conflict_count)
    context = {
        "of": of,
        "badge": {"state": STATES[state], "label": STATE_LABELS[state]},
        "counts": counts,
        "form_label": FORMAT_LABELS[Format(of.form)],
        "strategy": dict(forms.STRATEGIES)[of.strategy],
        "page": page,
        "rows": [_conflict(one) for one in page],
        "kinds": _kinds(Counter(one.code for one in conflicts)),
        "only": only,
        "unlisted": of.conflict_count - len(conflicts),
        "events": [_event(act) for act in selectors.acts_of(of)],
        "verbs": [
            {"verb": verb.value, "label": VERB_LABELS[verb], "kind": "second" if number else ""}
            for number, verb in enumerate(verbs)
        ],
        "needs_words": any(verb in NEEDS_WORDS for verb in verbs),
        "form": form,
        "waits_for_other": state is State.WAITING and not verbs,
        "crumbs": _crumbs(of.partner, of.file_name),
    }
    return render_page(request, "exchange/import_detail.html", context, status=422 if form.errors else 200)


def _event(act: ImportAct) -> dict[str, Any]:
    what = f"{VERB_LABELS[Verb(act.verb)]}: {act.by.full_name}"
    return {"when": datetime_text(act.at), "what": what, "state": STATES[State(act.state)], "note": act.note}


def _kept(of: DataImport) -> list[Conflict]:
    return [Conflict(int(index), str(where), Code(code), str(value)) for index, where, code, value in of.conflicts]


@login_required
@require_GET
def import_conflicts(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Send the conflicts of an import as CSV."""
    of = _import_or_404(user_of(request), import_id)
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\r\n")
    out.writerow(("Thứ tự", "Chỗ trong tệp", "Mã lỗi", "Mã lỗi DHIS2", "Giá trị", "Vướng mắc", "English"))
    for one in _kept(of):
        value = f"'{one.value}" if one.value[:1] in {"=", "+", "-", "@"} else one.value
        out.writerow((one.index + 1, one.where, one.code.value, WORDS[one.code].theirs, value, one.vi, one.en))
    headers = {"Content-Disposition": f'attachment; filename="vuong-mac-{of.at:%Y%m%d}-{of.sha256[:8]}.csv"'}
    return HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _import_or_404(user: User, import_id: UUID) -> DataImport:
    try:
        return selectors.import_for(user, import_id, on=clock.today())
    except selectors.NoSuchImport as unknown:
        raise Http404 from unknown


def _crumbs(partner: Partner, last: str) -> list[dict[str, str]]:
    return [
        {"label": HOME, "url": reverse("partner-list")},
        {"label": partner.name, "url": reverse("partner-detail", args=[partner.pk])},
        {"label": last, "url": ""},
    ]
