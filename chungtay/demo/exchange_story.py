"""How the city exchanges figures with another system: its codes, a file with conflicts, one that waits, and what goes out."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.story import Unit, units_in
from chungtay.demo.tales import Moment
from chungtay.exchange import outgoing
from chungtay.exchange import services as exchange
from chungtay.exchange.models import DataImport, Partner
from chungtay.exchange.periods_of_theirs import read_period
from chungtay.exchange.rules import EVER, Format, MappingKind, Scheme, Verb
from chungtay.exchange.services import Meaning
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.places.selectors import area_by_ref


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of the exchange."""
    data: dict[str, Any] = json.loads(files("chungtay.demo").joinpath("data/exchange.json").read_text(encoding="utf-8"))
    return data


def moments(on: Acts) -> Iterator[Moment]:
    """The city names the system and its codes, takes a file in, approves it; another file waits; figures go out."""
    tale = _Exchange(on)
    for key, hour, act in (
        ("set_up", 9, tale.set_up),
        ("received", 9, tale.receive),
        ("approved", 10, tale.approve),
        ("mended", 14, tale.receive_again),
    ):
        yield at(date.fromisoformat(told()[key]), hour), act


class _Exchange:
    """What the officer and the leader of the city do with files of the system."""

    def __init__(self, on: Acts) -> None:
        self.on, self.cast = on, on.ground.cast
        self.partner: Partner | None = None
        self.waiting: DataImport | None = None

    def set_up(self, now: datetime) -> None:
        """The indicator is kept on record there; each unit has an id of theirs."""
        about, officer = told()["indicator"], self.cast.officer
        definition = Definition(about["code"], about["name"], about["unit"], about["definition"], Kind.FLOW)
        indicators.define_indicators([definition], now=now, by=self.cast.admin)
        indicator = indicator_by_code(about["code"])
        indicators.set_record_source(
            indicator=indicator,
            keeper=Keeper.EXCHANGE,
            valid_from=date.fromisoformat(told()["kept_from"]),
            legal_basis=about["basis"],
            now=now,
            by=self.cast.admin,
        )
        self.partner = exchange.create_partner(
            area=self.on.ground.city, **told()["partner"], elements=Scheme.UID, units=Scheme.UID, now=now, by=officer
        )
        meanings = [Meaning(MappingKind.ELEMENT, told()["element"], EVER, indicator=indicator)]
        meanings += [
            Meaning(MappingKind.UNIT, _id(unit), EVER, place_id=area_by_ref(unit.ref, now.date()).pk)
            for unit in self._units()
        ]
        exchange.record_mapping(partner=self.partner, meanings=meanings, now=now, by=officer)

    def receive(self, now: datetime) -> None:
        """A file comes with a value of a unit that nobody knows, the city's total, and a number typed as text."""
        values = [
            self._value(unit, period, 4 + (7 * place + 3 * at_) % 23)
            for at_, period in enumerate(told()["periods"])
            for place, unit in enumerate(self._units())
        ]
        values[5]["value"] = "1.2E+01"
        values.append({**values[0], "orgUnit": "cU0000uuuu1"})
        values.append({**values[0], "period": "2025Q1", "value": "40"})
        data = json.dumps({"dataValues": values}, ensure_ascii=False).encode()
        self.waiting = self._take_in(data, told()["file"], now)

    def approve(self, now: datetime) -> None:
        """The leader approves what could be taken; then the officer sends the city's own figures out."""
        assert self.waiting is not None  # noqa: S101  the story took it in a day before
        exchange.move(of=self.waiting, verb=Verb.APPROVE, now=now, by=self.cast.city_leader)
        self._send(now + timedelta(minutes=30))

    def receive_again(self, now: datetime) -> None:
        """The next month comes as CSV and waits for the leader; one number of April is mended."""
        heads = "dataelement,period,orgunit,catoptcombo,attroptcombo,value\n"
        rows = [f"{told()['element']},202505,{_id(unit)},,,{6 + place}" for place, unit in enumerate(self._units())]
        rows.append(f"{told()['element']},202504,{_id(self._units()[0])},,,31")
        self._take_in((heads + "\n".join(rows) + "\n").encode(), told()["file_mended"], now)

    def _take_in(self, data: bytes, name: str, now: datetime) -> DataImport | None:
        if self.partner is None:
            raise ValueError("the system is named before its files come")
        done = exchange.receive(partner=self.partner, data=data, file_name=name, now=now, by=self.cast.officer)
        return done.of

    def _send(self, now: datetime) -> None:
        sent = told()["sent"]
        within = parse_period(sent["within"])
        ask = outgoing.Ask(
            indicators=sent["indicators"],
            areas=[self.on.ground.city.pk],
            descendants=True,
            first=within.start,
            end=within.end,
        )
        going = outgoing.going_out(ask, actor=self.cast.officer, on=within.last_day)
        folder = self.on.folder.parent / "exchange"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / sent["file"]).open("w", encoding="utf-8") as file:
            file.writelines(
                outgoing.written(outgoing.named(going, None, Format.ADX), Format.ADX, now=now, data_set="500")
            )

    def _units(self) -> tuple[Unit, ...]:
        return units_in(read_period(told()["periods"][0]))

    def _value(self, unit: Unit, period: str, value: int) -> dict[str, Any]:
        return {"dataElement": told()["element"], "period": period, "orgUnit": _id(unit), "value": str(value)}


def _id(unit: Unit) -> str:
    """Return an id as the other system gives them: eleven letters and digits."""
    return f"oU{unit.code}{unit.slug.replace('-', '')}"[:9].ljust(9, "x") + ("n1" if unit.since else "x0")
