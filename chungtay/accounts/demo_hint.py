"""Where a demo workspace says which accounts a visitor may try; the sign-in page shows them. Empty everywhere else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class DemoAccount:
    """A made-up person to sign in as, and in one phrase who that is."""

    username: str
    password: str
    who: str


_providers: list[Callable[[], Sequence[DemoAccount]]] = []


def register(provider: Callable[[], Sequence[DemoAccount]]) -> None:
    """Let `provider` name demo accounts; it is asked on every showing and returns () outside a demo workspace."""
    if provider not in _providers:
        _providers.append(provider)


def accounts_shown() -> list[DemoAccount]:
    """Return the demo accounts to show on the sign-in page."""
    return [account for provider in _providers for account in provider()]
