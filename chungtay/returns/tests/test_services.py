"""Services of returns: who may do what when, what is frozen, what becomes a fact and what is taken back."""

from datetime import timedelta

import pytest

from chungtay.access.selectors import NotAllowed, keys_of
from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.figures import selectors as figures
from chungtay.kernel.periods import parse_period
from chungtay.returns import grid, selectors, services
from chungtay.returns.models import Event, Return, VersionCell
from chungtay.returns.rules import Entry, State
from chungtay.returns.tests.making import (
    DUE,
    NOW,
    WHOLE,
    approve,
    fill,
    make_round,
    return_at,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast):
    return make_round(cast)


@pytest.fixture
def mine(cast, opened):
    return return_at(opened, cast.communes[0])


def houses(cast, status="approved", area=None, **kwargs):
    (figure,) = figures.consolidate(
        indicators=["support.houses"],
        area_ids=[(area or cast.city).pk],
        periods=[parse_period("2022Q3")],
        status=status,
        **kwargs,
    )
    return figure


def test_a_round_makes_one_return_for_each_unit_not_started(cast, opened):
    assert {r.area_id for r in Return.objects.all()} == {a.pk for a in cast.communes}
    assert set(Return.objects.values_list("state", flat=True)) == {State.NOT_STARTED}


def test_the_road_of_a_return_ends_in_the_approved_totals(cast, mine):
    send(mine, cast.clerk, cast.leader)
    assert houses(cast).value is None, "what is not approved is in no approved total"
    assert houses(cast, "all").value == 7
    approve(mine, cast.officer)
    figure = houses(cast)
    assert (figure.value, figure.reported, figure.expected) == (7, 1, 3)
    assert figure.missing == tuple(a.pk for a in cast.communes[1:])


def test_the_total_is_the_sum_of_the_units(cast, opened):
    for i, area in enumerate(cast.communes[:2]):
        of = return_at(opened, area)
        clerk = (cast.clerk, cast.other_clerk)[i]
        send(of, clerk, cast.leader, WHOLE | {"support.houses:new": Entry(value=10 * (i + 1))})
        approve(of, cast.officer)
    assert houses(cast).value == (10 + 4) + (20 + 4)
    assert houses(cast).value == sum(houses(cast, area=a).value for a in cast.communes[:2])


def test_a_ratio_is_recomputed_from_its_terms_at_each_level(cast, opened):
    for area, clerk, poor, everybody in ((0, cast.clerk, 10, 100), (1, cast.other_clerk, 10, 900)):
        of = return_at(opened, cast.communes[area])
        terms = {"poverty.poor": Entry(value=poor), "poverty.all": Entry(value=everybody)}
        send(of, clerk, cast.leader, WHOLE | terms)
        approve(of, cast.officer)
    (rate,) = figures.consolidate(
        indicators=["poverty.rate"], area_ids=[cast.city.pk], periods=[parse_period("2022Q3")]
    )
    assert (rate.numerator, rate.denominator) == (20, 1000), "never the mean of 10% and 1.1%"


def test_a_cell_without_a_number_is_missing_not_zero(cast, mine):
    send(mine, cast.clerk, cast.leader, WHOLE | {"groups.clubs": Entry(absent="Đang rà soát")})
    approve(mine, cast.officer)
    (clubs,) = figures.consolidate(
        indicators=["groups.clubs"], area_ids=[cast.city.pk], periods=[parse_period("2022Q3")]
    )
    assert (clubs.value, clubs.reported) == (None, 0)


def test_what_is_wrong_or_missing_is_not_sent(cast, mine):
    fill(mine, cast.clerk, WHOLE | {"poverty.all": Entry(value=5)})
    with pytest.raises(services.NotReady):
        services.submit_return(of=mine, now=NOW, by=cast.clerk)
    fill(mine, cast.clerk, {"poverty.all": Entry(text="nhiều")})
    with pytest.raises(services.NotReady):
        services.submit_return(of=mine, now=NOW, by=cast.clerk)
    mine.refresh_from_db()
    assert selectors.draft_entries(mine)["poverty.all"].text == "nhiều", "nothing typed is lost"


