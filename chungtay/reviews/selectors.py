"""Reads of reviews: whose they are, their content at their own moment, the gates before signing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.emulation.selectors import commended
from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period, parse_period, period_of
from chungtay.kernel.text import LOCAL_TIME
from chungtay.papers.rules import HeadKind
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import Node
from chungtay.programmes.models import Programme
from chungtay.programmes.selectors import root_programmes
from chungtay.returns.models import Round
from chungtay.reviews.answers import Answers, ask_all
from chungtay.reviews.assembly import Draft, write_draft
from chungtay.reviews.book import Book
from chungtay.reviews.content import Content
from chungtay.reviews.disputed import open_discrepancies as open_discrepancies
from chungtay.reviews.dossier_rules import RecordKind
from chungtay.reviews.heads import HeadText, default_head, head_from_json
from chungtay.reviews.lists import awards_annex
from chungtay.reviews.maps import names_for, read_map
from chungtay.reviews.models import Review, ReviewBlock, ReviewEdit
from chungtay.reviews.printing import short_code
from chungtay.reviews.rules import Ask, DraftBlock, Shape, State, ask_from_json, is_final
from chungtay.reviews.scope import Scope, read_scope


class NoSuchReview(DomainError):
    """There is no such review, or it is beyond the actor's reach."""

    def __init__(self) -> None:
        super().__init__("Không có báo cáo sơ kết này.")


class NoSuchQuestion(DomainError):
    """The figure asked for is not one of this review's programme and units."""

    def __init__(self) -> None:
        super().__init__(
            "Chương trình không có chỉ tiêu này, hoặc đơn vị không thuộc phạm vi báo cáo. Hãy chọn trong danh sách."
        )


def reviews_visible_to(actor: User, *, on: date) -> "QuerySet[Review]":
    """Return the reviews of the areas that the actor may look at, newest first."""
    areas = access.areas_for(actor, "view", "review", on=on)
    found = Review.objects.filter(area_id__in=areas).select_related("programme", "created_by")
    return found.order_by("-updated_at", "id")


def review_for(actor: User, review_id: UUID, *, on: date) -> Review:
    """Return one review. Raises NoSuchReview when it is not there for this actor."""
    found = reviews_visible_to(actor, on=on).select_related("area", "template__attachment").filter(pk=review_id).first()
    if found is None:
        raise NoSuchReview
    return found


def stored_review(
    *,
    programme: Programme,
    area: Area,
    period_code: str,
    header: HeadKind,
    known_at: datetime,
    map_as_of: date | None = None,
) -> Review | None:
    """Return the newest review of the same question, on the same map, as known at the same moment.

    A moment that is the very end of a day stands for that day: a review of any hour of it will do.
    """
    found = Review.objects.filter(
        programme=programme, area=area, period_code=parse_period(period_code).code, header=header, map_as_of=map_as_of
    ).select_related("programme", "area", "template__attachment")
    candidates = list(found.order_by("-updated_at", "id"))
    exact = next((review for review in candidates if review.known_at == known_at), None)
    local = known_at.astimezone(LOCAL_TIME)
    if exact is not None or (local.hour, local.minute, local.second) != (23, 59, 59):
        return exact
    return next((one for one in candidates if one.known_at.astimezone(LOCAL_TIME).date() == local.date()), None)


def asks_of(review: Review) -> dict[str, Ask]:
    """Return the review's questions by key."""
    return {ask.key: ask for ask in map(ask_from_json, review.asks)}


def blocks_of(review: Review) -> list[ReviewBlock]:
    """Return the review's blocks in order."""
    return list(review.blocks.order_by("position").select_related("updated_by"))


def content_of(review: Review, blocks: Iterable[ReviewBlock] | None = None) -> Content:
    """Return the review with its figures as known at its own moment: facts that came later change nothing."""
    drafts = tuple(block.as_draft() for block in (blocks_of(review) if blocks is None else blocks))
    return content_with(review, head_from_json(review.head), asks_of(review), drafts, known_at=review.known_at)


