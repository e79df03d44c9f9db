"""What the city publishes: its editor writes, its leader lets it out, and one figure is corrected afterwards."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from chungtay.access import services as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.accounts.models import User
from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.people import PASSWORD
from chungtay.demo.scenes import scenes
from chungtay.demo.story import REVIEWED, invented_names, story
from chungtay.demo.tales import Moment
from chungtay.figures.rules import View
from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.portal import services as portal
from chungtay.portal.models import ArticlePage, Picture
from chungtay.portal.rules import Form
from chungtay.portal.services import Draft, FigureGiven
from chungtay.reviews.models import Review


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of the portal."""
    data: dict[str, Any] = json.loads(files("chungtay.demo").joinpath("data/portal.json").read_text(encoding="utf-8"))
    return data


def moments(on: Acts) -> Iterator[Moment]:
    """Articles are written one day and let out by somebody else another."""
    office = _Office(on)
    first = min(_moment(one["written"]) for one in told()["articles"])
    yield at(date(first.year, first.month, 1), 8), office.begin
    for one in told()["articles"]:
        yield _moment(one["written"]), partial(office.write, one)
        yield _moment(one["published"]), partial(office.publish, one)


def _moment(text: str) -> datetime:
    day, _, clock = text.partition("T")
    hour, _, minute = clock.partition(":")
    return at(date.fromisoformat(day), int(hour), int(minute))


class _Office:
    """The people of the portal, its pictures, and what they have written."""

    def __init__(self, on: Acts) -> None:
        self.on, self.cast = on, on.ground.cast
        self.pictures: dict[str, Picture] = {}
        self.written: dict[str, ArticlePage] = {}
        self.editor: User = self.cast.officer

    def begin(self, now: datetime) -> None:
        """The editor gets an account, the portal its name, and the drawings are kept."""
        one = told()["editor"]
        self.editor = accounts.create_user(
            username=one["username"],
            full_name=invented_names()[-9],
            title=one["title"],
            password=PASSWORD,
            now=now,
            by=None,
        )
        day = date.fromisoformat(story()["map_from"])
        access.assign(user=self.editor, role=Role.EDITOR, area=self.on.ground.city, valid_from=day, now=now, by=None)
        portal.name_portal(
            area=self.on.ground.city, place=told()["place"], office=told()["office"], now=now, by=self.editor
        )
        for name, data in scenes().items():
            shows = f"Hình vẽ minh họa: {name}"
            self.pictures[name] = portal.keep_picture(
                data=data, name=f"minh-hoa-{name}.png", shows=shows, credit=told()["credit"], by=self.editor
            )

    def write(self, one: Mapping[str, Any], now: datetime) -> None:
        """The editor writes an article; every number in it is a figure of the account."""
        draft = Draft(
            title=one["title"],
            lead=one["lead"],
            author=told()["author"],
            category=one["category"],
            body=[(kind, self._value(kind, value)) for kind, value in one["body"]],
            figures=[self._figure(figure) for figure in one["figures"]],
            data_on=date.fromisoformat(one["data_on"]),
            picture=self.pictures[one["picture"]],
            tags=one["tags"],
            programme=self.on.ground.programme,
            review=Review.objects.get(period_code=REVIEWED) if one.get("is_review") else None,
            slug=one["slug"],
        )
        self.written[one["slug"]] = portal.write_article(
            draft=draft, area_id=self.on.ground.city.pk, now=now, by=self.editor
        )

    def _value(self, kind: str, value: Any) -> Any:
        if kind != "picture":
            return value
        return {**value, "image": self.pictures[value["image"]], "credit": told()["credit"]}

    def _figure(self, one: Mapping[str, Any]) -> FigureGiven:
        key = TraceKey(one["indicator"], "", self.on.ground.city.pk, one["period"], View.APPROVED.value, None, None)
        return FigureGiven(
            key=one["key"],
            label=one["label"],
            trace=encode_trace(key),
            form=Form(one.get("form", Form.SPOKEN)),
            note=one.get("note", ""),
            in_box=one.get("in_box", False),
        )

    def publish(self, one: Mapping[str, Any], now: datetime) -> None:
        """The leader lets it out."""
        portal.publish_article(article=self.written[one["slug"]], now=now, by=self.cast.city_leader)
        self.on.tell(f"Cổng công khai đăng bài “{one['title']}”")
