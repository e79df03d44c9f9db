"""Every write of a review: create, edit, restore, write again, head, put before the signer. Each audits itself.

No service stores a number: it stores words and questions, and refuses words that state a figure in digits.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.papers.rules import HeadKind, check_paper
from chungtay.papers.tags import Format
from chungtay.places.models import Area
from chungtay.programmes.models import Programme
from chungtay.reviews import selectors
from chungtay.reviews.assembly import write_draft
from chungtay.reviews.changing import MovedOn as MovedOn
from chungtay.reviews.changing import changed, locked
from chungtay.reviews.content import Content, paper_of
from chungtay.reviews.dossier_rules import Step, step
from chungtay.reviews.files import ReviewPapers, papers_of
from chungtay.reviews.heads import HeadText, head_from_json
from chungtay.reviews.models import Review, ReviewBlock
from chungtay.reviews.publishing import publish_review as publish_review
from chungtay.reviews.readiness import gates_before
from chungtay.reviews.rewriting import new_block, rewrite
from chungtay.reviews.rules import PROSE, Ask, NotReady, State, check_wording
from chungtay.reviews.scope import read_scope
from chungtay.reviews.templating import in_force

CLOSING = "./."


class NotProse(DomainError):
    """Headings and tables follow the figures; only paragraphs are written by hand."""

    def __init__(self) -> None:
        super().__init__("Đề mục, bảng và biểu đồ lập từ số liệu nên không sửa bằng tay. Hãy sửa các đoạn văn.")


class KnownInFuture(DomainError):
    """Figures cannot be asked as they will be known."""

    def __init__(self) -> None:
        super().__init__("Thời điểm chốt số liệu chưa đến. Hãy chọn hôm nay hoặc một ngày đã qua.")


@transaction.atomic
def create_review(
    *,
    programme: Programme,
    area: Area,
    period_code: str,
    header: HeadKind,
    known_at: datetime,
    map_as_of: date | None = None,
    now: datetime,
    by: User | None,
) -> Review:
    """Write the draft of a review as known at a moment and keep it. `by` None means the system itself.

    map_as_of: the day on whose map it stands, None for that of the window's last day. Raises NotAllowed, KnownInFuture,
    BadPeriod, NotOnMap, NotInProgramme, NothingToReview.
    """
    if by is not None:
        access.require(by, "build", Matter("review", area.pk), localdate(now))
    if known_at > now:
        raise KnownInFuture
    scope = read_scope(programme=programme, area=area, period_code=period_code, known_at=known_at, map_as_of=map_as_of)
    head = selectors.head_for(scope, header)
    draft = write_draft(scope, head)
    review = Review.objects.create(
        programme=programme,
        area=area,
        period_code=scope.period.code,
        header=header,
        known_at=known_at,
        map_as_of=map_as_of,
        head=head.as_json(),
        template=in_force(area.pk, header, Format.REPORT, head.dated_on),
        asks=[ask.as_json() for ask in draft.asks.values()],
        created_by=by,
        created_at=now,
        updated_at=now,
    )
    blocks = (*draft.blocks, *selectors.awards_blocks(review))
    ReviewBlock.objects.bulk_create(new_block(review, block, place, now) for place, block in enumerate(blocks, 1))
    data = {
        "programme": programme.code,
        "period": scope.period.code,
        "header": str(header),
        "known_at": known_at,
        "map_as_of": map_as_of,
    }
    audit.record("reviews.review.created", obj=review, area_id=area.pk, data=data, now=now, by=by)
    return review


@transaction.atomic
def edit_block(*, block: ReviewBlock, text: str, revision: int | None = None, now: datetime, by: User) -> ReviewBlock:
    """Put other words in a paragraph; its figures stay {keys}. The same words again mean "read and kept".

    Raises NotProse, NotDraft, MovedOn, and BadWording (UnknownPlaceholder, TypedNumber) with the digits that stand in the way.
    """
    row = locked(block.review, now, by, revision)
    block = ReviewBlock.objects.select_for_update().get(pk=block.pk, review=row)
    if block.kind not in PROSE:
        raise NotProse
    content = selectors.content_of(row)
    printed = {key: figure.text for key, figure in content.printed.items()}
    kept = check_wording(text, keys=content.asks, names=content.names_with_digits, printed=printed)
    if block.name == "close" and not kept.endswith(CLOSING):
        kept = kept.rstrip("./ ") + CLOSING
    if kept == block.text and (block.is_edited or not block.is_suggestion):
        return block
    old, block.text, block.is_edited = block.text, kept, True
    block.updated_by, block.updated_at = by, now
    block.save()
    changed(row, "edit", now, by, block=block, old=old, new=kept)
    return block


@transaction.atomic
def restore_block(*, block: ReviewBlock, revision: int | None = None, now: datetime, by: User) -> ReviewBlock:
    """Bring a paragraph back to what the software wrote; what stood there stays in the history."""
    row = locked(block.review, now, by, revision)
    block = ReviewBlock.objects.select_for_update().get(pk=block.pk, review=row)
    if not block.is_edited:
        return block
    old, block.text, block.is_edited = block.text, block.generated, False
    block.updated_by, block.updated_at = by, now
    block.save()
    changed(row, "restore", now, by, block=block, old=old, new=block.text)
    return block


@transaction.atomic
def add_figure(*, review: Review, ask: Ask, revision: int | None = None, now: datetime, by: User) -> str:
    """Keep one more question so that sentences can name it; return its key. The same question again changes nothing."""
    row = locked(review, now, by, revision)
    asks = selectors.asks_of(row)
    if ask.key in asks:
        return ask.key
    row.asks = [*row.asks, replace(ask, is_added=True).as_json()]
    changed(row, "figure", now, by, place=ask.label, new=ask.key)
    return ask.key


@transaction.atomic
def add_question(*, review: Review, indicator: str, area_id: UUID, period_code: str, now: datetime, by: User) -> str:
    """Keep a question about a unit of the review over any window, and return its key. Raises BadPeriod, NoSuchQuestion."""
    ask = selectors.question_about(review, indicator=indicator, area_id=area_id, period_code=period_code)
    return add_figure(review=review, ask=ask, now=now, by=by)


@transaction.atomic
def refresh_review(
    *, review: Review, known_at: datetime | None = None, revision: int | None = None, now: datetime, by: User
) -> Review:
    """Write the unedited blocks again, optionally as known at a later (or earlier) moment. Edited paragraphs keep their words."""
    row = locked(review, now, by, revision)
    if known_at is not None and known_at > now:
        raise KnownInFuture
    old = row.known_at
    row.known_at = known_at or row.known_at
    rewrite(row, head_from_json(row.head), now)
    changed(row, "refresh", now, by, old=old.isoformat(), new=row.known_at.isoformat())
    return row


@transaction.atomic
def set_head(*, review: Review, head: HeadText, revision: int | None = None, now: datetime, by: User) -> Review:
    """Set the first lines and the closing. Raises PaperError when a line states a figure or a part is missing."""
    row = locked(review, now, by, revision)
    old = head_from_json(row.head)
    if head == old:
        return row
    row.head, row.header = head.as_json(), head.kind
    if head.kind is not old.kind:  # the other office has templates of its own
        row.template = in_force(row.area_id, head.kind, Format.REPORT, head.dated_on)
    row.save()
    if head.issuer_in_text != old.issuer_in_text:
        rewrite(row, head, now)
    check_paper(paper_of(selectors.content_of(row)))
    changed(row, "head", now, by, old=old.paper_head().reference, new=head.paper_head().reference)
    return row


@transaction.atomic
def change_head(
    *, review: Review, changes: Mapping[str, Any], revision: int | None = None, now: datetime, by: User
) -> Review:
    """Set some parts of the head, named as in HeadText. Raises as `set_head` does."""
    head = replace(head_from_json(review.head), **changes)
    return set_head(review=review, head=head, revision=revision, now=now, by=by)


@transaction.atomic
def set_header(*, review: Review, header: HeadKind, revision: int | None = None, now: datetime, by: User) -> Review:
    """Change who issues the report: UBND, MTTQ or both; the other head's number and signer are not carried over."""
    if HeadKind(review.header) is header:
        return review
    old = head_from_json(review.head)
    head = replace(selectors.head_for(selectors.scope_of(review), header), dated_on=old.dated_on, abstract=old.abstract)
    return set_head(review=review, head=head, revision=revision, now=now, by=by)


