"""Pages of a list whose rows something else finds: only numbers."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Numbers:
    """Where a reader is in a list of `count` rows, `size` on a page; nobody pages beyond page `deepest`."""

    count: int
    number: int
    size: int
    deepest: int

    @property
    def last(self) -> int:
        """The last page that can be opened."""
        return max(1, min(self.deepest, -(-self.count // self.size)))

    @property
    def first_row(self) -> int:
        """The first row on this page, from 1; 0 when there is none."""
        return min(self.count, (self.number - 1) * self.size + 1)

    @property
    def last_row(self) -> int:
        """The last row on this page."""
        return min(self.count, self.number * self.size)

    @property
    def before(self) -> int:
        """The page before, 0 for none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The page after, 0 for none."""
        return self.number + 1 if self.number < self.last else 0


def page_asked(request: HttpRequest, deepest: int) -> int:
    """Return the page that the address asks for, 1 when it asks for none that could be."""
    asked = request.GET.get("page", "1")
    return min(int(asked), deepest) if asked.isdecimal() and len(asked) < 6 and int(asked) else 1
