"""The way of a sheet through the services, on both databases: who may, what is sealed, what is refused in words."""

import pytest
from django.db import IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.emulation import guards, selectors, services
from chungtay.emulation.models import Contest, Criterion, Result, Score, Sheet, SheetStep
from chungtay.emulation.publishing import NotThisAppeal, TooLate
from chungtay.emulation.rules import (
    ContentDiffers,
    ContestState,
    MovedOn,
    ReasonNeeded,
    Recused,
    Stage,
    WrongConfirmation,
    WrongTurn,
)
from chungtay.emulation.scoring import BadCriteria, BadPoints, How, Item
from chungtay.emulation.services import Entrant, Given, NotScored
from chungtay.emulation.tests.making import HOUSES, NOW, Council, make_group
from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind

pytestmark = pytest.mark.django_db


def test_criteria_are_versions_that_never_change(council: Council):
    first, second = council.criteria(), council.criteria()
    assert (first.version, second.version, first.most) == (1, 2, 10_000)
    with pytest.raises(BadCriteria, match="nhiều hơn điểm tối đa"):
        council.criteria((Item("1", "A", 100, How.GROUP), Item("1.1", "B", 200, How.PEOPLE)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.create(criteria=first, number="9", title="x", most=1, how=How.SHARE)


def test_a_contest_is_opened_by_somebody_else_and_by_nobody_twice(council: Council):
    contest = council.draft()
    given = {"contest": contest, "now": council.tick()}
    with pytest.raises(NotAllowed):
        services.open_contest(**given, revision=1, by=council.cast.officer)
    services.open_contest(**given, revision=1, by=council.cast.upper_leader)
    with pytest.raises(MovedOn):
        services.open_contest(**given, revision=1, by=council.cast.upper_leader)
    with pytest.raises(ReasonNeeded):
        services.cancel_contest(**given, reason=" ", revision=2, by=council.cast.upper_leader)
    services.cancel_contest(**given, reason="Nhập vào đợt khác", revision=2, by=council.cast.upper_leader)
    with pytest.raises(WrongTurn):
        council.score(council.sheet(contest), council.cast.clerk)


def test_who_takes_part_is_said_once_and_a_group_is_not_scored_by_figures(council: Council):
    body = council.cast.body(council.cast.communes[0], BodyKind.MTTQ)
    with pytest.raises(services.BadContest, match="hai lần"):
        council.draft(entrants=[Entrant("A", body), Entrant("B", body)])
    with pytest.raises(services.BadContest, match="chưa có ai"):
        council.draft(entrants=[])


def test_a_sheet_goes_from_hand_to_hand_and_figures_score_themselves(council: Council):
    contest = council.open()
    sheet = council.sheet(contest)
    with pytest.raises(NotScored, match=r"2\.1, 2\.2"):
        council.forward(sheet, council.cast.leader)
    council.score(sheet, council.cast.clerk)
    standing = services.standing_of(council.fresh(sheet))
    assert standing.points == {
        "1.1": 2250,
        "1.2": 2000,
        "2.1": 2000,
        "2.2": 1500,
    }  # 15 of 20 houses × 30; 15: 20 points
    assert standing.counted["1.1"].trace
    with pytest.raises(NotAllowed):
        council.forward(sheet, council.cast.clerk)
    council.forward(sheet, council.cast.leader)
    kept = Score.objects.get(sheet=sheet, criterion__number="1.1")
    assert (kept.points, kept.figure["text"]) == (2250, "15\u00a0căn")
    with pytest.raises(NotAllowed):
        council.score(sheet, council.cast.clerk, {"2.1": Given(100, "x")})
    with pytest.raises(ReasonNeeded):
        council.score(sheet, council.cast.officer, {"2.1": Given(1500)})
    council.score(sheet, council.cast.officer, {"2.1": Given(1500, "Chỉ một mô hình có minh chứng")})
    assert services.standing_of(council.fresh(sheet)).total == 7250
    council.forward(sheet, council.cast.officer)
    acts = list(SheetStep.objects.filter(sheet=sheet).order_by("id").values_list("act", "stage", "points"))
    assert acts == [
        ("score", "self", None), ("forward", "department", 7750), ("score", "department", None), ("forward", "council", 7250),
    ]  # fmt: skip


def test_what_a_person_may_not_give_is_refused(council: Council):
    sheet = council.sheet(council.open())
    for number, points in (("2.1", 2501), ("1.1", 100), ("2", 100), ("7", 1)):
        with pytest.raises(BadPoints, match=f"Tiêu chí {number}"):
            council.score(sheet, council.cast.clerk, {number: Given(points)})
    with pytest.raises(NotAllowed):
        council.score(sheet, council.cast.other_clerk)


def test_a_stale_page_seals_nothing(council: Council):
    """Another revision is told, and so is a figure that changed after it was shown."""
    sheet = council.sheet(council.open())
    council.score(sheet, council.cast.clerk)
    row = council.fresh(sheet)
    digest = services.standing_of(row).hash
    given = {"sheet": row, "now": council.tick(), "by": council.cast.leader}
    with pytest.raises(MovedOn):
        services.forward(**given, content_hash=digest, revision=row.revision - 1)
    more = [Statement(HOUSES, "", sheet.area_id, parse_period("2022"), 16)]
    none = [Statement(HOUSES, "", sheet.area_id, parse_period("2022"), None)]
    for source, said in (("undo", none), ("again", more)):
        figures.record_facts(said, status="approved", source_kind="test", source_id=source, now=NOW, by=None)
    with pytest.raises(ContentDiffers):
        services.forward(**given, content_hash=digest, revision=row.revision)
    council.forward(sheet, council.cast.leader)


def test_a_sheet_that_goes_back_says_why_and_keeps_every_score(council: Council):
    sheet = council.lead(council.sheet(council.open()), Stage.DEPARTMENT)
    council.score(sheet, council.cast.officer, {"2.1": Given(1000, "Thiếu minh chứng")})
    row = council.fresh(sheet)
    given = {"sheet": row, "revision": row.revision, "now": council.tick(), "by": council.cast.officer}
    with pytest.raises(ReasonNeeded):
        services.send_back(**given, reason="  ")
    services.send_back(**given, reason="Bổ sung minh chứng 2.1")
    council.score(sheet, council.cast.clerk, {"2.1": Given(1800, "Đã bổ sung")})
    assert services.standing_of(council.fresh(sheet)).points["2.1"] == 1800
    rows = Score.objects.filter(sheet=sheet, criterion__number="2.1").order_by("id")
    assert list(rows.values_list("stage", "points")) == [("self", 2000), ("department", 1000), ("self", 1800)]


def test_nobody_judges_the_body_they_belong_to(council: Council):
    contest = council.open()
    sheet = council.lead(council.sheet(contest, 1), Stage.COUNCIL)
    with pytest.raises(Recused):
        council.score(sheet, council.jurors[1], {"2.1": Given(2500, "Rất tốt")})
    with pytest.raises(Recused):
        council.forward(sheet, council.jurors[1])
    council.score(sheet, council.jurors[0], {"2.1": Given(2500, "Rất tốt")})


# ---------------------------------------------------------------- publication


def test_publication_fixes_everything_for_ever_below_the_program_too(council: Council):
    contest = council.published()
    first, second = council.sheet(contest), council.sheet(contest, 1)
    results = {one.sheet_id: one for one in Result.objects.all()}
    assert (results[first.pk].points, results[first.pk].place) == (7750, 1)
    assert (results[second.pk].points, results[second.pk].place) == (
        4100,
        2,
    )  # 4 of 20 houses: 6 points; below five: none
    assert Contest.objects.get(pk=contest.pk).state == ContestState.PUBLISHED
    criterion = contest.criteria.criteria.get(number="2.1")
    for change in (
        lambda: Sheet.objects.filter(pk=first.pk).update(stage=Stage.SELF),
        lambda: Sheet.objects.filter(pk=first.pk).delete(),
        lambda: Score.objects.create(
            sheet=first,
            criterion=criterion,
            stage=Stage.STANDING,
            points=0,
            revision=99,
            at=NOW,
            by=council.cast.officer,
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_publication_is_typed_whole_and_by_somebody_who_changed_nothing(council: Council):
    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), Stage.STANDING)
    contest.refresh_from_db()
    digest = services.hash_of(services.ranking_of(contest))
    given = {"contest": contest, "revision": contest.revision, "now": council.tick(), "by": council.cast.upper_leader}
    with pytest.raises(WrongConfirmation):
        services.publish_contest(**given, typed="có", content_hash=digest)
    with pytest.raises(ContentDiffers):
        services.publish_contest(**given, typed="TD-2022", content_hash="0" * 64)
    council.score(council.sheet(contest), council.cast.upper_leader, {"2.2": Given(1400, "Một lần chậm")})
    with pytest.raises(NotAllowed):
        council.publish(contest)
    row = council.sheet(contest)
    back = {"sheet": row, "reason": "Xem lại", "revision": row.revision, "now": council.tick()}
    services.send_back(**back, by=council.cast.upper_leader)
    with pytest.raises(WrongTurn, match="Còn 1 phiếu"):
        council.publish(contest)


def test_an_accepted_appeal_publishes_again_and_the_first_stays(council: Council):
    contest = council.published()
    sheet = council.sheet(contest, 1)
    given = {"sheet": sheet, "now": council.tick(), "by": council.cast.leader}
    appeal = services.file_appeal(**given, text="Thiếu 3 căn nhà bàn giao tháng 12")
    with pytest.raises(NotThisAppeal):
        services.file_appeal(**given, text="Lần nữa")
    answer = {"appeal": appeal, "text": "Đã đối chiếu biên bản, chấp nhận", "now": council.tick()}
    with pytest.raises(NotAllowed):
        services.answer_appeal(**answer, by=council.cast.officer)
    with pytest.raises(BadPoints):
        services.answer_appeal(**answer, points=10_001, by=council.cast.upper_leader)
    services.answer_appeal(**answer, points=7750, by=council.cast.upper_leader)
    with pytest.raises(NotThisAppeal):
        services.answer_appeal(**answer, by=council.cast.upper_leader)
    last = selectors.last_publication(contest)
    assert last is not None
    assert [(one.place, one.is_tied) for one in selectors.results_of(last)] == [(1, True), (1, True)]
    assert list(Result.objects.filter(publication__number=1).order_by("place").values_list("points", flat=True)) == [
        7750,
        4100,
    ]
    council.tick(days=6)
    with pytest.raises(TooLate):
        services.file_appeal(sheet=sheet, text="Muộn", now=council.tick(), by=council.cast.leader)


def test_without_its_guards_what_was_published_could_be_changed(council: Council):
    """A planted fault: somebody with access to the database lifted them; the next migrate sets them again."""
    sheet = council.sheet(council.published())
    guards.lift("default")
    assert Sheet.objects.filter(pk=sheet.pk).update(block="Khác") == 1
    guards.install("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(block="Khối phường")


def test_groups_compete_too_where_no_figure_is_asked_for(council: Council):
    group = make_group(council)
    entrants = [Entrant("Khối phường", group=group)]
    with pytest.raises(services.BadContest, match="không có số liệu riêng"):
        council.draft(entrants=entrants)
    people = council.criteria((Item("1", "Nền nếp sinh hoạt", 1000, How.PEOPLE),), "nhom")
    contest = council.open(entrants=entrants, criteria=people)
    sheet = council.sheet(contest)
    council.score(sheet, council.cast.clerk, {"1": Given(900, "Họp đều")})
    council.forward(sheet, council.cast.leader)
    assert council.fresh(sheet).stage == Stage.DEPARTMENT
