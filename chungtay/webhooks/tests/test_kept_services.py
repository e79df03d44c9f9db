"""What the database holds of webhooks, and what is forgotten after a while."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.webhooks import outbox, rules, services
from chungtay.webhooks.models import Delivery, Hook, HookSecret
from chungtay.webhooks.rules import HookState, State
from chungtay.webhooks.tests.conftest import NOW
from chungtay.webhooks.tests.receiver import Receiver

pytestmark = pytest.mark.django_db
Made = tuple[Hook, str]


def test_the_database_holds_what_it_can(hook: Made) -> None:
    """An event once for an address, states that say something, one present secret."""
    row = hook[0]
    asked = {"hook": row, "code": "x", "body": "{}", "at": NOW, "due_at": NOW}
    Delivery.objects.create(**asked, event_id=1, state=State.QUEUED)
    wrong = (
        lambda: Delivery.objects.create(**asked, event_id=1, state=State.QUEUED),
        lambda: Delivery.objects.create(**asked, event_id=2, state=State.CLAIMED),
        lambda: Delivery.objects.create(**asked, event_id=2, state=State.ARRIVED),
        lambda: Delivery.objects.create(**asked, event_id=2, state="lost"),
        lambda: HookSecret.objects.create(hook=row, key_sealed=b"x", sealed=b"x", at=NOW),
        lambda: HookSecret.objects.create(hook=row, key_sealed=b"x", sealed=b"x", at=NOW, ends_at=NOW - timedelta(1)),
        lambda: Hook.objects.filter(pk=row.pk).update(state="asleep"),
        lambda: Hook.objects.filter(pk=row.pk).update(state=HookState.STOPPED),
        lambda: Hook.objects.filter(pk=row.pk).update(name=""),
        lambda: Hook.objects.filter(pk=row.pk).update(cursor=-1),
    )
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_what_is_over_for_long_is_forgotten(cast: Any, hook: Made, receiver: Receiver, happen: Any) -> None:
    """And nothing of it is told again."""
    happen(cast.city)
    services.send_round(now=NOW)
    later = NOW + rules.KEPT_FOR + timedelta(days=1)
    assert services.forget_old(now=NOW) == 0
    assert services.forget_old(now=later) == 1
    assert services.send_round(now=later) == outbox.Sent()
