"""Every code of the program in one tuple: the table of codes and the tests are made from it."""

from election.rules import access, accounts, counting, files, id_numbers, jobs, names
from election.rules.candidates import lists, nominations, refusals, states
from election.rules.counting import ballots, entry
from election.rules.districts import checks as districts
from election.rules.districts import plans
from election.rules.elections import calendar, conditions, quota, readiness, stages
from election.rules.polling import places
from election.rules.publication import codes as publication
from election.rules.results import corrections, rounds, ties, written_in
from election.rules.terms import Code
from election.rules.units import checks as units

MODULES = (
    access,
    accounts,
    ballots,
    calendar,
    lists,
    corrections,
    counting,
    districts,
    entry,
    files,
    id_numbers,
    jobs,
    names,
    refusals,
    states,
    nominations,
    plans,
    places,
    publication,
    quota,
    readiness,
    rounds,
    conditions,
    stages,
    ties,
    units,
    written_in,
)
CODES: tuple[Code, ...] = tuple(
    {code.id: code for module in MODULES for code in module.CODES}.values()
)
