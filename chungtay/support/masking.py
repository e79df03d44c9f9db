"""Names on lists, pure: enough to find a person by, not enough to tell strangers who was helped."""

from collections.abc import Sequence


def masked(name: str) -> str:
    """Return a name as staff lists show it: the family name whole, the rest as letters. "Nguyễn Văn An" is "Nguyễn V. A."."""
    words = name.split()
    return " ".join([*words[:1], *(f"{word[0]}." for word in words[1:])])


def initials(name: str) -> str:
    """Return a name as the public sees it: "Nguyễn Thị Xuân" is "N.T.X."."""
    return "".join(f"{word[0]}." for word in name.split())


def public_label(name: str, hamlet: str) -> str:
    """Return who was helped as the public sees it: "hộ N.T.X., Khóm 2"."""
    parts: Sequence[str] = [f"hộ {initials(name)}" if name.strip() else "", hamlet]
    return ", ".join(part for part in parts if part)
