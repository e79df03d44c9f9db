"""chungtay vietqr encode --bin BIN --number N [--amount A] [--purpose TEXT] [--svg FILE] | decode TEXT"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to write into a code, or a code to read."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    encode = acts.add_parser("encode", help="write a VietQR code")
    encode.add_argument("--bin", required=True, help="BIN of the bank: 970436")
    encode.add_argument("--number", required=True, help="account")
    encode.add_argument("--amount", type=int, metavar="VND", help="đồng")
    encode.add_argument("--purpose", default="", metavar="TEXT", help="what the giver's bank writes into the transfer")
    encode.add_argument("--svg", type=Path, metavar="FILE", help="also draw it")
    decode = acts.add_parser("decode", help="read a VietQR code")
    decode.add_argument("text", metavar="TEXT", help="what a scanner reads")
    decode.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace) -> int:
    """Write or read one code; fails with what is wrong and where."""
    from chungtay.banking import vietqr

    if args.act == "encode":
        purpose = vietqr.plain_purpose(args.purpose)
        payload = vietqr.Payload(args.bin, args.number, amount=args.amount, purpose=purpose)
        sys.stdout.write(vietqr.encode(payload) + "\n")
        if args.svg is not None:
            args.svg.write_text(vietqr.svg(payload), encoding="utf-8")
        return 0
    said = {name: value for name, value in asdict(vietqr.decode(args.text)).items() if value not in (None, "")}
    if args.json:
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{name}: {value}\n" for name, value in said.items())
    return 0
