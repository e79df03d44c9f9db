"""Sends the served API what its description allows, and what it does not, as a visitor, a clerk and an officer.

`python -m tests.journeys.fuzzing --seconds 1200` makes a demonstration of its own, serves it, and prints what was found with its
seed. One check is left out: that everything which fits the description is taken. Rules of the rooms (who, when, which codes
there are) say more than a description of shapes can.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.house import tree
from tests.journeys.conftest import Demo
from tests.journeys.people import PASSWORD

ROLES = {"visitor": "", "clerk": "hoa-an.canbo", "officer": "thanhpho.tonghop"}
LEFT_OUT = ("/api/v1/logout", "/api/v1/login")  # they would end the token, or count as wrong passwords


@dataclass(frozen=True)
class Found:
    """What one role found: how many requests, how many failures, and what the tool said."""

    cases: int
    failures: int
    said: str


def token_of(address: str, username: str) -> str:
    """Return a token for a person of the demonstration."""
    body = json.dumps({"username": username, "password": PASSWORD}).encode()
    asked = urllib.request.Request(f"{address}/api/v1/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.load(answer)["token"]


def fuzz(address: str, username: str, *, seconds: int, seed: int) -> Found:
    """Fuzz a served API for some seconds as a person ("": a visitor)."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{address}/api/v1/openapi.json",
        "--no-color",
    ]
    command += [
        "--max-time",
        str(seconds),
        "--seed",
        str(seed),
        "--continue-on-failure",
        "--generation-database",
        "none",
    ]
    command += ["--exclude-checks", "positive_data_acceptance"]
    for path in LEFT_OUT:
        command += ["--exclude-path", path]
    if username:
        command += ["--header", f"Authorization: Bearer {token_of(address, username)}"]
    with tempfile.TemporaryDirectory() as folder:
        hooks = os.environ | {"SCHEMATHESIS_HOOKS": "tests.journeys.fuzz_files", "PYTHONPATH": str(tree.ROOT)}
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, env=hooks)
    cases = re.search(r"(\d+) generated", done.stdout)
    failed = re.search(r"(\d+) found|(\d+) unique failures", done.stdout)
    number = int(next(filter(None, failed.groups()))) if failed else int(done.returncode != 0)
    return Found(int(cases[1]) if cases else 0, number, done.stdout + done.stderr)


def main() -> int:
    """Fuzz for as long as was asked, a third of it for each role; 1 when anything was found."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seconds", type=int, default=1200)
    reader.add_argument("--seed", type=int, default=500)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder) / "data", Path(folder) / "out")
        demo.run("demo", "--out", str(demo.out), "--no-serve")
        server, address = demo.serve(CHUNGTAY_API_PER_MINUTE="1000000")
        failures = 0
        try:
            for role, username in ROLES.items():
                found = fuzz(address, username, seconds=asked.seconds // len(ROLES), seed=asked.seed)
                failures += found.failures
                print(f"{role}: {found.cases} requests, {found.failures} failures, seed {asked.seed}")
                if found.failures:
                    print(found.said)
        finally:
            server.terminate()
            server.wait(timeout=10)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
