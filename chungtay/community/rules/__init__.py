"""The rules of community life, pure: kinds and their own fields, groups over time, their lineage, and states of an activity."""

from chungtay.community.rules.activities import EVIDENCE, STATE_LABELS, ActivityState, NotThatWay, after
from chungtay.community.rules.kinds import ActivityKind, Catalogue, FieldSpec, GroupKind, WrongDetail, read_catalogue
from chungtay.community.rules.lineage import (
    Act,
    ActKind,
    Circle,
    Link,
    LinkKind,
    Standing,
    WrongAct,
    check_act,
    check_link,
    standing_on,
)
from chungtay.community.rules.membership import Count, Counted, after_merger, counted_on

__all__ = [
    "EVIDENCE",
    "STATE_LABELS",
    "Act",
    "ActKind",
    "ActivityKind",
    "ActivityState",
    "Catalogue",
    "Circle",
    "Count",
    "Counted",
    "FieldSpec",
    "GroupKind",
    "Link",
    "LinkKind",
    "NotThatWay",
    "Standing",
    "WrongAct",
    "WrongDetail",
    "after",
    "after_merger",
    "check_act",
    "check_link",
    "counted_on",
    "read_catalogue",
    "standing_on",
]
