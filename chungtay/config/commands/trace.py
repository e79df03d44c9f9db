"""chungtay trace ID [--json]"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any
from uuid import UUID


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the trace id that `figures` printed."""
    parser.add_argument("id", help="trace id, as printed by the command figures")
    parser.add_argument("--json", action="store_true", help="print a JSON object (default: lines)")


def run(args: argparse.Namespace) -> int:
    """Print the figure, its parts by unit, and every fact with the return or the vouchers it came from. The parts sum to the figure."""
    import django

    django.setup()
    from chungtay.config.commands.figures import as_json
    from chungtay.figures import selectors
    from chungtay.indicators.selectors import indicator_by_code
    from chungtay.places.selectors import names_on

    trace = selectors.trace(args.id, at_once=sys.maxsize)  # a program reads all facts
    figure = trace.figure
    indicator = indicator_by_code(figure.indicator_code)
    day = figure.on_map or figure.period.last_day
    names = names_on([figure.area_id, *(c.area_id for c in trace.by_child), *(f.area_id for f in trace.facts)], day)
    head = as_json(figure, indicator) | {"area": names[figure.area_id], "period": figure.period.code}
    facts = [_fact(fact, names) for fact in trace.facts]
    if args.json:
        children = [as_json(child, indicator) | {"area": names[child.area_id]} for child in trace.by_child]
        found = {"figure": head, "own": as_json(trace.own, indicator), "children": children, "facts": facts}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return 0
    sys.stdout.write(f"{head['area']}, {head['period']}: {head['value']} {indicator.unit}\n")
    for fact in facts:
        where = f"{fact['area']:22} {fact['period']:18} {fact['dimension']:12}"
        sys.stdout.write(f"  {where} {fact['value']!s:>16}  {fact['source']}\n")
        for part in fact["parts"]:
            sys.stdout.write(f"  {'':53} {part['value']!s:>16}    {part['title']}\n")
    return 0


def _fact(fact: Any, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "area": names[fact.area_id],
        "indicator": fact.indicator_code,
        "period": fact.period.code,
        "dimension": fact.dimension,
        "value": fact.value,
        "status": fact.status,
        "source": fact.source.title if fact.source else f"{fact.source_kind} {fact.source_id}",
        "source_id": fact.source_id,
        "cell": fact.cell,
        "recorded_at": fact.recorded_at.isoformat(),
        "parts": [
            {"title": part.title, "value": part.value, "url": part.url}
            for part in (fact.source.parts_of([fact.cell]) if fact.source else ())
        ],
    }
