"""A kind of notice, a way out that keeps what leaves, and people with addresses."""

from dataclasses import dataclass, field

import pytest

from chungtay.notices.rules import Kind, Pace

KIND = Kind("test.word", "Lời nhắn thử", Pace.NOW)
SLOW = Kind("test.daily", "Tin gộp thử", Pace.DAILY)


@dataclass
class Pigeon:
    """A way out of the house: what left, and what happens on the way."""

    code: str = "pigeon"
    label: str = "Bồ câu"
    left: list[tuple[str, str]] = field(default_factory=list)
    mishaps: list[BaseException] = field(default_factory=list)

    def is_on(self):
        return True

    def address_of(self, person):
        return person.email

    def send(self, delivery, address):
        if self.mishaps and (mishap := self.mishaps.pop(0)) is not None:
            raise mishap
        self.left.append((address, delivery.message_id))


@pytest.fixture
def pigeon(monkeypatch):
    """The only way out of this workspace, and two kinds of notices."""
    from chungtay.notices import channels, registry  # models cannot be imported before Django is set up

    bird = Pigeon()
    monkeypatch.setattr(channels, "_channels", {bird.code: bird})
    monkeypatch.setattr(registry, "_kinds", {KIND.code: KIND, SLOW.code: SLOW})
    monkeypatch.setattr(registry, "_finders", {})
    return bird


@pytest.fixture
def people(cast, pigeon):
    """The clerk and the officer, with addresses and no quiet hours."""
    from chungtay.notices.models import PersonSetting

    found = [cast.clerk, cast.officer]
    for person in found:
        PersonSetting.objects.create(
            user=person, email=f"{person.username}@example.org", quiet_from="00:00", quiet_to="00:00"
        )
    return found
