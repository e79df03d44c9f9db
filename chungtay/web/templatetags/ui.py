"""Tags of the components; built into the engine, so no template loads them. What each draws stands in `templates/ui/`.

Filters that write numbers and dates are in `chungtay.web.formats`.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chungtay.web import charts, formats
from chungtay.web.states import MESSAGE_STATES, state_of

register = template.Library()
for name, function in formats.FILTERS.items():
    register.filter(name, function)


@register.filter
def item(values: Sequence[Any], index: int) -> Any:
    """Return values[index]: the column of a cell."""
    return values[index]


@register.filter
def unlocalized(value: Any) -> str:
    """Write a coordinate with a point, whatever the language of the page."""
    return str(value)


# Missing units are named while they fit in a line; beyond that they fold.
MOST_NAMES = 3


def _inline(template_name: str, given: dict[str, Any]) -> SafeString:
    """Draw a component that stands in a sentence: no white space around it, so that a comma may follow."""
    return SafeString(render_to_string(template_name, given).strip())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one symbol of icons.svg; hidden from screen readers unless it has a label of its own."""
    href = f"{static('web/icons.svg')}#i-{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def badge(state: str, label: str = "", *, plain: bool = False) -> SafeString:
    """Draw a state: shape, word, then colour. Without a label the state's own word stands."""
    known = state_of(state)
    return _inline(
        "ui/badge.html",
        {"state": state, "icon_name": known.icon, "label": gettext(label or known.label or state), "plain": plain},
    )


@register.simple_tag
def cell(state: str, text: str, url: str = "", *, late: bool = False, label: str = "") -> SafeString:
    """Draw one cell of a status grid: `text` is short ("16/05", "trả 2 ô"), the state's word is read out."""
    known = state_of(state)
    word = label or known.label or state
    spoken = f"{word}, trễ hạn" if late and state != "late" else word
    return _inline(
        "ui/cell.html",
        {"state": state, "icon_name": known.icon, "spoken": spoken, "text": text, "url": url, "late": late},
    )


@register.inclusion_tag("ui/coverage.html")
def coverage(reported: int, expected: int, missing_names: Sequence[str] = (), noun: str = "") -> dict[str, Any]:
    """Draw the grains and say "14/15 đơn vị, chưa có Phường 6"; more than three names fold."""
    row, width = charts.grains(reported, expected)
    names = [str(name) for name in missing_names]
    return {
        "reported": reported,
        "expected": expected,
        "noun": noun or gettext("đơn vị"),
        "grains": row,
        "width": width,
        "names": formats.in_words(names),
        "folded": len(names) > MOST_NAMES,
        "missing_count": len(names),
    }


@register.inclusion_tag("ui/figure_number.html")
def figure_number(text: str, url: str = "", unit: str = "", label: str = "") -> dict[str, Any]:
    """Draw a headline number that opens to its source; `text` None or "" says that there is no number yet."""
    return {"text": text, "url": url, "unit": unit, "label": label}


@register.inclusion_tag("ui/figure.html")
def figure(
    label: str,
    text: str | None,
    *,
    unit: str = "",
    url: str = "",
    state: str = "",
    state_label: str = "",
    reported: int = 0,
    expected: int | str | None = None,
    missing_names: Sequence[str] = (),
    noun: str = "",
    note: str = "",
    points: Sequence[Mapping[str, Any] | Any] = (),
    kind: str = "",
    target: Any = None,
    target_text: str = "",
) -> dict[str, Any]:
    """Draw a figure: label, number and unit, coverage, badge, note, trend. The arguments are told in ui/figure.html.

    A template gives "" for what it does not have, so "" means "not given" for every argument.
    """
    return {
        "label": label,
        "text": text,
        "unit": unit,
        "url": url,
        "state": state,
        "state_label": state_label,
        "reported": reported,
        "expected": None if expected == "" else expected,
        "missing_names": missing_names or (),
        "noun": noun or gettext("đơn vị"),
        "note": note,
        "points": points,
        "kind": kind or "bar",
        "target": None if target == "" else target,
        "target_text": target_text,
    }


@register.simple_tag
def number(value: int | None, decimals: int = 0, *, state: str = "", url: str = "") -> SafeString:
    """Draw a value of a table: 0, "…" (None), "–" (state none), "≈ 5" (state estimated), dotted when it has a url."""
    text = "" if value is None else formats.scaled(value, decimals)
    return _inline("ui/number.html", {"text": text, "state": state, "url": url})


@register.simple_tag
def money_amount(vnd: int | None, url: str = "") -> SafeString:
    """Draw a full amount in đồng: "25.000.000 đồng", dotted when it has a url."""
    return _inline("ui/money.html", {"vnd": vnd, "url": url})


@register.simple_tag
def date(value: Any, *, time: bool = False) -> SafeString:
    """Draw a date as <time>: "30/05/2023", with `time=True` "30/05/2023, 15:40"."""
    return _inline("ui/date.html", {"value": value, "iso": value.isoformat() if value else "", "time": time})


@register.simple_tag
def chip(text: str, url: str = "", state: str = "") -> SafeString:
    """Draw a figure inside prose; number and unit never part."""
    return _inline("ui/chip.html", {"text": str(text).replace(" ", "\u00a0"), "url": url, "state": state})


