"""What a household is classed as, needs and may be looked at for; and what a well-formed identifier is. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chungtay.kernel.errors import DomainError


class Kind(StrEnum):
    """How a household is classed. Several may hold at once; poor and near-poor exclude each other."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    ESCAPED = "escaped"
    POLICY = "policy"
    HARDSHIP = "hardship"
    PROTECTED = "protected"


KIND_LABELS = {
    Kind.POOR: "hộ nghèo",
    Kind.NEAR_POOR: "hộ cận nghèo",
    Kind.ESCAPED: "hộ mới thoát nghèo",
    Kind.POLICY: "gia đình chính sách, người có công",
    Kind.HARDSHIP: "hộ có hoàn cảnh đặc biệt khó khăn",
    Kind.PROTECTED: "hộ có đối tượng bảo trợ xã hội",
}
BY_STANDARD = frozenset({Kind.POOR, Kind.NEAR_POOR, Kind.ESCAPED})
"""Kinds that a dated poverty line decides; the others are named by a decision alone."""

PRECEDENCE = (Kind.POOR, Kind.NEAR_POOR, Kind.POLICY, Kind.HARDSHIP, Kind.ESCAPED, Kind.PROTECTED)
"""Under which one class a household of several is reported, so that each is counted once."""


class NeedKind(StrEnum):
    """What a household lacks."""

    HOUSING = "housing"
    HEALTH = "health"
    INSURANCE = "insurance"
    SCHOOL = "school"
    LIVELIHOOD = "livelihood"
    JOB = "job"
    WATER = "water"
    FOOD = "food"
    OTHER = "other"


NEED_LABELS = {
    NeedKind.HOUSING: "nhà ở",
    NeedKind.HEALTH: "khám, chữa bệnh",
    NeedKind.INSURANCE: "thẻ bảo hiểm y tế",
    NeedKind.SCHOOL: "học tập",
    NeedKind.LIVELIHOOD: "sinh kế",
    NeedKind.JOB: "việc làm",
    NeedKind.WATER: "nước sạch, vệ sinh",
    NeedKind.FOOD: "lương thực",
    NeedKind.OTHER: "khác",
}


class Purpose(StrEnum):
    """What a person's data may be used for; each rests on a ground of its own."""

    SUPPORT = "support"
    VERIFY = "verify"
    DELIVERY = "delivery"
    REVIEW = "review"
    SUBJECT = "subject"
    AUDIT = "audit"


PURPOSE_LABELS = {
    Purpose.SUPPORT: "lập, xét hồ sơ hỗ trợ",
    Purpose.VERIFY: "xác minh, rà soát hộ",
    Purpose.DELIVERY: "trao hỗ trợ, liên hệ với hộ",
    Purpose.REVIEW: "soát trùng, sửa sai sót trong sổ",
    Purpose.SUBJECT: "trả lời yêu cầu của chính người dân",
    Purpose.AUDIT: "kiểm tra, kiểm toán",
}


class Ground(StrEnum):
    """Why data may be used for a purpose."""

    LAW = "law"
    CONSENT = "consent"
    EMERGENCY = "emergency"


GROUND_LABELS = {
    Ground.LAW: "theo quy định pháp luật",
    Ground.CONSENT: "người dân đồng ý",
    Ground.EMERGENCY: "khẩn cấp, đe dọa tính mạng",
}

SETTLES_DUPLICATES = 60
"""From this score on two households are shown as possibly one."""


class NotAHousehold(DomainError):
    """What was given cannot be kept: the sentence names the field."""


def plain_cccd(text: str) -> str:
    """Return the 12 digits of a citizen's number, "" for nothing. Raises NotAHousehold."""
    digits = re.sub(r"[\s.\-]", "", text)
    if digits and not re.fullmatch(r"[0-9]{12}", digits):
        raise NotAHousehold("Số căn cước phải có đúng 12 chữ số. Hãy xem lại trên thẻ; chưa có thì để trống.")
    return digits


def plain_phone(text: str) -> str:
    """Return a Vietnamese number as 0 and 9 or 10 digits, "" for nothing. "+84 912 345 678" is "0912345678".

    Raises NotAHousehold.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if digits and not re.fullmatch(r"0[0-9]{9,10}", digits):
        raise NotAHousehold("Số điện thoại phải có 10 chữ số, bắt đầu bằng số 0. Ví dụ: 0912 345 678.")
    return digits


@dataclass(frozen=True)
class Personal:
    """What is known of a household: its head, how many live there, where, and by what it can be told from others.

    birth_year: of the head, None if not needed. members: 1 to 30. hamlet: the khóm or ấp.
    """

    head_name: str
    hamlet: str
    members: int = 1
    birth_year: int | None = None
    address: str = ""
    phone: str = field(default="", repr=False)
    cccd: str = field(default="", repr=False)

    def checked(self, today: date) -> "Personal":
        """Return the same with everything in its one form. Raises NotAHousehold."""
        name = " ".join(self.head_name.split())
        if not 2 <= len(name) <= 100 or any(letter.isdigit() for letter in name):
            raise NotAHousehold("Chưa có họ tên chủ hộ, hoặc họ tên có chữ số. Hãy ghi như trên giấy tờ.")
        hamlet = " ".join(self.hamlet.split())
        if not hamlet or len(hamlet) > 80:
            raise NotAHousehold("Chưa ghi khóm, ấp của hộ. Ví dụ: Ấp Hòa Long.")
        if not 1 <= self.members <= 30:
            raise NotAHousehold("Số nhân khẩu phải từ 1 đến 30.")
        if self.birth_year is not None and not today.year - 120 <= self.birth_year <= today.year:
            raise NotAHousehold(f"Năm sinh phải từ {today.year - 120} đến {today.year}.")
        address = " ".join(self.address.split())
        if len(address) > 160:
            raise NotAHousehold("Địa chỉ dài quá 160 ký tự. Hãy ghi gọn: số nhà, đường hoặc tổ.")
        return Personal(
            name, hamlet, self.members, self.birth_year, address, plain_phone(self.phone), plain_cccd(self.cccd)
        )


def reported_as(kinds: "frozenset[Kind] | set[Kind]") -> Kind | None:
    """Return the one class under which a household of these is reported."""
    return next((kind for kind in PRECEDENCE if kind in kinds), None)
