"""A system of the city and a file of it that waits for approval, for the table of rights."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chungtay.exchange import services
from chungtay.exchange.models import DataImport, Partner
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition, define_indicators, set_record_source
from tests.cast import Cast
from tests.permissions.funds_world import FUND_NOW

CODE = "health.visits"
# Of both methods: the city's figures out, and a set of no effect in.
QUERY = f"?dataElement={CODE}&orgUnit=866&period=2022&partner=dhis2&dryRun=true"
SET: Mapping[str, Any] = {"dataValues": [{"dataElement": CODE, "period": "2022", "orgUnit": "29863", "value": "5"}]}


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[UUID | str, ...]:
    """Return the arguments of an address of the exchange."""
    of = import_of(cast, now)
    if url_name == "import-preview":
        return of.partner_id, "no-such-token"
    return (of.pk if url_name in ("import-detail", "import-conflicts") else of.partner_id,)


def import_of(cast: Cast, now: datetime = FUND_NOW) -> DataImport:
    """Return the file that waits, taken in by the officer."""
    found = DataImport.objects.first()
    if found is not None:
        return found
    told = {"now": now, "by": cast.officer}
    define_indicators([Definition(CODE, "Lượt khám", "lượt", "Để thử.", Kind.FLOW)], **told)
    since = now.date().replace(year=2020, day=1)
    set_record_source(indicator=indicator_by_code(CODE), keeper=Keeper.EXCHANGE, valid_from=since, **told)
    partner: Partner = services.create_partner(area=cast.city, code="dhis2", name="DHIS2", **told)
    done = services.receive(partner=partner, data=json.dumps(SET).encode(), file_name="tep.json", **told)
    assert done.of is not None
    return done.of
