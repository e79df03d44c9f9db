"""A text of the city that was checked, for the table of rights."""

from uuid import UUID

from chungtay.checking.models import CheckedText
from chungtay.checking.services import keep_text
from chungtay.kernel.periods import parse_period
from chungtay.programmes.models import Programme
from chungtay.returns.tests import making
from tests.cast import Cast


def args_of(cast: Cast, programme: Programme) -> tuple[UUID]:
    """Return the id of the text, kept by the officer."""
    found = CheckedText.objects.first()
    if found is None:
        about = {"programme": programme, "area_id": cast.city.pk, "period": parse_period("2022"), "title": "Bài viết"}
        found = keep_text(**about, text="Xây 5 căn nhà ở.", now=making.NOW, by=cast.officer)
    return (found.pk,)
