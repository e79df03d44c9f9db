"""The reader of Vietnamese reports and articles: `read(text)` finds their figures with place, value, unit and qualifier; pure.

Owns what a number looks like in prose, and what only looks like one: dates, symbols of documents, addresses, ages. Also takes
the text out of files (`documents`). Knows no account and judges nothing: whether a figure is right is asked elsewhere.
"""

from chungtay.reading.figure import Figure, Qualifier
from chungtay.reading.reader import read

__all__ = ["Figure", "Qualifier", "read"]
