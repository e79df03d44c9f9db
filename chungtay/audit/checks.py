"""The system check that history tables are guarded (`check --database default`, and before each migrate)."""

from collections.abc import Sequence
from typing import Any

from django.core import checks

from chungtay.audit import triggers


def history_is_guarded(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Report each missing trigger. A warning, not an error: an error would keep `migrate`, the cure, from running."""
    return [
        checks.Warning(
            f"Bảng lịch sử chưa được bảo vệ: thiếu trigger {name}.",
            hint="Chạy lệnh migrate: lệnh này dựng lại mọi trigger.",
            obj=using,
            id="audit.W001",
        )
        for using in databases or []
        for name in triggers.missing(using)
    ]
