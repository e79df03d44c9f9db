"""Documents are recorded as signed, amended by further ones, withdrawn when recorded wrongly; a day tells what is in force."""

from datetime import date

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.programmes import services
from chungtay.programmes.document_rules import Effect
from chungtay.programmes.models import Document
from chungtay.programmes.papers_on_file import in_force
from chungtay.programmes.recording import BadDocument
from chungtay.programmes.tests.linked import Linked

pytestmark = pytest.mark.django_db


def record(linked: Linked, number: str = "500/CTPH", day: date = date(2020, 1, 5), by=None, **more) -> Document:
    said = {
        "programme": linked.programme,
        "kind": "CTPH",
        "number": number,
        "abstract": "Về nhiệm vụ trọng tâm",
        "signed_on": day,
        "effect_from": day,
        "parties": [party.body for party in linked.programme.parties.order_by("position")],
        "now": linked.tick(),
        "by": by or linked.cast.officer,
    }
    return services.record_document(**(said | more))


def test_a_replacement_ends_the_earlier_one_from_its_day_and_a_withdrawal_undoes_that(linked: Linked) -> None:
    first = record(linked)
    second = record(
        linked, "12/QCPH", date(2021, 6, 1), amends=first, effect=Effect.REPLACES, note="Toàn bộ", effect_to=None
    )
    assert in_force(linked.programme, date(2021, 5, 31)) == [first]
    assert in_force(linked.programme, date(2021, 6, 1)) == [second]
    services.withdraw_document(document=second, reason="Nhầm số", now=linked.tick(), by=linked.cast.officer)
    assert in_force(linked.programme, date(2021, 6, 1)) == [first]
    assert record(linked, "12/QCPH", date(2021, 6, 1)).pk  # the right record may take its number
    with pytest.raises(BadDocument, match="đã được rút"):
        services.withdraw_document(document=second, reason="Lại", now=linked.tick(), by=linked.cast.officer)
    assert AuditEvent.objects.filter(code="programmes.document.withdrawn").count() == 1
    with pytest.raises(HistoryIsFixed):
        Document.objects.filter(pk=first.pk).update(number="x")


def test_what_does_not_go_together_is_refused_in_words(linked: Linked) -> None:
    first = record(linked)
    with pytest.raises(BadDocument, match="đã được ghi"):
        record(linked)
    with pytest.raises(BadDocument, match="chưa tới"):
        record(linked, "9/KH", date(2030, 1, 1))
    with pytest.raises(BadDocument, match="đứng trước"):
        record(linked, "9/KH", effect_to=date(2019, 1, 1))
    with pytest.raises(BadDocument, match="ít nhất một cơ quan"):
        record(linked, "9/KH", parties=[])
    with pytest.raises(BadDocument, match="sớm hơn"):
        record(linked, "9/KH", date(2019, 1, 1), amends=first, effect=Effect.AMENDS, note="Điều 2")
    with pytest.raises(BadDocument, match="sửa gì"):
        record(linked, "9/KH", date(2021, 1, 1), amends=first, effect=Effect.AMENDS)
    with pytest.raises(BadDocument, match="cùng chương trình"):
        record(
            linked, "9/KH", date(2021, 1, 1), programme=linked.plan, amends=first, effect=Effect.AMENDS, note="Điều 2",
            by=linked.cast.clerk,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        record(linked, "9/KH", by=linked.cast.clerk)


def test_many_parties_stay_in_order(linked: Linked) -> None:
    bodies = [linked.cast.body(area) for area in (linked.cast.communes[1], linked.cast.city, linked.cast.communes[0])]
    document = record(linked, parties=bodies)
    assert [party.body for party in document.parties.order_by("position")] == bodies
