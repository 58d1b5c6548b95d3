"""The blueprints in the order of the stages."""

from flask import Blueprint

from election.web import (
    accounts,
    audit,
    backups,
    candidates,
    counting,
    districts,
    elections,
    health,
    jobs,
    polling,
    publication,
    results,
    units,
)
from election.web.results import corrections

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.bp,
    accounts.bp,
    audit.bp,
    backups.bp,
    elections.bp,
    units.bp,
    districts.bp,
    jobs.bp,
    candidates.bp,
    polling.bp,
    counting.bp,
    results.bp,
    corrections.bp,
    publication.bp,
)
