"""What people type in the steps: the first as a form, the others read row by row from what was posted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from chungtay.desk.wizard.draft import FORMING, MOST_NEW, REVISING, Draft, NewUnit, Part
from chungtay.kernel.folding import canonical_tone, nfc
from chungtay.places.rules import LEVEL_LABELS, Level, Node
from chungtay.web.forms import DateField, Form

KIND_CHOICES = (
    ("merge", "Nhập nhiều đơn vị thành một"),
    ("split", "Chia một đơn vị thành nhiều"),
    ("mixed", "Lập đơn vị mới từ các phần của nhiều đơn vị"),
    ("rename", "Đổi tên hoặc đổi mã"),
    ("level", "Đổi cấp (xã thành phường)"),
    ("transfer", "Chuyển nguyên đơn vị sang đơn vị cấp trên khác"),
    ("abolish", "Bỏ một đơn vị hoặc một cấp, không lập đơn vị mới"),
    ("create", "Lập đơn vị mới không từ đơn vị nào"),
)
LEVEL_CHOICES = tuple((level.value, LEVEL_LABELS[level].capitalize()) for level in Level)
LONGEST = 300


class Head(Form):
    """What kind of reorganisation, from which day, on which legal basis."""

    kind = forms.ChoiceField(label="Loại sắp xếp", choices=KIND_CHOICES, widget=forms.RadioSelect)
    effective_on = DateField(label="Có hiệu lực từ ngày", help_text="Ngày đầu tiên của bản đồ mới, ví dụ 01/01/2025.")
    legal_basis = forms.CharField(
        label="Căn cứ", max_length=LONGEST, help_text="Số, ký hiệu văn bản, ví dụ NQ 1284/NQ-UBTVQH15."
    )
    note = forms.CharField(label="Ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def applied_to(self, draft: Draft) -> Draft:
        """Return the draft with this head; another kind lets go of what was said under the old one."""
        data = self.cleaned_data
        day: date = data["effective_on"]
        changed = replace(
            draft,
            kind=data["kind"],
            effective_on=day.isoformat(),
            legal_basis=clean(data["legal_basis"]),
            note=clean(data["note"], 1000),
        )
        if changed.kind != draft.kind:
            changed = replace(changed, revised={}, heirs={}, parts={})
        if changed.kind not in FORMING | {"create"}:
            changed = replace(changed, new=())
        return changed


def initial_of(draft: Draft) -> dict[str, Any]:
    """Return the first step's form as the draft has it."""
    day = date.fromisoformat(draft.effective_on) if draft.effective_on else None
    return {"kind": draft.kind, "effective_on": day, "legal_basis": draft.legal_basis, "note": draft.note}


def clean(text: str, longest: int = LONGEST) -> str:
    """Return text as it is kept: composed letters, single spaces."""
    return " ".join(nfc(text).replace("\x00", "").split())[:longest]


def read_result(draft: Draft, post: QueryDict) -> Draft:
    """Return the draft with what the third step was told, as typed: the plan says what is wrong with it."""
    if draft.kind in REVISING:
        revised = {ref: _unit(post, f"doi-{at}") for at, ref in enumerate(draft.units)}
        return replace(draft, revised=revised)
    if draft.kind == "abolish":
        heirs = {ref: clean(post.get(f"thua-{at}", ""), 40) for at, ref in enumerate(draft.units)}
        return replace(draft, heirs={ref: heir for ref, heir in heirs.items() if heir})
    count = min(MOST_NEW, max(1, _number(post.get("so-moi", "1"))))
    new = tuple(_unit(post, f"moi-{at}") for at in range(count))
    parts = {
        f"{old}/{at}": Part(
            share="100" if count == 1 and draft.kind == "merge" else clean(post.get(f"phan-{old}-{at}", ""), 20),
            back=clean(post.get(f"lai-{old}-{at}", ""), 20),
            basis=clean(post.get(f"co-so-{old}", "")),
        )
        for old in range(len(draft.units))
        for at in range(count)
    }
    return replace(draft, new=new, parts=parts)


def with_rows(draft: Draft, nodes: Sequence[Node], parents: Sequence[Node | None]) -> Draft:
    """Return the draft with boxes for what it needs: new units like the old ones, or the old ones as they are."""
    if draft.kind in REVISING:
        told = {}
        for ref, node, parent in zip(draft.units, nodes, parents, strict=True):
            said, now = draft.revised.get(ref, NewUnit()), _as_it_is(node, parent)
            told[ref] = NewUnit(
                said.code or now.code, said.name or now.name, said.level or now.level, said.parent or now.parent
            )
        return replace(draft, revised=told)
    if draft.kind == "abolish" or draft.new:
        return draft
    level = nodes[0].level if nodes else Level.WARD.value
    above = parents[0].code if parents and parents[0] else ""
    blank = NewUnit(level=level, parent=above)
    return replace(draft, new=(blank,) * (2 if draft.kind == "split" else 1))


def without_repeats(draft: Draft, nodes: Sequence[Node], parents: Sequence[Node | None]) -> Draft:
    """Return the draft whose revised units say only what is to change: a box left as it was says nothing."""
    told = dict(draft.revised)
    for ref, node, parent in zip(draft.units, nodes, parents, strict=True):
        said, now = told.get(ref, NewUnit()), _as_it_is(node, parent)
        told[ref] = NewUnit(
            code="" if said.code == now.code else said.code,
            name="" if said.name == now.name else said.name,
            level="" if said.level == now.level else said.level,
            parent="" if said.parent == now.parent else said.parent,
        )
    return replace(draft, revised=told)


def without_row(draft: Draft, at: int) -> Draft:
    """Return the draft without one of its new units; the parts of the others move up."""
    new = tuple(unit for position, unit in enumerate(draft.new) if position != at)
    moved = {
        f"{old}/{now}": draft.parts[f"{old}/{was}"]
        for old in range(len(draft.units))
        for now, was in enumerate(position for position in range(len(draft.new)) if position != at)
        if f"{old}/{was}" in draft.parts
    }
    return replace(draft, new=new or (NewUnit(),), parts=moved)


def with_blank_row(draft: Draft) -> Draft:
    """Return the draft with boxes for one more new unit."""
    like = draft.new[-1] if draft.new else NewUnit()
    return replace(draft, new=(*draft.new, NewUnit(level=like.level, parent=like.parent))[:MOST_NEW])


def _as_it_is(node: Node, parent: Node | None) -> NewUnit:
    return NewUnit(node.code, node.name, node.level, parent.code if parent else "")


def _unit(post: QueryDict, prefix: str) -> NewUnit:
    def typed(name: str, longest: int) -> str:
        return clean(post.get(f"{prefix}-{name}", ""), longest)

    level = typed("cap", 20)
    return NewUnit(
        code=typed("ma", 10),
        name=canonical_tone(typed("ten", 120)),
        level=level if level in set(Level) else "",
        parent=typed("tren", 40),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 1
