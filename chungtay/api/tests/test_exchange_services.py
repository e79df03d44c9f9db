"""Data value sets through the API: the shapes of DHIS2, dry run, forms by type, and who may."""

import gzip
import json
from xml.etree import ElementTree

import pytest

from chungtay.exchange.models import DataImport
from chungtay.exchange.tests.making import VISITS, make_world, said
from chungtay.figures.models import Fact
from tests.remembering import remembered

SET = "/dataValueSets"


@pytest.fixture
def world(db):
    return remembered(make_world)()


def body(*values: dict) -> dict:
    return {"dataValues": list(values)}


def test_a_set_is_judged_and_taken_in_as_dhis2_answers(ask, world):
    sent = body(said(VISITS, "29863", "202201", 12), said(VISITS, "12345", "202201", 1))
    dry = ask("POST", f"{SET}?dryRun=true", world.cast.officer, sent).json()["response"]
    assert (dry["importCount"], dry["importId"]) == ({"imported": 1, "updated": 0, "ignored": 1, "deleted": 0}, None)
    assert not Fact.objects.exists()
    answer = ask("POST", SET, world.cast.officer, sent)
    done = answer.json()
    assert (answer.status_code, done["status"], done["response"]["status"]) == (200, "WARNING", "WARNING")
    assert {k: v for k, v in done["response"].items() if k in ("importCount", "conflicts", "rejectedIndexes")} == {
        k: v for k, v in dry.items() if k in ("importCount", "conflicts", "rejectedIndexes")
    }
    [conflict] = done["response"]["conflicts"]
    assert (conflict["errorCode"], conflict["object"], conflict["indexes"]) == ("E7612", "12345", [1])
    again = ask("POST", SET, world.cast.officer, sent).json()["response"]
    assert (again["importCount"]["imported"], again["importId"]) == (0, done["response"]["importId"])
    assert (DataImport.objects.count(), Fact.objects.count()) == (1, 1)


def test_every_form_comes_in_by_its_type_and_goes_out_by_accept(ask, world):
    officer = world.cast.officer
    world.approve(world.send(said(VISITS, "29863", "202201", 12)).of)
    query = f"{SET}?dataElement={VISITS}&orgUnit=866&children=true&period=202201"
    for accept, kind in {
        "application/json": "json",
        "application/csv": "csv",
        "application/xml": "xml",
        "application/adx+xml": "adx",
    }.items():
        out = ask("GET", query, officer, Accept=accept)
        data = b"".join(out.streaming_content)
        assert (out.status_code, out["Content-Type"], out["ETag"][:1]) == (200, accept, '"')
        if "xml" in accept:
            assert len(list(ElementTree.fromstring(data).iter())) > 1
        for sent in (data, gzip.compress(data)):
            back = ask("POST", SET, officer, sent, Content_Type=accept).json()
            assert back["response"]["importCount"] == {"imported": 0, "updated": 0, "ignored": 1, "deleted": 0}, kind
    assert json.loads(b"".join(ask("GET", query, officer).streaming_content))["dataValues"][0]["value"] == "12"


def test_what_cannot_be_read_is_a_problem_in_both_languages(ask, world):
    officer = world.cast.officer
    wrong = ask("POST", SET, officer, "<adx", Content_Type="application/xml")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["detail"][:8]) == (422, "unreadable_file", "XML sai ")
    english = ask("POST", SET, officer, "<adx", Content_Type="application/xml", Accept_Language="en")
    assert english.json()["detail"].startswith("The XML is broken")
    assert ask("POST", SET, officer, "x", Content_Type="text/plain").status_code == 415
    assert ask("POST", "/returns/rows", officer, "x", Content_Type="application/xml").status_code == 415
    assert ask("GET", f"{SET}?dataElement={VISITS}&orgUnit=866", officer).json()["code"] == "period_needed"
    assert ask("GET", f"{SET}?dataElement={VISITS}&orgUnit=866&period=2022W1", officer).json()["code"] == "bad_period"


def test_a_stranger_finds_no_system_and_an_auditor_sends_nothing(ask, world):
    sent = body(said(VISITS, "29863", "202201", 12))
    statuses = {
        name: ask("POST", f"{SET}?dryRun=true", world.cast.people[name], sent).status_code
        for name in ("officer", "clerk", "auditor", "outsider", "upper.leader")
    }
    assert statuses == {"officer": 200, "clerk": 404, "auditor": 403, "outsider": 404, "upper.leader": 403}


def test_a_key_gives_the_first_answer_again(ask, world):
    sent = body(said(VISITS, "29863", "202201", 12))
    first = ask("POST", SET, world.cast.officer, sent, Idempotency_Key="key-0001")
    second = ask("POST", SET, world.cast.officer, sent, Idempotency_Key="key-0001")
    assert (second.json(), second["Idempotency-Replayed"]) == (first.json(), "true")
    other = body(said(VISITS, "29863", "202201", 13))
    assert ask("POST", SET, world.cast.officer, other, Idempotency_Key="key-0001").status_code == 422
