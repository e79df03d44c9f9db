"""The unit's plan with a document and a change from above, for the table of rights."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from chungtay.programmes.models import Document, Programme, Proposal
from chungtay.programmes.services import create_programme, propose, record_document
from tests.cast import Cast

CODE = "500-linked"


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address of documents and changes."""
    plan = _plan(cast, now)
    if url_name in ("document-detail", "document-file"):
        found = Document.objects.get(programme=plan).pk
        return (CODE, found, 1) if url_name == "document-file" else (CODE, found)
    if url_name == "proposal-detail":
        return CODE, Proposal.objects.get(plan=plan).pk
    return (CODE, 1) if url_name == "area-reword" else (CODE,)


@transaction.atomic
def _plan(cast: Cast, now: datetime) -> Programme:
    found = Programme.objects.filter(code=CODE).first()
    if found is not None:
        return found
    above, unit, day = Programme.objects.get(code="500"), cast.communes[0], date(2020, 1, 10)
    plan = create_programme(
        code=CODE,
        number="07/KH",
        kind="Kế hoạch",
        title="Thực hiện tại đơn vị",
        signed_on=day,
        starts_on=day,
        ends_on=date(2024, 12, 31),
        area=unit,
        parties=[cast.body(unit)],
        parent=above,
        areas_of_work=["Giảm nghèo"],
        now=now,
        by=None,
    )
    record_document(
        programme=plan, kind="Kế hoạch", number="07/KH", abstract="Thực hiện tại đơn vị", signed_on=day,
        effect_from=day, parties=[cast.body(unit)], now=now, by=cast.clerk,
    )  # fmt: skip
    propose(
        programme=above, kind="wording", subject="1", label="Nội dung phối hợp 1", before="Giảm nghèo",
        after="Giảm nghèo bền vững", basis="KH 18", plans=[plan], now=now, by=None,
    )  # fmt: skip
    return plan
