"""The keys of this room in this workspace; where their secret lies is told in `sealing.keys`."""

from pathlib import Path

from django.conf import settings

from chungtay.sealing.keys import keys_of
from chungtay.sealing.seals import WorkspaceKeys


def workspace_keys() -> WorkspaceKeys:
    """Return the keys of households of this workspace. Raises KeyUnusable."""
    return keys_of("households", Path(settings.DATA_DIR))
