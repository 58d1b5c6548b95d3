"""The blueprints in the order of the stages."""

from flask import Blueprint

from election.web import (
    accounts,
    audit,
    candidates,
    counting,
    districts,
    health,
    jobs,
    polling,
    publication,
    units,
)
from election.web.elections import pages
from election.web.results import corrections, pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.bp,
    accounts.bp,
    audit.bp,
    pages.bp,
    units.bp,
    districts.bp,
    jobs.bp,
    candidates.bp,
    polling.bp,
    counting.bp,
    pages.bp,
    corrections.bp,
    publication.bp,
)
