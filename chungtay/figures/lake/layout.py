"""What stands in a lake: its tables with their columns, how they are encoded, and how its files are called.

Facts stand one file per indicator, sorted by dimension key, place in tree order, time. Places and indicators bear small
numbers that stay the same for as long as the lake lives; places were numbered in tree order, so that a subtree is a few
ranges. A file's name ends with the start of its hash: a file is never changed, a new content is a new file.
"""

import re

import pyarrow as pa

FORMAT = 1
MANIFEST = "manifest.json"
ROWS_IN_GROUP = 1 << 17
"""Rows of a row group: about a megabyte, enough to skip much and to spread a national indicator over many readers."""

APPROVED, ALL = 1, 2
"""Bits of `facts.views`: in which views the row is the winning fact. Most rows are in both."""

_NUMBER, _TEXT, _DAY = pa.int32(), pa.string(), pa.date32()

FACTS = pa.schema(
    [
        ("indicator", _NUMBER),
        ("dimension", _TEXT),
        ("area", _NUMBER),
        ("period_start", _DAY),
        ("period_end", _DAY),  # exclusive
        ("value", pa.int64()),  # scaled by 10**decimals
        ("views", pa.int8()),
    ]
)
TABLES = {
    "indicators": pa.schema(
        [
            ("number", _NUMBER),
            ("id", _TEXT),
            ("code", _TEXT),
            ("name", _TEXT),
            ("unit", _TEXT),
            ("kind", _TEXT),
            ("decimals", _NUMBER),
            ("numerator", _NUMBER),
            ("denominator", _NUMBER),
        ]
    ),
    # Lives; code, name, level and parent are the last ones it had. One that a correction took back has no days.
    "areas": pa.schema(
        [
            ("number", _NUMBER),
            ("id", _TEXT),
            ("code", _TEXT),
            ("name", _TEXT),
            ("level", _TEXT),
            ("parent", _NUMBER),
            ("first_day", _DAY),
            ("end_day", _DAY),  # exclusive, null while it exists
        ]
    ),
    "versions": pa.schema(
        [
            ("area", _NUMBER),
            ("code", _TEXT),
            ("name", _TEXT),
            ("level", _TEXT),
            ("parent", _NUMBER),
            ("valid_from", _DAY),
            ("valid_to", _DAY),  # exclusive, null while in force
        ]
    ),
    # Who handed on to whom, in order of days; shares in parts per million.
    "successions": pa.schema(
        [
            ("from_area", _NUMBER),
            ("to_area", _NUMBER),
            ("share_ppm", _NUMBER),  # of the old unit
            ("back_share_ppm", _NUMBER),  # of the new one; null: not stated, 0: it only keeps what the old one leaves
            ("effective_on", _DAY),
        ]
    ),
    "expectations": pa.schema(
        [("indicator", _NUMBER), ("area", _NUMBER), ("valid_from", _DAY), ("valid_to", _DAY)]  # null: still expected
    ),
    # The map of the day of the export: `area` counts in `node` and in everything above it; depth 0 is a root.
    "standing": pa.schema([("node", _NUMBER), ("depth", _NUMBER), ("area", _NUMBER), ("share_ppm", _NUMBER)]),
}

_DELTA = ("area", "period_start", "period_end", "value", "valid_from", "valid_to", "node", "number")


def delta_columns(schema: pa.Schema) -> dict[str, str]:
    """Return the columns that are kept as differences: numbers and days in order, and values."""
    return {name: "DELTA_BINARY_PACKED" for name in schema.names if name in _DELTA}


def stem_of(code: str) -> str:
    """Return how the files of an indicator begin: its code where it is fit for a file name."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", code).strip("._") or "indicator"
