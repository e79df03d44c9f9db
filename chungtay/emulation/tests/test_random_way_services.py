"""Random people do random things to a sheet, on both databases: only what the table of turns allows is stored, and all of it is kept."""

from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.emulation import services
from chungtay.emulation.models import Score, SheetStep
from chungtay.emulation.rules import TURNS, Act, Stage
from chungtay.emulation.services import Given
from chungtay.emulation.tests.making import Council
from chungtay.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
RIGHT = {
    (Stage.SELF, "score"): "other_clerk",
    (Stage.SELF, "forward"): "leader",
    Stage.DEPARTMENT: "officer",
    Stage.COUNCIL: "juror",
    Stage.STANDING: "upper_leader",
}
PEOPLE = (
    *["right"] * 9,
    "clerk",
    "other_clerk",
    "leader",
    "officer",
    "juror",
    "near",
    "upper_leader",
    "auditor",
    "outsider",
)
MOVES = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["score", "forward", "back"])), min_size=10, max_size=30
)


def person(council: Council, name: str):
    known = {"juror": council.jurors[0], "near": council.jurors[1]}
    return known.get(name) or getattr(council.cast, name)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_people_try_only_the_turns_of_the_table_are_stored(council: Council, moves):
    with transaction.atomic():
        sheet = council.fresh(council.sheet(council.open(), 1))  # of the commune at which one juror has a post
        done = 0
        for at, (who, move) in enumerate(moves):
            row = council.fresh(sheet)
            name = who
            if who == "right":  # whose turn it is, so that sheets come far
                name = RIGHT.get((Stage(row.stage), move)) or RIGHT.get(Stage(row.stage), "officer")
            by = person(council, name)
            given_ = {"sheet": row, "revision": row.revision, "now": council.tick(), "by": by}
            before = row.stage
            try:
                with transaction.atomic():
                    if move == "score":
                        said = {"2.1": Given(100 + at, f"lý do {at}"), "2.2": Given(at, "lý do")}
                        services.save_scores(**given_, given=said)
                    elif move == "forward":
                        services.forward(**given_, content_hash=services.standing_of(row).hash)
                    else:
                        services.send_back(**given_, reason="xem lại")
            except DomainError:
                assert council.fresh(sheet).revision == row.revision, "what was refused left nothing"
                continue
            done += 1
            assert name not in ("near", "auditor", "outsider", "clerk")
            act = {"score": Act.SCORE, "forward": Act.FORWARD, "back": Act.SEND_BACK}[move]
            assert council.fresh(sheet).stage == TURNS[Stage(before), act]
        steps = list(SheetStep.objects.filter(sheet=sheet).order_by("id"))
        assert [step.revision for step in steps] == list(range(2, done + 2))
        assert all(one.stage == other.stage_before for one, other in pairwise(steps))
        for step in steps:
            if step.act == Act.FORWARD:  # at the unit and the department somebody else than the last writer seals
                wrote = Score.objects.filter(
                    sheet=sheet, stage=Stage.SELF, criterion__indicator=None, revision__lt=step.revision
                ).values_list("by", flat=True)
                assert step.stage_before != Stage.SELF or step.by_id not in set(wrote)
        transaction.set_rollback(True)
