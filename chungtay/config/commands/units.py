"""chungtay units tree --on DATE [--json] | reorganise FILE [--dry-run] [--json] | import FILE... [--dry-run] [--json]"""

import argparse
import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

ACTS = {
    "tree": "print the units of a day in the order of the tree",
    "reorganise": "record reorganisations from a file (JSON: one plan or a list, all or none)",
    "import": "import lists of units and of old → new units (CSV)",
}
IMPORT = "chungtay.config.commands.units_import"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done with units, and for each its own arguments."""
    workspace = argparse.ArgumentParser(add_help=False)  # as before the word, so after it
    workspace.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
    workspace.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help="database of the workspace")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, summary in ACTS.items():
        act = acts.add_parser(name, parents=[workspace], help=summary, description=summary)
        if name == "import":
            import_module(IMPORT).add_arguments(act)
            continue
        if name == "tree":
            act.add_argument("--on", metavar="DATE", type=_day, required=True, help="day of the map: 2025-07-01")
            act.add_argument("--known-at", metavar="T", help="as known at this moment: 2025-07-01 or 2025-07-01T17:00")
        else:
            act.add_argument("file", metavar="FILE", type=Path)
            act.add_argument("--dry-run", action="store_true", help="only say what would change and what is wrong")
            act.add_argument(
                "--as", dest="username", metavar="USERNAME", help="in whose name to record (default: the system)"
            )
        act.add_argument("--json", action="store_true", help="print JSON (default: lines)")


def run(args: argparse.Namespace) -> int:
    """Print the map of a day, or change it. Fails when a change is refused."""
    if args.act == "import":
        code: int = import_module(IMPORT).run(args)
        return code
    import django

    django.setup()
    return _tree(args) if args.act == "tree" else _reorganise(args)


def _tree(args: argparse.Namespace) -> int:
    from chungtay.config.commands.figures import parse_moment
    from chungtay.kernel.text import date_text
    from chungtay.places.rules import LEVEL_LABELS
    from chungtay.places.selectors import tree_on

    tree = tree_on(args.on, parse_moment(args.known_at))
    codes = {node.area_id: node.code for node in tree}
    if args.json:
        rows = [
            {
                "code": node.code,
                "name": node.name,
                "level": str(node.level),
                "parent": codes.get(node.parent_id) if node.parent_id else None,
                "depth": node.depth,
                "area": str(node.area_id),
            }
            for node in tree
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return 0
    for node in tree:
        sys.stdout.write(f"{'  ' * node.depth}{node.code:<8} {node.name} ({LEVEL_LABELS[node.level]})\n")
    sys.stdout.write(f"{len(tree)} đơn vị trên bản đồ ngày {date_text(args.on)}.\n")
    return 0


def _reorganise(args: argparse.Namespace) -> int:
    from chungtay.accounts.selectors import person_named
    from chungtay.kernel.errors import DomainError
    from chungtay.places import services
    from chungtay.places.plan_json import BadPlan, plan_from_json
    from chungtay.web import clock

    result: dict[str, Any] = {"applied": False, "problems": [], "changes": [], "reorganisations": []}
    try:
        said = _read(args.file)
        plans, problems = [], []
        for number, one in enumerate(said, start=1):
            try:
                plans.append(plan_from_json(one))
            except BadPlan as bad:
                problems += [_problem(found, number, len(said)) for found in bad.problems]
        result["problems"] = problems
        if not problems:
            by = person_named(args.username)
            done = services.carry_out(plans=plans, is_rehearsal=args.dry_run, now=clock.now(), by=by)
            result = _result(done, len(said))
    except DomainError as refused:
        result["problems"] = [{"where": args.file.name, "sentence": str(refused), "severity": "wrong"}]
    if args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        _say(result, args.dry_run)
    return 1 if any(problem["severity"] == "wrong" for problem in result["problems"]) else 0


def _result(done: Any, plans: int) -> dict[str, Any]:
    return {
        "applied": bool(done.acts),
        "problems": [
            _problem(found, number, plans)
            for number, preview in enumerate(done.previews, start=1)
            for found in preview.problems
        ],
        "changes": [
            {
                "do": line.do,
                "area": str(line.area_id),
                "effective_on": preview.plan.effective_on.isoformat(),
                "sentence": line.sentence,
            }
            for preview in done.previews
            for line in preview.changes
        ],
        "reorganisations": [str(act.id) for act in done.acts],
    }


def _problem(found: Any, number: int, plans: int) -> dict[str, str]:
    where = f"Đợt {number}, {found.where}" if plans > 1 else found.where
    return {"where": where, "sentence": found.sentence, "severity": str(found.severity)}


WORDS = {"wrong": "Lỗi", "explain": "Lưu ý", "missing": "Thiếu"}


def _say(result: dict[str, Any], is_dry: bool) -> None:
    refused = any(problem["severity"] == "wrong" for problem in result["problems"])
    for problem in result["problems"]:
        where = f"{problem['where']}: " if problem["where"] else ""
        sys.stdout.write(f"{WORDS[problem['severity']]}: {where}{problem['sentence']}\n")
    for change in result["changes"]:
        sys.stdout.write(f"{change['sentence']}\n")
    if refused:
        sys.stdout.write("Chưa ghi gì. Hãy sửa các lỗi trên rồi chạy lại.\n")
    elif is_dry:
        sys.stdout.write(f"Ghi được {len(result['changes'])} thay đổi; chưa ghi gì vì có --dry-run.\n")
    else:
        sys.stdout.write(f"Đã ghi {len(result['changes'])} thay đổi.\n")


def _read(path: Path) -> list[Any]:
    """Return the plans that a file holds, as JSON. Raises DomainError for a file that cannot be read."""
    from chungtay.kernel.errors import DomainError

    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DomainError(f"Không mở được tệp {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise DomainError(f"Tệp {path.name} không phải văn bản UTF-8.") from None
    except json.JSONDecodeError as error:
        raise DomainError(f"Tệp {path.name} không phải JSON: dòng {error.lineno}, cột {error.colno}.") from None
    except RecursionError:
        raise DomainError(f"Tệp {path.name} có quá nhiều tầng lồng nhau.") from None
    plans = said if isinstance(said, list) else [said]
    if not plans:
        raise DomainError(f"Tệp {path.name} không có đợt sắp xếp nào.")
    return plans


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2025-07-01") from None
