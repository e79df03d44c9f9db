"""Returns out and in: what is owed, what stands in it, saving the working copy, many cells at once, and putting it up for signing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.api import doors, paging
from chungtay.api.doors import KEY_HEADER, MATCH_HEADER, READ, Bearer, user_of
from chungtay.api.naming import unit_ref
from chungtay.api.problems import Refused
from chungtay.api.problems import Said as Finding
from chungtay.api.return_shapes import (
    CellIn,
    CellOut,
    CellSaid,
    CellsIn,
    DryRun,
    ReturnLine,
    ReturnsAsked,
    ReturnWhole,
    RowIn,
    RowsDone,
    RowsIn,
    Submitted,
)
from chungtay.api.rules import Scope
from chungtay.api.services import Reply
from chungtay.api.shapes import Page, Said
from chungtay.kernel.errors import Severity
from chungtay.kernel.folding import nfc
from chungtay.places import selectors as places
from chungtay.returns import selectors, services
from chungtay.returns.models import Return
from chungtay.returns.rules import Entry, State, WrongState
from chungtay.web import clock

router = Router(tags=["Báo cáo"])
WRITE = Bearer(Scope.RETURNS)


@router.get("/returns", response=Page[ReturnLine], url_name="api-returns", auth=READ, summary="Các báo cáo phải gửi")
def return_list(request: HttpRequest, asked: Query[ReturnsAsked]) -> Page[ReturnLine]:
    """Của các đơn vị bạn được xem."""
    keys = access.keys_of(user_of(request), on=clock.today())
    rows = Return.objects.with_round().filter(area_id__in=keys.areas_for("view", "return"))
    for name, column in (("form", "round__form__code"), ("period", "round__period_code"), ("state", "state")):
        if said := getattr(asked, name):
            rows = rows.filter(**{column: said})
    if asked.unit is not None:
        rows = rows.filter(area=places.area_by_ref(asked.unit, clock.today()))
    page, after = paging.page_of_rows(rows, "returns", asked)
    return Page[ReturnLine](items=[ReturnLine(**_line(one)) for one in page], next=after)


def _line(of: Return) -> dict[str, Any]:
    return {
        "id": of.pk,
        "form": of.round.form.code,
        "period": of.round.period_code,
        "unit": unit_ref(of.area_id, of.round.period_start),
        "state": of.state,
        "due_at": of.due_at,
        "revision": of.revision,
    }


@router.get("/returns/{uuid:return_id}", response=ReturnWhole, url_name="api-return", auth=READ, summary="Một báo cáo")
def return_whole(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Người nhập của đơn vị thấy bản đang làm, cấp trên chỉ thấy bản đã gửi. ETag dùng cho If-Match khi lưu."""
    return whole_answer(user_of(request), return_id)


def whole_answer(user: User, return_id: UUID) -> HttpResponse:
    """Return a return as its reader sees it, with its ETag."""
    keys = access.keys_of(user, on=clock.today())
    whole = whole_of(keys, selectors.return_for(keys, return_id)).model_dump(mode="json")
    return doors.as_json(whole, headers=doors.tag_of(whole["revision"], whole))


def whole_of(keys: access.Keys, of: Return) -> ReturnWhole:
    """Return the shape of a return: the working copy for who fills it, else what was last sent."""
    spec = selectors.form_spec(of.round.form)
    may_fill = keys.can("fill", of)
    versions = selectors.versions_for(keys, of)
    entries = selectors.draft_entries(of) if may_fill else selectors.entries_of(versions[0] if versions else None)
    said = selectors.problems_of(of, entries) if may_fill else []
    cells = []
    for cell in spec.cells:
        entry = entries.get(cell.key, Entry())
        cells.append(
            CellOut(
                key=cell.key,
                label=cell.label,
                measured_in=cell.unit,
                decimals=cell.decimals,
                value=entry.value,
                text=entry.text,
                absent=entry.absent,
                explain=entry.explain,
            )
        )
    return ReturnWhole(
        **_line(of),
        version=versions[0].number if versions else None,
        content_hash=versions[0].content_hash if versions else None,
        cells=cells,
        problems=[CellSaid(where=one.key, message=one.sentence, severity=one.severity.value) for one in said],
    )


@router.put(
    "/returns/{uuid:return_id}/draft",
    response=ReturnWhole,
    url_name="api-return-draft",
    auth=WRITE,
    summary="Lưu nháp",
    openapi_extra={"parameters": [MATCH_HEADER]},
)
def draft_save(request: HttpRequest, return_id: UUID, body: CellsIn, asked: Query[DryRun]) -> HttpResponse:
    """Gửi lại đúng nội dung đó không đổi gì. `dry_run=true`: trả báo cáo như sẽ có, không lưu."""
    user, now = user_of(request), clock.now()
    revision = doors.revision_of(request)
    keys = access.keys_of(user, on=clock.today())
    of = selectors.return_for(keys, return_id)
    entries = {key: _entry(cell) for key, cell in body.cells.items()}
    unknown = sorted(set(entries) - {cell.key for cell in selectors.form_spec(of.round.form).cells})
    if unknown:
        raise _not_taken([Finding(f"cells.{key}", "Biểu không có ô này.") for key in unknown])
    asks: dict[str, Any] = {"of": of, "entries": entries, "revision": revision, "source": "api", "now": now, "by": user}
    if asked.dry_run != "true":
        services.save_draft(**asks)
        return whole_answer(user, return_id)
    with transaction.atomic():
        would_be = whole_of(keys, services.save_draft(**asks)).model_dump(mode="json")
        transaction.set_rollback(True)
    return doors.as_json(would_be)