def test_the_same_entries_again_change_nothing(cast, mine):
    fill(mine, cast.clerk)
    mine.refresh_from_db()
    before, events = mine.revision, audit.head().count
    fill(mine, cast.clerk)
    mine.refresh_from_db()
    assert (mine.revision, audit.head().count) == (before, events)


def test_two_people_at_one_draft_do_not_overwrite_each_other(cast, mine):
    fill(mine, cast.clerk)
    with pytest.raises(services.MovedOn):
        services.save_draft(of=mine, entries={"groups.clubs": Entry(value=9)}, revision=0, now=NOW, by=cast.clerk)


@pytest.mark.parametrize("person", ["leader", "officer", "outsider", "admin", "auditor", "other_clerk"])
def test_only_the_units_clerk_fills(cast, mine, person):
    with pytest.raises(NotAllowed):
        fill(mine, getattr(cast, person))


def test_nobody_signs_or_approves_what_they_wrote(cast, mine):
    from chungtay.access import services as access
    from chungtay.access.rules import Role

    for role, area in ((Role.LEADER, cast.communes[0]), (Role.OFFICER, cast.city)):
        access.assign(user=cast.clerk, role=role, area=area, valid_from=NOW.date(), now=NOW, by=None)
    fill(mine, cast.clerk)
    version = services.submit_return(of=mine, now=NOW, by=cast.clerk)
    with pytest.raises(NotAllowed):
        services.sign_return(of=mine, content_hash=version.content_hash, now=NOW, by=cast.clerk)
    services.sign_return(of=mine, content_hash=version.content_hash, now=NOW, by=cast.leader)
    with pytest.raises(NotAllowed):
        services.approve_return(of=mine, content_hash=version.content_hash, now=NOW, by=cast.clerk)


def test_approval_is_of_the_content_that_was_seen(cast, mine):
    send(mine, cast.clerk, cast.leader)
    with pytest.raises(services.ContentDiffers):
        services.approve_return(of=mine, content_hash="0" * 64, now=NOW, by=cast.officer)
    mine.refresh_from_db()
    assert mine.state == State.SUBMITTED


def test_sending_back_names_cells_and_takes_the_provisional_figures_back(cast, mine):
    send(mine, cast.clerk, cast.leader)
    assert houses(cast, "all").value == 7
    services.send_back_return(of=mine, remarks={"support.houses:repair": "Sổ ghi 3 căn."}, now=NOW, by=cast.officer)
    mine.refresh_from_db()
    assert mine.state == State.RETURNED
    assert houses(cast, "all").value is None
    remarks = selectors.sent_back(mine).remarks
    assert [(r.key, r.text, r.by) for r in remarks.values()] == [
        ("support.houses:repair", "Sổ ghi 3 căn.", cast.officer.full_name)
    ]


def test_sending_back_needs_a_reason(cast, mine):
    send(mine, cast.clerk, cast.leader)
    with pytest.raises(services.ReasonNeeded):
        services.send_back_return(of=mine, remarks={"support.houses:repair": "  "}, now=NOW, by=cast.officer)


def test_a_resubmission_shows_what_changed(cast, mine):
    send(mine, cast.clerk, cast.leader)
    services.send_back_return(of=mine, remarks={"support.houses:repair": "Sổ ghi 3."}, now=NOW, by=cast.officer)
    mended = Entry(value=3, reply="Căn thứ tư sang kỳ sau.")
    send(mine, cast.clerk, cast.leader, {"support.houses:repair": mended})
    mine.refresh_from_db()
    assert mine.current_version.number == 2
    changes = selectors.version_changes(
        selectors.form_spec(mine.round.form), mine.current_version, among=selectors.sent_versions(mine)
    )
    assert [(c.cell.key, c.before_text, c.after_text) for c in changes] == [("support.houses:repair", "4", "3")]
    assert selectors.entries_of(mine.current_version)["support.houses:repair"].reply == "Căn thứ tư sang kỳ sau."


