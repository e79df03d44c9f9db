"""What must be true before a review is put before its signer, checked on its content and its figures."""

from collections.abc import Iterable, Sequence

from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Kind
from chungtay.kernel.numerals import format_integer
from chungtay.reviews import idiom
from chungtay.reviews.content import Content
from chungtay.reviews.disputed import disputed
from chungtay.reviews.models import ReviewBlock
from chungtay.reviews.rules import PROSE, Ask, Finding, Gate, Shape, keys_in

SILENT = frozenset({Shape.COVERAGE, Shape.TARGET, Shape.PLACES})  # these say nothing that a missing unit would change


def gates_of(content: Content, blocks: Sequence[ReviewBlock]) -> list[Gate]:
    """Return the gates in the order of weight; those that stop come with the sections in which to act."""
    prose = [block for block in blocks if block.kind in PROSE]
    return [
        _units(content, prose),
        _differences(content),
        _unknown(content, prose),
        _judgements(prose),
        _bare(prose),
    ]


def _used(content: Content, prose: Iterable[ReviewBlock]) -> Iterable[tuple[ReviewBlock, Ask]]:
    for block in prose:
        for key in keys_in(block.text):
            if key in content.asks:
                yield block, content.asks[key]


def _units(content: Content, prose: Sequence[ReviewBlock]) -> Gate:
    """Figures that lack units: fine when the report says so, a stop when it keeps silent."""
    used = list(_used(content, prose))
    said = {(ask.indicator, ask.period_code) for _, ask in used if ask.shape is Shape.COVERAGE}
    silent, open_ones = dict[tuple[str, str], Finding](), set[str]()
    for block, ask in used:
        if ask.shape in SILENT or not (missing := content.printer.missing(ask)):
            continue
        open_ones.update(missing)
        place = (ask.indicator, ask.period_code)
        if place not in said and place not in silent:
            text = f"{ask.label}: {content.printed[ask.key].coverage}, câu chưa nêu phạm vi"
            silent[place] = Finding(text, block.section)
    if silent:
        return Gate("Số liệu thiếu đơn vị chưa nêu phạm vi", "missing", tuple(silent.values()), stops=True)
    if open_ones:
        names = ", ".join(sorted(open_ones))
        return Gate("Thiếu đơn vị, đã nêu trong văn bản", "explain", note=f"Chưa có số liệu của {names}.")
    return Gate("Không thiếu đơn vị nào", "approved")


def _differences(content: Content) -> Gate:
    """A total that its own parts do not add up to, or that another body states otherwise and nobody has explained."""
    claimed = disputed(content)
    found = [
        finding for ask in content.asks.values() if ask.shape is Shape.SAID for finding in _one_difference(content, ask)
    ]
    if found or claimed.open:
        return Gate("Chênh lệch chưa giải trình", "discrepancy", (*found, *claimed.open), stops=True)
    if claimed.explained:
        return Gate("Các tổng khớp với từng phần; chênh lệch đã giải trình", "explain", claimed.explained)
    return Gate("Các tổng khớp với từng phần", "approved")


def _one_difference(content: Content, ask: Ask) -> Iterable[Finding]:
    if ask.dimension or ask.period_code != content.period.code:
        return
    whole = content.answers.known(ask.indicator, "", ask.area_id, ask.period_code)
    if whole is None or whole.value is None:
        return
    if whole.kind is Kind.FLOW:
        years = [content.answers.known(ask.indicator, "", ask.area_id, year.code) for year in content.period.years()]
        yield from _against(content, ask, whole.value, years, "các năm")
    keys = dict.fromkeys(
        other.dimension for other in content.asks.values() if other.indicator == ask.indicator and other.dimension
    )
    parts = [content.answers.known(ask.indicator, key, ask.area_id, ask.period_code) for key in keys]
    yield from _against(content, ask, whole.value, parts, "các phần")


def _against(content: Content, ask: Ask, whole: int, parts: Sequence[Figure | None], name: str) -> Iterable[Finding]:
    known = [part.value for part in parts if part is not None and part.value is not None]
    if known and sum(known) != whole:
        section = next((block.section for block in content.blocks if ask.key in block.keys), "")
        yield Finding(
            f"{ask.label}: tổng {format_integer(whole)} {ask.unit}, {name} cộng lại {format_integer(sum(known))} {ask.unit}",
            section,
        )


def _unknown(content: Content, prose: Sequence[ReviewBlock]) -> Gate:
    found = tuple(
        Finding(f"{ask.label} đang in là “{idiom.NO_DATA}”", block.section)
        for block, ask in _used(content, prose)
        if not content.printer.is_known(ask)
    )
    if found:
        return Gate("Số liệu chưa có trong câu đã sửa", "missing", found, stops=True)
    return Gate("Mọi số liệu trong câu đều có nguồn", "approved")


def _judgements(prose: Sequence[ReviewBlock]) -> Gate:
    found = tuple(
        Finding(_short(block.text), block.section) for block in prose if block.is_suggestion and not block.is_edited
    )
    if found:
        note = "Phần mềm không tự nhận định thay người. Hãy đọc, sửa hoặc giữ nguyên từng đoạn."
        return Gate(f"{len(found)} nhận định còn theo gợi ý", "draft", found, note, stops=True)
    return Gate("Các nhận định đã có người xem", "approved")


def _bare(prose: Sequence[ReviewBlock]) -> Gate:
    found = tuple(
        Finding(_short(block.text), block.section)
        for block in prose
        if block.is_edited and keys_in(block.generated) and not keys_in(block.text)
    )
    if found:
        return Gate("Đoạn đã sửa không còn số liệu nào", "explain", found)
    return Gate("Đoạn đã sửa vẫn giữ số liệu", "approved")


def _short(text: str, words: int = 9) -> str:
    parts = text.replace("{", "").replace("}", "").split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")
