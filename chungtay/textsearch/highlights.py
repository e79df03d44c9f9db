"""Where the words of a query stand in a text as it was written, to be marked on the screen."""

from collections.abc import Iterator

from chungtay.textsearch.folding import pieces
from chungtay.textsearch.query import Query


def highlights(original_text: str, query: Query) -> list[tuple[int, int]]:
    """Return the places [start, end) of a query's words, in code points of the text, in order and never overlapping.

    A place takes in the marks that follow its last letter, whether the text is NFC or NFD.
    """
    marks = pieces(original_text)
    key, origins = _traced(marks)
    found = sorted(place for word in query.keys for place in _places(key, word))
    joined: list[tuple[int, int]] = []
    for first, last in found:
        start, end = origins[first], origins[last - 1] + 1
        while end < len(marks) and not marks[end]:
            end += 1
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _traced(marks: list[str]) -> tuple[str, list[int]]:
    """Return the key of a text, and from which character each of its letters comes."""
    letters: list[str] = []
    origins: list[int] = []
    for at, piece in enumerate(marks):
        if piece == " " and (not letters or letters[-1] == " "):
            continue
        letters += piece
        origins += [at] * len(piece)
    return "".join(letters), origins


def _places(key: str, word: str) -> Iterator[tuple[int, int]]:
    at = key.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = key.find(word, at + 1)