@register.inclusion_tag("ui/spark.html")
def spark(
    points: Sequence[Mapping[str, Any] | Any],
    kind: str = "bar",
    title: str = "",
    unit: str = "",
    target: float | None = None,
    target_text: str = "",
    table: str = "fold",
    breaks: Sequence[tuple[int, str]] = (),
) -> dict[str, Any]:
    """Draw a small chart, its values printed, its table beside it: `table` is fold, open or hidden (from the eye).

    breaks: (before which point, why); each is a dashed line, the reasons stand below the chart.
    """
    positions = [position for position, _ in breaks]
    chart = charts.spark(points, kind=kind, target=target, target_text=target_text, breaks=positions)
    reasons = list(dict.fromkeys(why for _, why in breaks))
    return {"chart": chart, "title": title, "unit": unit, "table": table, "reasons": reasons}


@register.inclusion_tag("ui/progress.html")
def progress(value: int, maximum: int, label: str) -> dict[str, Any]:
    """Draw a bar of work done; `label` says the same in words."""
    return {"value": value, "maximum": maximum, "label": label}


@register.simple_tag
def button(label: str, **given: Any) -> SafeString:
    """Draw a button or a link that looks like one. The arguments stand in ui/button.html."""
    return _inline("ui/button.html", {"label": label, **given})


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: str = "", *, problem: str = "", severity: str = "wrong") -> dict[str, Any]:
    """Draw a form's field: label, hint, control, sentence of what is wrong, tied together for screen readers."""
    sentences = [str(error) for error in bound.errors] or ([problem] if problem else [])
    described = [f"{bound.id_for_label}-hint"] if hint or bound.help_text else []
    described += [f"{bound.id_for_label}-problem"] if sentences else []
    own = str(bound.field.widget.attrs.get("class", ""))
    attributes: dict[str, Any] = {} if is_choice(bound) else {"class": f"input {own}".strip()}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if sentences and severity == "wrong":
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "is_choice": is_choice(bound),
        "hint": hint or bound.help_text,
        "sentences": sentences,
        "severity": severity if sentences else "",
    }


def is_choice(bound: BoundField) -> bool:
    """Say whether the control is a tick box or a group of them, which keep the browser's own look."""
    return getattr(bound.field.widget, "input_type", "") in {"checkbox", "radio"}


@register.inclusion_tag("ui/form_problems.html")
def form_problems(form: Any) -> dict[str, Any]:
    """Draw the errors that belong to the whole form, above it, and the list of the fields that need a hand."""
    wrong = [bound for bound in form if bound.errors]
    return {"sentences": form.non_field_errors(), "wrong": wrong}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, noun: str = "") -> dict[str, Any]:
    """Draw "Dòng 1–20 trong 48" and the pages of a django Page; the address keeps its other parameters."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "noun": noun or gettext("Dòng"), "request": context.get("request")}


@register.simple_tag
def state_icon(state: str) -> SafeString:
    """Draw the shape of a state alone; its word must stand beside it."""
    return icon(state_of(state).icon)


@register.simple_tag
def message_state(tags: str) -> str:
    """Return the alert's state for the tags of a Django message."""
    return next((MESSAGE_STATES[tag] for tag in tags.split() if tag in MESSAGE_STATES), "info")


@register.simple_block_tag
def alert(content: str, state: str, title: str = "") -> str:
    """Draw {% alert "late" title="…" %}…{% endalert %}: one cause, above what it concerns."""
    given = {"content": content, "state": state, "title": title, "icon_name": state_of(state).icon}
    return render_to_string("ui/alert.html", given)


@register.simple_block_tag
def empty(content: str, title: str) -> str:
    """Draw {% empty "Chưa có …" %}…{% endempty %}: what happened, in which scope, what to do next."""
    return render_to_string("ui/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def dialog(content: str, identifier: str, title: str) -> str:
    """Draw {% dialog "thu-hoi" "Thu hồi báo cáo?" %}…{% enddialog %}; data-opens opens it, without script its #name."""
    return render_to_string("ui/dialog.html", {"content": content, "identifier": identifier, "title": title})


@register.simple_block_tag
def tableframe(content: str, label: str) -> str:
    """Draw {% tableframe "Bảng …" %}<table>…</table>{% endtableframe %}: a wide table scrolls in its own frame."""
    return render_to_string("ui/table_frame.html", {"content": content, "label": label})


@register.simple_block_tag
def toolbar(content: str, action: str = "") -> str:
    """Draw {% toolbar %}fields{% endtoolbar %}: filters left (a GET form), `.toolbar__end` right."""
    return render_to_string("ui/toolbar.html", {"content": content, "action": action})


@register.simple_block_tag
def actionbar(content: str, status: str = "", *, autosave: bool = False) -> str:
    """Draw the sticky bar of a long form; with `autosave` its status line is the one that autosave.js writes."""
    return render_to_string("ui/actionbar.html", {"content": content, "status": status, "autosave": autosave})


@register.simple_block_tag
def panel(content: str, title: str) -> str:
    """Draw {% panel "Các lần gửi" %}…{% endpanel %}: a titled box, as in the aside."""
    return render_to_string("ui/panel.html", {"content": content, "title": title, "identifier": f"p{uuid4().hex[:8]}"})
