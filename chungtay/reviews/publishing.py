"""Publishing a review: the leader's decision, the frozen version, building it again, and what has changed since.

A frozen version holds words, questions and every printed figure. Built again it asks the same questions as known at the same
moment; its hash says whether anything came out differently.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.reviews import selectors
from chungtay.reviews.answers import ask_all
from chungtay.reviews.changing import changed, locked
from chungtay.reviews.content import Content, paper_of
from chungtay.reviews.dossier_rules import Step, step
from chungtay.reviews.files import Manifest, manifest_rows, papers_of
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.models import Publication, Review
from chungtay.reviews.readiness import gates_before
from chungtay.reviews.rules import BlockKind, DraftBlock, NotReady, State, ask_from_json
from chungtay.reviews.templating import template_of


def publish_review(
    *, review: Review, note: str = "", revision: int | None = None, now: datetime, by: User
) -> Publication:
    """Freeze the review as it waits for its signature; the leader decides, never a writer. Raises NotAllowed, NotNow, NotReady, MovedOn.

    Everything slow is built before the transaction; the revision under the lock says that it is still what was read.
    """
    access.require(by, "publish", review, localdate(now))
    following = step(State(review.state), Step.PUBLISH)
    blocks = selectors.blocks_of(review)
    content = selectors.content_of(review, blocks)
    frozen, rows = _frozen(content), _manifest(content)
    files = {name: hashlib.sha256(data).hexdigest() for name, data in papers_of(content).files().items()}
    seen = review.revision if revision is None else revision
    with transaction.atomic():
        row = locked(review, now, by, seen, right="publish", may_be_sent=True)
        stopping = [gate for gate in gates_before(row, content, blocks) if gate.stops]
        if stopping:
            raise NotReady(stopping)
        made = Publication.objects.create(
            review=row,
            number=row.publications.count() + 1,
            content=frozen,
            manifest=rows,
            files=files,
            content_hash=_hash(frozen, rows),
            known_at=row.known_at,
            note=note.strip(),
            at=now,
            by=by,
        )
        row.state = following
        changed(row, "publish", now, by, place=f"lần {made.number}", new=made.content_hash)
    return made


def content_again(publication: Publication) -> Content:
    """Return the published content, built again from its frozen words and questions as known at its moment."""
    held = publication.content
    blocks = tuple(
        DraftBlock(BlockKind(b["kind"]), b["section"], b["name"], b["text"], b["spec"], b["is_suggestion"])
        for b in held["blocks"]
    )
    asks = {ask.key: ask for ask in map(ask_from_json, held["asks"])}
    content = selectors.content_with(
        publication.review, head_from_json(held["head"]), asks, blocks, known_at=publication.known_at
    )
    return replace(content, template=template_of(held.get("template", "")))


def is_same_again(publication: Publication) -> bool:
    """Build the published version again and say whether every word and every figure came out the same."""
    content = content_again(publication)
    return _hash(_frozen(content), _manifest(content)) == publication.content_hash


@dataclass(frozen=True)
class Change:
    """One figure of the published version: how it printed then and prints now, each with the page of its source."""

    label: str
    then: str
    now: str
    then_url: str
    now_url: str
    is_changed: bool


def changes_since(publication: Publication, *, now: datetime) -> list[Change]:
    """Return every figure that the published version prints, once, in printing order: then and as known now."""
    then = content_again(publication)
    atoms = [atom for ask in then.asks.values() for atom in ask.atoms()]
    area_id = publication.review.area_id
    later = replace(then, answers=ask_all(atoms, main_area=area_id, known_at=now, on_map=then.map_as_of))
    found: dict[str, Change] = {}
    for row in publication.manifest:
        key = row["key"]
        if key in found or key not in then.asks:
            continue
        figure = later.printed[key]
        was = row["exact"], row["value"], str(row["ratio"])
        # the same question in the same words: what counts is the number behind them, not how a rounding hides it
        differs = (figure.exact, figure.value, str(figure.ratio) if figure.ratio is not None else "None") != was
        before = then.printed[key]
        found[key] = Change(row["label"], before.text, figure.text, _url(row["trace"]), figure.url, differs)
    return list(found.values())


def newest(review: Review) -> Publication | None:
    """Return the version in force, None before the first."""
    return review.publications.select_related("by").order_by("-number").first()


def _url(trace: str) -> str:
    return reverse("figure-trace", args=[trace]) if trace else ""


def _frozen(content: Content) -> dict[str, Any]:
    # a report in the common form is frozen as it was before there were templates: its hash stays
    template = {"template": content.template.sha256} if content.template else {}
    return {
        "programme": content.programme_code,
        "area": content.area_code,
        "period": content.period.code,
        "map_as_of": content.map_as_of.isoformat() if content.map_as_of else None,
        "head": content.head.as_json(),
        "asks": [ask.as_json() for ask in content.asks.values()],
        "blocks": [_plain(asdict(block)) for block in content.blocks],
        **template,
    }


def _manifest(content: Content) -> Manifest:
    """Every print of every figure, without its address: that belongs to the installation, not to the report."""
    rows = manifest_rows(content, paper_of(content))
    return [_plain({name: value for name, value in row.items() if name != "url"}) for row in rows]


def _plain(value: Any) -> Any:
    """Return a value as JSON gives it back, so that what is hashed is what is stored."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def _hash(frozen: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    text = json.dumps([frozen, list(rows)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
