"""Run all benchmarks, or those named on the command line.

A subject's module is imported only when it is its turn: a peer that is not installed costs the
subjects that are measured beside it, and no other.
"""

import sys
from importlib import import_module
from pathlib import Path

SUBJECTS = {
    "share-once": "one_apportionment",
    "apportion": "apportionment_methods",
    "tally": "ballots",
    "districting": "districting",
    "pages": "pages",
    "commits": "commits",
    "entry": "entry_over_http",
    "evening": "evening",
}
"""What is measured -> its module in this folder, which has `measure`."""
FOLDER = Path(__file__).parent
_OURS = ("scripts", "election")


def main(wanted: list[str]) -> int:
    """Print one line a measurement: subject, figure, baseline, ratio.

    The exit status: 1 when a subject was skipped, 2 for one nobody knows.
    """
    unknown = [name for name in wanted if name not in SUBJECTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(SUBJECTS)}", file=sys.stderr)
        return 2
    skipped = [reason for name in wanted or SUBJECTS if (reason := _measure(name))]
    for reason in skipped:
        print(reason, file=sys.stderr)
    return 1 if skipped else 0


def _measure(name: str) -> str:
    """Measure one subject; why it was skipped, nothing when it was not."""
    try:
        module = import_module(f"scripts.benchmarks.{SUBJECTS[name]}")
    except ImportError as failure:
        if (failure.name or "").partition(".")[0] in _OURS:
            raise  # our own fault, and no peer that is missing
        reason = f"SKIPPED {name}: {failure}; pip install -r requirements-bench.txt"
        print(reason, file=sys.stderr, flush=True)
        return reason
    for line in module.measure():
        print(f"{name:<11} {line}", flush=True)
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
