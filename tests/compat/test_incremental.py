"""However a site with plug-ins is edited, an incremental build gives what a clean one gives."""

from __future__ import annotations

import pytest

from tests.compat.machine import PluginsIncrementalEqualClean
from tests.engine.machine import run

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_however_a_site_with_plug_ins_is_edited_incremental_equals_clean() -> None:
    run(PluginsIncrementalEqualClean, examples=5, least=30)
