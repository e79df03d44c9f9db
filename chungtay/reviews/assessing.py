"""What units say of a period: written, taken back, joined upwards by a person, taken up into the report as prose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.programmes.models import Programme
from chungtay.reviews import selectors
from chungtay.reviews.changing import changed, locked
from chungtay.reviews.dossier_rules import (
    ASPECT_WORDS,
    LEAD_OF,
    SECTION_OF,
    Aspect,
    alike,
    check_words,
    listed,
    longest,
)
from chungtay.reviews.models import Assessment, AssessmentEnd, AssessmentPart, Review, ReviewBlock
from chungtay.reviews.rules import BlockKind, check_wording
from chungtay.tasks.models import Task

T = TypeVar("T")


class BadAssessment(DomainError):
    """The statement cannot be kept so."""


def state_assessment(
    *,
    programme: Programme,
    area: Area,
    period_code: str,
    aspect: Aspect,
    text: str,
    indicator: Indicator | None = None,
    task: Task | None = None,
    now: datetime,
    by: User,
) -> Assessment:
    """Keep what a unit says on one aspect. Raises NotAllowed, BadPeriod, BadRecord."""
    with transaction.atomic():
        access.require(by, "state", Matter("assessment", area.pk), localdate(now))
        made = _made(programme, area.pk, parse_period(period_code).code, aspect, text, indicator, task, now, by)
        _audit("stated", made, {"aspect": made.aspect, "period": made.period_code}, now, by)
    return made


def _made(
    programme: Programme,
    area_id: UUID,
    period: str,
    aspect: Aspect,
    text: str,
    indicator: Indicator | None,
    task: Task | None,
    now: datetime,
    by: User,
) -> Assessment:
    return Assessment.objects.create(
        programme=programme,
        area_id=area_id,
        period_code=period,
        aspect=aspect,
        text=check_words(text, "Nhận định"),
        indicator=indicator,
        task=task,
        at=now,
        by=by,
    )


@transaction.atomic
def take_back(*, assessment: Assessment, now: datetime, by: User) -> None:
    """Take a statement back; one that was joined upwards stays until it is set free there. Raises NotAllowed, BadAssessment."""
    row = Assessment.objects.select_for_update().get(pk=assessment.pk)
    access.require(by, "state", Matter("assessment", row.area_id), localdate(now))
    if AssessmentEnd.objects.filter(assessment=row).exists():
        raise BadAssessment("Nhận định này đã được rút. Hãy tải lại trang.")
    if row.whole_rows.filter(whole__end__isnull=True).exists():
        raise BadAssessment("Cấp trên đã gộp nhận định này. Hãy đề nghị cấp trên tách ra trước khi rút.")
    AssessmentEnd.objects.create(assessment=row, at=now, by=by)
    _audit("taken_back", row, {"aspect": row.aspect}, now, by)


@transaction.atomic
def join(*, review: Review, parts: Sequence[Assessment], text: str, now: datetime, by: User) -> Assessment:
    """Make one statement of the review's area out of statements of units below, in a person's words.

    Raises NotAllowed, NotDraft, BadAssessment when they are of several aspects, not of this review, or joined already.
    """
    row = locked(review, now, by)
    ids = {part.pk for part in parts}
    found = list(free_below(row).filter(pk__in=ids).order_by("at", "id"))
    if not found or len(found) != len(ids):
        raise BadAssessment("Có nhận định đã được gộp hoặc đã rút. Hãy tải lại trang rồi chọn lại.")
    aspects = {part.aspect for part in found}
    if len(aspects) > 1:
        raise BadAssessment("Chỉ gộp được các nhận định cùng một mặt. Hãy bỏ chọn những dòng của mặt khác.")
    indicator = _shared([part.indicator for part in found])
    task = _shared([part.task for part in found])
    whole = _made(row.programme, row.area_id, row.period_code, Aspect(aspects.pop()), text, indicator, task, now, by)
    AssessmentPart.objects.bulk_create(AssessmentPart(whole=whole, part=part) for part in found)
    _audit("joined", whole, {"parts": [str(part.pk) for part in found]}, now, by)
    return whole


def _shared(given: Sequence[T]) -> T | None:
    """What all statements are linked to, None when they are not linked to the same."""
    return given[0] if len(set(given)) == 1 else None


@transaction.atomic
def take_up(*, review: Review, aspect: Aspect, revision: int | None = None, now: datetime, by: User) -> ReviewBlock:
    """Put the area's own statements on one aspect into their section, as a paragraph that people edit like any other.

    Raises NotAllowed, NotDraft, MovedOn, BadAssessment, and BadWording when a statement states a figure in digits.
    """
    row = locked(review, now, by, revision)
    said = [one.text for one in own_of(row).filter(aspect=aspect).order_by("at", "id")]
    if not said:
        raise BadAssessment(f"Chưa có nhận định nào của đơn vị về {ASPECT_WORDS[aspect].lower()}. Hãy gộp trước.")
    content = selectors.content_of(row)
    printed = {key: figure.text for key, figure in content.printed.items()}
    words = LEAD_OF.get(aspect, "") + listed(said)
    kept = check_wording(words, keys=content.asks, names=content.names_with_digits, printed=printed)
    section, name = SECTION_OF[aspect], f"said-{aspect}"
    block = ReviewBlock.objects.select_for_update().filter(review=row, section=section, name=name).first()
    old = block.text if block else ""
    if block is None:
        block = ReviewBlock(
            review=row, kind=BlockKind.PARAGRAPH, section=section, name=name, position=_room(row, section)
        )
    block.text = block.generated = kept
    block.is_edited, block.updated_by, block.updated_at = True, by, now
    block.save()
    changed(row, "take_up", now, by, block=block, old=old, new=kept)
    return block


def _room(row: Review, section: str) -> int:
    """Make room after the last block of a section and return the place."""
    last: int = row.blocks.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    if not last:
        raise BadAssessment("Báo cáo không có mục cho nhận định này. Hãy soạn lại báo cáo rồi đưa vào.")
    following = list(row.blocks.filter(position__gt=last))
    for block in following:
        block.position += 1
    ReviewBlock.objects.bulk_update(following, ["position"])
    return last + 1


def _audit(verb: str, row: Assessment, data: dict[str, object], now: datetime, by: User) -> None:
    audit.record(f"reviews.assessment.{verb}", obj=row, area_id=row.area_id, data=data, now=now, by=by)


# ---------------------------------------------------------------- reads


def live() -> QuerySet[Assessment]:
    """Return the statements that nobody took back."""
    return Assessment.objects.filter(end__isnull=True).select_related("area", "by", "indicator", "task")


def own_of(review: Review) -> QuerySet[Assessment]:
    """Return the live statements of the review's own area over its window."""
    return live().filter(programme=review.programme, area_id=review.area_id, period_code=review.period_code)


