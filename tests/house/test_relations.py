"""Tables point to the same or a lower floor. Keys named by strings are invisible to import-linter, hence this test."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house import tree

# (room, model, field) that may point upward, with the reason.
UPWARD = {
    ("access", "Assignment", "user"): "Django fixes the account model by a setting; rights stand below accounts",
}


def pointers(found: Iterable[type[models.Model]]) -> list[tuple[str, str, str, str]]:
    """Return (room, model, field, room it points to) of every relation of the rooms' own models."""
    return [
        (model._meta.app_label, model.__name__, field.name, field.related_model._meta.app_label)
        for model in found
        if model._meta.app_label in tree.floor_of()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if isinstance(field.related_model, type)
    ]


def upward(pairs: Iterable[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Keep the relations that point to a higher floor, or to another room of the same floor."""
    height = tree.floor_of()
    return [
        (room, model, field, to)
        for room, model, field, to in pairs
        if to in height and to != room and height[to] >= height[room]
    ]


def test_every_room_stands_on_a_floor() -> None:
    """A room without a floor would escape every rule of direction."""
    assert set(tree.rooms()) == set(tree.floor_of())


def test_foreign_keys_point_to_the_same_or_a_lower_floor() -> None:
    """The only exceptions are those named above."""
    pairs = pointers(apps.get_models(include_auto_created=True))
    assert len(pairs) > 20, "the walk found too few relations to mean anything"
    assert {(room, model, field) for room, model, field, _ in upward(pairs)} == set(UPWARD)


@isolate_apps("chungtay.places", "chungtay.returns")
def test_a_foreign_key_that_points_upward_is_found() -> None:
    """A planted fault: a place that knows its returns."""

    class Sheet(models.Model):
        class Meta:
            app_label = "returns"

    class Spot(models.Model):
        last = models.ForeignKey(Sheet, models.PROTECT)
        all_of_them = models.ManyToManyField(Sheet, related_name="+")

        class Meta:
            app_label = "places"

    found = upward(pointers([Sheet, Spot]))
    assert {field for _, _, field, _ in found} == {"last", "all_of_them"}
