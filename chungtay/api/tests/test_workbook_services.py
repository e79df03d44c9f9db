"""A return as a workbook over the API: the same door as people's, whole or not at all, on what was read, once."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from chungtay.api.middleware import MOST_BYTES
from chungtay.api.problems import XLSX
from chungtay.api.tests.asking import Ask
from chungtay.api.tests.test_writing_services import make_owed
from chungtay.audit.models import AuditEvent
from chungtay.returns.models import Return
from chungtay.returns.rules import State
from tests.cast import Cast
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
KIND = {"Content_Type": XLSX}


@pytest.fixture
def owed(db: None) -> tuple[Cast, Return]:
    return remembered(make_owed)()


def filled(data: bytes, *values: object) -> bytes:
    """Return the workbook with values in its first cells to fill, in order."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.active
    open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    column = [cell for cell in open_cells if cell.column == open_cells[0].column]
    for cell, value in zip(column, values, strict=False):
        cell.value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_it_goes_out_and_comes_back_through_one_door(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Tried first, then taken, then the same again is the first answer; with an old tag it is refused."""
    cast, of = owed
    path = f"/returns/{of.pk}/workbook"
    got = ask("GET", path, by=cast.clerk)
    assert (got.status_code, got.headers["Content-Type"]) == (200, XLSX)
    assert ask("GET", path, by=cast.clerk, If_None_Match=got.headers["ETag"]).status_code == 304
    match: dict[str, Any] = {"If_Match": got.headers["ETag"]} | KIND
    book = filled(got.content, 3, 4)
    before = AuditEvent.objects.count()
    looked = ask("PUT", f"{path}?dry_run=true", by=cast.clerk, body=book, **match).json()
    assert (looked["state"], [one["after"] for one in looked["changes"]]) == ("changed", ["3", "4"])
    of.refresh_from_db()
    assert (of.state, of.draft, AuditEvent.objects.count()) == (State.NOT_STARTED, {}, before)
    key = {"Idempotency_Key": "nop-bieu-2022Q3"}
    sent = [ask("PUT", path, by=cast.clerk, body=book, **match, **key) for _ in range(2)]
    assert [one.status_code for one in sent] == [200, 200]
    assert sent[1].headers["Idempotency-Replayed"] == "true"
    assert sent[0].headers["ETag"] == sent[1].headers["ETag"] == ask("GET", path, by=cast.clerk).headers["ETag"]
    values = {one["key"]: one["value"] for one in sent[0].json()["cells"]}
    assert (values["support.houses:new"], values["support.houses:repair"]) == (3, 4)
    assert (ask("PUT", path, by=cast.clerk, body=filled(got.content, 9), **match)).status_code == 412
    other = ask("PUT", path, by=cast.clerk, body=filled(got.content, 9), **match, **key)
    assert (other.status_code, other.json()["code"]) == (422, "key_used_otherwise")
    [event] = AuditEvent.objects.filter(code="returns.draft.saved")
    assert event.data["source"].endswith(".xlsx")


def test_one_wrong_cell_keeps_the_whole_file_out(owed: tuple[Cast, Return], ask: Ask) -> None:
    """Named by its place, tried or meant; nothing is saved."""
    cast, of = owed
    path = f"/returns/{of.pk}/workbook"
    got = ask("GET", path, by=cast.clerk)
    match = {"If_Match": got.headers["ETag"]} | KIND
    wrong = filled(got.content, 3, "bốn rưỡi")
    looked = ask("PUT", f"{path}?dry_run=true", by=cast.clerk, body=wrong, **match).json()
    refused = ask("PUT", path, by=cast.clerk, body=wrong, **match)
    assert (looked["state"], refused.status_code, refused.json()["code"]) == ("refused", 422, "not_taken")
    assert refused.json()["problems"] == looked["problems"]
    assert "F11" in looked["problems"][0]["where"]
    other = ask("GET", f"/returns/{Return.objects.exclude(pk=of.pk).get().pk}/workbook", by=cast.other_clerk)
    for body in (b"PK no workbook", b"", other.content):
        answer = ask("PUT", path, by=cast.clerk, body=body, **match)
        assert answer.status_code == 422
        assert answer.json()["problems"]
    of.refresh_from_db()
    assert of.draft == {}


def test_who_may_and_what_is_taken(owed: tuple[Cast, Return], ask: Ask) -> None:
    """As on the pages; a file of a kind of its own, of the size of the API."""
    cast, of = owed
    path = f"/returns/{of.pk}/workbook"
    got = ask("GET", path, by=cast.clerk)
    match = {"If_Match": got.headers["ETag"]} | KIND
    for person, status in ((cast.other_clerk, 404), (cast.outsider, 404), (cast.officer, 403), (cast.leader, 403)):
        for query in ("", "?dry_run=true"):
            assert ask("PUT", path + query, by=person, body=got.content, **match).status_code == status
    assert ask("PUT", path, by=cast.clerk, body=got.content, **KIND).status_code == 400
    assert ask("PUT", path, by=cast.clerk, body="{}", If_Match='"0"').status_code == 415
    big = ask("PUT", path, by=cast.clerk, body=b"x" * (MOST_BYTES + 1), **match)
    assert big.status_code == 413
    taken = ask("PUT", path, by=cast.clerk, body=filled(got.content, 3), **match)
    again = ask("PUT", path, by=cast.clerk, body=filled(got.content, 3), If_Match=taken.headers["ETag"], **KIND)
    assert (again.status_code, again.headers["ETag"]) == (200, taken.headers["ETag"])