def test_a_correction_leaves_the_approved_figure_until_it_is_approved_itself(cast, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    later = NOW + timedelta(days=30)
    services.reopen_return(of=mine, note="Hai đơn vị cùng báo một căn.", now=later, by=cast.officer)
    assert houses(cast).value == 7
    send(mine, cast.clerk, cast.leader, {"support.houses:new": Entry(value=2)}, now=later)
    assert (houses(cast).value, houses(cast, "all").value) == (7, 6)
    approve(mine, cast.officer, now=later)
    assert houses(cast).value == 6
    assert houses(cast, known_at=later).value == 7, "an older day still knows the older figure"


def test_a_correction_that_is_sent_back_leaves_the_approved_figure_in_both_views(cast, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    later = NOW + timedelta(days=30)
    services.reopen_return(of=mine, note="Xem lại.", now=later, by=cast.officer)
    send(mine, cast.clerk, cast.leader, {"support.houses:new": Entry(value=2)}, now=later)
    services.send_back_return(of=mine, remarks={"support.houses:new": "Vì sao?"}, now=later, by=cast.officer)
    assert (houses(cast).value, houses(cast, "all").value) == (7, 7)


def test_a_number_that_a_correction_withdraws_is_missing_again(cast, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    later = NOW + timedelta(days=30)
    services.reopen_return(of=mine, note="Chưa đếm xong.", now=later, by=cast.officer)
    gone = {"support.houses:new": Entry(absent="Đếm lại"), "support.houses:repair": Entry(absent="Đếm lại")}
    send(mine, cast.clerk, cast.leader, gone, now=later)
    approve(mine, cast.officer, now=later)
    assert houses(cast).value is None


def test_withdrawing_takes_the_return_home(cast, mine):
    send(mine, cast.clerk, cast.leader)
    services.withdraw_return(of=mine, note="Còn một căn chưa đếm.", now=NOW, by=cast.leader)
    mine.refresh_from_db()
    assert mine.state == State.DRAFT
    assert houses(cast, "all").value is None
    assert mine.versions.count() == 1, "what was sent stays in the history"


def test_a_deadline_moves_forward_only_and_with_a_reason(cast, mine):
    with pytest.raises(services.DeadlineNotLater):
        services.extend_deadline(of=mine, until=DUE, note="Ốm", now=NOW, by=cast.officer)
    with pytest.raises(services.ReasonNeeded):
        services.extend_deadline(of=mine, until=DUE + timedelta(days=2), note="", now=NOW, by=cast.officer)
    services.extend_deadline(of=mine, until=DUE + timedelta(days=2), note="Ốm", now=NOW, by=cast.officer)
    assert selectors.return_for(keys_of(cast.clerk, on=NOW.date()), mine.pk).due_at == DUE + timedelta(days=2)


def test_what_was_sent_cannot_be_changed_or_deleted(cast, mine):
    send(mine, cast.clerk, cast.leader)
    for rows in (VersionCell.objects.all(), Event.objects.all(), mine.versions.all()):
        with pytest.raises(HistoryIsFixed):
            rows.delete()


def test_every_act_is_in_an_unbroken_chain(cast, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    assert audit.verify() == []
    codes = [e.code for e in audit.events_of(mine)]
    for code in ("returns.return.submitted", "returns.return.signed", "returns.return.approved"):
        assert code in codes


def test_strangers_do_not_see_a_return(cast, mine):
    for person in (cast.outsider, cast.other_clerk, cast.admin):
        with pytest.raises(selectors.NoSuchReturn):
            selectors.return_for(keys_of(person, on=NOW.date()), mine.pk)


def test_the_grid_counts_lateness_from_the_deadline_that_holds(cast, opened, mine):
    def late():
        keys = keys_of(cast.officer, on=NOW.date())
        return grid.status_grid(keys, [opened], now=DUE + timedelta(days=4, hours=1)).cells

    assert {c.late_days for row in late().values() for c in row.values()} == {4}
    services.extend_deadline(of=mine, until=DUE + timedelta(days=9), note="Ốm", now=NOW, by=cast.officer)
    assert late()[mine.area_id][opened.pk].late_days == 0
