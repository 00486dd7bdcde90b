"""The list of tests that `make check` leaves out names tests that exist."""

from __future__ import annotations

from tests.conftest import REPOSITORY
from tests.durations import function_of, listed


def test_each_test_on_the_list_exists() -> None:
    missing = []
    for name in sorted(listed()):
        path, _, function = name.partition("::")
        file = REPOSITORY / path
        if not file.is_file() or f"def {function}(" not in file.read_text(encoding="utf-8"):
            missing.append(name)
    assert not missing, "run `make durations`"


def test_the_list_is_applied_to_functions_with_all_their_parameters() -> None:
    assert function_of("tests/unit/test_a.py::test_b[x::y]") == "tests/unit/test_a.py::test_b"
