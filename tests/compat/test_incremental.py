"""However a site with plug-ins is edited, an incremental build gives what a clean one gives."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.compat.machine import PluginsIncrementalEqualClean

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_however_a_site_with_plug_ins_is_edited_incremental_equals_clean() -> None:
    """On a fixed seed; `make soak` goes on for as long as it is told."""
    steps = int(os.environ.get("DESKPRESS_STEPS", "12"))
    examples = int(os.environ.get("DESKPRESS_EXAMPLES", "5"))
    run_state_machine_as_test(
        PluginsIncrementalEqualClean,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize="DESKPRESS_EXAMPLES" not in os.environ,
            database=None,
            print_blob=True,
        ),
    )
    assert PluginsIncrementalEqualClean.steps >= 30
