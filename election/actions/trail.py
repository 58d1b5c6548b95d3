"""What leaves a record though nothing changed: an act that was refused, a file that was taken.

Somebody who repeats the same is told at the first five times and at each doubling, with the number
of times: the chain cannot be filled by a held-down key.
"""

from collections.abc import Mapping
from typing import Any

from election.actions import counters
from election.actions.act import Act
from election.actions.audit import take_turn
from election.rules.accounts import is_told

REFUSED, TAKEN = "office.refused", "office.download"


def _leave(act: Act, what: str, *, subject: str, data: Mapping[str, Any]) -> None:
    """Record one refusal or download. subject: where it happened; data: plain JSON."""
    take_turn(act.session, act.by.township_id)
    of = f"{what}:{act.by.official_id}:{subject}:{data.get('code', '')}"
    row = counters.hold(act.session, counters.key_of("trail", of), at=act.at)
    row.failures = counters.failures(row, act.at) + 1
    row.blocked_until = act.at
    counters.forget_old(act.session, at=act.at)
    if is_told(row.failures):
        times = {**data, "number": act.by.number, "times": row.failures}
        act.record(under=None, what=what, subject=subject[:300], data=times)


def refused(act: Act, *, endpoint: str, method: str, status: int, code: str) -> None:
    """An act that rules or rights forbade. code: of the refusal ("R.901"), empty for a page."""
    data = {"method": method if method.isascii() else "?", "status": status, "code": code}
    _leave(act, REFUSED, subject=endpoint, data=data)


def taken(act: Act, *, path: str) -> None:
    """A file that left the house with somebody signed in. path: its address, without a query."""
    _leave(act, TAKEN, subject=path, data={})
