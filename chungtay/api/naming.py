"""Units as programs name them: by code and name on a day."""

from datetime import date
from uuid import UUID

from chungtay.api.shapes import UnitRef
from chungtay.places import selectors as places


def unit_ref(area_id: UUID, day: date) -> UnitRef:
    """Return the code and name that a unit bears on a day; outside its life, its last or its first."""
    return UnitRef(code=places.code_on(area_id, day), name=places.name_on(area_id, day))
