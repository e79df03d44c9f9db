"""Writing the software's part of a review again around what people wrote. Only the services call this, in their transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from chungtay.accounts.models import User
from chungtay.reviews import selectors
from chungtay.reviews.assembly import Draft
from chungtay.reviews.changing import changed
from chungtay.reviews.heads import HeadText
from chungtay.reviews.lists import AWARDS
from chungtay.reviews.models import Review, ReviewBlock
from chungtay.reviews.rules import Ask, DraftBlock, keys_in


def new_block(review: Review, block: DraftBlock, position: int, now: datetime) -> ReviewBlock:
    """Return the row of a fresh block, not yet saved."""
    return ReviewBlock(
        review=review,
        position=position,
        kind=block.kind,
        section=block.section,
        name=block.name,
        text=block.text,
        generated=block.text,
        spec=dict(block.spec),
        is_suggestion=block.is_suggestion,
        updated_at=now,
    )


def rewrite(row: Review, head: HeadText, now: datetime) -> None:
    """Write the draft again around what people wrote."""
    draft = selectors.fresh_draft(row, head)
    held = {(block.section, block.name): block for block in row.blocks.order_by("position")}
    order = _merged(draft, held)
    for position, (place, fresh) in enumerate(order, 1):
        block = held.get(place)
        if block is None and fresh is not None:
            new_block(row, fresh, position, now).save()
            continue
        if block is None:
            continue
        block.position = position
        if fresh is not None:
            block.kind, block.spec, block.generated = fresh.kind, dict(fresh.spec), fresh.text
            block.is_suggestion = fresh.is_suggestion
            if not block.is_edited:
                block.text, block.updated_at = fresh.text, now
        block.save()
    wanted = {place for place, _ in order}
    row.blocks.filter(pk__in=[block.pk for place, block in held.items() if place not in wanted]).delete()
    row.asks = [ask.as_json() for ask in _kept_asks(row, draft).values()]


def put_awards(row: Review, now: datetime, by: User) -> None:
    """Write the annex of commendations anew from the file of the review, after all other blocks."""
    row.blocks.filter(section=AWARDS).delete()
    last: int = row.blocks.aggregate(last=Max("position"))["last"] or 0
    for position, block in enumerate(selectors.awards_blocks(row), last + 1):
        new_block(row, block, position, now).save()
    changed(row, "awards", now, by, place="Danh sách khen thưởng")


Place = tuple[str, str]


def _merged(draft: Draft, held: Mapping[Place, ReviewBlock]) -> list[tuple[Place, DraftBlock | None]]:
    """The fresh blocks in order; an edited one that the figures no longer call for stays after its old neighbour."""
    order: list[tuple[Place, DraftBlock | None]] = [((block.section, block.name), block) for block in draft.blocks]
    places = {place for place, _ in order}
    before: Place | None = None
    for place, block in held.items():
        if place not in places and block.is_edited:
            at = next((i + 1 for i, (known, _) in enumerate(order) if known == before), len(order))
            order.insert(at, (place, None))
        before = place
    return order


def _kept_asks(row: Review, draft: Draft) -> dict[str, Ask]:
    """The fresh questions, and the old ones that people added or that edited words still name."""
    edited = {key for block in row.blocks.filter(is_edited=True) for key in keys_in(block.text)}
    old = {key: ask for key, ask in selectors.asks_of(row).items() if ask.is_added or key in edited}
    return {**old, **draft.asks}
