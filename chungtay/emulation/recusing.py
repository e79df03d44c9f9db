"""Who stands too near to a sheet to judge it: people with a post at its place, whoever scored it for the unit itself, and members
who declared an interest themselves."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.emulation.models import Contest, Interest, Score, Sheet
from chungtay.emulation.rules import Recused, Stage


def near(user: User, contest: Contest, sheets: Iterable[Sheet], on: date) -> frozenset[UUID]:
    """Return the ids of the sheets that a person may not judge.

    Posts at the contest's own place do not count: there everybody would be near to everything.
    """
    listed = list(sheets)
    posts = {post.area_id for post in access.roles_of(user, on)} - {contest.area_id}
    rows = Score.objects.filter(sheet__in=listed, stage=Stage.SELF, by=user).values_list("sheet_id", flat=True)
    own: Collection[UUID] = set(rows)
    declared: Collection[UUID] = declared_by(user, listed)
    return frozenset(sheet.pk for sheet in listed if sheet.area_id in posts or sheet.pk in own or sheet.pk in declared)


def declared_by(user: User, sheets: Iterable[Sheet]) -> frozenset[UUID]:
    """Return the ids of the sheets on which a person declared an interest."""
    rows = Interest.objects.filter(sheet__in=list(sheets), user=user)
    return frozenset(rows.values_list("sheet_id", flat=True))


def check_far(user: User, sheet: Sheet, on: date) -> None:
    """Return if the person may judge the sheet. Raises Recused."""
    if near(user, sheet.contest, [sheet], on):
        raise Recused(
            f"Bạn công tác tại {sheet.name}, đã chấm thay đơn vị này hoặc đã khai có liên quan, nên không chấm, không bỏ phiếu "
            "cho đơn vị này. "
            "Người khác trong Hội đồng sẽ làm việc này."
        )
