"""Every dataset of the open data, in the order of the catalogue; a table stands after those that it points to."""

from chungtay.opendata.datasets.awards import AWARDS
from chungtay.opendata.datasets.figures import FIGURES, PRINTED
from chungtay.opendata.datasets.groups import GROUPS
from chungtay.opendata.datasets.lines import LINES
from chungtay.opendata.datasets.recommendations import RECOMMENDATIONS
from chungtay.opendata.datasets.units import LINEAGE, UNITS, VERSIONS
from chungtay.opendata.rules import Dataset

DATASETS: tuple[Dataset, ...] = (
    UNITS,
    VERSIONS,
    LINEAGE,
    FIGURES,
    PRINTED,
    LINES,
    GROUPS,
    RECOMMENDATIONS,
    AWARDS,
)
