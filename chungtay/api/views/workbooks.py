"""A return as its form's workbook: taken away filled, brought back through the door that people's files come in by."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.api import doors
from chungtay.api.doors import KEY_HEADER, MATCH_HEADER, READ, Bearer, user_of
from chungtay.api.problems import XLSX, Refused
from chungtay.api.problems import Said as Finding
from chungtay.api.return_shapes import CellChange, CellSaid, DryRun, ReturnWhole, WorkbookLooked
from chungtay.api.rules import Scope
from chungtay.api.services import Reply
from chungtay.api.shapes import Said
from chungtay.api.views.returns import whole_of
from chungtay.returns import intake, selectors, services
from chungtay.returns.models import Return
from chungtay.web import clock

router = Router(tags=["Báo cáo"])
_FILE = {"schema": {"type": "string", "format": "binary"}}
_TAKEN: dict[str, Any] = {
    "parameters": [MATCH_HEADER, KEY_HEADER | {"required": False}],
    "requestBody": {"required": True, "content": {XLSX: _FILE}},
}


@router.get(
    "/returns/{uuid:return_id}/workbook",
    url_name="api-return-workbook",
    auth=READ,
    summary="Biểu Excel của một báo cáo",
    openapi_extra={"responses": {200: {"description": "OK", "content": {XLSX: _FILE}}}},
)
def workbook_out(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Điền sẵn bản đang làm cho người nhập, bản đã gửi cho người khác. ETag dùng cho If-Match khi nộp lại."""
    keys = access.keys_of(user_of(request), on=clock.today())
    of = selectors.return_for(keys, return_id)
    versions = [] if keys.can("fill", of) else selectors.versions_for(keys, of)
    entries = (
        selectors.draft_entries(of) if keys.can("fill", of) else selectors.entries_of(versions[0] if versions else None)
    )
    data = intake.workbook_of(of, entries=entries)
    named = {"Content-Disposition": f'attachment; filename="{intake.workbook_name(of)}"'}
    tag = doors.tag_of(of.revision, whole_of(keys, of).model_dump(mode="json"))
    return HttpResponse(data, content_type=XLSX, headers=named | tag)


@router.put(
    "/returns/{uuid:return_id}/workbook",
    response=ReturnWhole | WorkbookLooked,
    url_name="api-return-workbook",
    operation_id="return_workbook_in",
    auth=Bearer(Scope.RETURNS),
    summary="Nộp biểu Excel đã điền",
    openapi_extra=_TAKEN,
)
def workbook_in(request: HttpRequest, return_id: UUID, asked: Query[DryRun]) -> HttpResponse:
    """Tệp có bất kỳ ô sai nào thì không nhận ô nào. `dry_run=true`: chỉ trả ô sẽ đổi và vướng mắc từng ô, không ghi gì."""
    user, now, data = user_of(request), clock.now(), request.body
    revision = doors.revision_of(request)
    keys = access.keys_of(user, on=clock.today())
    of = selectors.return_for(keys, return_id)
    if asked.dry_run == "true":
        access.require(user, "fill", of, on=clock.today())
        _same_revision(of, revision)
        return doors.as_json(_looked(_read(of, data)).model_dump(mode="json"))

    def do() -> Reply:
        of = selectors.return_for(keys, return_id)
        access.require(user, "fill", of, on=clock.today())
        _same_revision(of, revision)
        taken = _taken(of, data, user, now)
        whole = whole_of(keys, taken).model_dump(mode="json")
        return Reply(200, whole, doors.tag_of(taken.revision, whole))

    if "Idempotency-Key" in request.headers:
        return doors.once(request, hashlib.sha256(data).hexdigest(), do, now)
    return doors.answered(do())


def _same_revision(of: Return, revision: int) -> None:
    if of.revision != revision:
        raise services.MovedOn("Báo cáo đã thay đổi từ lúc bạn đọc. Hãy tải lại biểu rồi nộp lại với ETag mới.")


def _read(of: Return, data: bytes) -> intake.Preview:
    """Look at a workbook in the limited child process, under the name that the house gives it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / intake.workbook_name(of)
        path.write_bytes(data)
        [preview] = intake.preview_files([path], wanted=of)
    return preview


def _taken(of: Return, data: bytes, user: User, now: datetime) -> Return:
    """Take a workbook in whole. Raises Refused with every problem of every cell."""
    preview = _read(of, data)
    if preview.problems:
        raise Refused(
            422,
            "not_taken",
            "Tệp có ô chưa đúng nên chưa nhận ô nào.",
            "Some cells of the file are not right; none was taken.",
            said=[Finding(one.where, one.sentence) for one in preview.problems],
        )
    with transaction.atomic():
        return intake.take_in(preview, now=now, by=user)


def _looked(preview: intake.Preview) -> WorkbookLooked:
    return WorkbookLooked.model_validate(
        {
            "state": preview.state,
            "changes": [
                CellChange(key=one.cell.key, label=one.cell.label, before=one.before_text, after=one.after_text)
                for one in preview.changes
            ],
            "problems": [Said(where=one.where, message=one.sentence) for one in preview.problems],
            "remarks": [
                CellSaid(where=one.key, message=one.sentence, severity=one.severity.value) for one in preview.remarks
            ],
        }
    )
