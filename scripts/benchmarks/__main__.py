"""Run all benchmarks, or those named on the command line."""

import sys

from scripts.benchmarks import (
    apportionment_methods,
    ballots,
    commits,
    districting,
    evening,
    one_apportionment,
    pages,
)

SUBJECTS = {
    "share-once": one_apportionment.measure,
    "apportion": apportionment_methods.measure,
    "tally": ballots.measure,
    "districting": districting.measure,
    "pages": pages.measure,
    "commits": commits.measure,
    "evening": evening.measure,
}


def main(wanted: list[str]) -> int:
    """Print one line a measurement: subject, figure, baseline, ratio."""
    unknown = [name for name in wanted if name not in SUBJECTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(SUBJECTS)}", file=sys.stderr)
        return 2
    for name in wanted or SUBJECTS:
        for line in SUBJECTS[name]():
            print(f"{name:<11} {line}", flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