@transaction.atomic
def submit_review(*, review: Review, revision: int | None = None, now: datetime, by: User) -> Review:
    """Put the review before its signer: the wording is fixed from now on. Raises NotReady naming the gates that stop it."""
    row = locked(review, now, by, revision)
    blocks = selectors.blocks_of(row)
    stopping = [gate for gate in gates_before(row, selectors.content_of(row, blocks), blocks) if gate.stops]
    if stopping:
        raise NotReady(stopping)
    row.state = step(State(row.state), Step.SUBMIT)
    changed(row, "submit", now, by)
    return row


@transaction.atomic
def reopen_review(*, review: Review, now: datetime, by: User) -> Review:
    """Take the review back to write on, from its signer or for a version that follows a published one, which stays as it was."""
    row = locked(review, now, by, may_be_sent=True)
    if row.state == State.DRAFT:
        return row
    row.state = step(State(row.state), Step.REOPEN)
    changed(row, "reopen", now, by)
    return row


# ---------------------------------------------------------------- papers


def build_papers(of: Review | Content) -> ReviewPapers:
    """Return the papers of a stored review, or of a draft that is not stored. The same moment gives the same papers."""
    return papers_of(selectors.content_of(of) if isinstance(of, Review) else of)


def write_papers(of: Review | Content, out_dir: Path) -> list[Path]:
    """Write bao-cao-so-ket-<programme>-<area>-<period>.docx, .pdf, .xlsx, .pptx, .html and -manifest.json; return their paths.

    Of the programme's whole term it is bao-cao-tong-ket-…; a chosen map stands at the end of the name.
    """
    return build_papers(of).write(out_dir)


def content_for(
    *,
    programme: Programme,
    area: Area,
    period_code: str,
    header: HeadKind,
    known_at: datetime,
    map_as_of: date | None = None,
) -> tuple[Content, Review | None]:
    """Return the content of the stored review of this question, map and moment, else the draft; and which review it is."""
    review = selectors.stored_review(
        programme=programme, area=area, period_code=period_code, header=header, known_at=known_at, map_as_of=map_as_of
    )
    if review is not None:
        return selectors.content_of(review), review
    draft = selectors.draft_content(
        programme=programme, area=area, period_code=period_code, header=header, known_at=known_at, map_as_of=map_as_of
    )
    template = in_force(area.pk, header, Format.REPORT, draft.head.dated_on)
    return replace(draft, template=template.attachment if template else None), None