def free_below(review: Review) -> QuerySet[Assessment]:
    """Return the live statements of the units directly below, of windows that end in the review's, not joined yet."""
    period = parse_period(review.period_code)
    tree = places.tree_on(review.map_as_of or period.last_day)
    below = [node.area_id for node in tree.children(review.area_id)] if review.area_id in tree else []
    found = live().filter(programme=review.programme, area_id__in=below)
    inside = [code for code in found.values_list("period_code", flat=True).distinct() if _ends_in(code, review)]
    joined = AssessmentPart.objects.filter(whole__end__isnull=True, whole__area_id=review.area_id).values("part_id")
    return found.filter(period_code__in=inside).exclude(pk__in=joined)


def _ends_in(code: str, review: Review) -> bool:
    part, whole = parse_period(code), parse_period(review.period_code)
    return whole.start < part.end <= whole.end


@dataclass(frozen=True)
class Group:
    """Statements that may say the same, and the words to begin the joined one with."""

    aspect: Aspect
    parts: tuple[Assessment, ...]
    text: str


def groups_of(review: Review) -> list[Group]:
    """Return what waits to be joined, by aspect, likely duplicates together, the largest groups first."""
    waiting = list(free_below(review).order_by("at", "id"))
    found = []
    for aspect in Aspect:
        mine = {one.pk: one for one in waiting if one.aspect == aspect}
        groups = alike({key: one.text for key, one in mine.items()})
        for group in sorted(groups, key=len, reverse=True):
            parts = tuple(mine[key] for key in group)
            found.append(Group(aspect, parts, longest([part.text for part in parts])))
    return found
