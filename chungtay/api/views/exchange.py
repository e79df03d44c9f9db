"""Data value sets as DHIS2 sends and reads them, and ADX: figures in, judged line by line, and figures out."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import make_aware
from ninja import Query, Router, Schema

from chungtay.accounts.models import User
from chungtay.api import doors
from chungtay.api.doors import KEY_HEADER, READ, Bearer, user_of
from chungtay.api.exchange_shapes import Answer, HowIn, HowOut, SetIn, SetOut
from chungtay.api.problems import Refused
from chungtay.api.rules import Scope
from chungtay.api.services import Reply
from chungtay.exchange import outgoing, selectors, services
from chungtay.exchange.faults import WORDS, Conflict
from chungtay.exchange.models import Partner
from chungtay.exchange.periods_of_theirs import NoCounterpart, UnknownPeriod, read_period
from chungtay.exchange.rules import Format, Scheme, Strategy
from chungtay.exchange.values import UnreadableFile
from chungtay.figures import selectors as figures
from chungtay.kernel.periods import Period
from chungtay.places import selectors as places
from chungtay.web import clock

router = Router(tags=["Trao đổi số liệu"])
WRITE = Bearer(Scope.EXCHANGE)
MOST_CONFLICTS = 500
TYPES = {
    "application/json": Format.JSON,
    "application/csv": Format.CSV,
    "text/csv": Format.CSV,
    "application/xml": Format.XML,
    "text/xml": Format.XML,
    "application/adx+xml": Format.ADX,
    "application/xml+adx": Format.ADX,
}
SENT_AS = {
    Format.JSON: "application/json",
    Format.CSV: "application/csv",
    Format.XML: "application/xml",
    Format.ADX: "application/adx+xml",
}
_FILE = {"schema": {"type": "string", "format": "binary"}}
_BODIES = {
    "required": True,
    "content": {"application/json": {"schema": SetIn.model_json_schema()}}
    | dict.fromkeys(("application/csv", "application/xml", "application/adx+xml"), _FILE),
}
OLD_STRATEGIES = {"NEW": Strategy.CREATE, "NEW_AND_UPDATES": Strategy.CREATE_AND_UPDATE, "UPDATES": Strategy.UPDATE}


@router.post(
    "/dataValueSets",
    response=Answer,
    url_name="api-data-value-sets",
    auth=WRITE,
    summary="Nạp số liệu từ hệ thống khác (DHIS2, ADX)",
    openapi_extra={"requestBody": _BODIES, "parameters": [KEY_HEADER | {"required": False}]},
)
def values_in(request: HttpRequest, asked: Query[HowIn]) -> HttpResponse:
    """Dòng tốt thành số tạm tính chờ người thứ hai duyệt; dòng vướng được nêu từng dòng. Gửi lại thì không ghi thêm gì."""
    user, now = user_of(request), clock.now()
    partner = selectors.partner_by_code(user, asked.partner or "", on=clock.today())
    selectors.require_sender(user, partner, on=clock.today())
    if "Idempotency-Key" in request.headers:
        doors.key_of(request)
    data, form = request.body, TYPES.get(request.content_type or "")
    is_dry = asked.dryRun == "true"

    def do() -> Reply:
        return Reply(200, _taken_in(partner, data, form, _options(asked), is_dry, user, now))

    if is_dry or "Idempotency-Key" not in request.headers:
        return doors.answered(do())
    return doors.once(request, _Sent(sha256=hashlib.sha256(data).hexdigest()), do, now)


class _Sent(Schema):
    sha256: str


def _taken_in(
    partner: Partner,
    data: bytes,
    form: Format | None,
    options: selectors.Options,
    is_dry: bool,
    user: User,
    now: datetime,
) -> dict[str, Any]:
    """Judge the file, and take it in unless it is only looked at. Raises Refused for one that cannot be read."""
    given = {"partner": partner, "data": data, "form": form, "options": options}
    try:
        if is_dry:
            look, of = selectors.look_into(partner, data, form=form, options=options, today=clock.today()), None
        else:
            received = services.receive(**given, file_name="api", now=now, by=user)  # type: ignore[arg-type]
            look, of = received.look, received.of
    except UnreadableFile as wrong:
        raise Refused(422, "unreadable_file", str(wrong), wrong.en) from None
    summary = _summary(look, is_dry or look.asks_dry_run)
    summary |= {"importId": of.pk if of else None, "state": of.access_state if of else ""}
    is_clean = summary["status"] == "SUCCESS"
    return Answer.model_validate(
        {
            "httpStatus": "OK",
            "httpStatusCode": 200,
            "status": "OK" if is_clean else "WARNING",
            "message": "Import was successful."
            if is_clean
            else "One or more conflicts encountered, please check import summary.",
            "response": summary,
        }
    ).model_dump(mode="json")


def _summary(look: selectors.Look, is_dry: bool) -> dict[str, Any]:
    judged = look.judged
    said = "Chỉ xem thử, chưa ghi gì." if is_dry else "Số mới chờ người thứ hai duyệt rồi mới thành số chính thức."
    return {
        "responseType": "ImportSummary",
        "status": "WARNING" if judged.conflicts else "SUCCESS",
        "description": said,
        "importOptions": {
            "dryRun": is_dry,
            "importStrategy": look.strategy.value,
            "dataElementIdScheme": look.elements.value,
            "orgUnitIdScheme": look.units.value,
        },
        "importCount": {
            "imported": len(judged.imported),
            "updated": len(judged.updated),
            "ignored": judged.ignored,
            "deleted": len(judged.deleted),
        },
        "conflicts": [_conflict(one) for one in judged.conflicts[:MOST_CONFLICTS]],
        "conflictCount": len(judged.conflicts),
        "rejectedIndexes": [one.index for one in judged.conflicts],
        "dataSetComplete": "false",
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    words = WORDS[one.code]
    return {
        "object": one.value,
        "value": one.en,
        "errorCode": words.theirs,
        "property": words.about,
        "indexes": [one.index],
        "where": one.where,
        "code": one.code.value,
        "sentence": one.vi,
    }


def _options(asked: HowIn) -> selectors.Options:
    def scheme(said: str | None) -> Scheme | None:
        name = said or asked.idScheme
        return Scheme(name.lower()) if name else None

    said = asked.importStrategy
    strategy = None if said is None else OLD_STRATEGIES.get(said) or Strategy(said)
    return selectors.Options(strategy, scheme(asked.dataElementIdScheme), scheme(asked.orgUnitIdScheme))


@router.get(
    "/dataValueSets",
    response=SetOut,
    url_name="api-data-value-sets",
    auth=READ,
    summary="Xuất số liệu cho hệ thống khác (DHIS2, ADX)",
    openapi_extra={
        "responses": {200: {"content": {SENT_AS[form]: _FILE for form in Format if form is not Format.JSON}}}
    },
)
def values_out(request: HttpRequest, asked: Query[HowOut]) -> HttpResponseBase:
    """Số đã duyệt do đơn vị báo; số tổng hợp chỉ có khi `includeTotals=true` và có ghi chú. Chọn dạng bằng Accept hoặc `format`."""
    user, now = user_of(request), clock.now()
    form = Format(asked.format) if asked.format else _accepted(request)
    periods = [_period(one) for one in asked.period]
    if not periods and not asked.lastUpdated and (asked.startDate is None or asked.endDate is None):
        raise Refused(
            422,
            "period_needed",
            "Hãy ghi period, hoặc cả startDate và endDate, hoặc lastUpdated.",
            "Name period, or both startDate and endDate, or lastUpdated.",
        )
    partner = selectors.partner_by_code(user, asked.partner, on=clock.today()) if asked.partner else None
    day = max((one.last_day for one in periods), default=asked.endDate or clock.today())
    ask = outgoing.Ask(
        indicators=list(dict.fromkeys(asked.dataElement)),
        areas=[_area(ref, day) for ref in dict.fromkeys(asked.orgUnit)],
        periods=periods,
        first=asked.startDate,
        end=_after(asked.endDate),
        descendants=asked.children == "true",
        updated_since=None if asked.lastUpdated is None else make_aware(datetime.combine(asked.lastUpdated, time.min)),
        includes_totals=asked.includeTotals == "true",
        includes_deleted=asked.includeDeleted == "true",
    )
    elements, units = (_scheme(one or asked.idScheme) for one in (asked.dataElementIdScheme, asked.orgUnitIdScheme))
    tag = hashlib.sha256(repr((figures.account_state(), user.pk, request.get_full_path(), form)).encode()).hexdigest()[
        :32
    ]
    values = outgoing.named(
        outgoing.going_out(ask, actor=user, on=clock.today()), partner, form, elements=elements, units=units
    )
    pieces = outgoing.written(values, form, now=now)
    headers: Mapping[str, str] = {
        "ETag": f'"{tag}"',
        "Content-Disposition": f'attachment; filename="so-lieu.{form.value}"',
    }
    return StreamingHttpResponse(_in_chunks(pieces), content_type=SENT_AS[form], headers=dict(headers))


def _in_chunks(pieces: Any) -> Any:
    """Yield pieces together, some hundreds a chunk: each chunk costs a turn of the server."""
    waiting: list[str] = []
    for piece in chain(pieces):
        waiting.append(piece)
        if len(waiting) >= 500:
            yield "".join(waiting)
            waiting = []
    yield "".join(waiting)


def _accepted(request: HttpRequest) -> Format:
    """Return the first form that the caller takes, JSON where none is named."""
    for part in request.headers.get("Accept", "")[:500].split(","):
        if (found := TYPES.get(part.partition(";")[0].strip().lower())) is not None:
            return found
    return Format.JSON


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except (UnknownPeriod, NoCounterpart) as wrong:
        raise Refused(422, "bad_period", str(wrong), f"The period “{text}” is not valid here.") from None


def _area(ref: str, day: date) -> UUID:
    try:
        return places.area_by_ref(ref, day).pk
    except places.AmbiguousArea:
        return places.area_by_ref(f"{ref}@{day}").pk


def _scheme(said: str | None) -> Scheme | None:
    return Scheme(said.lower()) if said else None


def _after(day: date | None) -> date | None:
    return None if day is None or day == date.max else date.fromordinal(day.toordinal() + 1)
