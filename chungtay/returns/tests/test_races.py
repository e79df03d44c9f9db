"""Of several people acting on one return at once exactly one wins, on both databases."""

import threading

import pytest
from django.db import connection

from chungtay.access.selectors import NotAllowed
from chungtay.audit import selectors as audit
from chungtay.kernel.errors import DomainError
from chungtay.returns import rules, services
from chungtay.returns.tests.making import NOW, make_round, return_at, send


@pytest.mark.django_db(transaction=True)
def test_of_approve_send_back_and_withdraw_at_once_exactly_one_wins(transactional_db):
    from tests.cast import make_cast

    cast = make_cast()
    opened = make_round(cast)
    for area, clerk in ((cast.communes[0], cast.clerk), (cast.communes[1], cast.other_clerk)):
        of = return_at(opened, area)
        send(of, clerk, cast.leader)
        of.refresh_from_db()
        content_hash = of.current_version.content_hash
        acts = [
            lambda of=of, h=content_hash: services.approve_return(of=of, content_hash=h, now=NOW, by=cast.officer),
            lambda of=of: services.send_back_return(
                of=of, remarks={"groups.clubs": "Vì sao?"}, now=NOW, by=cast.officer
            ),
            lambda of=of: services.withdraw_return(of=of, note="Sửa", now=NOW, by=cast.leader),
            lambda of=of, h=content_hash: services.approve_return(of=of, content_hash=h, now=NOW, by=cast.officer),
        ]
        before = of.events.count()
        outcomes = race(acts)
        assert outcomes.count("won") == 1, outcomes
        assert of.events.count() == before + 1
    assert audit.verify() == []


def race(acts):
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("won")
        except (rules.WrongState, NotAllowed, DomainError) as lost:
            outcomes.append(type(lost).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
