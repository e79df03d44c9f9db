"""A standalone Spark of one master and two workers, on this machine's loopback and nowhere else, gone after the block."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

MEMORY = "512m"
"""Of each worker, and of the executor that it starts."""

QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For Java programs that live for seconds: start soon instead of running fast."""

_SECONDS_TO_START = 60


class NoSpark(RuntimeError):
    """Spark cannot be started here; the text says what is missing."""


def spark_class() -> Path:
    """Return the program that starts Spark's parts. Raises NoSpark."""
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise NoSpark("pyspark chưa được cài (not installed): pip install 'chungtay[spark]'")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise NoSpark("không có Java (no Java found): Debian package openjdk-17-jre-headless")
    return Path(found.origin).parent / "bin" / "spark-class"


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """Give the address spark://127.0.0.1:PORT of a master with its workers. Raises NoSpark."""
    with ExitStack() as running:
        master = _part(running, folder / "master", "master.Master", "--port", "0", "--webui-port", "0")
        address = _awaited(master, r"Starting Spark master at (spark://\S+)")
        options = ("--cores", "1", "--memory", MEMORY, "--port", "0", "--webui-port", "0", "--work-dir")
        homes = [folder / f"worker{number}" for number in range(workers)]
        started = [_part(running, home, "worker.Worker", *options, str(home / "work"), address) for home in homes]
        for worker in started:
            _awaited(worker, r"(Successfully registered with master)")
        yield address


def _part(running: ExitStack, home: Path, name: str, *words: str) -> Path:
    """Start a part of Spark that is stopped when the block ends; return its log."""
    home.mkdir(parents=True)
    (home / "log4j2.properties").write_text(_LOG, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
    environment |= {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(home / "scratch"),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_CONF_DIR": str(home),
        "SPARK_DAEMON_JAVA_OPTS": f"{QUICK} -Dlog4j2.configurationFile={home / 'log4j2.properties'}",
    }
    log = home / "log"
    command = [str(spark_class()), f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", *words]
    with log.open("wb") as output:
        started = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    running.callback(_stop, started)
    return log


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _awaited(log: Path, pattern: str) -> str:
    """Return what a part says in its log once it stands. Raises NoSpark when it does not get there."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise NoSpark(f"did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


_LOG = """
rootLogger.level = info
rootLogger.appenderRef.out.ref = out
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %m%n
"""
