"""Tests run in their own workspace, on files of their own, with a fast password hasher."""

import os
import tempfile

os.environ["CHUNGTAY_TESTING"] = "1"
os.environ.setdefault("CHUNGTAY_DATA", tempfile.mkdtemp(prefix="chungtay-test-"))
