"""A household of the unit, for the table of rights."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chungtay.households import services
from chungtay.households.models import Household
from chungtay.households.rules import Ground, Personal
from tests.cast import Cast

OF_THE_PLACE = {"household-create": (), "household-file": (), "household-template": (), "household-preview": ("gone",)}
MORE: dict[str, tuple[Any, ...]] = {
    "household-class-end": (1,),
    "household-class-withdraw": (1,),
    "household-need-meet": (1,),
    "household-merge": (UUID(int=1),),
}


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address of households: of the unit, or of its one household, written by its clerk."""
    area = cast.communes[0]
    if url_name in OF_THE_PLACE:
        return (area.pk, *OF_THE_PLACE[url_name])
    row = Household.objects.filter(area=area).first()
    if row is None:
        personal = Personal("Lê Thị Mẫu", "Khóm 2")
        ground = services.LegalGround(Ground.LAW, "1/QĐ-UBND", date(2020, 1, 1))
        row = services.register(area=area, personal=personal, ground=ground, now=now, by=cast.clerk)
    return (row.pk, *MORE.get(url_name, ()))
