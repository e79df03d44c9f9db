"""How the Front supervised in the story: the plan of 2025, a team at Hòa An, what it recommended, who answered and who did not."""

from collections.abc import Iterator

from chungtay.demo.acts import Acts
from chungtay.demo.citizens import Citizens
from chungtay.demo.days import at
from chungtay.demo.fronts import Front, day_of, told
from chungtay.demo.story import story
from chungtay.demo.supervision_answers import Answers
from chungtay.demo.tales import Moment
from chungtay.supervision import services as supervision


def moments(on: Acts) -> Iterator[Moment]:
    """The Front's people come; plan, supervisions, criticism, recommendations, boards and feedback follow, each on its day."""
    life = Front(on)
    answers = Answers(life)
    yield at(day_of(told()["begins_on"]), 8), life.begin
    plan = told()["plan"]
    yield at(day_of(plan["written"]), 9), life.write_plan
    yield at(day_of(plan["proposed"]), 9), life.propose_plan
    yield at(day_of(plan["agreed"]), 9), life.agree_plan
    yield from life.supervise(told()["supervision"], 0)
    yield from life.supervise(told()["running"], 2)
    yield from life.criticise(told()["criticism"])
    for one in told()["recommendations"]:
        yield at(day_of(one["sent"]), 14), answers.recommending(one)
    for one in told()["answers"]:
        yield from answers.answering(one)
    for board in told()["boards"]:
        yield from answers.board(board)
    for one in told()["feedback"]:
        yield from Citizens(one, life.feedback, life.sides).moments()
    yield at(day_of(story()["lives_on"][:10]), 6), lambda now: _done(supervision.tell_all(now=now))


def _done(result: object) -> None:
    """Take what an act returns and give nothing back."""
