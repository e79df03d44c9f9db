"""Every refusal of the API: RFC 9457 `application/problem+json`, in Vietnamese, or in English for who asks for it.

`code` names the refusal for programs and never changes; `detail` is a sentence. The sentences of the rooms are Vietnamese
in both languages: they name people, places and papers.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from chungtay.access.rules import Verdict
from chungtay.access.selectors import NotAllowed
from chungtay.api.rules import Scope
from chungtay.kernel.errors import DomainError

MEDIA_TYPE = "application/problem+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_WORKBOOK = (f"Hãy gửi tệp .xlsx với Content-Type: {XLSX}.", f"Send an .xlsx file with Content-Type: {XLSX}.")
TITLES = {
    400: ("Yêu cầu không đọc được", "Bad request"),
    401: ("Cần mã truy cập", "Token needed"),
    403: ("Không có quyền", "Not allowed"),
    404: ("Không có ở đây", "Not found"),
    405: ("Không có cách gọi này", "Method not allowed"),
    409: ("Trái với tình trạng hiện tại", "Conflict with the present state"),
    412: ("Đã có người thay đổi", "Changed meanwhile"),
    413: ("Yêu cầu quá lớn", "Request too large"),
    415: ("Kiểu nội dung không nhận", "Unsupported content type"),
    422: ("Nội dung chưa đúng", "Content not valid"),
    429: ("Quá nhiều yêu cầu", "Too many requests"),
    500: ("Máy chủ gặp lỗi", "Server error"),
    503: ("Máy chủ đang bận", "Service unavailable"),
}
SENTENCES = {
    400: (
        "Không đọc được nội dung gửi lên. Hãy gửi JSON đúng, mã hóa UTF-8.",
        "The request cannot be read. Send valid JSON in UTF-8.",
    ),
    401: (
        "Hãy gửi mã truy cập còn hạn trong đầu mục “Authorization: Bearer …”. Lấy mã ở trang Mã truy cập hoặc POST /api/v1/login.",
        "Send a live token in the header “Authorization: Bearer …”. Get one on the page of tokens or by POST /api/v1/login.",
    ),
    404: (
        "Không có địa chỉ hoặc đối tượng này, hoặc bạn không được xem.",
        "There is no such thing, or it is not for you to see.",
    ),
    405: (
        "Địa chỉ này không nhận phương thức vừa gửi. Xem đầu mục Allow.",
        "This address does not take that method. See the header Allow.",
    ),
    413: (
        "Nội dung gửi lên vượt mức cho phép. Hãy chia thành nhiều lần.",
        "The body is beyond the limit. Send it in parts.",
    ),
    415: ("Hãy gửi với Content-Type: application/json.", "Send Content-Type: application/json."),
    422: ("Một số phần gửi lên chưa đúng; xem danh sách “problems”.", "Some parts are not valid; see “problems”."),
    429: (
        "Bạn gọi quá nhanh. Hãy đợi số giây ghi ở Retry-After.",
        "You ask too often. Wait the seconds of Retry-After.",
    ),
    500: ("Lỗi đã được ghi lại. Hãy thử lại sau.", "The fault is on record. Try again later."),
    503: ("Hãy thử lại sau ít phút.", "Try again in some minutes."),
}
# By the names of refusals, those of rooms whose modules are no doors too; a test holds that each exists.
STATUSES = {
    "sign_in_refused": 401,
    "no_such_return": 404,
    "no_such_partner": 404,
    "no_such_token": 404,
    "unknown_area": 404,
    "unknown_indicator": 404,
    "unknown_programme": 404,
    "wrong_state": 409,
    "not_now": 409,
    "content_differs": 409,
    "month_closed": 409,
    "not_enough": 409,
    "changed_meanwhile": 412,
    "draft_moved_on": 412,
    "moved_on": 412,
    "too_many_failures": 429,
}
# Pydantic's words are English; the kinds that a caller meets have Vietnamese ones.
REASONS = {
    "missing": "còn thiếu",
    "extra_forbidden": "không có trường này",
    "string_too_long": "dài quá",
    "string_too_short": "ngắn quá",
    "string_pattern_mismatch": "không đúng dạng",
    "enum": "không có trong danh sách cho phép",
    "literal_error": "không có trong danh sách cho phép",
    "greater_than_equal": "nhỏ quá",
    "less_than_equal": "lớn quá",
    "too_long": "nhiều phần tử quá",
    "too_short": "ít phần tử quá",
}


@dataclass(frozen=True)
class Said:
    """One finding: `where` it is ("body.rows.3.value") and what is wrong."""

    where: str
    message: str


class Refused(DomainError):
    """A refusal of the API itself, with its sentence in both languages."""

    def __init__(
        self,
        status: int,
        code: str,
        vi: str,
        en: str,
        *,
        said: Iterable[Said] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(en)
        self.status, self.code, self.vi, self.en = status, code, vi, en
        self.said, self.headers = list(said), headers or {}


def scope_missing(scope: Scope) -> Refused:
    """Return the refusal of a token that was not issued for this."""
    return Refused(
        403,
        "scope_missing",
        f"Mã truy cập này không có phạm vi “{scope.value}”. Hãy cấp mã có phạm vi đó.",
        f"This token lacks the scope “{scope.value}”. Issue one that has it.",
    )


def is_english(request: HttpRequest) -> bool:
    """Whether the caller prefers English to Vietnamese."""
    best: dict[str, float] = {}
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            best.setdefault(tag.split("-")[0].lower(), float(weight or 1))
        except ValueError:
            continue
    return best.get("en", 0) > best.get("vi", 0)


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str = "",
    *,
    said: Iterable[Said] = (),
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Return the answer for a refusal."""
    english = int(is_english(request))
    title = TITLES.get(status, TITLES[400])[english]
    body: dict[str, Any] = {
        "type": f"/api/v1/docs#{code.replace('_', '-')}",
        "title": title,
        "status": status,
        "detail": detail or SENTENCES.get(status, SENTENCES[400])[english],
        "code": code,
        "problems": [{"where": one.where, "message": one.message} for one in said],
    }
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}, content_type=MEDIA_TYPE)
    answer.headers["Content-Language"] = "en" if english else "vi"
    answer.headers["Cache-Control"] = "no-store"
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer


