"""What the Front of the story recommended, who answered how and when, who did not; and what the boards of Hòa An supervised."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.demo.days import at
from chungtay.demo.fronts import HOA_AN, Front, day_of
from chungtay.demo.story import invented_names
from chungtay.demo.tales import Moment
from chungtay.supervision import services as supervision
from chungtay.supervision.models import Criticism, Recommendation, Supervision


class Answers:
    """Recommendations of the city's Front, and the boards of Hòa An."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.recommended: dict[str, Recommendation] = {}

    # -- recommendations and answers ------------------------------------------------------------------------------

    def recommending(self, one: Mapping[str, Any]) -> Callable[[datetime], None]:
        """Return the act of writing and sending a recommendation."""

        def act(now: datetime) -> None:
            by, is_of_draft = self.front.people["front"], one["key"] == "draft_rule"
            source: dict[str, Any] = (
                {"criticism": Criticism.objects.get()}
                if is_of_draft
                else {"supervision": Supervision.objects.get(item=self.front.item(0))}
            )
            row = supervision.write_recommendation(
                body=self.front.plan.body,
                addressee=self.front.body(one["to"]),
                text=one["text"],
                legal_basis=one["basis"],
                **source,
                now=now,
                by=by,
            )
            self.recommended[one["key"]] = supervision.send(recommendation=row, revision=1, now=now, by=by)

        return act

    def answering(self, one: Mapping[str, Any]) -> Iterator[Moment]:
        """The addressee's clerk drafts and its leader signs; the Front accepts, ends or decides."""
        yield at(day_of(one["drafted"]), 9), lambda now: self._draft(one, now)
        if "signed" in one:
            yield at(day_of(one["signed"]), 9), lambda now: self._sign(one, now)
        for name, act in (("accepted", self._accept), ("closed", self._close), ("decided", self._decide)):
            if name in one:
                yield at(day_of(one[name]), 10), _with(act, one)

    def _row(self, one: Mapping[str, Any]) -> Recommendation:
        return Recommendation.objects.get(pk=self.recommended[one["key"]].pk)

    def _sides(self, row: Recommendation) -> tuple[User, User]:
        """Return who drafts and who signs at the addressee."""
        if row.addressee.area_id == self.front.on.ground.city.pk:
            return self.front.cast.city_clerk, self.front.cast.city_leader
        return self.front.cast.clerks[HOA_AN], self.front.cast.leaders[HOA_AN]

    def _draft(self, one: Mapping[str, Any], now: datetime) -> None:
        row = self._row(one)
        supervision.draft_answer(
            recommendation=row, outcome=supervision.Outcome(one["outcome"]), text=one["text"], reason=one["reason"],
            revision=row.revision, now=now, by=self._sides(row)[0],
        )  # fmt: skip

    def _sign(self, one: Mapping[str, Any], now: datetime) -> None:
        row = self._row(one)
        read = supervision.draft_hash(row.draft)
        supervision.sign_answer(
            recommendation=row, content_hash=read, revision=row.revision, now=now, by=self._sides(row)[1]
        )

    def _accept(self, one: Mapping[str, Any], now: datetime) -> None:
        row = self._row(one)
        supervision.accept_answer(recommendation=row, revision=row.revision, now=now, by=self.front.people["front"])

    def _close(self, one: Mapping[str, Any], now: datetime) -> None:
        row = self._row(one)
        supervision.close(
            recommendation=row, note=one["note"], revision=row.revision, now=now, by=self.front.people["front"]
        )
        row = self._row(one)
        supervision.publish_recommendation(
            recommendation=row,
            number="Trang thông tin điện tử, tin 12",
            revision=row.revision,
            now=now,
            by=self.front.people["chair"],
        )

    def _decide(self, one: Mapping[str, Any], now: datetime) -> None:
        row = self._row(one)
        supervision.decide(
            recommendation=row, decision=one["note"], revision=row.revision, now=now, by=self.front.people["chair"]
        )

    # -- boards ---------------------------------------------------------------------------------------------------

    def board(self, one: Mapping[str, Any]) -> Iterator[Moment]:
        """A board of Hòa An with what it supervised."""
        made: list[Any] = []

        def write(now: datetime) -> None:
            names, place = invented_names(), 30 if one["kind"] == "inspection" else 32
            made.append(
                supervision.write_board(
                    area=self.front.area(HOA_AN),
                    kind=supervision.BoardKind(one["kind"]),
                    decision=one["decision"],
                    term_from=day_of(one["from"]),
                    term_to=day_of(one["to"]),
                    member_count=one["members"],
                    head=names[-place],
                    deputy=names[-place - 1],
                    now=now,
                    by=self.front.people["commune"],
                )
            )

        yield at(day_of(one["written"]), 9), write
        for day, subject, result in one["visits"]:
            yield at(day_of(day), 16), self._board_visit(made, subject, result)

    def _board_visit(self, made: list[Any], subject: str, result: str) -> Callable[[datetime], None]:
        return lambda now: _done(
            supervision.record_board_visit(
                board=made[0],
                held_on=localdate(now),
                subject=subject,
                result=result,
                now=now,
                by=self.front.people["commune"],
            )
        )


def _with(act: Callable[[Mapping[str, Any], datetime], None], one: Mapping[str, Any]) -> Callable[[datetime], None]:
    return lambda now: act(one, now)


def _done(result: object) -> None:
    """Take what an act returns and give nothing back."""
