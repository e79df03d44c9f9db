"""chungtay exchange in FILE … · exchange out --indicator CODE --unit AREA --period P … · exchange keep CODE --from DATE …"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

FORMATS = ("json", "csv", "xml", "adx")
MOST_SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done: a file in, figures out, or whose word counts."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    come = acts.add_parser("in", help="take a file of another system in: DHIS2 JSON, CSV, XML or ADX, also .gz")
    come.add_argument("file", type=Path, metavar="FILE")
    come.add_argument("--partner", default="", metavar="CODE", help="the system it comes from (default: the only one)")
    come.add_argument("--format", choices=FORMATS, help="default: as its first bytes tell")
    come.add_argument("--strategy", choices=["CREATE_AND_UPDATE", "CREATE", "UPDATE", "DELETE"])
    come.add_argument("--dry-run", action="store_true", help="only say what it would do")
    come.add_argument("--as", dest="username", metavar="USERNAME", help="in whose name; needed unless --dry-run")
    come.add_argument("--json", action="store_true", help="print the import summary as JSON")
    out = acts.add_parser("out", help="write figures as another system reads them")
    out.add_argument("--partner", metavar="CODE", help="under the names of this system (default: our codes)")
    out.add_argument("--indicator", action="append", required=True, metavar="CODE", help="may be repeated")
    out.add_argument("--unit", action="append", required=True, metavar="AREA", help="may be repeated")
    out.add_argument(
        "--period", action="append", default=[], metavar="P", help="202201, 2022Q1, 2022-01, … (may be repeated)"
    )
    out.add_argument("--within", metavar="P", help="instead of --period: every period inside this one")
    out.add_argument("--descendants", action="store_true", help="also the units below")
    out.add_argument("--include-totals", action="store_true", help="also derived totals, marked")
    out.add_argument("--format", choices=[*FORMATS, "report", "sdmx"], default="json")
    out.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    keep = acts.add_parser("keep", help="say that an indicator is kept on record by another system from a day on")
    keep.add_argument("indicator", metavar="CODE")
    keep.add_argument("--from", dest="since", required=True, metavar="DATE", help="the first of a month: 2022-01-01")
    keep.add_argument("--basis", default="", metavar="TEXT", help="the paper that says so")
    keep.add_argument("--as", dest="username", metavar="USERNAME", help="in whose name (default: the system)")
    for act in (come, out, keep):
        act.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
        act.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help="database of the workspace")


def run(args: argparse.Namespace) -> int:
    """Do one of the acts; fail when a file cannot be read or holds conflicts."""
    import django

    django.setup()
    return {"in": _take_in, "out": _write_out, "keep": _keep}[args.act](args)


def _take_in(args: argparse.Namespace) -> int:
    from chungtay.accounts.selectors import person_named
    from chungtay.exchange import selectors, services
    from chungtay.exchange.rules import Format, Strategy
    from chungtay.kernel.errors import DomainError
    from chungtay.web import clock

    person = person_named(args.username)
    partner = selectors.partner_by_code(person, args.partner, on=clock.today())
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise DomainError(f"Không mở được tệp {args.file}: {error.strerror}.") from None
    form = Format(args.format) if args.format else None
    options = selectors.Options(strategy=Strategy(args.strategy) if args.strategy else None)
    started = time.perf_counter()
    if args.dry_run:
        look, of = selectors.look_into(partner, data, form=form, options=options, today=clock.today()), None
    else:
        if person is None:
            raise DomainError("Hãy ghi --as TÊN: số nạp vào đứng tên một người, và người khác duyệt.")
        done = services.receive(
            partner=partner, data=data, file_name=args.file.name, form=form, options=options, now=clock.now(), by=person
        )
        look, of = done.look, done.of
    judged = look.judged
    result: dict[str, Any] = {
        "values": look.count,
        "imported": len(judged.imported),
        "updated": len(judged.updated),
        "deleted": len(judged.deleted),
        "ignored": judged.ignored,
        "conflicts": [
            {"index": one.index, "where": one.where, "code": one.code.value, "sentence": one.vi}
            for one in judged.conflicts
        ],
        "import": str(of.pk) if of else None,
        "seconds": round(time.perf_counter() - started, 2),
    }
    if args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        for one in judged.conflicts[:MOST_SHOWN]:
            sys.stdout.write(f"{one.where}: {one.vi}\n")
        if (more := len(judged.conflicts) - MOST_SHOWN) > 0:
            sys.stdout.write(f"… và {more} dòng vướng nữa; thêm --json để xem hết.\n")
        verb = "Sẽ ghi" if args.dry_run else "Đã ghi (chờ duyệt)"
        counts = "{values} giá trị: thêm {imported}, sửa {updated}, xóa {deleted}, bỏ qua {ignored}".format(**result)
        sys.stdout.write(f"{verb} từ {counts}.\n")
    return 1 if judged.conflicts else 0


def _write_out(args: argparse.Namespace) -> int:
    from chungtay.exchange import outgoing, selectors
    from chungtay.exchange.report_csv import built_in, write_report, write_sdmx
    from chungtay.exchange.rules import Format
    from chungtay.kernel.periods import parse_period
    from chungtay.places.selectors import area_by_ref
    from chungtay.web import clock

    today, now = clock.today(), clock.now()
    partner = selectors.partner_by_code(None, args.partner, on=today) if args.partner else None
    periods, within = [_period(one) for one in args.period], parse_period(args.within) if args.within else None
    day = max((one.last_day for one in periods), default=within.last_day if within else today)
    ask = outgoing.Ask(
        indicators=args.indicator,
        areas=[area_by_ref(ref, day).pk for ref in args.unit],
        periods=periods,
        first=within.start if within else None,
        end=within.end if within else None,
        descendants=args.descendants,
        includes_totals=args.include_totals,
    )
    going = outgoing.going_out(ask, actor=None, on=today)
    if args.format == "report":
        profile = selectors.profile_of(partner, today) if partner else built_in(today)
        if not profile.is_verified:
            sys.stderr.write("Mẫu bảng chưa kiểm chứng với đặc tả của hệ thống báo cáo nào.\n")
        pieces = write_report(outgoing.sent(going), profile)
    elif args.format == "sdmx":
        pieces = write_sdmx(outgoing.sent(going), prepared=now, sender="CHUNGTAY")
    else:
        form = Format(args.format)
        pieces = outgoing.written(outgoing.named(going, partner, form), form, now=now)
    if args.out is None:
        sys.stdout.writelines(pieces)
    else:
        with args.out.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        sys.stdout.write(f"Đã xuất {len(going)} giá trị vào {args.out}.\n")
    return 0


def _period(code: str) -> Any:
    """Read a period as either side writes it."""
    from chungtay.exchange.periods_of_theirs import NoCounterpart, UnknownPeriod, read_period
    from chungtay.kernel.periods import parse_period

    try:
        return read_period(code)
    except (UnknownPeriod, NoCounterpart):
        return parse_period(code)


def _keep(args: argparse.Namespace) -> int:
    from chungtay.accounts.selectors import person_named
    from chungtay.config.commands.figures import parse_day
    from chungtay.indicators.rules import Keeper
    from chungtay.indicators.selectors import indicator_by_code
    from chungtay.indicators.services import set_record_source
    from chungtay.web import clock

    is_new = set_record_source(
        indicator=indicator_by_code(args.indicator),
        keeper=Keeper.EXCHANGE,
        valid_from=parse_day(args.since),
        legal_basis=args.basis,
        now=clock.now(),
        by=person_named(args.username),
    )
    sys.stdout.write("Đã ghi nguồn.\n" if is_new else "Nguồn đã là hệ thống khác từ trước.\n")
    return 0
