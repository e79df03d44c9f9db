"""What other rooms ask of the register: names for a purpose, masked names, and which records are one household."""

from chungtay.households.lineages import Masked, lineages, masked, named, roots
from chungtay.households.placing import placed

__all__ = ["Masked", "lineages", "masked", "named", "placed", "roots"]
