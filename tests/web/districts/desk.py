"""A director at the pages of districts."""

import re
from html import unescape
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from election.database import db
from election.models import AuditEntry, Plan
from election.rules.access import Role
from tests.actions.districts_town import DistrictTown, units
from tests.client import StrictClient
from tests.working import job_at, work


class Desk(DistrictTown):
    """The director's browser on the plans of a small town."""

    def __init__(self, client: StrictClient, **people: int | None) -> None:
        super().__init__(client.office, units(**people))
        self.client = client.sign_in(Role.DIRECTOR)

    def page(self, plan: int) -> str:
        return self.client.get(f"/plans/{plan}").get_data(as_text=True)

    def form(self, plan: int) -> dict[str, str]:
        """The big form of a plan as a browser would send it."""
        return form_of(self.page(plan), "data-board")

    def small(self, plan: int, action: str) -> dict[str, str]:
        return form_of(self.page(plan), f'action="/plans/{plan}/{action}"')

    def row(self, plan: int, code: str) -> str:
        """Name of the field that holds a brick's district."""
        codes = [brick.code for brick in self.board(plan).bricks]
        return f"bricks-{codes.index(code)}-number"

    def plans(self) -> list[tuple[str, str]]:
        db.session.rollback()
        return [
            (p.name, p.status.value) for p in db.session.scalars(select(Plan).order_by(Plan.id))
        ]

    def proposed(self, path: str, asked: dict[str, str]) -> int:
        """Ask the planner, let the worker work, and open what came of it."""
        job = self.client.post(path, asked).location
        work(self.client.http.application)
        result = job_at(job).result
        assert result is not None
        return int(result["plan_id"])

    def acts(self) -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def form_of(text: str, mark: str) -> dict[str, Any]:
    """Names and values of the fields of the form whose tag holds `mark`."""
    found = re.search(rf"<form[^>]*{re.escape(mark)}[^>]*>(.*?)</form>", text, re.DOTALL)
    assert found is not None, mark
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", found[1]):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" and given.get("name") not in (None, "csrf_token"):
            values[given["name"]] = unescape(given.get("value", ""))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', found[1], re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = chosen[1] if chosen else ""
    return values


def text_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)
