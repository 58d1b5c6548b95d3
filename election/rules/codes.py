"""Every code of the program in one tuple: the table of codes and the tests are made from it."""

from election.rules import (
    access,
    accounts,
    ballots,
    calendar,
    candidates,
    counting,
    districts,
    files,
    id_numbers,
    names,
    nomination_refusals,
    nomination_states,
    nominations,
    quota,
    readiness,
    stages,
    units,
)
from election.rules.terms import Code

_MODULES = (
    access, accounts, ballots, calendar, candidates, counting, districts, files, id_numbers, names,
    nomination_refusals, nomination_states, nominations, quota, readiness, stages, units,
)  # fmt: skip
CODES: tuple[Code, ...] = tuple(
    {code.id: code for module in _MODULES for code in module.CODES}.values()
)
