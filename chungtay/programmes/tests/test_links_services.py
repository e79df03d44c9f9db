"""A change above comes before the plans below; one person drafts an answer, another decides, and every step is kept."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition, define_indicators
from chungtay.programmes import services
from chungtay.programmes.answering import NotOpen
from chungtay.programmes.link_rules import Stand, Way
from chungtay.programmes.links import changes_of, shown_by, standing_of, standings_of
from chungtay.programmes.models import Answer, Change, Proposal, Target
from chungtay.programmes.registry import BadAnswer
from chungtay.programmes.rewording import version_of
from chungtay.programmes.rules import SumRule
from chungtay.programmes.tests.linked import Linked

pytestmark = pytest.mark.django_db

TERMS = [Definition(code, code, "hộ", "Định nghĩa.", Kind.STOCK) for code in ("poor", "all")]
HOUSES = Definition("houses", "Nhà", "căn", "Định nghĩa.", Kind.FLOW)
RATE = Definition("rate", "Tỷ lệ hộ nghèo", "%", "Định nghĩa.", Kind.RATIO, numerator="poor", denominator="all")


def reword(linked: Linked, title: str) -> None:
    area = linked.first_area
    services.reword(
        area_of_work=area, title=title, basis="KH 18", seen=version_of(area), now=linked.tick(), by=linked.cast.officer
    )


def newest(linked: Linked) -> Proposal:
    return Proposal.objects.filter(plan=linked.plan).order_by("-number")[0]


def draft(linked: Linked, way: Way = Way.TAKE, typed: str = "", reason: str = "", seen: int = 0, by=None) -> Answer:
    who = by or linked.cast.clerk
    given = {"way": way, "typed": typed, "reason": reason, "seen": seen}
    return services.draft_answer(proposal=newest(linked), now=linked.tick(), by=who, **given)


def decide(linked: Linked, *, holds: bool = True, note: str = "", seen: int = 1, by=None) -> None:
    who = by or linked.cast.leader
    services.decide(proposal=newest(linked), holds=holds, note=note, seen=seen, now=linked.tick(), by=who)


def test_new_words_come_before_every_plan_and_are_adapted_by_two_people(linked: Linked) -> None:
    reword(linked, "Giảm nghèo bền vững, không tái nghèo")
    assert [one.proposal.held for one in standings_of(linked.plans)] == ["Giảm nghèo bền vững"] * 2
    assert shown_by(linked.plan)[0].value == "Giảm nghèo bền vững"
    with pytest.raises(BadAnswer, match="lý do"):
        draft(linked, Way.ADAPT, "Giảm nghèo ở vùng ven")
    with pytest.raises(BadAnswer, match="giống hệt"):
        draft(linked, Way.ADAPT, "Giảm nghèo bền vững, không tái nghèo", "vì")
    with pytest.raises(NotAllowed):
        draft(linked, by=linked.cast.other_clerk)
    draft(linked, Way.ADAPT, "Giảm nghèo ở vùng ven", "Phường không có xã vùng sâu")
    assert standing_of(newest(linked)).stand is Stand.DRAFTED
    with pytest.raises(NotAllowed):
        decide(linked, by=linked.cast.clerk)
    with pytest.raises(BadAnswer, match="trả lại"):
        decide(linked, holds=False)
    decide(linked, holds=False, note="Nói rõ hơn")
    assert standing_of(newest(linked)).stand is Stand.OPEN
    with pytest.raises(NotOpen, match="vừa dự thảo"):
        draft(linked, seen=0)
    draft(linked, Way.ADAPT, "Giảm nghèo ở khóm ven sông", "Chỉ còn hộ nghèo ở đó", seen=1)
    decide(linked, seen=2)
    assert shown_by(linked.plan)[0].value == "Giảm nghèo ở khóm ven sông"
    [(_, below)] = changes_of(linked.programme)
    assert sorted(one.stand for one in below) == [Stand.ANSWERED, Stand.OPEN]
    with pytest.raises(NotOpen):
        draft(linked, seen=2)
    codes = set(AuditEvent.objects.filter(object_type__contains="roposal").values_list("code", flat=True))
    assert codes == {"programmes.answer.drafted", "programmes.answer.sent_back", "programmes.answer.decided"}
    with pytest.raises(HistoryIsFixed):
        Answer.objects.all().delete()


def test_the_author_of_a_draft_never_decides_it_even_when_they_lead(linked: Linked) -> None:
    from chungtay.access import services as access
    from chungtay.access.rules import Role

    reword(linked, "Giảm nghèo đa chiều")
    both = linked.cast.person("both", "Trần Kiêm", "Phó", (Role.CLERK, linked.plan.area))
    access.assign(
        user=both, role=Role.LEADER, area=linked.plan.area, valid_from=linked.plan.signed_on, now=linked.now, by=None
    )
    draft(linked, by=both)
    with pytest.raises(NotAllowed):
        decide(linked, by=both)
    decide(linked)
    assert shown_by(linked.plan)[0].value == "Giảm nghèo đa chiều"


def test_a_later_change_passes_an_unanswered_one(linked: Linked) -> None:
    reword(linked, "Lời hai")
    first = newest(linked)
    draft(linked)
    reword(linked, "Lời ba")
    assert standing_of(first).stand is Stand.PASSED
    with pytest.raises(NotOpen):
        services.decide(proposal=first, holds=True, seen=1, now=linked.tick(), by=linked.cast.leader)
    assert newest(linked).held == "Giảm nghèo bền vững"


def test_a_part_given_anew_comes_before_its_plan_alone_and_becomes_its_target(linked: Linked) -> None:
    houses = define_indicators([HOUSES], now=linked.now, by=None)[0]
    first, second = (plan.area for plan in linked.plans)
    common = {"indicator": houses, "period_code": "2022", "basis": "KH 18", "by": linked.cast.officer}
    total = services.set_target(
        programme=linked.programme, area=linked.programme.area, value=120, now=linked.tick(), **common
    )
    parts = {"basis": "KH 18", "rule": SumRule.EQUAL, "by": linked.cast.officer, "target": total}
    services.allocate_target(parts={first.pk: 50, second.pk: 70}, now=linked.tick(), **parts)
    assert not Change.objects.exists()  # the first word is no change
    services.allocate_target(parts={first.pk: 60, second.pk: 60}, now=linked.tick(), **parts)
    [mine] = standings_of([linked.plan])
    assert (mine.proposal.held, mine.change.after) == ("50", "60")
    draft(linked, Way.ADAPT, "55", "Đất ở đã hết")
    decide(linked)
    own = Target.objects.get(programme=linked.plan)
    assert (own.value, own.area_id, own.period_code) == (55, first.pk, "2022")
    services.set_target(programme=linked.programme, area=first, value=65, now=linked.tick(), **common)
    assert newest(linked).held == "55"
    draft(linked, Way.DECLINE, reason="Không đủ hộ")
    decide(linked)
    assert shown_by(linked.plan)[0].value == "55"
    services.set_target(programme=linked.programme, area=linked.programme.area, value=130, now=linked.tick(), **common)
    assert newest(linked).change.after == "65"  # a sum of the whole is another number than a part of it


def test_a_ratio_of_the_whole_comes_before_every_plan(linked: Linked) -> None:
    rate = define_indicators([*TERMS, RATE], now=linked.now, by=None)[-1]
    for value in (80, 60):
        services.set_target(
            programme=linked.programme, indicator=rate, area=linked.programme.area, period_code="2022", value=value,
            basis="KH", now=linked.tick(), by=linked.cast.officer,
        )  # fmt: skip
    assert len(standings_of(linked.plans)) == 2
    draft(linked, Way.ADAPT, "0,7", "Vùng khó khăn")
    decide(linked)
    assert Target.objects.get(programme=linked.plan).value == 70


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.sampled_from("ABCDE")),
        st.tuples(st.just("draft"), st.sampled_from(list(Way)), st.sampled_from("XYZ")),
        st.tuples(st.just("decide"), st.booleans()),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_after_any_sequence_what_a_plan_shows_is_explained_by_its_own_rows(linked: Linked, steps) -> None:
    with transaction.atomic():
        expected: str | None = None
        waiting: str | None = None  # what the draft would make of it
        words, is_open, seen = linked.first_area.title, False, 0
        for step in steps:
            match step:
                case ("change", letter) if letter != words:
                    expected = words if expected is None else expected
                    reword(linked, letter)
                    words, waiting, is_open, seen = letter, None, True, 0
                case ("draft", way, text) if is_open:
                    draft(linked, way, text, "vì", seen=seen)
                    waiting = {Way.TAKE: words, Way.ADAPT: text, Way.DECLINE: expected}[way]
                    seen += 1
                case ("decide", holds) if waiting is not None:
                    decide(linked, holds=holds, note="xem lại", seen=seen)
                    if holds:
                        expected, is_open = waiting, False
                    waiting = None
        shows = shown_by(linked.plan)
        assert (shows[0].value if shows else None) == expected
        for thing in shows:
            own = {one.proposal.held for one in thing.because[:1]}
            own |= {one.holding.value for one in thing.because if one.holding}
            assert thing.value in own
            assert all(one.proposal.plan_id == linked.plan.pk for one in thing.because)
            assert all(one.holding.decision.by_id != one.holding.by_id for one in thing.because if one.holding)
        transaction.set_rollback(True)