def content_with(
    review: Review, head: HeadText, asks: Mapping[str, Ask], blocks: tuple[DraftBlock, ...], *, known_at: datetime
) -> Content:
    """Return a review's content with these words and questions, its figures as known at a moment."""
    atoms = [atom for ask in asks.values() for atom in ask.atoms()]
    answers = ask_all(atoms, main_area=review.area_id, known_at=known_at, on_map=review.map_as_of)
    content = _content(
        review.programme, review.area_id, review.period_code, review.map_as_of, head, asks, blocks, answers
    )
    return replace(content, template=review.template.attachment if review.template else None)


def draft_content(
    *,
    programme: Programme,
    area: Area,
    period_code: str,
    header: HeadKind,
    known_at: datetime,
    map_as_of: date | None = None,
) -> Content:
    """Return the report that the software writes by itself, without storing anything. Raises as `read_scope` does."""
    scope = read_scope(programme=programme, area=area, period_code=period_code, known_at=known_at, map_as_of=map_as_of)
    head = head_for(scope, header)
    draft = write_draft(scope, head)
    return _content(programme, area.pk, scope.period.code, map_as_of, head, draft.asks, draft.blocks, draft.answers)


def head_for(scope: Scope, header: HeadKind) -> HeadText:
    """Return the default head of a scope, dated on the day of its figures."""
    programme = scope.programme
    return default_head(
        header,
        area_name=scope.area_name,
        level=scope.level,
        parent_name=scope.parent_name,
        word=scope.word,
        programme=f"{programme.kind} số {programme.number}",
        title=programme.title,
        dated_on=scope.known_at.astimezone(LOCAL_TIME).date(),
    )


def fresh_draft(review: Review, head: HeadText) -> Draft:
    """Return what the software would write for the review now, at the review's own moment."""
    draft = write_draft(scope_of(review), head)
    return replace(draft, blocks=(*draft.blocks, *awards_blocks(review)))


def awards_blocks(review: Review) -> list[DraftBlock]:
    """Return the annex of who an issued decision of the window commended, then who the review's file puts forward, and for what."""
    period = parse_period(review.period_code)
    decided = commended(
        programme=review.programme,
        area_id=review.area_id,
        first=period.start,
        last=period.last_day,
        known_at=review.known_at,
    )
    found = review.records.filter(kind=RecordKind.COMMENDATION, end__isnull=True).order_by("at", "id")
    listed = [*((one.name, f"{one.form}, {one.decision}") for one in decided), *found.values_list("name", "detail")]
    return awards_annex(listed, has_decision=bool(decided))


def _content(
    programme: Programme,
    area_id: UUID,
    period_code: str,
    map_as_of: date | None,
    head: HeadText,
    asks: Mapping[str, Ask],
    blocks: tuple[DraftBlock, ...],
    answers: Answers,
) -> Content:
    period = parse_period(period_code)
    found = read_map(area_id=area_id, period=period, as_of=map_as_of, known_at=answers.known_at)
    if found is None:
        raise NoSuchReview  # a review is only made where its area is on its map
    node = found.tree.node(area_id)
    return Content(
        programme_code=programme.code,
        area_code=node.code or node.name,
        period=period,
        map_as_of=map_as_of,
        is_final=is_final(period, programme.starts_on, programme.ends_on),
        head=head,
        asks=asks,
        blocks=blocks,
        answers=answers,
        names=names_for(found, area_id, answers),
        is_sample=programme.is_sample,
        address=reverse("figure-trace", args=["TRACE"]).replace("TRACE", "{trace}"),
    )


@dataclass(frozen=True)
class Offer:
    """What a new review may be about: programmes, areas to write for, windows worth reporting on, maps to stand on."""

    programmes: tuple[Programme, ...]
    areas: tuple[Node, ...]
    windows: tuple[Period, ...]
    maps: tuple[places.MapDay, ...]


def reviews_to_write(areas: Collection[UUID], *, on: date) -> Offer:
    """Return what somebody who may write for `areas` can report on, on a day."""
    tree = places.tree_on(on)
    programmes = tuple(
        p for p in root_programmes() if p.area_id in tree and any(a in areas for a in tree.ids_under(p.area_id))
    )
    windows = dict.fromkeys(window for programme in programmes for window in windows_of(programme, on))
    mine = {node.area_id: node for node in tree if node.area_id in areas}
    maps = places.map_days()
    for one in maps:  # also units that are only on a map to come: what was recorded in advance
        if one.day > on:
            mine |= {n.area_id: n for n in places.tree_on(one.day) if n.area_id in areas and n.area_id not in mine}
    return Offer(programmes, tuple(mine.values()), tuple(windows), maps if len(maps) > 1 else ())


