"""What the screens of a review show: the leaf with its blocks, the outline, the list of figures, the way things were."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from chungtay.figures.rules import Figure
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import date_text, datetime_text
from chungtay.papers.grids import Grid
from chungtay.papers.html import chart_drawing
from chungtay.papers.layout import Chart, Prose, lay_out
from chungtay.papers.rules import PrintedFigure, manifest
from chungtay.reviews.content import Content, paper_of
from chungtay.reviews.idiom import lower_first
from chungtay.reviews.models import Review, ReviewBlock, ReviewEdit
from chungtay.reviews.rules import FOR_TABLES, PROSE, Ask, BlockKind, Gate, Shape, keys_in

VERBS = {
    "edit": "Sửa đoạn",
    "restore": "Lấy lại câu gợi ý",
    "refresh": "Soạn lại phần chưa sửa",
    "head": "Sửa phần đầu, phần ký",
    "figure": "Thêm số liệu",
    "submit": "Trình ký",
    "reopen": "Mở lại để soạn",
    "publish": "Ban hành",
    "take_up": "Đưa nhận định vào báo cáo",
}
BRIEF = 62


@dataclass(frozen=True)
class LeafBlock:
    """One block as the leaf draws it: words in runs, a grid, or a drawn chart."""

    block: ReviewBlock
    runs: tuple[Any, ...] = ()
    grid: Grid | None = None
    drawing: SafeString | None = None
    caption: str = ""

    @property
    def is_prose(self) -> bool:
        """Whether people may write here."""
        return self.block.kind in PROSE


@dataclass(frozen=True)
class Leaf:
    """The report as the editor shows it. `problem` says why its paper could not be laid out, "" when it could."""

    blocks: tuple[LeafBlock, ...]
    problem: str = ""
    number_count: int = 0


def leaf_of(content: Content, blocks: Sequence[ReviewBlock]) -> Leaf:
    """Return the blocks of the body, then of the annexes, each with what it prints."""
    try:
        paper = paper_of(content)
        layout = lay_out(paper)
    except DomainError as problem:
        return Leaf(tuple(LeafBlock(block) for block in blocks), str(problem))
    body = [block for block in blocks if not block.section.startswith("annex")]
    shown = [_leaf_block(block, laid) for block, laid in zip(body, layout.blocks, strict=True)]
    tables = iter([laid for annex in layout.annexes for laid in annex.blocks])
    shown += [
        LeafBlock(block) if block.kind == BlockKind.ANNEX else _leaf_block(block, next(tables))
        for block in blocks[len(body) :]
    ]
    return Leaf(tuple(shown), "", len(manifest(paper)))


def _leaf_block(block: ReviewBlock, laid: object) -> LeafBlock:
    match laid:
        case Prose(runs=runs):
            return LeafBlock(block, runs=runs)
        case Grid():
            return LeafBlock(block, grid=laid, caption=laid.caption)
        case Chart():
            return LeafBlock(block, drawing=chart_drawing(laid), caption=laid.caption)
        case _:
            return LeafBlock(block)


def outline_of(blocks: Iterable[ReviewBlock]) -> list[dict[str, Any]]:
    """Return the headings, each with the number of figures under it, sub-headings below their heading."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        if block.kind == BlockKind.H1 or block.kind == BlockKind.ANNEX or not found:
            label = f"Phụ lục: {lower_first(block.spec['title'][0])}" if block.kind == BlockKind.ANNEX else block.text
            found.append(
                {
                    "label": label if block.kind != BlockKind.PARAGRAPH else "Mở đầu",
                    "section": block.section,
                    "count": 0,
                    "parts": [],
                }
            )
        elif block.kind == BlockKind.H2:
            found[-1]["parts"].append({"label": block.text, "section": block.section, "count": 0})
        count = len(keys_in(block.text))
        found[-1]["count"] += count
        if found[-1]["parts"] and found[-1]["parts"][-1]["section"] == block.section:
            found[-1]["parts"][-1]["count"] += count
    return found


def checks_of(gates: Sequence[Gate]) -> list[dict[str, Any]]:
    """Return the gates as the list of checks shows them, each finding linked to its section."""
    shown: list[dict[str, Any]] = []
    for gate in gates:
        notes = [gate.note] if gate.note else []
        shown.append({"state": gate.state, "text": gate.title, "note": " ".join(notes), "findings": gate.findings})
    return shown


@dataclass(frozen=True)
class Offered:
    """A figure that sentences may name: its token, how it prints, how far it reaches."""

    key: str
    figure: PrintedFigure
    is_known: bool
    is_used: bool

    @property
    def token(self) -> str:
        """What stands in the text for it."""
        return "{" + self.key + "}"


