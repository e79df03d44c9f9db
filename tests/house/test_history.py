"""Nothing is overwritten: every append-only table is guarded by the database itself after migrate."""

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.audit import selectors
from chungtay.audit.models import AppendOnly
from chungtay.audit.triggers import guarded_models, wanted
from tests.databases.plugin import lift_triggers

# Tables whose rows are evidence. One that stops being append-only has to be taken off this list in the open.
HISTORY = frozenset(
    {
        "audit.AuditEvent",
        "evidence.Attachment",
        "figures.Batch",
        "figures.Fact",
        "figures.Expectation",
        "returns.Version",
        "returns.VersionCell",
        "returns.Event",
        "returns.Remark",
        "households.Basis",
        "households.ClassStep",
        "households.HouseholdMove",
        "households.HouseholdVersion",
        "households.Look",
        "households.Merge",
        "funds.Voucher",
        "funds.Entry",
        "funds.Handout",
        "funds.PeriodAct",
        "funds.StatementLine",
        "funds.LineMark",
        "funds.FrozenDay",
        "funds.Disclosure",
        "notices.ChainStep",
        "notices.ChainVersion",
        "notices.DeliveryAct",
        "boundaries.BoundarySet",
        "boundaries.Boundary",
        "boundaries.BoundarySetEnd",
        "tasks.Act",
        "tasks.Extension",
        "tasks.Evidence",
        "tasks.Reminder",
        "tasks.Minutes",
        "tasks.Letter",
        *(
            f"supervision.{name}"
            for name in ("Act", "Answer", "Counted", "Finding", "Opinion", "Publication", "Question", "Report")
        ),
        *(
            f"supervision.{name}"
            for name in ("ContactLook", "FeedbackAnswer", "FeedbackPicture", "FindingFile", "TimerRule")
        ),
        "community.ActivityAct",
        "community.GroupAct",
        "community.GroupCount",
        "community.GroupLink",
        "community.HamletCount",
        "support.CaseVersion",
        "support.CostShare",
        "support.CaseStep",
        "support.CaseMoney",
        "support.CaseEvidence",
        "support.Handover",
        "emulation.Criterion",
        "emulation.Score",
        "emulation.SheetStep",
        "emulation.Result",
        "emulation.DecisionChange",
        "emulation.Interest",
        "emulation.VoteMark",
        "emulation.VoteResult",
        "emulation.BookEntry",
        "emulation.CertificateStep",
        "emulation.DatedRow",
        *(f"opendata.{name}" for name in ("Licence", "Release", "ReleaseFile")),
        *(f"exchange.{name}" for name in ("DataImport", "ImportAct", "MappingLine", "ReportProfile")),
    }
)

pytestmark = pytest.mark.django_db


def test_the_tables_that_hold_evidence_are_append_only() -> None:
    """By their base, which brings the guards."""
    assert {model._meta.label for model in guarded_models()} >= HISTORY


def test_every_append_only_table_has_its_triggers() -> None:
    """Two each on SQLite (update, delete), two on PostgreSQL (row, truncate)."""
    assert len(wanted(connection)) == 2 * len(guarded_models())
    assert selectors.missing_triggers() == []


def test_a_missing_trigger_is_found() -> None:
    """A planted fault: somebody with access to the database lifted the guards."""
    lift_triggers()
    assert len(selectors.missing_triggers()) == 2 * len(guarded_models())


@pytest.mark.parametrize("label", sorted(HISTORY))
def test_a_guard_names_its_own_table(label: str) -> None:
    """A trigger on another table would guard nothing here."""
    model = next(model for model in guarded_models() if model._meta.label == label)
    assert issubclass(model, AppendOnly)
    assert [trigger for trigger in wanted(connection) if trigger.table == model._meta.db_table]


def test_the_database_refuses_what_the_program_would_not_ask() -> None:
    """Raw SQL on a real row."""
    from tests.cast import make_cast

    make_cast(communes=2)
    for statement in ("UPDATE audit_auditevent SET code = 'x'", "DELETE FROM audit_auditevent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
