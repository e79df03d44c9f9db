"""The tables of community life."""

from chungtay.community.models.activities import Activity, ActivityAct, ActivityPicture
from chungtay.community.models.groups import (
    Group,
    GroupAct,
    GroupCount,
    GroupGrade,
    GroupLink,
    GroupVersion,
    Officer,
    OfficerEnd,
    RegisterHead,
)
from chungtay.community.models.hamlets import Hamlet, HamletCount, HamletMove
from chungtay.community.models.movements import Movement, MovementEntry, MovementVersion

__all__ = [
    "Activity",
    "ActivityAct",
    "ActivityPicture",
    "Group",
    "GroupAct",
    "GroupCount",
    "GroupGrade",
    "GroupLink",
    "GroupVersion",
    "Hamlet",
    "HamletCount",
    "HamletMove",
    "Movement",
    "MovementEntry",
    "MovementVersion",
    "Officer",
    "OfficerEnd",
    "RegisterHead",
]