def offered_figures(content: Content, block: ReviewBlock) -> list[dict[str, Any]]:
    """Return the figures to choose from, by indicator; those of the block's own indicators first and open."""
    used = set(keys_in(block.text))
    mine = {content.asks[key].indicator for key in used | set(keys_in(block.generated)) if key in content.asks}
    groups: dict[str, dict[str, Any]] = {}
    for key, ask in content.asks.items():
        if ask.shape in FOR_TABLES or not (content.printer.is_known(ask) or key in used):
            continue
        group = groups.setdefault(ask.indicator, {"name": _name(ask), "is_open": ask.indicator in mine, "figures": []})
        figure = content.printed[key]
        group["figures"].append(Offered(key, figure, content.printer.is_known(ask), key in used))
    for group in groups.values():
        group["figures"].sort(key=lambda one: (not one.is_used, one.key))
    return sorted(groups.values(), key=lambda group: not group["is_open"])


def _name(ask: Ask) -> str:
    return ask.label.split(", ")[0]


def source_of(content: Content, key: str) -> dict[str, Any] | None:
    """Return what the aside says about one figure; None for a key that the review does not have."""
    ask = content.asks.get(key)
    if ask is None:
        return None
    figure = content.printed[key]
    answer: Figure | None = content.printer.answer(ask)
    return {
        "key": key,
        "figure": figure,
        "reported": answer.reported if answer else 0,
        "expected": answer.expected if answer else 0,
        "missing": content.printer.missing(ask),
        "facts": [
            {"label": "Là gì", "value": figure.label},
            {"label": "Chính xác", "value": figure.exact, "kind": "num"},
            {"label": "Kỳ", "value": figure.when},
            *([{"label": "Bản đồ", "value": map_words(ask.on_map)}] if ask.on_map else []),
            {"label": "Nguồn", "value": figure.source},
            {"label": "Mã truy vết", "value": figure.trace, "url": figure.url},
        ],
    }


def used_figures(content: Content, blocks: Iterable[ReviewBlock]) -> list[PrintedFigure]:
    """Return the figures that sentences name, in the order of the text."""
    keys = dict.fromkeys(key for block in blocks for key in keys_in(block.text) if key in content.printed)
    return [content.printed[key] for key in keys]


def first_told(content: Content, used: Sequence[PrintedFigure]) -> str:
    """Return the key of the first figure that is a result, not a coverage; "" when there is none."""
    return next((figure.key for figure in used if content.asks[figure.key].shape is Shape.SAID), "")


def timeline_of(review: Review, edits: Iterable[ReviewEdit], blocks: Mapping[Any, ReviewBlock]) -> list[dict[str, Any]]:
    """Return what happened to the wording, newest first, ending with the software's own draft."""
    events: list[dict[str, Any]] = []
    for edit in edits:
        block = blocks.get(edit.block_id)
        where = f": {_heading(block, blocks.values())}" if block else ""
        is_same = edit.verb == "edit" and edit.old_text == edit.new_text
        verb = "Xem, giữ nguyên" if is_same else VERBS[edit.verb]
        what = f"Bản {edit.revision}. {verb}{where} ({edit.by.full_name})"
        url = f"{reverse('review-detail', args=[review.pk])}#d-{block.pk}" if block else ""
        note = _brief(edit.old_text) if edit.verb in {"edit", "restore"} and not is_same else ""
        events.append(
            {
                "when": datetime_text(edit.at),
                "what": what,
                "current": edit.revision == review.revision,
                "url": url,
                "note": note,
            }
        )
    who = review.created_by.full_name if review.created_by else "hệ thống"
    first = f"Bản 1. Phần mềm soạn từ số liệu, {who} lập"
    return [*events, {"when": datetime_text(review.created_at), "what": first, "current": review.revision == 1}]


def _brief(text: str) -> str:
    words = text.replace("{", "").replace("}", "")
    return f"Trước đó: {words[:BRIEF]}…" if len(words) > BRIEF else f"Trước đó: {words}"


def _heading(block: ReviewBlock, blocks: Iterable[ReviewBlock]) -> str:
    heading = next(
        (b.text for b in blocks if b.section == block.section and b.kind in (BlockKind.H1, BlockKind.H2)), ""
    )
    return heading or {"open": "mở đầu", "close": "kết thúc"}.get(block.section, "")


def title_of(review: Review, area_name: str) -> str:
    """Return the title of a review's pages."""
    return f"Báo cáo {review.word} {review.programme}, {area_name}"


def map_words(on_map: str) -> str:
    """Return the map of a question in words, "" for that of the window's last day."""
    return f"ngày {date_text(date.fromisoformat(on_map))}" if on_map else ""


def period_label(review: Review) -> str:
    """Return the review's window in words."""
    return parse_period(review.period_code).label()
