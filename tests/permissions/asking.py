"""How the table of rights is read, and how one of its cells is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chungtay.accounts.models import User
from tests.permissions import api_world

TABLE = Path(__file__).with_name("matrix.txt")
SIGN_IN = "sign-in"  # the answer "go and sign in first"
REDIRECTS = (301, 302, 303, 307)


@dataclass(frozen=True)
class Row:
    """One line of the table: an address (for a thing), a method, and the answer that each person gets.

    Answers are status codes, "sign-in", or "->name": a redirect to the address of that name.
    """

    url_name: str
    thing: str
    method: str
    answers: Mapping[str, str]

    @property
    def title(self) -> str:
        """What the line is about, as it stands in the table."""
        return f"{self.url_name}[{self.thing}] {self.method}" if self.thing else f"{self.url_name} {self.method}"


def read_table(text: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return the people (from the head line) and the rows. Raises ValueError naming the line that is not whole."""
    people: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if not people:
            people = tuple(words[2:])
            continue
        if len(words) != len(people) + 2:
            raise ValueError(f"line {number}: {len(words) - 2} answers for {len(people)} people")
        name, _, thing = words[0].partition("[")
        row = Row(name, thing.rstrip("]"), words[1], dict(zip(people, words[2:], strict=True)))
        if any((r.url_name, r.thing, r.method) == (row.url_name, row.thing, row.method) for r in rows):
            raise ValueError(f"line {number}: {row.title} stands there twice")
        rows.append(row)
    return people, rows


def patterns(resolver: URLResolver | None = None) -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every address below a resolver; the name is "" for an address that has none."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and is_wagtails(entry):
            continue  # `test_editors` asks every address of its own; the last one serves pages that are out
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif isinstance(entry, URLPattern):
            yield entry.name or "", str(entry.pattern)


def is_wagtails(resolver: URLResolver) -> bool:
    """Return whether the addresses below are Wagtail's."""
    return str(getattr(resolver.urlconf_module, "__name__", "")).startswith("wagtail.")


def without_row(found: Iterable[tuple[str, str]], rows: Iterable[Row]) -> list[str]:
    """Return the addresses that no line of the table speaks of, by name or, without a name, by route."""
    known = {row.url_name for row in rows}
    return sorted({name or f"(no name) {route}" for name, route in found if name not in known})


def without_address(found: Iterable[tuple[str, str]], rows: Iterable[Row]) -> list[str]:
    """Return the names in the table that the site no longer has."""
    return sorted({row.url_name for row in rows} - {name for name, _ in found})


def ask(row: Row, person: User | None, args: tuple[Any, ...], data: Mapping[str, Any]) -> tuple[str, str]:
    """Send the request as a person (None: a visitor); return the answer in the table's words, and the page."""
    client = Client()
    url = reverse(row.url_name, args=args)
    if row.url_name.startswith("api-"):
        return str(api_world.asked(client, row.method, url, person, data).status_code), ""
    if person is not None:
        client.force_login(person)
    response = client.post(url, dict(data)) if row.method == "POST" else client.get(url, dict(data))
    page = b"".join(response.streaming_content) if response.streaming else response.content
    if response.status_code not in REDIRECTS:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return str(response.status_code), page.decode() if is_page else ""
    target = urlsplit(response.headers["Location"]).path
    if target == reverse("sign-in") and row.url_name not in {"sign-in", "sign-out"}:
        return SIGN_IN, ""
    return f"->{name_of(target)}", ""


def name_of(path: str) -> str:
    """Return the name of the address of a path."""
    return get_resolver().resolve(path).url_name or path
