"""The ways of a score sheet, a contest and an award, pure: states, who has the sheet, what may be done, and what is refused in words."""

from collections.abc import Mapping
from enum import StrEnum

from chungtay.kernel.errors import DomainError


class Stage(StrEnum):
    """Who has a sheet, from the unit that scores itself to the publication that fixes it for ever."""

    SELF = "self"
    DEPARTMENT = "department"
    COUNCIL = "council"
    STANDING = "standing"
    PUBLISHED = "published"


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.SELF: "Tự chấm",
    Stage.DEPARTMENT: "Cơ quan thường trực",
    Stage.COUNCIL: "Hội đồng",
    Stage.STANDING: "Thường trực",
    Stage.PUBLISHED: "Đã công bố",
}
SCORING: tuple[Stage, ...] = (Stage.SELF, Stage.DEPARTMENT, Stage.COUNCIL, Stage.STANDING)
"""The stages that score, in order: each begins with what the one before has given."""


class Act(StrEnum):
    """What happens to a sheet."""

    SCORE = "score"
    FORWARD = "forward"
    SEND_BACK = "send_back"
    PUBLISH = "publish"


ACT_LABELS: Mapping[Act, str] = {
    Act.SCORE: "chấm điểm",
    Act.FORWARD: "chuyển bước sau",
    Act.SEND_BACK: "trả lại",
    Act.PUBLISH: "công bố",
}
_S, _A = Stage, Act
TURNS: Mapping[tuple[Stage, Act], Stage] = {
    **{(stage, _A.SCORE): stage for stage in SCORING},
    (_S.SELF, _A.FORWARD): _S.DEPARTMENT,
    (_S.DEPARTMENT, _A.FORWARD): _S.COUNCIL,
    (_S.COUNCIL, _A.FORWARD): _S.STANDING,
    (_S.DEPARTMENT, _A.SEND_BACK): _S.SELF,
    (_S.COUNCIL, _A.SEND_BACK): _S.DEPARTMENT,
    (_S.STANDING, _A.SEND_BACK): _S.COUNCIL,
    (_S.STANDING, _A.PUBLISH): _S.PUBLISHED,
}


class ContestState(StrEnum):
    """Where a contest stands."""

    DRAFT = "draft"
    OPEN = "open"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


CONTEST_LABELS: Mapping[ContestState, str] = {
    ContestState.DRAFT: "Chờ duyệt",
    ContestState.OPEN: "Đang chấm",
    ContestState.PUBLISHED: "Đã công bố",
    ContestState.CANCELLED: "Đã hủy",
}
CONTEST_TURNS: Mapping[ContestState, frozenset[ContestState]] = {
    ContestState.DRAFT: frozenset({ContestState.OPEN, ContestState.CANCELLED}),
    ContestState.OPEN: frozenset({ContestState.PUBLISHED, ContestState.CANCELLED}),
    ContestState.PUBLISHED: frozenset(),
    ContestState.CANCELLED: frozenset(),
}


class AwardState(StrEnum):
    """Where an award decision stands; an issued one never changes again."""

    DRAFT = "draft"
    ISSUED = "issued"
    DROPPED = "dropped"


AWARD_LABELS: Mapping[AwardState, str] = {
    AwardState.DRAFT: "Dự thảo",
    AwardState.ISSUED: "Đã ban hành",
    AwardState.DROPPED: "Đã bỏ",
}


class CertificateState(StrEnum):
    """What a certificate is worth today."""

    VALID = "valid"
    ASKED = "asked"  # somebody asked to revoke it; it is valid until a second person has decided
    REVOKED = "revoked"
    REPLACED = "replaced"


CERTIFICATE_LABELS: Mapping[CertificateState, str] = {
    CertificateState.VALID: "Có giá trị",
    CertificateState.ASKED: "Đang đề nghị thu hồi",
    CertificateState.REVOKED: "Đã thu hồi",
    CertificateState.REPLACED: "Đã thay bằng bản khác",
}