def _entry(cell: CellIn) -> Entry:
    return Entry(
        value=cell.value,
        absent=nfc(cell.absent).strip(),
        explain=nfc(cell.explain).strip(),
        reply=nfc(cell.reply).strip(),
    )


def _not_taken(said: Iterable[Finding]) -> Refused:
    return Refused(
        422,
        "not_taken",
        "Có dòng chưa đúng nên chưa lưu dòng nào.",
        "Some rows are not right; none was saved.",
        said=said,
    )


@router.post(
    "/returns/rows",
    response=RowsDone,
    url_name="api-return-rows",
    auth=WRITE,
    summary="Nhập hàng loạt ô của nhiều đơn vị",
    openapi_extra={"parameters": [KEY_HEADER | {"required": False}]},
)
def rows_save(request: HttpRequest, body: RowsIn, asked: Query[DryRun]) -> HttpResponse:
    """Lưu nháp cả hoặc không dòng nào. `dry_run=true`: chỉ trả vướng mắc từng dòng; không cần Idempotency-Key."""
    user, now = user_of(request), clock.now()
    if "Idempotency-Key" in request.headers:
        doors.key_of(request)  # one of no form is refused also where none is needed
    if asked.dry_run == "true":
        with transaction.atomic():
            done = _save_rows(body, user, now, is_dry=True)
            transaction.set_rollback(True)
        return doors.as_json(done.model_dump(mode="json"))

    def do() -> Reply:
        return Reply(200, _save_rows(body, user, now, is_dry=False).model_dump(mode="json"))

    return doors.once(request, body, do, now)


def _save_rows(body: RowsIn, user: User, now: datetime, *, is_dry: bool) -> RowsDone:
    """Save rows of many returns inside one transaction. Raises Refused with every problem, unless it is only a look."""
    keys = access.keys_of(user, on=clock.today())
    mine = Return.objects.with_round().filter(
        area_id__in=keys.areas_for("view", "return"), round__form__code=body.form, round__period_code=body.period
    )
    by_unit = {places.code_on(of.area_id, of.round.period_start): of for of in mine}
    wanted, said = _sorted_out(body.rows, by_unit)
    for unit, entries in wanted.items():
        of = by_unit[unit]
        try:
            with transaction.atomic():
                services.save_draft(of=of, entries=dict(entries), revision=None, source="api", now=now, by=user)
        except (access.NotAllowed, services.MovedOn, WrongState) as refused:
            said += [Finding(f"rows.{n}", str(refused)) for n, row in enumerate(body.rows) if row.unit == unit]
    if said and not is_dry:
        raise _not_taken(said)
    cells = sum(len(entries) for entries in wanted.values())
    problems = [Said(where=one.where, message=one.message) for one in said]
    return RowsDone(saved=not is_dry, units=len(wanted), cells=cells, problems=problems)


def _sorted_out(
    rows: Iterable[RowIn], by_unit: Mapping[str, Return]
) -> tuple[dict[str, dict[str, Entry]], list[Finding]]:
    """Return the entries by unit, and what is wrong with rows before anything is saved."""
    known: dict[UUID, set[str]] = {}
    wanted: dict[str, dict[str, Entry]] = {}
    said = []
    for number, row in enumerate(rows):
        of = by_unit.get(row.unit)
        if of is None:
            said.append(Finding(f"rows.{number}.unit", "Đơn vị này không có báo cáo của biểu và kỳ đó để bạn nhập."))
            continue
        if of.round.form_id not in known:
            known[of.round.form_id] = {cell.key for cell in selectors.form_spec(of.round.form).cells}
        if row.cell not in known[of.round.form_id]:
            said.append(Finding(f"rows.{number}.cell", "Biểu không có ô này."))
        elif row.cell in wanted.get(row.unit, {}):
            said.append(Finding(f"rows.{number}", "Ô này của đơn vị đã có ở một dòng trước."))
        else:
            wanted.setdefault(row.unit, {})[row.cell] = _entry(row)
    return wanted, said


@router.post(
    "/returns/{uuid:return_id}/submit",
    response=Submitted,
    url_name="api-return-submit",
    auth=WRITE,
    summary="Trình lãnh đạo ký",
    openapi_extra={"parameters": [MATCH_HEADER, KEY_HEADER]},
)
def submit(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Đóng băng bản nháp thành một bản; còn ô phải sửa thì trả 422 với từng ô."""
    user, now = user_of(request), clock.now()
    keys = access.keys_of(user, on=clock.today())
    of = selectors.return_for(keys, return_id)

    def do() -> Reply:
        revision = doors.revision_of(request)
        try:
            version = services.submit_return(of=of, revision=revision, now=now, by=user)
        except services.NotReady as refused:
            raise Refused(
                422, "not_ready", str(refused), "Some cells hinder the sending.", said=_hindering(of)
            ) from None
        done = Submitted(
            id=of.pk, version=version.number, content_hash=version.content_hash, state=State.FOR_SIGNING.value
        )
        return Reply(200, done.model_dump(mode="json"))

    return doors.once(request, None, do, now)


def _hindering(of: Return) -> list[Finding]:
    found = selectors.problems_of(of, selectors.draft_entries(of))
    return [
        Finding(one.key, one.sentence) for one in found if one.severity is not Severity.HINT and not one.is_explained
    ]
