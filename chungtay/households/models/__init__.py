"""Tables of the households room."""

from chungtay.households.models.classes import (
    Classification,
    ClassMeasure,
    ClassStep,
    PovertyLine,
    StepBook,
)
from chungtay.households.models.people import Household, HouseholdKey, HouseholdMove, HouseholdVersion, Merge, Need
from chungtay.households.models.using import Basis, ErasureRequest, Look

__all__ = [
    "Basis",
    "ClassMeasure",
    "ClassStep",
    "Classification",
    "ErasureRequest",
    "Household",
    "HouseholdKey",
    "HouseholdMove",
    "HouseholdVersion",
    "Look",
    "Merge",
    "Need",
    "PovertyLine",
    "StepBook",
]