WINDOWS_OFFERED = 4


def windows_of(programme: Programme, on: date) -> list[Period]:
    """Return the windows worth reporting on: from the start to the end of each of the last rounds, then each whole year."""
    rounds = Round.objects.filter(form__programme=programme, period_end__lte=on, period_end__gt=programme.starts_on)
    ends = list(rounds.order_by("-period_end").values_list("period_end", flat=True).distinct()[:WINDOWS_OFFERED])
    windows = [period_of(programme.starts_on, end) for end in ends if end.day == programme.starts_on.day]
    last = min(on.year, programme.ends_on.year + 1)
    years = [
        period_of(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(last - 1, programme.starts_on.year - 1, -1)
    ]
    return list(dict.fromkeys([*windows, *years]))


def windows_under_review(programmes: Collection[Programme]) -> list[str]:
    """Return the windows that reviews of these programmes are being written for, those begun last first."""
    found = Review.objects.filter(programme__in=programmes, state=State.DRAFT).order_by("-created_at")
    return list(dict.fromkeys(found.values_list("period_code", flat=True)))[:WINDOWS_OFFERED]


@dataclass(frozen=True)
class FigureChoices:
    """What an editor may ask for beside the figures of the draft, as (value, label) pairs."""

    indicators: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]


def scope_of(review: Review) -> Scope:
    """Return what a stored review is about."""
    return read_scope(
        programme=review.programme,
        area=review.area,
        period_code=review.period_code,
        known_at=review.known_at,
        map_as_of=review.map_as_of,
    )


def figures_to_add(review: Review) -> FigureChoices:
    """Return the indicators (and parts of their breakdowns) and the units that a new question may name."""
    scope = scope_of(review)
    indicators = []
    for series in scope.series.values():
        indicators.append((series.code, series.name))
        indicators += [(f"{series.code}|{key}", f"{series.name}: {label}") for key, label in series.keys]
    areas = [(str(scope.area_id), scope.area_name), *((str(node.area_id), node.name) for node in scope.children)]
    return FigureChoices(tuple(indicators), tuple(areas))


def question_about(review: Review, *, indicator: str, area_id: UUID, period_code: str) -> Ask:
    """Return the question for a figure of a unit over a window; `indicator` is "code" or "code|dimension key".

    Raises BadPeriod, NoSuchQuestion.
    """
    scope, period = scope_of(review), parse_period(period_code)
    code, _, dimension = indicator.partition("|")
    if code not in scope.series or area_id not in {scope.area_id, *scope.child_ids}:
        raise NoSuchQuestion
    shape = Shape.RATIO if scope.series[code].terms else Shape.SAID
    book = Book(scope, Answers({}, review.known_at, scope.on_map))
    ask = book.question(code, shape, period=period, dimension=dimension, places=2)
    if ask is None:
        raise NoSuchQuestion
    if area_id == scope.area_id:
        return ask
    name = scope.names[area_id]
    return replace(ask, key=f"{ask.key}, {name}", label=f"{ask.label}, {name}", area_id=area_id)


def history_of(review: Review) -> list[ReviewEdit]:
    """Return what happened to the wording, newest first."""
    return list(review.edits.select_related("by").order_by("-revision"))


def trace_of_code(actor: User, code: str, *, on: date) -> str | None:
    """Return the trace that a printed code stands for, among the reviews that the actor may look at."""
    wanted = code.strip().upper()
    for review in reviews_visible_to(actor, on=on):
        for ask in asks_of(review).values():
            key = TraceKey(
                ask.indicator,
                ask.dimension,
                ask.area_id,
                ask.period_code,
                "approved",
                review.known_at,
                date.fromisoformat(ask.on_map) if ask.on_map else None,
            )
            if short_code(trace := encode_trace(key)) == wanted:
                return trace
    return None
