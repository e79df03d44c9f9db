"""The command `chungtay review build`: what it says beside the papers that it writes."""

import argparse
from types import SimpleNamespace

import pytest

from chungtay.config.commands import review as command
from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.reviews import services
from chungtay.reviews.tests.world import KNOWN, PERIOD, TODAY, make_world

pytestmark = pytest.mark.django_db


def test_open_discrepancies_are_told_and_the_draft_is_still_built(capsys, tmp_path, monkeypatch):
    world = make_world()
    figures.state_claim(
        said=Statement("fund.raised", "", world.cast.city.pk, parse_period(PERIOD), 1),
        said_by="Ủy ban MTTQ thành phố",
        paper="Báo cáo số 45/BC-MTTQ",
        now=TODAY,
        by=world.cast.province_officer,
    )
    built = []
    papers = SimpleNamespace(write=lambda out: built.append(out) or [], manifest=())
    monkeypatch.setattr(services, "build_papers", lambda content: papers)
    arguments = argparse.Namespace(
        programme=world.programme.code,
        area=places.tree_on(KNOWN.date()).node(world.cast.city.pk).code,
        period=PERIOD,
        header="ubnd",
        known_at=KNOWN.isoformat(),
        map_as_of=None,
        out=tmp_path,
    )
    assert command.run(arguments) == 0
    assert built == [tmp_path]
    said = capsys.readouterr()
    assert "Chênh lệch chưa giải trình: " in said.err
    assert "Ủy ban MTTQ thành phố nêu" in said.err
    assert "Chênh lệch" not in said.out
