"""What is remembered is what was made: the same rows, the same objects, and keys that go on where they would have."""

import pytest
from django.apps import apps
from django.db import transaction

from chungtay.audit import selectors as audit
from chungtay.audit import services as audit_services
from tests.cast import NOW, make_cast
from tests.remembering import Remembered

pytestmark = pytest.mark.django_db


def rows():
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._base_manager.exists()
    }


def made_and_taken_back(make):
    with transaction.atomic():
        cast = make()
        found = rows()
        cast.person("later", "Người đến sau", "Chuyên viên")
        last = audit.head().count
        transaction.set_rollback(True)
    return cast, found, last


def test_the_second_time_is_as_the_first():
    make = Remembered(make_cast)
    first, second, third = (made_and_taken_back(make) for _ in range(3))
    assert len(first[1]) > 5
    assert first[1] == second[1] == third[1]
    assert first[2] == second[2] == third[2], "the next event has the number it would have had"
    assert first[0].communes == second[0].communes
    assert second[0].communes[0] is not third[0].communes[0], "nobody shares an object with another test"


def test_where_keys_have_been_given_out_already_it_is_made_anew():
    make = Remembered(make_cast)
    first = made_and_taken_back(make)
    with transaction.atomic():
        audit_services.record("tests.began", now=NOW, by=None)
        cast = make()
        found = rows()
        transaction.set_rollback(True)
    assert len(cast.communes) == len(first[0].communes)
    assert len(found["audit.AuditEvent"]) == len(first[1]["audit.AuditEvent"]) + 1
    assert audit.verify() == []
