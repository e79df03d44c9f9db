"""The kinds of groups and activities of this release, read once from `data/kinds.json`."""

from functools import cache
from importlib.resources import files

from chungtay.community.rules import ActivityKind, Catalogue, GroupKind, read_catalogue


@cache
def catalogue() -> Catalogue:
    """Return every kind."""
    return read_catalogue(files("chungtay.community").joinpath("data/kinds.json").read_text(encoding="utf-8"))


def group_kind(code: str) -> GroupKind:
    """Return a kind of group. Raises KeyError."""
    return catalogue().groups[code]


def activity_kind(code: str) -> ActivityKind:
    """Return a kind of activity. Raises KeyError."""
    return catalogue().activities[code]
