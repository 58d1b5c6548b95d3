"""The registrar's browser on the units of an election."""

import io
import re
from html import unescape
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from election.database import db
from election.models import AuditEntry
from election.queries.units import table as queries
from election.queries.units.table import UnitRow, UnitValues
from election.rules.access import Role
from tests.builders import an_election
from tests.client import StrictClient

LIST = (
    "编码,名称,类型,户籍人口,常住人口,相邻单元\n"
    "001,东山村,村,1200,1100,002\n002,西山村,村,800,,003\n003,渔港社区,社区,,3000,\n"
)


class Office:
    """An election, and the registrar's browser on its units."""

    def __init__(self, client: StrictClient) -> None:
        self.client = client.sign_in(Role.REGISTRAR)
        self.election_id = an_election(client.office)
        self.home = f"/elections/{self.election_id}/units"

    def upload(self, text: str | bytes, name: str = "单元.csv", status: int = 200) -> TestResponse:
        raw = text.encode() if isinstance(text, str) else text
        data = {"file": (io.BytesIO(raw), name), "op": name}
        return self.client.post(f"{self.home}/import", data, status=status)

    def confirm(self, page: TestResponse, status: int = 303, **other: str) -> TestResponse:
        return self.client.post(
            f"{self.home}/import/confirm", {**hidden(page), **other}, status=status
        )

    def load(self, text: str = LIST) -> None:
        self.confirm(self.upload(text))

    @property
    def rows(self) -> list[UnitRow]:
        db.session.expire_all()
        return queries.of_election(db.session(), self.election_id, outlines=True)

    @property
    def table(self) -> list[UnitValues]:
        return [row.values for row in self.rows]

    def form(self) -> dict[str, Any]:
        """The fields of the whole table as a browser would send them."""
        return fields(self.client.get(f"{self.home}/table"))

    def acts(self) -> int:
        db.session.expire_all()
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def hidden(page: TestResponse) -> dict[str, str]:
    text = page.get_data(as_text=True)
    return dict(re.findall(r'<input type="hidden" name="(op|upload|basis)" value="([^"]*)"', text))


def fields(page: TestResponse) -> dict[str, Any]:
    """Names and values of the inputs and selects of the page's table."""
    text = page.get_data(as_text=True)
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" and given.get("name") not in (None, "csrf_token"):
            found[given["name"]] = unescape(given.get("value", ""))
    select_tag = r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>'
    for name, options in re.findall(select_tag, text, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found
