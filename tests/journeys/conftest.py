"""The demonstration made once for all journeys of all workers, and a browser on a served copy of it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from tests.journeys.people import Person


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

    def serve(self, **settings):
        """Start a server on this workspace, with settings in its environment; return (process, address) once it is healthy."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        command = [sys.executable, "-m", "chungtay.config", "serve", "--bind", address, "--data", str(self.data)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen([*command, "--workers", "1"], env=clean_environment() | settings, **quiet)
        for _ in range(400):  # a first start cuts fonts; how fast a start has to be is measured by the bench
            time.sleep(0.1)
            try:
                with urllib.request.urlopen(f"http://{address}/healthz", timeout=2):
                    return server, f"http://{address}"
            except OSError:
                continue
        server.kill()
        raise AssertionError("the server was not healthy after 40 seconds")


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A copy of the demonstration, which one worker makes from nothing by the command; journeys that write use `site`."""
    of_all = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_all = of_all.parent
    made, is_made = Demo(of_all / "made" / "data", of_all / "made" / "out"), of_all / "made" / "whole"
    with (of_all / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made.exists():
            made.run("demo", "--out", str(made.out), "--no-serve")
            is_made.touch()
    folder = tmp_path_factory.mktemp("demo")
    copy = Demo(folder / "data", folder / "out")
    shutil.copytree(made.data, copy.data)
    shutil.copytree(made.out, copy.out)
    return copy


@contextmanager
def serving(workspace, days_later=0):
    """Serve a workspace, some days later in its time; the address."""
    shift = workspace.data / "clock-shift"
    shift.write_text(str(int(shift.read_text()) + days_later * 86_400))
    server, address = workspace.serve()
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


@contextmanager
def served(demo, folder, days_later=0):
    """Serve a copy of the demonstration, some days later in its time; the address."""
    copy = Demo(folder / "data", demo.out)
    shutil.copytree(demo.data, copy.data)
    with serving(copy, days_later) as address:
        yield address


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


@pytest.fixture
def person(chromium, site):
    """Let somebody enter the site by name, at a screen of some width; all leave at the end."""
    opened = []

    def enter(username, width=1280):
        opened.append(Person(chromium, site, username, width))
        return opened[-1]

    yield enter
    for somebody in opened:
        if not somebody.page.is_closed():
            somebody.page.close()
