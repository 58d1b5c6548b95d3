"""A test browser that checks the quality of every page it fetches."""

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from election.rules.access import Role
from tests.builders import Office

_VOID = {"meta", "link", "input", "br", "img", "hr", "col", "path", "rect", "circle", "line"}


class _Page(HTMLParser):
    """Collects what the checks look at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.headings = 0
        self.title = ""
        self.handlers: list[str] = []
        self.inline: list[str] = []
        self.outside: list[str] = []
        self.text: list[str] = []
        self.posts_without_token = 0
        self._open: list[str] = []
        self._form: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _VOID:
            self._open.append(tag)
        self.headings += tag == "h1"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labelled.add(str(given["for"]))
        if tag in ("input", "select", "textarea"):
            self.inputs.append(given | {"in_label": "yes" if "label" in self._open else None})
        self.handlers += [name for name in given if name.startswith("on")]
        if "style" in given or tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        for name in ("src", "href"):
            if str(given.get(name) or "").startswith(("http:", "https:", "//")):
                self.outside.append(str(given[name]))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data
        elif not {"script", "style"} & set(self._open):
            self.text.append(data)


def check_page(html: str) -> None:
    """Fail on what no page may have."""
    page = _Page()
    page.feed(html)
    assert page.headings == 1, f"{page.headings} h1 in the page"
    assert page.title.strip(), "no title"
    assert len(page.ids) == len(set(page.ids)), sorted(i for i in page.ids if page.ids.count(i) > 1)
    assert page.handlers == []
    assert page.inline == []
    assert page.outside == []
    words = " ".join(page.text).split()
    assert not {"None", "nan", "NaN", "<NA>"} & set(words), "a missing value is printed"
    for given in page.inputs:
        hidden = given.get("type") in ("hidden", "submit")
        named = (
            given.get("id") in page.labelled
            or given.get("aria-label")
            or given.get("in_label")
            or given.get("aria-labelledby")
        )
        assert hidden or named, f"no label: {given}"


def without_layout(html: str) -> str:
    """The page on one line, text areas apart: no test depends on how a template is indented."""
    parts = re.split(r"(<textarea.*?</textarea>)", html, flags=re.DOTALL)
    return "".join(part if part.startswith("<textarea") else _one_line(part) for part in parts)


def _one_line(html: str) -> str:
    html = re.sub(r"(?<=>)\s*\n\s*|\s*\n\s*(?=<)|\s+(?=>)", "", html)
    return re.sub(r"\s*\n\s*", " ", html)


class StrictClient:
    """One browser of one person. Pages (200, 422) are checked; 5xx never pass."""

    def __init__(self, app: Flask, office: Office) -> None:
        self.http = app.test_client()
        self.office = office
        self.language = "zh_Hans_CN"

    def sign_in(self, role: Role, which: int = 0) -> "StrictClient":
        """Sign in as the nth official of a role."""
        who = self.office.of(role, which)
        answer = self.http.post("/login", data={"username": who.username, "password": who.password})
        assert answer.status_code == 303, answer.status_code
        return self

    def get(self, path: str, *, status: int = 200, **query: str) -> TestResponse:
        """Fetch a page and check it."""
        answer = self.http.get(path, query_string={"lang": self.language, **query})
        return self._checked(answer, status)

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, status: int = 303, **headers: str
    ) -> TestResponse:
        """Send a form; 303 is success, 422 a page with the faults."""
        answer = self.http.post(
            path, data=data or {}, headers=headers, query_string={"lang": self.language}
        )
        return self._checked(answer, status)

    def _checked(self, answer: TestResponse, status: int) -> TestResponse:
        assert answer.status_code == status, (answer.status_code, answer.location)
        for _name, value in answer.headers:
            value.encode("latin-1")  # what no server can send, no browser gets
        if answer.mimetype == "text/html" and answer.status_code != 303:
            html = answer.get_data(as_text=True)
            check_page(html)
            answer.set_data(without_layout(html))
        return answer
