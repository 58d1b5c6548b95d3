"""Every code of the program in one tuple: the table of codes and the tests are made from it."""

from types import ModuleType

from election.rules import access, accounts, backups, id_numbers, jobs, names
from election.rules.candidates.codes import lists, nominations, refusals
from election.rules.counting.codes import figures, papers
from election.rules.counting.codes import refusals as sheet_refusals
from election.rules.districts.codes import checks, plans
from election.rules.elections.codes import calendar, decisions, phases, quota
from election.rules.files import rows, shapes, tables
from election.rules.polling import codes as polling
from election.rules.publication import codes as publication
from election.rules.results import codes as results
from election.rules.terms import Code
from election.rules.units import codes as units

MODULES = (
    access,
    accounts,
    backups,
    calendar,
    checks,
    decisions,
    figures,
    id_numbers,
    jobs,
    lists,
    names,
    nominations,
    papers,
    phases,
    plans,
    polling,
    publication,
    quota,
    refusals,
    rows,
    results,
    sheet_refusals,
    shapes,
    tables,
    units,
)


def codes_of(module: ModuleType) -> tuple[Code, ...]:
    """The codes a module declares, in its order."""
    return tuple(value for value in vars(module).values() if isinstance(value, Code))


CODES: tuple[Code, ...] = tuple(code for module in MODULES for code in codes_of(module))
