"""A sheet at its pages, as tests take it."""

from flask import Flask

from election.rules.access import Role
from election.rules.counting import SheetState
from tests.actions import small_town as small
from tests.builders import Office
from tests.client import StrictClient
from tests.web.desks import desk, hidden, text_of, typed


def _right(town: small.Town) -> tuple[int, dict[str, int]]:
    ids = town.ids(2)
    return town.sheet(2, "S02").id, small.paper({ids["李四"]: 180, ids["赵五"]: 110})


def _state(town: small.Town) -> SheetState:
    return town.sheet(2, "S02").state


def _sign(app: Flask, office: Office, sheet_id: int, **answers: str) -> StrictClient:
    scrutineer = desk(app, office, Role.SCRUTINEER)
    page = text_of(scrutineer.get(f"/sheets/{sheet_id}/sign"))
    scrutineer.post(f"/sheets/{sheet_id}/sign", {"digest": hidden(page, "digest"), **answers})
    return scrutineer


def _differ(app: Flask, office: Office, town: small.Town) -> tuple[int, dict, dict]:
    """Teller 1 reads 87654 voters where there are 110: a number nobody else would write."""
    sheet_id, figures = _right(town)
    ids = town.ids(2)
    planted = figures | {f"for:{ids['赵五']}": 87654}
    small.keep(town, sheet_id, figures)
    desk(app, office, Role.TELLER, 0).post(
        f"/sheets/{sheet_id}/entry", typed(planted, confirmed="y", shown="E.315,E.316")
    )
    return sheet_id, figures, planted
