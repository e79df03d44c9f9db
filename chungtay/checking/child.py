"""The limited child process that takes the text out of an uploaded file; its parent gets a text or a sentence, never a crash.

The parent writes the bytes; the child answers one line of JSON.
"""

import json
import resource
import subprocess
import sys

from chungtay.reading.documents import UnreadableDocument, text_of

MEMORY = 768 * 1024 * 1024
SECONDS = 20
TOO_HEAVY = (
    "Tệp quá nặng hoặc bất thường nên không đọc được trong giới hạn cho phép. Hãy dán nội dung văn bản vào ô bên dưới."
)


def text_apart(data: bytes) -> str:
    """Return the text of a file, read in a child process. Raises UnreadableDocument, also when the child is cut off."""
    command = [sys.executable, "-m", "chungtay.checking.child"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(TOO_HEAVY) from None
    if done.returncode != 0:
        raise UnreadableDocument(TOO_HEAVY)
    said = json.loads(done.stdout)
    if "refused" in said:
        raise UnreadableDocument(said["refused"])
    text: str = said["text"]
    return text


def main() -> None:
    """Answer what stands on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        said = {"text": text_of(sys.stdin.buffer.read())}
    except UnreadableDocument as refused:
        said = {"refused": str(refused)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
