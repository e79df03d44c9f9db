"""Somebody at a step of their draft, and what a step shows of the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.desk.units.directory import found_units
from chungtay.desk.wizard import forms, rights, store
from chungtay.desk.wizard.draft import FORMING, REVISING, Draft, NewUnit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.places.models import Reorganisation
from chungtay.places.rules import Node, Tree
from chungtay.web import clock

MOST_ABOVE = 60


@dataclass(frozen=True)
class Visit:
    """A person's draft, the map on which its old units stand, and which units they may reorganise."""

    user: User
    token: str
    draft: Draft
    eve: date
    tree: Tree
    mine: frozenset[UUID]

    @property
    def picked(self) -> list[tuple[str, Node]]:
        """The picked units that stand on the map, each under its reference."""
        by_code = {node.code: node for node in self.tree if node.code}
        found = ((ref, by_code.get(ref) or self._by_day(ref)) for ref in self.draft.units)
        return [(ref, node) for ref, node in found if node is not None]

    def above(self, node: Node) -> Node | None:
        """Return the unit above one, None for a top."""
        return self.tree.node(node.parent_id) if node.parent_id and node.parent_id in self.tree else None

    def _by_day(self, ref: str) -> Node | None:
        if "@" not in ref:
            return None
        try:
            area_id = places.area_by_ref(ref).id
        except DomainError:
            return None
        return self.tree.node(area_id) if area_id in self.tree else None


def visit_of(request: HttpRequest, token: str) -> Visit | HttpResponse:
    """Return the visit of a draft; a recorded one leads to what it became. Raises Http404, PermissionDenied."""
    user, today = user_of(request), clock.today()
    mine = rights.require_some(user, today)
    if recorded := store.recorded_at(request, token):
        messages.info(request, "Lần sắp xếp này đã được ghi rồi, không ghi lần thứ hai.")
        return redirect("reorganisation-detail", recorded)
    draft = store.draft_at(request, token)
    if draft is None:
        raise Http404
    day = date.fromisoformat(draft.effective_on)
    if draft.corrects:
        day = min(day, act_to_correct(draft.corrects, mine).effective_on)  # on later maps its old units are gone
    eve = day - timedelta(days=1)
    return Visit(user, token, draft, eve, places.tree_on(eve), mine)


def act_to_correct(pk: str, mine: frozenset[UUID]) -> Reorganisation:
    """Return the reorganisation that a person is about to correct. Raises Http404, PermissionDenied."""
    try:
        act = places.reorganisation(UUID(pk))
    except (ValueError, places.UnknownReorganisation):
        raise Http404 from None
    if not rights.may_correct(act, mine):
        raise PermissionDenied(
            "Lần sắp xếp này có đơn vị ngoài phạm vi được giao cho bạn. "
            "Việc đính chính do quản trị hệ thống của cấp bao trùm các đơn vị đó ghi."
        )
    return act


def search(one: Visit, query: str) -> list[Node]:
    """Return the units that bear the words themselves, then those below a unit that does."""
    direct = found_units(one.tree, above=None, query=query, level="")
    words = fold(query).split()
    tops = {node.area_id for node in direct if all(word in fold(node.name) for word in words)}
    found = {node.area_id for node in direct}
    below = [node for node in one.tree if node.parent_id in tops and node.area_id not in found]
    return [node for node in (*direct, *below) if node.area_id in one.mine and node.code]


def line(one: Visit, ref: str, node: Node) -> dict[str, Any]:
    """Return a unit as a line of a list."""
    way = one.tree.path(node.area_id)[:-1]
    return {"ref": ref, "node": node, "above": ", ".join(above.name for above in reversed(way))}


def boxes(one: Visit, draft: Draft) -> dict[str, Any]:
    """Return what the third step draws: the old units with their parts, the new ones, the levels, the units above."""
    picked = one.picked
    nodes = [node for _, node in picked]
    draft = replace(draft, units=tuple(ref for ref, _ in picked))
    draft = forms.with_rows(draft, nodes, [one.above(node) for node in nodes])
    news = [
        {"unit": unit, "prefix": f"moi-{at}", "number": at + 1, "name": unit.name or f"đơn vị mới {at + 1}"}
        for at, unit in enumerate(draft.new)
    ]
    rows = [
        {
            "ref": ref,
            "node": node,
            "prefix": f"doi-{at}",
            "unit": draft.revised.get(ref, NewUnit()),
            "heir": draft.heirs.get(ref, ""),
            "basis": next((part.basis for to in range(len(news)) if (part := draft.part(at, to)).basis), ""),
            "cells": [
                {"name": new["name"], "share": draft.part(at, to).share, "back": draft.part(at, to).back}
                for to, new in enumerate(news)
            ],
        }
        for at, (ref, node) in enumerate(picked)
    ]
    return {
        "forming": draft.kind in FORMING,
        "revising": draft.kind in REVISING,
        "is_merge": draft.kind == "merge" and len(news) == 1,
        "rows": rows,
        "new": news,
        "levels": forms.LEVEL_CHOICES,
        "parents": _those_above(one, nodes),
        "back": reverse("reorganise-units" if draft.needs_units else "reorganise-head", args=[one.token]),
    }


def _those_above(one: Visit, nodes: Sequence[Node]) -> list[Node]:
    """The units that a new one may well belong to: those above the picked ones, and the tops of the map."""
    found = {node.area_id: node for picked in nodes for node in one.tree.path(picked.area_id)[:-1]}
    found |= {node.area_id: node for node in one.tree if node.depth <= 1 and node.area_id in one.mine}
    return [node for node in found.values() if node.code][:MOST_ABOVE]
