"""Writes by programs: nothing is overwritten unseen, nothing is done twice, nothing by halves."""

from collections.abc import Iterator
from typing import Any

import pytest

from chungtay.api.models import KeptReply
from chungtay.api.tests.asking import Ask
from chungtay.audit.models import AuditEvent
from chungtay.funds.models import Draft, Voucher
from chungtay.funds.tests.making import Office, make_office
from chungtay.returns.models import Return
from chungtay.returns.rules import State
from chungtay.returns.tests import making
from tests.cast import Cast, make_cast
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
WHOLE = {key: {"value": entry.value} for key, entry in making.WHOLE.items()}
RECEIPT = {
    "kind": "receipt",
    "occurred_on": "2025-03-10",
    "memo": "Ủng hộ Quỹ",
    "party": "Không nêu tên",
    "lines": [{"debit": "112", "credit": "511", "amount": 500_000}],
}


def make_owed() -> tuple[Cast, Return]:
    """The cast, and what communes[0] owes for a quarter."""
    cast = make_cast(2)
    form = making.make_form(cast, making.make_programme(cast))
    return cast, making.return_at(making.make_round(cast, form, "2022Q3"), cast.communes[0])


@pytest.fixture
def owed(db: None) -> tuple[Cast, Return]:
    return remembered(make_owed)()


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    yield remembered(make_office)()


