"""The two kinds that programmes themselves hold: targets, and the words of areas of work."""

from datetime import datetime

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind as IndicatorKind
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import Actor
from chungtay.programmes.models import Change, Comparison, Target
from chungtay.programmes.proposing import propose
from chungtay.programmes.registry import BadAnswer, Carrying, Kind, register_kind
from chungtay.programmes.saying import read_value, said_value
from chungtay.programmes.target_versions import check_value, next_version
from chungtay.programmes.wordings import next_wording

TARGET = "target"
WORDING = "wording"
MAX_WORDS = 300


def register() -> None:
    """Add both kinds."""
    register_kind(
        TARGET,
        Kind("chỉ tiêu", "Một con số, cùng đơn vị với chỉ tiêu của cấp trên.", _show, _read, _carry, _is_ratio),
    )
    hint = "Viết lại cho đúng việc của địa phương; chỉ dùng khi điều chỉnh."
    register_kind(WORDING, Kind("nội dung phối hợp", hint, _words, _read_words, _carry_words, offer=str))


def announce_target(target: Target, before: Target | None, *, now: datetime, by: Actor | None) -> None:
    """Put a new version of a target before the plans that it concerns.

    What a unit was given concerns its own plan. A ratio of the whole concerns every plan; a sum does not, for a part of it is
    another number.
    """
    if before is None:
        return
    plans = target.programme.plans.all()
    if target.area_id != target.programme.area_id or target.indicator.kind != IndicatorKind.RATIO:
        plans = plans.filter(area_id=target.area_id)
    below = list(plans)
    if not below:
        return
    own = Target.objects.filter(
        programme__in=below, indicator_id=target.indicator_id, period_code=target.period_code
    ).order_by("number")
    propose(
        programme=target.programme,
        kind=TARGET,
        subject=f"{target.indicator.code}:{target.period_code}",
        label=f"{target.indicator.name}, {parse_period(target.period_code).label()}",
        before=_text(before.value),
        after=_text(target.value),
        basis=target.basis,
        plans=below,
        held={one.programme_id: _text(one.value) for one in own if one.area_id == one.programme.area_id},
        now=now,
        by=by,
    )


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _indicator(change: Change) -> Indicator:
    return Indicator.objects.get(code=change.subject.rpartition(":")[0])


def _is_ratio(change: Change) -> bool:
    return _indicator(change).kind == IndicatorKind.RATIO


def _show(change: Change, value: str) -> str:
    return said_value(int(value), _indicator(change)) if value else "không giao chỉ tiêu"


def _read(change: Change, typed: str) -> str:
    value = read_value(typed, _indicator(change))
    if value is None:
        raise BadAnswer("Chưa ghi con số đã điều chỉnh. Hãy ghi số, hoặc chọn “Không thực hiện”.")
    check_value(value)
    return str(value)


def _carry(one: Carrying) -> None:
    indicator = _indicator(one.change)
    code = one.change.subject.rpartition(":")[2]
    above = Target.objects.filter(programme=one.change.programme, indicator=indicator, period_code=code)
    like = above.order_by("-number", "-id").first()
    next_version(
        one.plan,
        indicator,
        one.plan.area_id,
        code,
        value=int(one.value) if one.value else None,
        comparison=Comparison(like.comparison) if like else Comparison.AT_LEAST,
        basis=one.basis[:300],
        now=one.now,
    )


def _carry_words(one: Carrying) -> None:
    area = one.plan.areas_of_work.filter(number=int(one.change.subject)).first()
    if area is not None and one.value and area.title != one.value:
        next_wording(area, one.value, one.basis[:300], now=one.now)


def _words(change: Change, value: str) -> str:
    return value


def _read_words(change: Change, typed: str) -> str:
    words = " ".join(typed.split())
    if not words:
        raise BadAnswer("Chưa ghi nội dung đã điều chỉnh. Hãy viết lại cho địa phương, hoặc chọn “Không thực hiện”.")
    if len(words) > MAX_WORDS:
        raise BadAnswer(f"Nội dung dài {len(words)} ký tự, nhiều nhất {MAX_WORDS}. Hãy viết gọn lại.")
    return words
