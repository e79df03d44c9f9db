"""Pages of the checks: hand a text in, read what the account says of it, say what a figure means, take a marked-up copy."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.checking import forms, selectors, services, wording
from chungtay.checking.marked import marked_copy
from chungtay.checking.models import CheckedText
from chungtay.checking.pairing import Finding
from chungtay.checking.rules import VERDICT_LABELS, Verdict
from chungtay.checking.selectors import Checked, Scope
from chungtay.checking.taking import text_of_upload
from chungtay.figures.asking import known_on
from chungtay.indicators.selectors import UnknownIndicator, indicator_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.programmes.selectors import root_programmes
from chungtay.returns.selectors import indicators_of
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 50
HOME = "Đối chiếu"


@login_required
@require_http_methods(["GET", "POST"])
def check_list(request: HttpRequest) -> HttpResponse:
    """Show the texts that were checked, and take another one in."""
    user, now = user_of(request), clock.now()
    keys = access.keys_of(user, on=now.date())
    if not keys.areas_for("view", "check"):
        raise Http404
    form = _form(request, keys.areas_for("edit", "check"), now)
    if request.method == "POST" and form.is_valid():
        answer = _hand_in(request, form, user, now)
        if answer is not None:
            return answer
    shown = Paginator(selectors.texts_visible_to(user, on=now), PAGE).get_page(request.GET.get("trang"))
    rows = [{"text": text, "period": parse_period(text.period_code).short()} for text in shown]
    context = {"form": form, "rows": rows, "page": shown, "crumbs": [{"label": HOME, "url": ""}]}
    return render_page(request, "checking/list.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, area_ids: frozenset[UUID], now: datetime) -> forms.HandIn:
    tree = places.tree_on(now.date())
    areas = [(str(node.area_id), node.name) for node in tree.nodes if node.area_id in area_ids]
    programmes = [(programme.code, str(programme)) for programme in root_programmes()]
    given: dict[str, Any] = {"programmes": programmes, "areas": areas, "initial": {"period": str(now.year)}}
    if request.method == "POST":
        return forms.HandIn(request.POST, request.FILES, **given)
    return forms.HandIn(**given)


def _hand_in(request: HttpRequest, form: forms.HandIn, user: User, now: datetime) -> HttpResponse | None:
    """Keep the text and go to its page; None with the reason on the form."""
    data = form.cleaned_data
    try:
        text = text_of_upload(data["file"]) if data.get("file") else str(data["text"])
    except DomainError as refused:
        form.add_error("file", str(refused))
        return None
    title = data["title"] or (data["file"].name if data.get("file") else "")
    done = form.try_(
        services.keep_text,
        programme=next(one for one in root_programmes() if one.code == data["programme"]),
        area_id=UUID(data["area"]),
        period=data["period"],
        title=title,
        text=text,
        now=now,
        by=user,
    )
    return redirect_with(request, "", reverse("check-detail", args=[form.result.pk])) if done else None


@login_required
@require_GET
def check_detail(request: HttpRequest, text_id: UUID) -> HttpResponse:
    """Show a text with its figures marked, and what is said of each."""
    user, now = user_of(request), clock.now()
    kept = _kept(user, text_id, now)
    asked = known_on(request.GET.get("ngay", ""), today=now.date())
    checked = _checked(kept, asked.moment)
    only = request.GET.get("loai", "")
    listed = [
        _row(number, finding)
        for number, finding in enumerate(checked.findings, start=1)
        if only not in {v.value for v in Verdict} or finding.verdict == only
    ]
    context = {
        "kept": kept,
        "pieces": list(wording.pieces(kept.text, checked.findings)),
        "rows": listed,
        "notes": checked.notes,
        "counts": _counts(checked.findings),
        "only": only,
        "asked": asked,
        "area": places.name_on(kept.area_id, checked.scope.period.last_day),
        "period": checked.scope.period.label(),
        "may_choose": access.keys_of(user, on=now.date()).can("edit", kept),
        "indicators": sorted(indicators_of(kept.programme), key=lambda indicator: fold(indicator.name)),
        "crumbs": [{"label": HOME, "url": reverse("check-list")}, {"label": kept.title, "url": ""}],
    }
    return render_page(request, "checking/detail.html", context)


def _counts(findings: list[Finding] | Any) -> list[dict[str, Any]]:
    counted = Counter(finding.verdict for finding in findings)
    return [
        {"code": verdict.value, "label": label, "state": wording.STATES[verdict], "count": counted[verdict]}
        for verdict, label in VERDICT_LABELS.items()
    ]


def _row(number: int, finding: Finding) -> dict[str, Any]:
    before = selectors.was_right(finding)
    return {
        "number": number,
        "finding": finding,
        "state": wording.STATES[finding.verdict],
        "label": wording.label_of(finding),
        "sentence": wording.sentence_of(finding),
        "was_right": before,
        "others": [
            {
                "value": f"{candidate.indicator}|{candidate.dimension}",
                "label": f"{wording.meant_text(candidate)}: {wording.known_text(candidate)}",
            }
            for candidate in _by_meaning(finding)
        ],
    }


def _by_meaning(finding: Finding) -> list[Any]:
    """Return the candidates with each meaning once: a choice names an indicator, not a period."""
    seen: dict[tuple[str, str], Any] = {}
    for candidate in finding.others:
        seen.setdefault((candidate.indicator, candidate.dimension), candidate)
    return list(seen.values())


@login_required
@require_POST
def check_choose(request: HttpRequest, text_id: UUID) -> HttpResponse:
    """Keep what a person says a figure means."""
    user, now = user_of(request), clock.now()
    kept = _kept(user, text_id, now)
    url = reverse("check-detail", args=[kept.pk])
    checked = _checked(kept, None)
    number = request.POST.get("so", "")
    if not number.isdigit() or not 1 <= int(number) <= len(checked.findings):
        raise Http404
    code, _, dimension = (request.POST.get("nghia") or request.POST.get("chi-tieu") or "").partition("|")
    try:
        indicator = indicator_by_code(code) if code and code != "-" else None
        if not code:
            return redirect_with(request, "Chưa chọn chỉ tiêu nào.", f"{url}#s{number}", level=30)
        services.choose(
            of=kept,
            figure=checked.findings[int(number) - 1].figure,
            indicator=indicator,
            dimension=dimension,
            now=now,
            by=user,
        )
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except (UnknownIndicator, services.UnknownMeaning) as refused:
        return redirect_with(request, str(refused), f"{url}#s{number}", level=40)
    return redirect_with(
        request, "Đã ghi. Những con số như thế này sẽ được hiểu theo lựa chọn vừa ghi.", f"{url}#s{number}"
    )


@login_required
@require_GET
def check_download(request: HttpRequest, text_id: UUID) -> HttpResponse:
    """Return the marked-up copy as a Word file."""
    kept = _kept(user_of(request), text_id, clock.now())
    checked = _checked(kept, None)
    name = slugify(fold(kept.title))[:60] or "doi-chieu"
    headers = {"Content-Disposition": f'attachment; filename="doi-chieu-{name}.docx"'}
    copy = marked_copy(kept.title, kept.text, checked.findings, checked.notes)
    return HttpResponse(copy, content_type=WORD, headers=headers)


def _kept(user: User, text_id: UUID, now: datetime) -> CheckedText:
    try:
        return selectors.text_for(user, text_id, on=now)
    except selectors.NoSuchText as unknown:
        raise Http404 from unknown


def _checked(kept: CheckedText, known_at: datetime | None) -> Checked:
    scope = Scope(kept.programme, kept.area_id, parse_period(kept.period_code), known_at)
    return selectors.check(kept.text, scope)
