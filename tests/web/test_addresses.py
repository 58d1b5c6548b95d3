"""Links back to the page that is shown: whatever its address holds, they stay on it."""

import html
import re
from urllib.parse import parse_qs, quote

import pytest
from flask import Flask

from election.rules.access import Role
from election.web import audit
from election.web.addresses import this_page
from tests.client import StrictClient

# names that url_for keeps for itself, and one of each kind that is only odd
ODD = ("_external", "_scheme", "_anchor", "_method", "endpoint", "self", "values", "//x.cn/?a")


def links(page: str) -> list[str]:
    """The other language and the pages of a table: every link that carries `?`."""
    return [html.unescape(link) for link in re.findall(r'href="([^"]*\?[^"]*)"', page)]


@pytest.mark.parametrize("name", ODD)
def test_an_odd_argument_leads_nowhere_else(
    client: StrictClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_PER_PAGE", 1)
    client.sign_in(Role.DIRECTOR)
    page = client.http.get(f"/audit?{quote(name)}=https").get_data(as_text=True)
    own = [link for link in links(page) if "static" not in link]
    assert any(parse_qs(link[1:]).get("page") == ["2"] for link in own)
    assert [link for link in own if not link.startswith("?")] == []


def test_arguments_stay_unless_they_change(app: Flask) -> None:
    with app.test_request_context("/audit?a=1&a=2&page=1&b=%E9%B9%A4"):
        assert parse_qs(this_page(page=2)[1:]) == {"a": ["1", "2"], "page": ["2"], "b": ["鹤"]}
