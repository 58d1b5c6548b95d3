"""Every code of the program in one tuple: the table of codes and the tests are made from it."""

from election.rules import (
    access,
    accounts,
    ballots,
    calendar,
    candidates,
    corrections,
    counting,
    districts,
    entry,
    files,
    id_numbers,
    jobs,
    names,
    nomination_refusals,
    nomination_states,
    nominations,
    plans,
    polling,
    quota,
    readiness,
    rounds,
    stage_conditions,
    stages,
    ties,
    units,
    written_in,
)
from election.rules.publication import codes as publication
from election.rules.terms import Code

MODULES = (
    access, accounts, ballots, calendar, candidates, corrections, counting, districts, entry, files,
    id_numbers, jobs, names, nomination_refusals, nomination_states, nominations, plans, polling,
    publication, quota, readiness, rounds, stage_conditions, stages, ties, units, written_in,
)  # fmt: skip
CODES: tuple[Code, ...] = tuple(
    {code.id: code for module in MODULES for code in module.CODES}.values()
)
