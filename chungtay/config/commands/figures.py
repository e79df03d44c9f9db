"""chungtay figures --programme CODE --area AREA --period P [--indicator CODE] [--known-at T] [--map-as-of DATE] …"""

import argparse
import json
import sys
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is asked: programme, area, period, and as known when."""
    parser.add_argument("--programme", required=True, metavar="CODE")
    parser.add_argument(
        "--area", required=True, metavar="AREA", help="code as on the map asked for, or with a date: 29869@2023-05-30"
    )
    parser.add_argument("--period", required=True, metavar="P", help="2022, 2022H1, 2022Q3, 2022-05, 2020-01..2023-05")
    parser.add_argument("--indicator", action="append", metavar="CODE", help="only this indicator (may be repeated)")
    parser.add_argument("--known-at", metavar="T", help="as known at this moment: 2023-05-22 or 2023-05-22T17:00")
    parser.add_argument(
        "--map-as-of", metavar="DATE", help="on the map of this day: 2025-07-01 (default: of the period's last day)"
    )
    parser.add_argument("--status", choices=["approved", "all"], default="approved")
    parser.add_argument("--by-dimension", action="store_true", help="also every value of each breakdown")
    parser.add_argument("--json", action="store_true", help="print a list of objects (default: a table)")


def run(args: argparse.Namespace) -> int:
    """Print the programme's figures of an area over a period."""
    import django

    django.setup()
    from chungtay.figures import selectors
    from chungtay.kernel.periods import parse_period
    from chungtay.places.selectors import area_by_ref
    from chungtay.programmes.selectors import programme_by_code
    from chungtay.returns.selectors import indicators_of

    programme = programme_by_code(args.programme)
    known = {i.code: i for i in indicators_of(programme)}
    wanted = args.indicator or list(known)
    if unknown := [code for code in wanted if code not in known]:
        sys.stderr.write(f"Chương trình {args.programme} không có chỉ tiêu {', '.join(unknown)}.\n")
        return 1
    period, on_map = parse_period(args.period), parse_day(args.map_as_of)
    found = selectors.consolidate(
        indicators=wanted,
        area_ids=[area_by_ref(args.area, on_map or period.last_day).pk],
        periods=[period],
        on_map=on_map,
        known_at=parse_moment(args.known_at),
        status=args.status,
        by_dimension=args.by_dimension,
    )
    rows = [as_json(figure, known[figure.indicator_code]) for figure in found]
    if args.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        for row in rows:
            coverage = f"{row['coverage']['reported']}/{row['coverage']['expected']}"
            sys.stdout.write(f"{row['indicator']:32} {row['value']!s:>20} {row['unit']:12} {coverage}\n")
    return 0


def parse_moment(text: str | None) -> Any:
    """Return the moment named, local time; a bare day means its end. None for None. Raises BadMoment."""
    if text is None:
        return None
    from datetime import datetime, time

    from django.utils.timezone import is_naive, make_aware

    from chungtay.kernel.errors import DomainError

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DomainError(f"“{text}” không phải một thời điểm. Viết dạng 2023-05-22 hoặc 2023-05-22T17:00.") from None
    if len(text) == 10:
        moment = datetime.combine(moment.date(), time.max)
    return make_aware(moment) if is_naive(moment) else moment


def parse_day(text: str | None) -> Any:
    """Return the day named, None for None. Raises DomainError when it is none."""
    if text is None:
        return None
    from datetime import date

    from chungtay.kernel.errors import DomainError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError(f"“{text}” không phải một ngày. Viết dạng 2025-07-01.") from None


def number(value: Any) -> int | float | None:
    """Return an exact integer where there is one, else the nearest float."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def as_json(figure: Any, indicator: Any) -> dict[str, Any]:
    """Return one figure as the command prints it. A ratio's value is in its unit (%), with both terms beside it."""
    is_ratio = figure.kind == "ratio"
    ratio = None if figure.ratio is None else figure.ratio * indicator.times
    row: dict[str, Any] = {
        "indicator": figure.indicator_code,
        "dimension": figure.dimension,
        "value": number(ratio if is_ratio else figure.amount),
        "unit": "VND" if indicator.unit == "đồng" else indicator.unit,
        "coverage": {"reported": figure.reported, "expected": figure.expected},
        "status": figure.status,
        "as_of": str(figure.as_of) if figure.as_of else None,
        "map_as_of": str(figure.on_map) if figure.on_map else None,
        "is_estimated": figure.is_estimated,
        "trace": figure.trace,
    }
    if is_ratio:
        row |= {"numerator": figure.numerator, "denominator": figure.denominator}
    return row
