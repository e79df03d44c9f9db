"""Lists of words as people keep them in a module: parted by spaces, or phrases by commas."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """Return the phrases of a text that commas part."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())
