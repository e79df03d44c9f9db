"""The rule of rights, pure: who (roles at places) may do what (action) to which thing (type, state, place, authors).

A person may act iff one of their live posts allows the action for the thing's type and state and the thing's place is
in that post's reach; and never seals what they wrote themselves.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol
from uuid import UUID

from chungtay.places.rules import Actor


class Role(StrEnum):
    VISITOR = "visitor"
    CLERK = "clerk"
    LEADER = "leader"
    OFFICER = "officer"
    UPPER_LEADER = "upper_leader"
    AUDITOR = "auditor"
    ADMIN = "admin"
    ACCOUNTANT = "accountant"
    CONTROLLER = "controller"
    EDITOR = "editor"
    SUPERVISOR = "supervisor"
    COUNCIL = "council"


ROLE_LABELS = {
    Role.VISITOR: "khách",
    Role.CLERK: "cán bộ tổng hợp của đơn vị",
    Role.LEADER: "lãnh đạo đơn vị",
    Role.OFFICER: "chuyên viên tổng hợp",
    Role.UPPER_LEADER: "lãnh đạo cấp trên",
    Role.AUDITOR: "kiểm toán",
    Role.ADMIN: "quản trị hệ thống",
    Role.ACCOUNTANT: "kế toán quỹ",
    Role.CONTROLLER: "kiểm soát quỹ",
    Role.EDITOR: "biên tập",
    Role.SUPERVISOR: "giám sát",
    Role.COUNCIL: "hội đồng thi đua",
}


class Reach(StrEnum):
    """Which places a post reaches, seen from its own place."""

    OWN = "own"
    CHILDREN = "children"  # directly below, not itself
    SUBTREE = "subtree"  # itself and all below
    ABOVE = "above"  # itself and all above: what its place takes part in


ANY_STATE = "*"
# What these actions seal must have been written by somebody else.
SECOND_PERSON = frozenset(
    {
        "sign",
        "approve",
        "post",
        "pay",
        "publish",
        "explain",
        "confirm",
        "accept",
        "erase",
        "complete",
        "issue",
        "annul",
        "answer",
        "close",
    }
)

# What may be done by whoever came after a unit that ended: its history stays readable, nobody acts in its name.
VIEWING = frozenset({"view"})

ACTION_LABELS = {
    "view": "xem",
    "fill": "nhập",
    "submit": "trình ký",
    "sign": "ký gửi",
    "hand_back": "chuyển lại cho người nhập",
    "withdraw": "rút lại",
    "approve": "duyệt",
    "send_back": "trả lại",
    "reopen": "mở lại",
    "extend": "gia hạn",
    "remind": "nhắc gửi",
    "edit": "sửa",
    "build": "lập",
    "manage": "quản lý",
    "state": "ghi",
    "explain": "giải trình",
    "reorganise": "ghi việc sắp xếp",
    "draft": "lập chứng từ",
    "post": "ghi sổ",
    "pay": "chi tiền",
    "reverse": "đảo bút toán",
    "ask": "đề nghị khóa, mở sổ",
    "import": "nạp sao kê",
    "match": "đối chiếu sao kê",
    "reveal": "xem đủ số tài khoản bên chuyển",
    "publish": "công khai",
    "name_giver": "ghi ý người ủng hộ về việc nêu tên",
    "confirm": "xác nhận khóa, mở sổ",
    "disclose": "xem đầy đủ thông tin của người dân trong",
    "erase": "xóa dữ liệu cá nhân trong",
    "propose": "đề nghị",
    "verify": "xác minh, niêm yết",
    "fund": "gắn phiếu chi, xác nhận đủ kinh phí",
    "deliver": "ghi nhận đã trao",
    "accept": "nghiệm thu",
    "cancel": "hủy",
    "report": "báo đã xong, thêm minh chứng",
    "complete": "xác nhận hoàn thành",
    "comment": "góp ý",
    "resend": "gửi lại",
    "score": "chấm điểm",
    "vote": "bỏ phiếu",
    "recuse": "khai có liên quan",
    "appeal": "kiến nghị về",
    "answer": "trả lời kiến nghị về",
    "issue": "ban hành",
    "revoke": "đề nghị thu hồi",
    "annul": "quyết định thu hồi",
    "reply": "soạn trả lời",
    "close": "kết luận, kết thúc",
    "moderate": "kiểm duyệt, chuyển",
}
TYPE_LABELS = {
    "return": "báo cáo",
    "figure": "số liệu",
    "claim": "số cơ quan khác nêu về số liệu",
    "programme": "chương trình",
    "document": "văn bản của chương trình",
    "proposal": "trả lời thay đổi từ cấp trên",
    "review": "báo cáo sơ kết, tổng kết",
    "assessment": "nhận định của đơn vị",
    "template": "mẫu Word của đơn vị",
    "check": "văn bản đối chiếu",
    "audit": "nhật ký",
    "user": "tài khoản",
    "area": "đơn vị hành chính",
    "fund": "quỹ",
    "voucher": "chứng từ của quỹ",
    "period": "kỳ kế toán của quỹ",
    "statement": "sao kê ngân hàng của quỹ",
    "group": "sổ nhóm, tổ chức cộng đồng",
    "activity": "hoạt động",
    "movement": "phong trào",
    "hamlet": "sổ khóm, ấp",
    "household": "sổ hộ",
    "case": "hồ sơ hỗ trợ",
    "limit": "định mức hỗ trợ",
    "task": "nhiệm vụ",
    "exchange": "cuộc họp, văn bản trao đổi",
    "notice": "thư thông báo",
    "chain": "trình tự nhắc việc",
    "contest": "đợt thi đua",
    "sheet": "phiếu chấm thi đua",
    "award": "quyết định khen thưởng, giấy khen",
    "supervision": "kế hoạch, cuộc giám sát, phản biện",
    "recommendation": "kiến nghị",
    "board": "sổ Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng",
    "feedback": "phản ánh của người dân",
    "article": "bài của cổng công khai",
    "open_data": "dữ liệu mở của cổng công khai",
    "webhook": "webhook",
    "partner": "danh sách hệ thống trao đổi số liệu",
    "import": "lần nạp số liệu từ hệ thống khác",
}


class Verdict(StrEnum):
    """The answer to "may this person do that?", with the first reason why not."""

    ALLOWED = "allowed"
    NO_RIGHT = "no_right"  # none of the person's posts allows it there
    WRONG_STATE = "wrong_state"  # some post would, in another state of the thing
    OWN_WORK = "own_work"  # they wrote it themselves


@dataclass(frozen=True)
class Right:
    """One row of the table."""

    role: Role
    reach: Reach
    type: str
    state: str
    action: str


@dataclass(frozen=True)
class Post:
    """A person's live role at a place; `way` is the place's ids from its root down to itself."""

    role: Role
    way: tuple[UUID, ...]

    @property
    def area_id(self) -> UUID:
        return self.way[-1]


@dataclass(frozen=True)
class Thing:
    """What somebody wants to act on; `way` is its place's ids from the root down, `authors` who wrote it.

    `inherited` are the ways of those who came after its place when that ended: by them it may be viewed as well.
    """

    type: str
    state: str
    way: tuple[UUID, ...]
    authors: frozenset[UUID] = frozenset()
    inherited: tuple[tuple[UUID, ...], ...] = ()

    def ways_for(self, action: str) -> tuple[tuple[UUID, ...], ...]:
        """Return the ways by which it is reached for an action."""
        return (self.way, *self.inherited) if action in VIEWING else (self.way,)


@dataclass(frozen=True)
class Rights:
    """The whole table, searchable by (type, action)."""

    rows: tuple[Right, ...]

    @cached_property
    def _index(self) -> dict[tuple[str, str], tuple[Right, ...]]:
        index: dict[tuple[str, str], list[Right]] = {}
        for right in self.rows:
            index.setdefault((right.type, right.action), []).append(right)
        return {key: tuple(rows) for key, rows in index.items()}

    def for_action(self, type_: str, action: str) -> tuple[Right, ...]:
        """Return the rows that grant an action on a type, in any state.

        Raises UnknownAction when the table has none.
        """
        try:
            return self._index[type_, action]
        except KeyError:
            raise UnknownAction(type_, action) from None


class UnknownAction(LookupError):
    """The program asks for a right that the table does not have: a mistake in the code, not of a person."""

    def __init__(self, type_: str, action: str) -> None:
        super().__init__(f"rights.csv has no row for action {action!r} on {type_!r}")


def read_rights(text: str) -> Rights:
    """Return the table of `role,reach,type,state,action`.

    Raises ValueError naming the line that is wrong or repeated.
    """
    rows: list[Right] = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            right = Right(Role(row["role"]), Reach(row["reach"]), row["type"], row["state"], row["action"])
        except (KeyError, ValueError) as error:
            raise ValueError(f"rights.csv line {number}: {error}") from error
        if right.type not in TYPE_LABELS or right.action not in ACTION_LABELS or not right.state:
            raise ValueError(f"rights.csv line {number}: unknown type or action, or no state")
        if right in rows:
            raise ValueError(f"rights.csv line {number}: repeats an earlier line")
        rows.append(right)
    return Rights(tuple(rows))


def reaches(reach: Reach, post_way: tuple[UUID, ...], thing_way: tuple[UUID, ...]) -> bool:
    """Return whether a post at the end of `post_way` reaches a thing at the end of `thing_way`; nothing reaches ()."""
    if not post_way or not thing_way:
        return False
    if reach is Reach.OWN:
        return thing_way[-1] == post_way[-1]
    if reach is Reach.CHILDREN:
        return len(thing_way) > 1 and thing_way[-2] == post_way[-1]
    if reach is Reach.SUBTREE:
        return post_way[-1] in thing_way
    return thing_way[-1] in post_way


def decide(rights: Rights, posts: Iterable[Post], actor_id: UUID, action: str, thing: Thing) -> Verdict:
    """Return whether a person with `posts` may act on a thing, and the first reason why not."""
    rows = rights.for_action(thing.type, action)
    ways = thing.ways_for(action)
    states = {
        right.state
        for post in posts
        for right in rows
        if right.role is post.role and any(reaches(right.reach, post.way, way) for way in ways)
    }
    if not states:
        return Verdict.NO_RIGHT
    if not states & {ANY_STATE, thing.state}:
        return Verdict.WRONG_STATE
    if action in SECOND_PERSON and actor_id in thing.authors:
        return Verdict.OWN_WORK
    return Verdict.ALLOWED


class Person(Actor, Protocol):
    """An account, as this floor and the ones that ask it need to know it."""

    @property
    def username(self) -> str: ...

    @property
    def title(self) -> str: ...


class Guarded(Protocol):
    """Anything rights are asked about."""

    @property
    def access_type(self) -> str: ...

    @property
    def access_state(self) -> str: ...

    @property
    def access_area_id(self) -> UUID: ...

    @property
    def access_authors(self) -> frozenset[UUID]: ...


@dataclass(frozen=True)
class Matter:
    """A guarded thing that has no row of its own (yet): a type at a place."""

    access_type: str
    access_area_id: UUID
    access_state: str = ""
    access_authors: frozenset[UUID] = frozenset()
