"""What is posted about claims, for the table of rights."""

from collections.abc import Mapping
from typing import Any

from tests.cast import Cast


def data_of(cast: Cast, url_name: str, claimed: int, derived: int) -> Mapping[str, Any]:
    """Return what would be right for somebody with the right: a new claim, why one differs, why one does not count."""
    asked: dict[str, Mapping[str, Any]] = {
        "claim-create": {
            "said_by": "Ủy ban MTTQ",
            "paper": "Báo cáo số 45",
            "area": str(cast.city.pk),
            "indicator": "support.houses",
            "period": "2022",
            "value": "9",
        },
        "claim-detail": {"text": "Tính cả tháng sau.", "claimed": claimed, "derived": derived},
        "claim-withdraw": {"withdraw-note": "Đọc nhầm."},
    }
    return asked[url_name]
