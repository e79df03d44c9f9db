"""A case of the unit, a list of gifts, for the table of rights."""

from datetime import datetime
from typing import Any

from chungtay.support import services
from chungtay.support.models import Case
from chungtay.support.rules import Share, Source
from tests.cast import Cast

MORE = {
    "case-act": ("verify",),
    "case-unlink": (1,),
    "comment-answer": (1,),
    "evidence-file": (1,),
    "line-strike": (1,),
    "list-preview": ("gone",),
}


def case_of(cast: Cast, now: datetime) -> Case:
    """Return the unit's list of gifts, proposed by its clerk."""
    found = Case.objects.filter(area=cast.communes[0]).first()
    if found is not None:
        return found
    content = services.Content(
        kind="gift",
        title="Quà Tết",
        hamlet="Khóm 2",
        need="Hộ khó khăn đón Tết",
        proposed_by="Khóm 2",
        proposed_on=now.date(),
        total=1,
        shares=(Share(Source.FUND, 1),),
        details={"occasion": "Tết"},
    )
    return services.propose(area=cast.communes[0], content=content, now=now, by=cast.clerk)


def args_of(cast: Cast, url_name: str, thing: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address of cases; what follows "case/" stands in for its last ones."""
    said = tuple(thing.split("/")[1:])
    if url_name == "case-import-preview":
        return thing.partition("/")[2], "no-such-token"
    if url_name in ("case-create", "case-template", "case-import"):
        return said
    return case_of(cast, now).pk, *(said or MORE.get(url_name, ()))