class Recipient(StrEnum):
    """Whom an award goes to; the money differs."""

    COLLECTIVE = "collective"
    PERSON = "person"
    HOUSEHOLD = "household"


RECIPIENT_LABELS: Mapping[Recipient, str] = {
    Recipient.COLLECTIVE: "tập thể",
    Recipient.PERSON: "cá nhân",
    Recipient.HOUSEHOLD: "hộ gia đình",
}


class Form(StrEnum):
    """The form of an award and the level that gives it: both decide the coefficient of its money."""

    COMMUNE = "giay-khen-xa"
    DISTRICT = "giay-khen-huyen"
    PROVINCE = "bang-khen-tinh"


FORM_LABELS: Mapping[Form, str] = {
    Form.COMMUNE: "Giấy khen cấp xã",
    Form.DISTRICT: "Giấy khen cấp huyện (trước 01/7/2025)",
    Form.PROVINCE: "Bằng khen cấp tỉnh",
}
PRINTED: Mapping[Form, str] = {Form.COMMUNE: "GIẤY KHEN", Form.DISTRICT: "GIẤY KHEN", Form.PROVINCE: "BẰNG KHEN"}


class MoneyFrom(StrEnum):
    """Who pays the money of an award."""

    BUDGET = "budget"
    FUND = "fund"
    NONE = "none"


MONEY_LABELS: Mapping[MoneyFrom, str] = {
    MoneyFrom.BUDGET: "Ngân sách",
    MoneyFrom.FUND: "Quỹ có mục đích khen thưởng",
    MoneyFrom.NONE: "Không kèm tiền thưởng",
}


class WrongTurn(DomainError):
    """The sheet, contest or decision cannot go there from where it stands."""


class MovedOn(DomainError):
    """Somebody changed it after it was shown."""


class ContentDiffers(DomainError):
    """What is to be sealed is not what the person saw."""


class ReasonNeeded(DomainError):
    """What goes back, is revoked or corrected says why."""


class Recused(DomainError):
    """A member of the council neither scores nor votes on the body they belong to."""


class WrongConfirmation(DomainError):
    """What cannot be undone is confirmed by typing its code."""


def after(stage: Stage, act: Act) -> Stage:
    """Return the stage that an act leads to. Raises WrongTurn."""
    try:
        return TURNS[stage, act]
    except KeyError:
        raise WrongTurn(
            f"Phiếu đang ở bước “{STAGE_LABELS[stage]}” nên chưa thể {ACT_LABELS[act]}. "
            "Hãy tải lại trang để xem bước hiện tại và việc làm tiếp được."
        ) from None


def contest_after(state: ContestState, wanted: ContestState) -> ContestState:
    """Return `wanted` when a contest may go there. Raises WrongTurn."""
    if wanted not in CONTEST_TURNS[state]:
        raise WrongTurn(
            f"Đợt thi đua đang ở trạng thái “{CONTEST_LABELS[state]}”, không chuyển sang “{CONTEST_LABELS[wanted]}” được. "
            "Hãy tải lại trang."
        )
    return wanted


def stages_before(stage: Stage) -> tuple[Stage, ...]:
    """Return the stages that scored before one, in order."""
    return SCORING if stage is Stage.PUBLISHED else SCORING[: SCORING.index(stage)]


def check_reason(reason: str, what: str) -> str:
    """Return the reason without edges. Raises ReasonNeeded."""
    said = " ".join(reason.split())
    if not said:
        raise ReasonNeeded(f"Chưa ghi lý do {what}. Người bị ảnh hưởng sẽ đọc lý do này; hãy ghi một câu rồi gửi lại.")
    return said


def check_typed(typed: str, code: str, what: str) -> None:
    """Return if somebody typed the code of what cannot be undone. Raises WrongConfirmation."""
    if typed.strip().casefold() != code.casefold():
        raise WrongConfirmation(f"Muốn {what} thì gõ đúng “{code}”. Việc này không đảo lại được nên phải gõ tay.")
