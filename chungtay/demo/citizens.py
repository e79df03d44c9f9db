"""What citizens of Hòa An told in the story, and what became of it; nobody is meant, and no number rings."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from chungtay.accounts.models import User
from chungtay.demo.days import at
from chungtay.demo.tales import Moment
from chungtay.evidence import selectors as evidence
from chungtay.places.models import Area, Body
from chungtay.supervision import services as supervision
from chungtay.supervision.models import Feedback


class Citizens:
    """One matter: `place` where, `body` who answers, `sides` who moderates, drafts and signs."""

    def __init__(self, one: Mapping[str, Any], known: dict[str, Feedback], sides: Callable[[], "Sides"]) -> None:
        self.one, self.known, self.sides = one, known, sides

    def moments(self) -> Iterator[Moment]:
        """Yield what happened to the matter, each on its day."""
        one = self.one
        steps: tuple[tuple[str, int, Callable[[datetime], None]], ...] = (
            ("told", 19, self.tell),
            ("routed", 9, self.route),
            ("merged", 9, self.merge),
            ("refused", 9, self.refuse),
            ("drafted", 10, self.draft),
            ("signed", 10, self.sign),
            ("closed", 10, self.close),
        )
        for name, hour, act in steps:
            if name in one:
                yield at(date.fromisoformat(one[name]), hour), act

    @property
    def row(self) -> Feedback:
        """The matter as it stands."""
        return Feedback.objects.get(pk=self.known[self.one["key"]].pk)

    def tell(self, now: datetime) -> None:
        """A citizen sends it, some with a picture."""
        sides, one = self.sides(), self.one
        shown = [sides.picture(one["picture"])] if "picture" in one else []
        self.code = supervision.receive_feedback(
            area=sides.area, text=one["text"], place=one["place"], pictures=shown, address=one["key"], now=now,
            person=supervision.Person(name=one.get("name", ""), phone=one.get("phone", "")),
        )  # fmt: skip
        self.known[one["key"]] = Feedback.objects.get(received_at=now, text=one["text"])

    def route(self, now: datetime) -> None:
        """The Front of the commune sends it to who answers."""
        row, sides = self.row, self.sides()
        supervision.route(feedback=row, body=sides.body, revision=row.revision, now=now, by=sides.front)

    def merge(self, now: datetime) -> None:
        """It repeats another one."""
        row, into = self.row, Feedback.objects.get(pk=self.known[self.one["into"]].pk)
        supervision.merge(feedback=row, into=into, revision=row.revision, now=now, by=self.sides().front)

    def refuse(self, now: datetime) -> None:
        """It does not say enough."""
        row = self.row
        supervision.refuse(
            feedback=row, reason=self.one["reason"], revision=row.revision, now=now, by=self.sides().front
        )

    def draft(self, now: datetime) -> None:
        """The clerk drafts the answer."""
        row = self.row
        supervision.draft_reply(
            feedback=row, text=self.one["reply"], revision=row.revision, now=now, by=self.sides().clerk
        )

    def sign(self, now: datetime) -> None:
        """The leader signs it, and the citizen says whether it helped."""
        row = self.row
        supervision.sign_reply(feedback=row, revision=row.revision, now=now, by=self.sides().leader)
        if "rated" in self.one:
            said = supervision.Satisfaction(self.one["rated"])
            supervision.rate(code=self.code, satisfaction=said, address=self.one["key"], now=now)

    def close(self, now: datetime) -> None:
        """The Front saw with its own eyes."""
        row = self.row
        supervision.close_feedback(
            feedback=row, note="Đã xem tại chỗ, đèn sáng.", revision=row.revision, now=now, by=self.sides().front
        )


class Sides:
    """Who is who at a place: the Front, the clerk, the leader."""

    def __init__(self, area: Area, body: Body, people: tuple[User, User, User], pictures: Mapping[str, Any]) -> None:
        self.area, self.body, self._pictures = area, body, pictures
        self.front, self.clerk, self.leader = people

    def picture(self, name: str) -> SimpleUploadedFile:
        """Return a drawing as a citizen would send it."""
        return SimpleUploadedFile("anh.jpg", evidence.opened(self._pictures[name]), "image/jpeg")