def code_of(kind: type[BaseException]) -> str:
    """Return a refusal's name for programs: PeriodClosed is "period_closed"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__).lower()


def status_of(error: DomainError) -> int:
    """Return the status of a refusal by a room: 422 where nothing else is said of it."""
    if isinstance(error, NotAllowed):
        return 409 if error.verdict is Verdict.WRONG_STATE else 403
    return next((STATUSES[code] for code in map(code_of, type(error).__mro__) if code in STATUSES), 422)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    detail = error.en if is_english(request) else error.vi
    return problem(request, error.status, error.code, detail, said=error.said, headers=error.headers)


def _domain(request: HttpRequest, error: DomainError) -> HttpResponse:
    status = status_of(error)
    headers = {"Retry-After": "60"} if status == 429 else None
    found = getattr(error, "problems", ())
    said = [Said(getattr(one, "where", ""), getattr(one, "sentence", str(one))) for one in found]
    return problem(request, status, code_of(type(error)), str(error), said=said, headers=headers)


def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    english = is_english(request)
    said = []
    for one in error.errors[:100]:
        kind, message = str(one.get("type", "")), str(one.get("msg", ""))
        where = ".".join(str(part) for part in one.get("loc", ()))
        said.append(Said(where, message if english else REASONS.get(kind, message.removeprefix("Value error, "))))
    return problem(request, 422, "not_valid", said=said)


def register(api: NinjaAPI) -> None:
    """Make every exception that is an answer one of these."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        DomainError: _domain,
        Refused: _refused,
        ValidationError: _not_valid,
        AuthenticationError: lambda request, _: problem(request, 401, "token_needed"),
        Http404: lambda request, _: problem(request, 404, "not_found"),
        HttpError: lambda request, error: problem(request, error.status_code, "not_readable"),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
