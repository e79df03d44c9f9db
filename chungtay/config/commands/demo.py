"""chungtay demo [--data DIR] [--out DIR] [--no-serve] [--bind HOST:PORT]"""

import argparse
import os
import sys
import time
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the papers go, and whether to serve."""
    parser.add_argument("--out", default="out", type=Path, metavar="DIR", help="folder for the papers (default: out)")
    parser.add_argument("--no-serve", action="store_true", help="stop before serving")
    parser.add_argument(
        "--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="address (default 127.0.0.1:8000)"
    )


def run(args: argparse.Namespace) -> int:
    """Make the demonstration (or check it again), write its papers, print its figures and serve it."""
    started = time.perf_counter()
    data = Path(args.data or os.environ.get("CHUNGTAY_DATA", "var/demo"))
    os.environ["CHUNGTAY_DATA"] = str(data)
    from chungtay.demo import workspace

    workspace.prepare(data)
    import django

    django.setup()
    from chungtay.config.commands.serve import serve
    from chungtay.demo import main_job

    main_job.run(data, args.out, _tell)
    sys.stdout.write(f"\nXong sau {time.perf_counter() - started:.1f} giây.\n")
    if args.no_serve:
        return 0
    sys.stdout.write(f"Mở http://{args.bind}/ để xem; nhấn Ctrl-C để dừng.\n")
    sys.stdout.flush()
    serve(args.bind, workers=2)
    return 0


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
