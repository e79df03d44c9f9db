"""What an office begins with: the working chart and spending kinds as dated data, and its funds."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from importlib.resources import files

from django.db import transaction

from chungtay.audit import services as audit
from chungtay.funds.campaigns import keep_version
from chungtay.funds.models import (
    Campaign,
    DisclosureRule,
    Fund,
    LedgerAccount,
    NamingRule,
    Purpose,
    SpendingKind,
    SpendingLimit,
)
from chungtay.places.models import Body
from chungtay.places.rules import Actor


@transaction.atomic
def load_chart() -> int:
    """Load the working chart and spending kinds that are not there yet; return how many accounts are new.

    Nothing that an office has corrected is touched: it is dated data of its own from then on.
    """
    known = set(LedgerAccount.objects.values_list("code", flat=True))
    new = [
        LedgerAccount(
            code=row["code"],
            name=row["name"],
            type=row["type"],
            normal=row["normal"],
            parent=row["parent"],
            marks=row["marks"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_basis=row["legal_basis"],
            is_verified=row["is_verified"] == "1",
        )
        for row in _rows("chart.csv")
        if row["code"] not in known
    ]
    LedgerAccount.objects.bulk_create(new)
    for row in _rows("spending.csv"):
        kind, is_new = SpendingKind.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "unit": row["unit"], "account": row["account"]}
        )
        if is_new and (row["least"] or row["most"]):
            SpendingLimit.objects.create(
                kind=kind,
                least=int(row["least"]) if row["least"] else None,
                most=int(row["most"]) if row["most"] else None,
                valid_from=date.fromisoformat(row["valid_from"]),
                legal_basis=row["legal_basis"],
                is_verified=row["is_verified"] == "1",
            )
    for row in _rows("disclosure.csv"):
        valid_from = date.fromisoformat(row["valid_from"])
        DisclosureRule.objects.get_or_create(
            kind=row["kind"],
            valid_from=valid_from,
            defaults={
                "name": row["name"],
                "anchor": row["anchor"],
                "from_days": int(row["from_days"]),
                "to_days": int(row["to_days"]),
                "legal_basis": row["legal_basis"],
                "is_verified": row["is_verified"] == "1",
            },
        )
    for row in _rows("naming.csv"):
        said = {"is_named": row["is_named"] == "1", "is_verified": row["is_verified"] == "1"}
        NamingRule.objects.get_or_create(
            valid_from=date.fromisoformat(row["valid_from"]), defaults=said | {"legal_basis": row["legal_basis"]}
        )
    return len(new)


@transaction.atomic
def open_fund(
    *,
    body: Body,
    code: str,
    name: str,
    opened_on: date,
    legal_basis: str = "",
    purposes: Sequence[tuple[str, str]] = (),
    is_sample: bool = False,
    now: datetime,
    by: Actor | None,
) -> Fund:
    """Open a fund of a body, with purposes (code, name) for restricted money."""
    fund = Fund.objects.create(
        body=body, code=code, name=name, opened_on=opened_on, legal_basis=legal_basis, is_sample=is_sample
    )
    Purpose.objects.bulk_create(Purpose(fund=fund, code=key, name=label) for key, label in purposes)
    data = {"code": code, "body": body.name, "purposes": [key for key, _ in purposes]}
    audit.record("funds.fund.opened", obj=fund, area_id=body.area_id, data=data, now=now, by=by)
    return fund


@transaction.atomic
def open_campaign(
    *,
    fund: Fund,
    code: str,
    name: str,
    starts_on: date,
    ends_on: date,
    target: int | None = None,
    appeal: str = "",
    distribution_ends_on: date | None = None,
    now: datetime,
    by: Actor | None,
) -> Campaign:
    """Open a drive of a fund with its own dates and target."""
    campaign = Campaign.objects.create(
        fund=fund,
        code=code,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        target=target,
        appeal=appeal,
        distribution_ends_on=distribution_ends_on,
    )
    keep_version(campaign, number=1, reason="", now=now, by=by)
    data = {"fund": fund.code, "code": code, "from": starts_on, "to": ends_on, "target": target}
    audit.record("funds.campaign.opened", obj=campaign, area_id=fund.access_area_id, data=data, now=now, by=by)
    return campaign


def _rows(name: str) -> list[dict[str, str]]:
    text = files("chungtay.funds").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
