"""chungtay opendata release|verify [--json]"""

import argparse
import json
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    release = acts.add_parser(
        "release", help="write what the portal shows as files with schema, licence and hashes, when anything changed"
    )
    verify = acts.add_parser("verify", help="count the hashes of all released files again; fail where one differs")
    for act in (release, verify):
        act.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
        act.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help="database of the workspace")
        act.add_argument("--json", action="store_true", help="print a JSON object instead of sentences")


def run(args: argparse.Namespace) -> int:
    """Release, or check what is released; 1 when a file is gone or altered."""
    import django

    django.setup()
    return _release(args) if args.act == "release" else _verify(args)


def _release(args: argparse.Namespace) -> int:
    from chungtay.opendata import selectors, services
    from chungtay.web import clock

    made = services.release(now=clock.now(), by=None)
    files = selectors.files_of(made.release)
    if args.json:
        said = {
            "version": made.release.version,
            "new": made.is_new,
            "digest": made.release.digest,
            "files": [{"name": f.name, "rows": f.rows, "bytes": f.size, "sha256": f.sha256} for f in files],
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        return 0
    if not made.is_new:
        sys.stdout.write(f"Không có gì mới so với {made.release}.\n")
        return 0
    sys.stdout.writelines(f"{f.name:28} {'' if f.rows is None else f.rows:>9} {f.size:>12} {f.sha256}\n" for f in files)
    sys.stdout.write(f"Đã phát hành {made.release}: {len(files)} tệp.\n")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from chungtay.opendata import selectors

    faults, count = selectors.faults(), selectors.releases().count()
    if args.json:
        found = [{"version": f.version, "file": f.file, "said": f.sentence} for f in faults]
        sys.stdout.write(json.dumps({"ok": not faults, "releases": count, "faults": found}, ensure_ascii=False) + "\n")
    elif faults:
        sys.stderr.writelines(f"{fault.sentence}\n" for fault in faults)
    else:
        sys.stdout.write(f"{count} bản: mọi tệp còn nguyên, đúng mã SHA-256.\n")
    return 1 if faults else 0