def test_a_draft_is_saved_on_what_was_read_and_on_nothing_older(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Without the tag 400, with an old one 412; the same content again changes nothing."""
    cast, of = owed
    address = f"/returns/{of.pk}/draft"
    tag = ask("GET", f"/returns/{of.pk}", by=cast.clerk).headers["ETag"]
    assert ask("PUT", address, by=cast.clerk, body={"cells": WHOLE}).status_code == 400
    saved = ask("PUT", address, by=cast.clerk, body={"cells": WHOLE}, If_Match=tag)
    assert (saved.status_code, saved.json()["state"], saved.json()["problems"]) == (200, "draft", [])
    assert {one["key"]: one["value"] for one in saved.json()["cells"]} == {k: v["value"] for k, v in WHOLE.items()}
    old = ask("PUT", address, by=cast.clerk, body={"cells": WHOLE}, If_Match=tag)
    assert (old.status_code, old.json()["code"]) == (412, "moved_on")
    again = ask("PUT", address, by=cast.clerk, body={"cells": WHOLE}, If_Match=saved.headers["ETag"])
    assert again.headers["ETag"] == saved.headers["ETag"]
    for person, status in ((cast.other_clerk, 404), (cast.officer, 403), (cast.outsider, 404)):
        assert ask("PUT", address, by=person, body={"cells": WHOLE}, If_Match=tag).status_code in (status, 412)


def test_trying_out_leaves_no_trace(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Neither in the return nor in the log."""
    cast, of = owed
    tag = ask("GET", f"/returns/{of.pk}", by=cast.clerk).headers["ETag"]
    before = AuditEvent.objects.count()
    tried = ask("PUT", f"/returns/{of.pk}/draft?dry_run=true", by=cast.clerk, body={"cells": WHOLE}, If_Match=tag)
    assert tried.json()["state"] == "draft"
    of.refresh_from_db()
    assert (of.state, of.draft, AuditEvent.objects.count()) == (State.NOT_STARTED, {}, before)
    wrong = ask("PUT", f"/returns/{of.pk}/draft", by=cast.clerk, body={"cells": {"no.such": {}}}, If_Match=tag)
    assert (wrong.status_code, wrong.json()["problems"][0]["where"]) == (422, "cells.no.such")


def test_a_return_is_put_up_once(owed: tuple[Cast, Return], ask: Ask) -> None:
    """What hinders it is named cell by cell; sent twice under one key it is one version."""
    cast, of = owed
    address, key = f"/returns/{of.pk}/submit", {"Idempotency_Key": "trinh-ky-2022Q3"}
    tag = ask("GET", f"/returns/{of.pk}", by=cast.clerk).headers["ETag"]
    part = ask(
        "PUT", f"/returns/{of.pk}/draft", by=cast.clerk, body={"cells": {"groups.clubs": {"value": 1}}}, If_Match=tag
    )
    refused = ask("POST", address, by=cast.clerk, If_Match=part.headers["ETag"], **key)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_ready")
    assert "poverty.all" in {one["where"] for one in refused.json()["problems"]}
    whole = ask("PUT", f"/returns/{of.pk}/draft", by=cast.clerk, body={"cells": WHOLE}, If_Match=part.headers["ETag"])
    match = {"If_Match": whole.headers["ETag"]}
    assert ask("POST", address, by=cast.clerk, **match).status_code == 400
    sent = [ask("POST", address, by=cast.clerk, **match, **key) for _ in range(2)]
    assert [one.status_code for one in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert sent[1].headers["Idempotency-Replayed"] == "true"
    assert of.versions.count() == 1
    upper = ask("GET", f"/returns/{of.pk}", by=cast.officer).json()
    assert all(cell["value"] is None for cell in upper["cells"]), "the city sees nothing before the leader has signed"


def test_many_cells_come_in_whole_or_not_at_all(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Each row that is wrong is named."""
    cast, of = owed
    rows = [{"unit": "29863", "cell": key, "value": cell["value"]} for key, cell in WHOLE.items()]
    body: dict[str, Any] = {"form": of.round.form.code, "period": "2022Q3", "rows": rows}
    bad = body | {"rows": [*rows, rows[0], rows[0] | {"unit": "29866"}, rows[0] | {"cell": "no.such"}]}
    looked = ask("POST", "/returns/rows?dry_run=true", by=cast.clerk, body=bad).json()
    assert [one["where"] for one in looked["problems"]] == ["rows.5", "rows.6.unit", "rows.7.cell"]
    refused = ask("POST", "/returns/rows", by=cast.clerk, body=bad, Idempotency_Key="nhap-1-aaaa")
    assert (refused.status_code, len(refused.json()["problems"])) == (422, 3)
    of.refresh_from_db()
    assert of.draft == {}
    done = ask("POST", "/returns/rows", by=cast.clerk, body=body, Idempotency_Key="nhap-1-aaaa").json()
    assert done == {"saved": True, "units": 1, "cells": 5, "problems": []}
    of.refresh_from_db()
    assert len(of.draft) == 5


def test_money_is_booked_once_and_never_by_who_wrote_it(office: Office, ask: Ask) -> None:
    """The same key gives the same number; with another body it is refused; a second person books."""
    address, key = f"/funds/{office.fund.pk}/drafts", {"Idempotency_Key": "phieu-thu-01"}
    made = [ask("POST", address, by=office.accountant, body=RECEIPT, **key) for _ in range(3)]
    assert [one.status_code for one in made] == [201] * 3
    assert len({one.json()["id"] for one in made}) == 1 == Draft.objects.count()
    other = RECEIPT | {"memo": "Khác"}
    refused = ask("POST", address, by=office.accountant, body=other, **key)
    assert (refused.status_code, refused.json()["code"]) == (422, "key_used_otherwise")
    assert ask("POST", address, by=office.cast.clerk, body=RECEIPT, **key).status_code == 404
    post = f"{address}/{made[0].json()['id']}/post"
    match = {"If_Match": made[0].headers["ETag"]}
    assert ask("POST", post, by=office.accountant, Idempotency_Key="ghi-so-0001", **match).status_code == 403
    booked = [ask("POST", post, by=office.controller, Idempotency_Key="ghi-so-0002", **match) for _ in range(2)]
    assert booked[0].json() == booked[1].json()
    assert Voucher.objects.count() == 1
    assert ask("POST", post, by=office.controller, Idempotency_Key="ghi-so-0003", **match).status_code == 412
    listed = ask("GET", f"/funds/{office.fund.pk}/vouchers", by=office.controller).json()["items"]
    assert [one["number"] for one in listed] == [booked[0].json()["number"]]
    [fund] = ask("GET", "/funds", by=office.controller).json()["items"]
    assert fund["balances"] == {"112": 500_000, "511": -500_000}
    assert KeptReply.objects.filter(person=office.controller).count() == 1


def test_what_is_wrong_with_a_voucher_is_said_line_by_line(office: Office, ask: Ask) -> None:
    """The words of the books, at their places."""
    wrong = RECEIPT | {"lines": [{"debit": "112", "credit": "112", "amount": 1}]}
    made = ask("POST", f"/funds/{office.fund.pk}/drafts", by=office.accountant, body=wrong, Idempotency_Key="sai-0001")
    post = f"/funds/{office.fund.pk}/drafts/{made.json()['id']}/post"
    refused = ask("POST", post, by=office.controller, If_Match=made.headers["ETag"], Idempotency_Key="sai-0002")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_draft")
    assert refused.json()["problems"][0]["where"] == "lines.1.credit"
