"""The demonstration made once for every journey, and a browser on a served copy of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest


def clean_environment():
    """Return the environment without what the test run itself has set."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("CHUNGTAY_", "DJANGO_", "DATABASE_"))}


class Demo:
    """A demonstration in a folder, and the command to ask it."""

    def __init__(self, data, out):
        self.data, self.out = data, out

    def run(self, *args, check=True):
        """Run a command on this workspace; fail with what it said unless `check` is off."""
        command = [sys.executable, "-m", "chungtay.config", *args, "--data", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, env=clean_environment(), check=False)
        assert done.returncode == 0 or not check, f"{args}: {done.stdout}\n{done.stderr}"
        return done

    def serve(self):
        """Start a server on this workspace and wait until it is healthy; return (process, address)."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        command = [sys.executable, "-m", "chungtay.config", "serve", "--bind", address, "--data", str(self.data)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen([*command, "--workers", "1"], env=clean_environment(), **quiet)
        for _ in range(150):
            time.sleep(0.1)
            try:
                with urllib.request.urlopen(f"http://{address}/healthz", timeout=2):
                    return server, f"http://{address}"
            except OSError:
                continue
        server.kill()
        raise AssertionError("the server was not healthy after 15 seconds")


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demonstration, made from nothing by the command; journeys that write use `site`."""
    folder = tmp_path_factory.mktemp("demo")
    made = Demo(folder / "data", folder / "out")
    made.run("demo", "--out", str(made.out), "--no-serve")
    return made


@contextmanager
def served(demo, folder, days_later=0):
    """Serve a copy of the demonstration, some days later in its time; the address."""
    copy = Demo(folder / "data", demo.out)
    shutil.copytree(demo.data, copy.data)
    shift = copy.data / "clock-shift"
    shift.write_text(str(int(shift.read_text()) + days_later * 86_400))
    server, address = copy.serve()
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def site(demo, tmp_path_factory):
    """The address of a served copy of the demonstration."""
    with served(demo, tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def site_of_july(demo, tmp_path):
    """The same three weeks later, when the province and its wards of 1/7/2025 are there and have their people."""
    with served(demo, tmp_path, days_later=20) as address:
        yield address
