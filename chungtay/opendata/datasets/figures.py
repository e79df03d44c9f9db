"""Figures of public programmes with coverage, state and source, and the figures that articles have printed.

Asked of the account as the pages of programmes ask it; a figure that is not complete says so in its row.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from chungtay.figures import selectors as account
from chungtay.figures import wording
from chungtay.figures.promised import level_of, target_for
from chungtay.figures.rules import Figure
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind as IndicatorKind
from chungtay.opendata.registry import Shown, window
from chungtay.opendata.rules import DECIMALS, Asked, Cell, Dataset, Field, Kind, Row
from chungtay.places import selectors as places
from chungtay.programmes.models import Target
from chungtay.programmes.selectors import targets_for

STATES = ("official", "provisional", "estimated", "missing")
_INDICATOR_KINDS = tuple(kind.value for kind in IndicatorKind)


def _figures(asked: Asked) -> Iterator[Row]:
    for shown in sorted(window().programmes(), key=lambda one: one.programme.code):
        targets = targets_for(shown.programme, shown.area_id)
        indicators = {target.indicator_id: target.indicator for target in targets}
        day = shown.period.last_day
        units = [node.area_id for node in places.tree_on(day).children(shown.area_id)]
        for indicator in sorted(indicators.values(), key=lambda one: one.code):
            found = account.consolidate(
                indicators=[indicator.code], area_ids=[shown.area_id, *units], periods=[shown.period]
            )
            for figure in found:
                yield _row(shown, indicator, figure, targets if figure.area_id == shown.area_id else ())


def _row(shown: Shown, indicator: Indicator, figure: Figure, targets: "list[Target] | tuple[()]") -> Row:
    day = shown.period.last_day
    names = places.names_on([figure.area_id, *figure.missing], day)
    missing = [names[area_id] for area_id in figure.missing]
    state, state_name = wording.certainty(figure)
    target = target_for(targets, indicator, shown.period) if targets else None
    value, numerator, denominator = _values(figure, indicator)
    return (
        shown.programme.code, f"{shown.programme} {shown.programme.title}", indicator.code, indicator.name, indicator.unit, indicator.kind,
        str(figure.area_id), names[figure.area_id], figure.area_id == shown.area_id,
        shown.period.code, shown.period.start, day, value, numerator, denominator, wording.in_full_with_unit(figure, indicator),
        figure.reported, figure.expected, figure.is_complete, "; ".join(missing), state, state_name, figure.as_of,
        None if target is None else exact(level_of(target, indicator) * indicator.times), None if target is None else target.basis,
        figure.trace, window().trace_address(figure.trace),
    )  # fmt: skip


def _values(figure: Figure, indicator: Indicator) -> tuple[Cell, Cell, Cell]:
    if figure.kind is not IndicatorKind.RATIO:
        return (None if figure.amount is None else exact(figure.amount)), None, None
    if figure.numerator is None or figure.denominator is None:
        return None, None, None
    numerator = exact(Fraction(figure.numerator, 10**figure.numerator_decimals))
    denominator = exact(Fraction(figure.denominator, 10**figure.denominator_decimals))
    return (None if figure.ratio is None else exact(figure.ratio * indicator.times)), numerator, denominator


def exact(number: Fraction) -> Decimal:
    """Return a number with at most DECIMALS decimals; what has more is rounded, halves away from zero."""
    scaled = abs(number) * 10**DECIMALS
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if number < 0 else whole).scaleb(-DECIMALS)


def _printed(asked: Asked) -> Iterator[Row]:
    for one in sorted(window().printed(), key=lambda printed: (printed.article, printed.key)):
        numerator, _, denominator = one.mark.partition("/")
        yield (
            one.article, one.title, one.address, one.edition, one.published_on, one.key, one.label, one.text, one.unit,
            int(numerator) if numerator else None, int(denominator) if denominator else None, one.state, one.reported,
            one.expected, 0 < one.expected == one.reported, one.coverage, one.trace, window().trace_address(one.trace),
        )  # fmt: skip


_REPORTED = Field("reported", Kind.INTEGER, "Đơn vị đã gửi", "Số đơn vị đã có trong con số.", minimum=0)
_EXPECTED = Field("expected", Kind.INTEGER, "Đơn vị phải gửi", "Số đơn vị phải có trong con số.", minimum=0)
_COMPLETE = Field(
    "is_complete", Kind.BOOLEAN, "Đủ đơn vị",
    "Sai khi còn đơn vị chưa gửi hoặc chưa giao đơn vị nào: con số ấy chưa đủ, đừng so sánh như số đủ.",
)  # fmt: skip
_TRACE = Field("trace", Kind.TEXT, "Mã nguồn", "Mã mở con số đến từng đơn vị đã báo.")
_TRACE_ADDRESS = Field("trace_address", Kind.TEXT, "Địa chỉ nguồn", "Nối sau địa chỉ của cổng để mở con số đến nguồn.")

FIGURES = Dataset(
    "figures",
    "Kết quả chương trình theo đơn vị",
    "Mỗi dòng là một chỉ tiêu của một chương trình công khai, ở một nơi, trong một kỳ: số đã duyệt, độ phủ, mục tiêu và địa chỉ nguồn.",
    (
        Field("programme_code", Kind.TEXT, "Mã chương trình", "Số, ký hiệu của chương trình."),
        Field("programme", Kind.TEXT, "Chương trình", "Tên chương trình."),
        Field("indicator_code", Kind.TEXT, "Mã chỉ tiêu", "Mã không đổi của chỉ tiêu."),
        Field("indicator", Kind.TEXT, "Chỉ tiêu", "Tên chỉ tiêu."),
        Field("unit_of_measure", Kind.TEXT, "Đơn vị tính", "Đơn vị tính của value; tỷ lệ phần trăm đã nhân 100."),
        Field(
            "kind", Kind.TEXT, "Cách cộng", "flow cộng được theo kỳ và nơi; stock chỉ cộng theo nơi; ratio không cộng được.",
            choices=_INDICATOR_KINDS,
        ),
        Field("unit_id", Kind.TEXT, "Nơi", "Định danh của nơi.", points_to="units.id"),
        Field("unit_name", Kind.TEXT, "Tên nơi", "Tên của nơi vào ngày cuối kỳ."),
        Field("is_total", Kind.BOOLEAN, "Là số chung", "Đúng: số của cả nơi chủ trì, đã gồm các đơn vị dưới; đừng cộng thêm vào chúng."),
        Field("period", Kind.TEXT, "Kỳ", "Mã kỳ."),
        Field("period_from", Kind.DATE, "Từ ngày", "Ngày đầu kỳ."),
        Field("period_to", Kind.DATE, "Đến ngày", "Ngày cuối kỳ."),
        Field("value", Kind.NUMBER, "Giá trị", "Trống khi chưa có số (không phải 0); tỷ lệ làm tròn 6 số lẻ.", is_required=False),
        Field("numerator", Kind.NUMBER, "Tử số", "Chỉ có ở tỷ lệ.", is_required=False),
        Field("denominator", Kind.NUMBER, "Mẫu số", "Chỉ có ở tỷ lệ.", is_required=False),
        Field("text", Kind.TEXT, "Bằng chữ", "Con số viết đủ, kèm đơn vị tính."),
        _REPORTED,
        _EXPECTED,
        _COMPLETE,
        Field("missing", Kind.TEXT, "Đơn vị chưa có", "Tên các đơn vị chưa có trong con số, cách nhau dấu chấm phẩy.", is_required=False),
        Field("state", Kind.TEXT, "Mức chắc chắn", "Bằng từ khóa.", choices=STATES),
        Field("state_name", Kind.TEXT, "Tên mức chắc chắn", "Bằng chữ."),
        Field("as_of", Kind.DATE, "Có đến ngày", "Với số có đến một ngày: ngày của số mới nhất.", is_required=False),
        Field("target", Kind.NUMBER, "Mục tiêu", "Mục tiêu mà kỳ này hướng tới, cùng đơn vị tính.", is_required=False),
        Field("target_basis", Kind.TEXT, "Căn cứ mục tiêu", "Văn bản nêu mục tiêu.", is_required=False),
        _TRACE,
        _TRACE_ADDRESS,
    ),
    ("programme_code", "indicator_code", "unit_id"),
    _figures,
    keywords=("chương trình phối hợp", "chỉ tiêu", "kết quả"),
    searched=("programme", "indicator", "unit_name"),
)  # fmt: skip
PRINTED = Dataset(
    "article_figures",
    "Con số trong bài đã đăng",
    "Con số đúng như bản đang đăng của từng bài: chữ đã in, giá trị chính xác, độ phủ và nguồn lúc ấy; số gốc sửa sau cũng không đổi.",
    (
        Field("article", Kind.INTEGER, "Bài", "Số thứ tự của bài trên cổng."),
        Field("title", Kind.TEXT, "Tên bài", "Tên bài."),
        Field("address", Kind.TEXT, "Địa chỉ bài", "Nối sau địa chỉ của cổng."),
        Field("edition", Kind.INTEGER, "Bản", "Bản đang đăng của bài.", minimum=1),
        Field("published_on", Kind.DATE, "Ngày đăng bản", "Ngày bản ấy ra."),
        Field("key", Kind.TEXT, "Mã trong bài", "Mã của con số; sau dấu @ là kỳ của một điểm trên biểu đồ."),
        Field("label", Kind.TEXT, "Tên", "Con số là gì."),
        Field("text", Kind.TEXT, "Đã in", "Đúng chữ đã in."),
        Field("unit_of_measure", Kind.TEXT, "Đơn vị tính", "Đơn vị tính của chữ đã in.", is_required=False),
        Field("numerator", Kind.INTEGER, "Tử số", "Giá trị chính xác là numerator / denominator, chưa làm tròn.", is_required=False),
        Field("denominator", Kind.INTEGER, "Mẫu số", "1 khi giá trị là số nguyên.", is_required=False),
        Field("state", Kind.TEXT, "Mức chắc chắn", "Bằng từ khóa; ở một điểm của biểu đồ: whole đủ năm, part một phần năm."),
        _REPORTED,
        _EXPECTED,
        _COMPLETE,
        Field("coverage", Kind.TEXT, "Độ phủ", "Độ phủ bằng chữ.", is_required=False),
        _TRACE,
        _TRACE_ADDRESS,
    ),
    ("article", "key"),
    _printed,
    keywords=("tin tức", "con số", "nguồn"),
    searched=("title", "label", "text"),
)  # fmt: skip
