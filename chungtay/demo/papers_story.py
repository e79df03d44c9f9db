"""The Programme on paper: signed documents with their files, an amendment above and what the city's plan makes of it."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from chungtay.accounts.models import User
from chungtay.demo.acts import Acts
from chungtay.demo.tales import Moment
from chungtay.evidence import services as evidence
from chungtay.indicators.selectors import indicator_by_code
from chungtay.kernel.text import date_text
from chungtay.papers.slips import Slip, SlipTable, write_slip_pdf
from chungtay.places.models import Body
from chungtay.programmes import services as programmes
from chungtay.programmes.models import Comparison, Document, Programme, Proposal
from chungtay.programmes.services import Effect, Way

NOTE = "Bản minh họa do phần mềm tạo ra, không phải văn bản đã ký."


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of documents and changes."""
    text = files("chungtay.demo").joinpath("data/papers.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def moments(on: Acts) -> Iterator[Moment]:
    """Documents are recorded on their days; words and a target change above, the city answers, and two changes still wait."""
    desk = _Desk(on)
    for one in told()["documents"]:
        yield _at(one["at"]), partial(desk.record, one)
    for one in (told()["target"]["first"], told()["target"]["then"]):
        yield _at(one["at"]), partial(desk.set_target, one)
    for one in told()["rewordings"]:
        yield _at(one["at"]), partial(desk.reword, one)
    for one in told()["answers"]:
        yield _at(one["at"]), partial(desk.draft, one)
        if "decided" in one:
            yield _at(one["decided"]), partial(desk.decide, one)


class _Desk:
    """Who keeps the documents of the Programme and of the city's plan, and who answers for the city."""

    def __init__(self, on: Acts) -> None:
        self.on, self.cast = on, on.ground.cast
        self.recorded: dict[str, Document] = {}

    def record(self, one: Mapping[str, Any], now: datetime) -> None:
        """Record a document of its parties with its file; what amends another says so."""
        programme = Programme.objects.select_related("area").get(code=one["programme"])
        bodies = [party.body for party in programme.parties.select_related("body").order_by("position")]
        by = self._keeper(programme)
        kept = evidence.keep(upload=_paper(one, bodies), name=f"{one['key']}.pdf", now=now, by=by)
        self.recorded[one["key"]] = programmes.record_document(
            programme=programme,
            kind=one["kind"],
            number=one["number"],
            abstract=one["abstract"],
            signed_on=date.fromisoformat(one["signed_on"]),
            effect_from=date.fromisoformat(one["effect_from"]),
            effect_to=date.fromisoformat(one["effect_to"]) if "effect_to" in one else None,
            parties=bodies,
            amends=self.recorded.get(one.get("amends", "")),
            effect=Effect.AMENDS if "amends" in one else None,
            note=one.get("note", ""),
            files=[kept],
            now=now,
            by=by,
        )

    def set_target(self, one: Mapping[str, Any], now: datetime) -> None:
        """The province says what the whole of it is to reach."""
        target, programme = told()["target"], self.on.ground.programme
        programmes.set_target(
            programme=programme,
            indicator=indicator_by_code(target["indicator"]),
            area=programme.area,
            period_code=target["period"],
            value=one["value"],
            comparison=Comparison.AT_MOST,
            basis=one["basis"],
            now=now,
            by=self.cast.province_officer,
        )

    def reword(self, one: Mapping[str, Any], now: datetime) -> None:
        """The province gives an area of work new words."""
        area = self.on.ground.programme.areas_of_work.get(number=one["area"])
        programmes.reword(
            area_of_work=area, title=one["title"], basis=one["basis"], seen=1, now=now, by=self.cast.province_officer
        )

    def draft(self, one: Mapping[str, Any], now: datetime) -> None:
        """The city's officer drafts what its plan makes of a change."""
        programmes.draft_answer(
            proposal=self._proposal(one),
            way=Way(one["way"]),
            typed=one["typed"],
            reason=one["reason"],
            seen=0,
            now=now,
            by=self.cast.officer,
        )

    def decide(self, one: Mapping[str, Any], now: datetime) -> None:
        """The city's leader lets it hold."""
        programmes.decide(proposal=self._proposal(one), holds=True, seen=1, now=now, by=self.cast.city_leader)

    def _proposal(self, one: Mapping[str, Any]) -> Proposal:
        return Proposal.objects.get(change__subject=one["subject"], plan__parent=self.on.ground.programme)

    def _keeper(self, programme: Programme) -> User:
        return self.cast.province_officer if programme.parent_id is None else self.cast.officer


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _paper(one: Mapping[str, Any], bodies: list[Body]) -> bytes:
    """Return the file of a document: what it says in short, marked as an illustration on its face."""
    signed_on = date.fromisoformat(one["signed_on"])
    return write_slip_pdf(
        Slip(
            issuer=tuple(body.name for body in bodies),
            address="",
            copy="Bản minh họa",
            title=one["kind"],
            dated_on=signed_on,
            side=(f"Số: {one['number']}",),
            fields=(
                ("Trích yếu", one["abstract"]),
                ("Ngày ký", date_text(signed_on)),
                ("Có hiệu lực từ", date_text(date.fromisoformat(one["effect_from"]))),
                ("Nội dung", one.get("note", "Theo trích yếu")),
            ),
            table=SlipTable(
                ("TT", "Bên ký"), tuple((str(at), body.name) for at, body in enumerate(bodies, 1)), frozenset()
            ),
            signers=tuple((body.name, "(Ký, đóng dấu)", "") for body in bodies),
            note=NOTE,
        )
    )
