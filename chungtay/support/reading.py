"""That somebody took a paper with names in full out of the register: noted, for whoever asks later."""

from datetime import datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.support.models import Case


@transaction.atomic
def note(case: Case, paper: str, *, now: datetime, by: User) -> None:
    """Note that a paper of a case was taken."""
    data = {"case": str(case), "paper": paper}
    audit.record("support.paper.taken", obj=case, area_id=case.area_id, data=data, now=now, by=by)
