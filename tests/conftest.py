"""How tests are run here. Choose the smallest thing that is real:

- a pure function of `graph/`: call it with domain objects built in the test;
- a store: the fixture of `tests/contract/`, which runs the test on every store;
- the API or a page: a client over the real application on a small store;
- the command line: the real `jejaring` in a temporary folder.

Nothing of ours is mocked. Shared helpers live in `tests/support/` and are imported as `support.<name>`.

With JEJARING_TEST_NOSKIP=1 (set by `.ci/run`) a skipped test is a failed test.
"""

import os
from collections.abc import Generator

import pytest

NOSKIP = os.environ.get("JEJARING_TEST_NOSKIP") == "1"


def _reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip of a test or of its fixtures into a failure when nothing may skip."""
    report = yield
    if NOSKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipping is not allowed here. {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skip of a whole module into a failure when nothing may skip."""
    report = yield
    if NOSKIP and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipping is not allowed here. {_reason(report.longrepr)}"
    return report
