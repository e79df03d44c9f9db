"""The API of the served demonstration stands what anybody may send it; `make fuzz` asks for longer."""

import json
import urllib.error
import urllib.request

import pytest

from tests.journeys.fuzzing import ROLES, fuzz, token_of

SECONDS = 10  # for each role; well within the bound of requests a minute, and enough for a slow machine


@pytest.mark.parametrize("role", ROLES)
def test_the_api_keeps_its_description(site: str, role: str) -> None:
    """No server error, no answer that the description does not know, nothing taken that it forbids."""
    found = fuzz(site, ROLES[role], seconds=SECONDS, seed=500)
    assert found.failures == 0, found.said
    assert found.cases > 20, found.said


def test_a_clerk_reads_their_own_return_and_not_the_neighbours(site: str) -> None:
    """Through HTTP, with the server that people have."""
    token = token_of(site, "hoa-an.canbo")

    def ask(path: str) -> dict:
        asked = urllib.request.Request(f"{site}/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.load(answer)

    listed = ask("/returns?limit=200")["items"]
    assert {one["unit"]["name"] for one in listed} == {"Xã Hòa An"}
    period = listed[0]["period"]
    [figure] = ask(f"/figures?indicator=support.houses&unit=29893&period={period}")["items"]
    assert ask(f"/trace/{figure['trace']}")["figure"]["value"] == figure["value"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"/figures?indicator=support.houses&unit=29896&period={period}")
