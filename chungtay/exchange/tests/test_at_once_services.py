"""Of many files and steps at the same moment one counts, on both databases; what the database itself refuses."""

import json

import pytest
from django.db import IntegrityError, transaction

from chungtay.exchange import services
from chungtay.exchange.faults import Code
from chungtay.exchange.models import DataImport, ImportAct, MappingLine, Partner, ReportProfile
from chungtay.exchange.rules import State, Verb
from chungtay.exchange.tests.making import NOW, TODAY, VISITS, make_world, said
from chungtay.figures.models import Fact
from tests.databases.at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_files_and_steps_at_once_end_as_one_after_the_other():
    world = make_world()
    other = services.create_partner(area=world.cast.city, code="khac", name="Khác", now=NOW, by=world.cast.officer)

    def send(partner, value):
        data = json.dumps({"dataValues": [said(VISITS, "29863", "202201", value)]}).encode()
        return services.receive(partner=partner, data=data, file_name="x", now=NOW, by=world.cast.officer)

    same = at_once(lambda _: send(world.partner, 12), 6)
    assert len({one.of.pk for one in same}) == 1 == DataImport.objects.count()
    different = at_once(lambda number: send((world.partner, other)[number], 20 + number), 2)
    assert [[one.code for one in found.look.judged.conflicts] for found in different] == [[Code.WAITING]] * 2
    [first, *_] = same
    steps = [
        (Verb.APPROVE, world.cast.upper_leader),
        (Verb.REJECT, world.cast.upper_leader),
        (Verb.WITHDRAW, world.cast.officer),
    ] * 2

    def step(number):
        verb, by = steps[number]
        return services.move(of=first.of, verb=verb, note="Sai.", now=NOW, by=by)

    done = [one for one in at_once(step, len(steps)) if isinstance(one, ImportAct)]
    assert len(done) == 1
    assert Fact.objects.count() == 2
    free = at_once(lambda number: send((world.partner, other)[number], 30 + number), 2)
    waiting = [one for one in free if not one.look.judged.conflicts]
    assert len(waiting) == 1, "of two files about one cell the second waits for what becomes of the first"


def test_the_database_holds_what_it_can(world):
    given = {"at": NOW, "by": world.cast.officer}
    about = {
        "partner": world.partner,
        "file_name": "x",
        "sha256": "0" * 64,
        "element_scheme": "code",
        "unit_scheme": "code",
    }
    counts = dict.fromkeys(("imported_count", "updated_count", "deleted_count", "ignored_count", "conflict_count"), 0)
    good = DataImport.objects.create(**about, **counts, form="json", strategy="CREATE", **given)
    city = world.cast.city
    wrong = {
        "exchange_partner_code_once": lambda: Partner.objects.create(area=city, code="dhis2", name="x", **given),
        "exchange_partner_is_named": lambda: Partner.objects.create(area=city, code="x", name="", **given),
        "exchange_partner_scheme_known": lambda: Partner.objects.create(
            area=city, code="x", name="x", unit_scheme="guid", **given
        ),
        "exchange_mapping_names_something": lambda: _line(world, kind="unit", theirs=""),
        "exchange_mapping_is_of_its_kind": lambda: _line(world, kind="element", theirs="x", place=city),
        "exchange_mapping_key_has_indicator": lambda: _line(world, kind="element", theirs="x", dimension="new"),
        "exchange_import_form_known": lambda: DataImport.objects.create(
            **about, **counts, form="pdf", strategy="CREATE", **given
        ),
        "exchange_import_conflicts_are_ignored": lambda: DataImport.objects.create(
            **about, **{**counts, "conflict_count": 1}, form="csv", strategy="CREATE", **given
        ),
        "exchange_act_known": lambda: ImportAct.objects.create(of=good, verb="burn", state="waiting", **given),
        "exchange_act_says_why": lambda: ImportAct.objects.create(
            of=good, verb="reject", state=State.REJECTED, **given
        ),
        "exchange_profile_can_be_read": lambda: _profile(world, decimal_mark=";"),
        "exchange_profile_verified_against_something": lambda: _profile(world, is_verified=True),
    }
    for name, write in wrong.items():
        with pytest.raises(IntegrityError, match=f"{name}|UNIQUE"), transaction.atomic():
            write()


def _line(world, **said_of_it):
    return MappingLine.objects.create(partner=world.partner, at=NOW, by=world.cast.officer, **said_of_it)


def _profile(world, **more):
    given = {"partner": world.partner, "valid_from": TODAY, "separator": ";", "decimal_mark": ",", "columns": "x=value"}
    return ReportProfile.objects.create(**{**given, **more}, at=NOW, by=world.cast.officer)
