"""The tags of an office's Word template: which there are, what each stands for, and which expressions are allowed.

A tag names a part of the paper, goes through a list of parts, or asks whether a part is there. Nothing else is an expression
here: no call, no arithmetic, no attribute but those listed. What is not listed is refused before anything is filled in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from chungtay.kernel.folding import fold


class Kind(StrEnum):
    """What a name stands for."""

    TEXT = "text"
    LINES = "lines"  # texts, one a line
    SIGNATURES = "signatures"
    SIGNATURE = "signature"
    BLOCKS = "blocks"  # paragraphs, tables and pictures of the paper: a paragraph tag of its own


class Format(StrEnum):
    """Which paper a template is for."""

    REPORT = "report"
    INVITATION = "invitation"


FORMAT_WORDS = {Format.REPORT: "Báo cáo sơ kết, tổng kết", Format.INVITATION: "Giấy mời hội nghị"}
COMMON = {
    "co_quan_chu_quan": Kind.LINES,
    "co_quan_ban_hanh": Kind.LINES,
    "so": Kind.TEXT,
    "dia_danh_ngay": Kind.TEXT,
    "ten_loai": Kind.TEXT,
    "trich_yeu": Kind.LINES,
    "kinh_gui": Kind.LINES,
    "noi_dung": Kind.BLOCKS,
    "chu_ky": Kind.SIGNATURES,
    "noi_nhan": Kind.LINES,
    "ghi_chu": Kind.TEXT,
}
NAMES: Mapping[Format, Mapping[str, Kind]] = {
    Format.REPORT: {**COMMON, "phu_luc": Kind.BLOCKS},
    Format.INVITATION: {
        **COMMON,
        "dai_bieu": Kind.TEXT,
        "chuc_vu_dai_bieu": Kind.TEXT,
        "thoi_gian": Kind.TEXT,
        "dia_diem": Kind.TEXT,
        "chu_tri": Kind.TEXT,
        "chuong_trinh": Kind.TEXT,
    },
}
SAYS = {
    "co_quan_chu_quan": "cơ quan chủ quản, từng dòng",
    "co_quan_ban_hanh": "cơ quan ban hành, từng dòng",
    "so": "số, ký hiệu",
    "dia_danh_ngay": "địa danh và ngày tháng",
    "ten_loai": "tên loại văn bản",
    "trich_yeu": "trích yếu, từng dòng",
    "kinh_gui": "nơi kính gửi, từng dòng",
    "noi_dung": "toàn bộ nội dung",
    "phu_luc": "các phụ lục, kể cả nguồn số liệu",
    "chu_ky": "các khối ký, mỗi khối có dong và ten",
    "noi_nhan": "nơi nhận, từng dòng",
    "ghi_chu": "ghi chú cuối trang",
    "dai_bieu": "họ tên đại biểu",
    "chuc_vu_dai_bieu": "chức vụ, đơn vị của đại biểu",
    "thoi_gian": "giờ, ngày họp",
    "dia_diem": "địa điểm họp",
    "chu_tri": "người chủ trì",
    "chuong_trinh": "chương trình hội nghị",
}
INSIDE = {"dong": Kind.LINES, "ten": Kind.TEXT}
OF_LOOP = frozenset({"first", "last"})
FILTERS = frozenset({"upper", "lower", "capitalize"})
ITEM = {Kind.LINES: Kind.TEXT, Kind.SIGNATURES: Kind.SIGNATURE}
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WRITTEN = re.compile(r"\{([{%])(p|tr|tc|r)?\s(.*?)\s*[}%]\}", re.DOTALL)
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(\S+)")
BLOCKS_OPEN = {"for": "endfor", "if": "endif"}


class BadTag(ValueError):
    """What is wrong with a tag, as the end of a Vietnamese sentence that begins with the tag."""


@dataclass(frozen=True)
class Tag:
    """A tag as written: its level ("p" for a whole paragraph, "tr" a row, "tc" a cell, "" inside a line), word and rest."""

    written: str
    level: str
    word: str  # "" for a value; "for", "if", "else", "elif", "endfor", "endif"
    rest: str


def read_tag(written: str) -> Tag | None:
    """Return a tag taken apart, None for a remark. Raises BadTag."""
    if written.startswith("{#"):
        return None
    flat = straight(written)
    if flat[2:3] == "-" or flat[-3:-2] == "-":
        raise BadTag("có dấu “-” sát ngoặc, sẽ nối dòng trước hoặc sau; hãy bỏ dấu này")
    found = _WRITTEN.fullmatch(flat) or _WRITTEN.fullmatch(re.sub(r"^\{([{%])(?!p\s|tr\s|tc\s|r\s)", r"{\1 ", flat))
    if found is None or not found[3].strip():
        raise BadTag("không có tên nào bên trong; hãy viết tên thẻ hoặc xóa đi")
    level, body = found[2] or "", found[3].strip()
    if level == "r":
        raise BadTag("dùng mức {{r …}} không được hỗ trợ; hãy bỏ chữ r")
    if found[1] == "{":
        return Tag(written, level, "", body)
    word, _, rest = body.partition(" ")
    if word not in {"for", "if", "elif", "else", "endfor", "endif"}:
        raise BadTag(f"dùng lệnh “{word}” không được phép; chỉ dùng for, if, else, endfor, endif")
    return Tag(written, level, word, rest.strip())


def straight(text: str) -> str:
    """Return a tag with straight quotes and plain spaces: Word turns them as it likes."""
    return text.translate(str.maketrans("“”‘’\u00a0", "\"\"'' "))


def kind_of(expression: str, names: Mapping[str, Kind]) -> Kind:
    """Return what an expression stands for. Raises BadTag for whatever is not a listed name, attribute or filter."""
    try:
        tree = _parser().parse("{{ " + expression + " }}")
    except TemplateSyntaxError:
        raise BadTag("viết sai cú pháp; hãy chỉ để một tên thẻ giữa hai dấu ngoặc") from None
    outputs = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
    if len(outputs) != 1 or len(tree.body) != 1:
        raise BadTag("chứa nhiều hơn một tên; mỗi thẻ chỉ nêu một tên")
    return _kind(outputs[0], names)


def _kind(node: nodes.Node, names: Mapping[str, Kind]) -> Kind:
    match node:
        case nodes.Name(name=name):
            if name not in names:
                raise BadTag(unknown(name, names))
            return names[name]
        case nodes.Getattr(node=nodes.Name(name="loop"), attr=attr) if "loop" in names and attr in OF_LOOP:
            return Kind.TEXT
        case nodes.Getattr(node=inner, attr=attr):
            if _kind(inner, names) is Kind.SIGNATURE and attr in INSIDE:
                return INSIDE[attr]
            raise BadTag(f"hỏi phần “.{attr}” mà tên này không có")
        case nodes.Filter(node=inner, name=name, args=[], kwargs=[], dyn_args=None, dyn_kwargs=None) if inner:
            if name not in FILTERS or _kind(inner, names) is not Kind.TEXT:
                raise BadTag(f"dùng bộ lọc “{name}” không được phép ở đây; chỉ có {', '.join(sorted(FILTERS))} cho chữ")
            return Kind.TEXT
        case nodes.Not(node=inner):
            return _kind(inner, names)
    raise BadTag("chứa phép tính hoặc lời gọi không được phép; hãy chỉ để một tên thẻ")


def unknown(name: str, names: Mapping[str, Kind]) -> str:
    """Say that a name is unknown, and which was perhaps meant."""
    folded = {fold(known): known for known in names}
    near = get_close_matches(fold(name).replace(" ", "_"), list(folded), n=1, cutoff=0.6)
    advice = f"có phải “{folded[near[0]]}”?" if near else "hãy xem danh sách thẻ của mẫu"
    return f"có tên “{name}” mà mẫu này không có; {advice}"


def loop_of(tag: Tag, names: Mapping[str, Kind]) -> tuple[str, Kind]:
    """Return the name that a `for` gives to each item, and what an item is. Raises BadTag."""
    found = _FOR.fullmatch(f"for {tag.rest}")
    if found is None:
        raise BadTag("viết sai; dạng đúng là “for dong in trich_yeu”")
    kind = kind_of(found[2], names)
    if kind not in ITEM:
        raise BadTag(f"đi qua “{found[2]}” mà đây không phải danh sách")
    if found[1] in names:
        raise BadTag(f"đặt lại tên “{found[1]}” đã có; hãy dùng một tên khác")
    return found[1], ITEM[kind]


def _parser() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True)
