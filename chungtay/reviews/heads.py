"""The first lines and the closing of a report: who issues it, to whom, who signs (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.papers.rules import Head, HeadKind, Signature
from chungtay.places.rules import LEVEL_LABELS, RANKS, BodyKind, Level

HEADS = {
    HeadKind.UBND: "UBND",
    HeadKind.MTTQ: "Ủy ban MTTQ Việt Nam",
    HeadKind.JOINT: "Liên tịch UBND và Ủy ban MTTQ Việt Nam",
}
PARTY_COMMITTEES = {
    Level.PROVINCE: "Tỉnh ủy",
    Level.MUNICIPALITY: "Thành ủy",
    Level.CITY: "Thành ủy",
    Level.URBAN_DISTRICT: "Quận ủy",
    Level.TOWN: "Thị ủy",
    Level.DISTRICT: "Huyện ủy",
    Level.WARD: "Đảng ủy phường",
    Level.TOWNSHIP: "Đảng ủy thị trấn",
    Level.COMMUNE: "Đảng ủy xã",
    Level.SPECIAL_ZONE: "Đảng ủy đặc khu",
}


class NoSuchHead(DomainError):
    """A review is issued by the UBND, by the MTTQ, or by both."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"Không có thể thức “{kind}”. Hãy chọn ubnd, mttq hoặc joint.")


@dataclass(frozen=True, kw_only=True)
class HeadText:
    """Everything around the blocks of a report, one line a string; kept with the review as JSON."""

    kind: HeadKind
    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...]
    issuer_in_text: str
    symbol: str
    place: str
    number: str = ""
    dated_on: date
    abstract: tuple[str, ...]
    signatures: tuple[tuple[tuple[str, ...], str], ...]
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the head as JSON holds it."""
        return asdict(self) | {"dated_on": self.dated_on.isoformat(), "kind": self.kind.value}

    def paper_head(self) -> Head:
        """Return the head as papers know it."""
        return Head(
            kind=self.kind,
            issuer=self.issuer,
            superior=self.superior,
            number=self.number,
            symbol=self.symbol,
            place=self.place,
            dated_on=self.dated_on,
            issuer_in_text=self.issuer_in_text,
        )

    def paper_signatures(self) -> tuple[Signature, ...]:
        """Return the signatures as papers know them."""
        return tuple(Signature(lines, name) for lines, name in self.signatures)


def head_from_json(data: Mapping[str, Any]) -> HeadText:
    """Return the head that `HeadText.as_json` wrote."""
    lines = {name: tuple(data[name]) for name in ("superior", "issuer", "abstract", "addressees", "recipients")}
    return HeadText(
        kind=HeadKind(data["kind"]),
        issuer_in_text=data["issuer_in_text"],
        symbol=data["symbol"],
        place=data["place"],
        number=data["number"],
        dated_on=date.fromisoformat(data["dated_on"]),
        signatures=tuple((tuple(signed), name) for signed, name in data["signatures"]),
        **lines,
    )


def head_kind(text: str) -> HeadKind:
    """Return the kind of head for a review. Raises NoSuchHead."""
    try:
        kind = HeadKind(text)
    except ValueError:
        raise NoSuchHead(text) from None
    if kind not in HEADS:
        raise NoSuchHead(text)
    return kind


def default_head(
    kind: HeadKind,
    *,
    area_name: str,
    level: Level,
    parent_name: str,
    word: str,
    programme: str,
    title: str,
    dated_on: date,
) -> HeadText:
    """Return the head that a body at the area would use; names, number and signer are left for people to fill."""
    inside, upper = in_sentence(area_name), area_name.upper()
    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...]
    signatures: tuple[tuple[tuple[str, ...], str], ...]
    if kind is HeadKind.UBND:
        issuer = ("ỦY BAN NHÂN DÂN", upper)
        in_text, symbol, archive = f"Ủy ban nhân dân {inside}", "BC-UBND", "Lưu: VT"
        signatures = ((("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ""),)
    elif kind is HeadKind.MTTQ:
        superior, issuer = ("ỦY BAN MTTQ VIỆT NAM", upper), ("BAN THƯỜNG TRỰC",)
        in_text = f"Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {inside}"
        symbol, archive = "BC-MTTQ-BTT", "Lưu: VT"
        signatures = ((("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), ""),)
    else:
        issuer = ("ỦY BAN NHÂN DÂN -", "ỦY BAN MTTQ VIỆT NAM", upper)
        in_text = f"Ủy ban nhân dân và Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {inside}"
        symbol, archive = "BC-UBND-MTTQ", "Lưu: VT UBND, VT MTTQ"
        signatures = (
            (("TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM", "CHỦ TỊCH"), ""),
            (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ""),
        )
    addressees = _addressees(kind, parent_name)
    return HeadText(
        kind=kind,
        superior=superior,
        issuer=issuer,
        issuer_in_text=in_text,
        symbol=symbol,
        place=bare_name(area_name),
        dated_on=dated_on,
        abstract=(f"{word.capitalize()} thực hiện {programme}", title),
        signatures=signatures,
        addressees=addressees,
        recipients=(*(("Như trên",) if addressees else ()), *_copies(level), archive),
    )


def _addressees(kind: HeadKind, parent_name: str) -> tuple[str, ...]:
    if not parent_name:
        return ()
    above = in_sentence(parent_name)
    both = (f"Ủy ban nhân dân {above}", f"Ủy ban Mặt trận Tổ quốc Việt Nam {above}")
    return both[1:] if kind is HeadKind.MTTQ else both


def _copies(level: Level) -> tuple[str, ...]:
    if RANKS[level] == RANKS[Level.COMMUNE]:
        word = LEVEL_LABELS[level]
        return (
            f"Thường trực {PARTY_COMMITTEES[level]}",
            f"Thường trực HĐND {word}",
            "Ban Công tác Mặt trận các khóm, ấp",
        )
    below = "các xã, phường" if RANKS[level] else "các huyện, thành phố"
    word = LEVEL_LABELS[level].capitalize()
    return (f"Thường trực {PARTY_COMMITTEES[level]}", f"Thường trực HĐND {word}", f"UBND, Ủy ban MTTQ {below}")


def in_sentence(name: str) -> str:
    """Return a place's name inside a sentence: "thành phố Cao Lãnh", but "Phường 1" keeps its capital."""
    for label in LEVEL_LABELS.values():
        word = label.capitalize()
        if name.startswith(f"{word} ") and not name.removeprefix(f"{word} ")[:1].isdigit():
            return label + name.removeprefix(word)
    return name


def bare_name(name: str) -> str:
    """Return the name that stands before the date: "Cao Lãnh", but "Phường 1" in full."""
    for label in LEVEL_LABELS.values():
        rest = name.removeprefix(f"{label.capitalize()} ")
        if rest != name and not rest[:1].isdigit():
            return rest
    return name


def has_issuer(kind: HeadKind, bodies: frozenset[BodyKind]) -> bool:
    """Return whether the bodies that would issue the paper stand at the area; an area without any is not judged."""
    needed = {
        HeadKind.UBND: {BodyKind.UBND},
        HeadKind.MTTQ: {BodyKind.MTTQ},
        HeadKind.JOINT: {BodyKind.UBND, BodyKind.MTTQ},
    }[kind]
    return not bodies or needed <= bodies
