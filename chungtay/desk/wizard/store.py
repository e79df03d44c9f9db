"""Drafts in the session: each under a token of its own, so that two tabs do not mix, and a recorded one is not recorded twice."""

from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest

from chungtay.desk.wizard.draft import Draft, draft_of

KEY = "reorganisations"
MOST_DRAFTS = 8


def keep_new(request: HttpRequest, draft: Draft) -> str:
    """Keep a new draft and return its token; the oldest gives way when there are too many."""
    token = token_urlsafe(9)
    kept = dict(list(_kept(request).items())[-(MOST_DRAFTS - 1) :])
    request.session[KEY] = kept | {token: {"draft": draft.as_json()}}
    return token


def keep(request: HttpRequest, token: str, draft: Draft) -> None:
    """Keep a changed draft."""
    request.session[KEY] = _kept(request) | {token: {"draft": draft.as_json()}}


def draft_at(request: HttpRequest, token: str) -> Draft | None:
    """Return the draft of a token, None when the session has none or it has been recorded."""
    kept = _kept(request).get(token, {})
    return draft_of(kept["draft"]) if "draft" in kept else None


def note_recorded(request: HttpRequest, token: str, reorganisation_id: str) -> None:
    """Remember what a draft became; the draft itself is gone."""
    request.session[KEY] = _kept(request) | {token: {"recorded": reorganisation_id}}


def recorded_at(request: HttpRequest, token: str) -> str:
    """Return the id of what a draft became, "" when it was not recorded."""
    return str(_kept(request).get(token, {}).get("recorded", ""))


def _kept(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(KEY, {}))
