"""What people do at the desks of the count, through the browser."""

import re
from collections.abc import Mapping

from flask import Flask
from sqlalchemy import event

from election.database import db
from election.rules.access import Role
from tests.actions.small_town import Town
from tests.builders import Office
from tests.client import StrictClient


def desk(app: Flask, office: Office, role: Role, which: int = 0) -> StrictClient:
    """A browser with this person signed in."""
    return StrictClient(app, office).sign_in(role, which)


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found.group(1)


def typed(figures: Mapping[str, int], **more: str) -> dict[str, str]:
    """The fields of the entry form as a teller types them."""
    fields = {f"figure-{i}": str(n) for i, n in figures.items() if not i.startswith("writein:")}
    written = [(i.removeprefix("writein:"), n) for i, n in figures.items() if ":" in i]
    lines = [(name, n) for name, n in written if f"writein:{name}" in figures]
    for number, (name, votes) in enumerate(lines):
        fields |= {f"writein-{number}-name": name, f"writein-{number}-votes": str(votes)}
    return fields | more


def account_fields(town: Town, sheet_id: int, figures: Mapping[str, int]) -> dict[str, str]:
    issued = figures["issued"]
    values = {"checked_in": issued - 10, "proxy": 10, "printed": issued + 5, "spoiled": 2}
    fields = {f"account-{sheet_id}-{part}": str(n) for part, n in values.items()}
    return fields | {f"account-{sheet_id}-unused": "3", f"seen-{sheet_id}": "0"}


def queries_of(act) -> int:
    """How many statements a call sends to the database; nothing is remembered from before."""
    db.session.remove()
    sent: list[str] = []

    def note(_conn, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA"))])
