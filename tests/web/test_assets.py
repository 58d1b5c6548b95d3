"""Style sheets and scripts: lasting addresses, compressed once, nothing missing."""

import gzip
import re
from importlib.resources import files

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from election.settings import ROOT
from election.web.assets import BOOTSTRAP, assets, bootstrap
from election.web.assets.cutting import cut
from tests.builders import Office
from tests.client import StrictClient

_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_SQUEEZED = {"Accept-Encoding": "gzip"}
_CLASSES = re.compile(r'class="([^"{]*)"')


def full() -> str:
    sheet = files("flask_bootstrap") / "static/bootstrap5/css/bootstrap.min.css"
    return sheet.read_text(encoding="utf-8")


def test_a_first_view_weighs_little_and_the_next_one_asks_for_the_page_alone(
    app: Flask, office: Office
) -> None:
    browser = app.test_client()
    page = browser.get("/")
    addresses = _ASSET.findall(page.text)
    assert len(addresses) >= 3
    answers = [browser.get(address, headers=_SQUEEZED) for address in addresses]
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers)
    assert len(page.data) + sum(len(answer.data) for answer in answers) < 60_000


@pytest.mark.parametrize("name", sorted(assets().by_name))
def test_compressed_is_what_is_plain(app: Flask, name: str) -> None:
    browser = app.test_client()
    address = f"/static/{assets().digest}/{name}"
    plain, squeezed = browser.get(address), browser.get(address, headers=_SQUEEZED)
    assert squeezed.content_encoding == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data
    assert plain.content_encoding is None
    assert {plain.headers["Vary"], squeezed.headers["Vary"]} == {"Accept-Encoding"}


def test_pages_name_the_lasting_address_and_others_are_led_there(
    app: Flask, office: Office
) -> None:
    lasting = f"/static/{assets().digest}/css/xuanban.css"
    client = StrictClient(app, office)
    assert lasting in client.get("/").text
    led = app.test_client().get("/static/css/xuanban.css")
    assert led.status_code == 308
    assert led.headers["Location"].endswith(lasting)
    assert led.headers["Cache-Control"] == "no-store"


def test_what_is_not_there_is_not_found(app: Flask) -> None:
    for name in ("css/none.css", "../app.py", "js/", "css"):
        assert app.test_client().get(f"/static/{assets().digest}/{name}").status_code == 404


def test_no_class_that_a_page_writes_is_cut_away() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    written = {name for text in texts for line in _CLASSES.findall(text) for name in line.split()}
    known = set(re.findall(r"\.([A-Za-z][\w-]*)", full()))
    kept = set(re.findall(r"\.([A-Za-z][\w-]*)", bootstrap()))
    assert len(written & known) > 50
    assert (written & known) - kept == set()


def test_the_cut_sheet_is_much_smaller_and_keeps_its_licence() -> None:
    asset = assets().by_name[BOOTSTRAP]
    assert len(asset.plain) < len(full()) / 3
    assert b"Licensed under MIT" in asset.plain[:300]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (".a{x:1}", 'class="a"', ".a{x:1}"),
        (".a{x:1}", "aa", ""),
        (".a,.b{x:1}", "b", ".b{x:1}"),
        (".a .b{x:1}", "a", ""),
        (".a:not(.b){x:1}", "a", ".a:not(.b){x:1}"),
        (".btn-red{x:1}", "btn-{{ colour }} red", ".btn-red{x:1}"),
        (".btn-red{x:1}", "btn-{{ colour }} blue", ""),
        ("p{x:1}", "", "p{x:1}"),
        ("[data-x=y]{x:1}", "", ""),
        ("@media print{.a{x:1}.b{x:2}}", "b", "@media print{.b{x:2}}"),
        ("@media print{.a{x:1}}", "b", ""),
        ("@keyframes k{0%{x:1}}", "", "@keyframes k{0%{x:1}}"),
        (":root{--bs-a:1;--bs-b:2}p{c:var(--bs-b)}", "", ":root{--bs-b:2}p{c:var(--bs-b)}"),
        ("p{--bs-a:var(--bs-b);--bs-b:2}", "", ""),
    ],
)
def test_a_rule_stays_when_a_page_can_meet_it(rule: str, text: str, expected: str) -> None:
    assert cut(rule, used_in=[text]) == expected


def test_a_variable_another_sheet_asks_for_stays() -> None:
    rule = ":root{--bs-a:1}"
    assert cut(rule, used_in=[], own_styles="p{c:var(--bs-a)}") == rule


@given(st.lists(st.tuples(st.sets(st.sampled_from("abcd"), min_size=1), st.integers(0, 9))))
def test_what_stays_is_what_was_there_in_its_order(rules: list[tuple[set[str], int]]) -> None:
    """Independent reading: a rule of classes stays exactly when all of them are words."""
    sheet = [f"{''.join(f'.{name}' for name in sorted(names))}{{x:{n}}}" for names, n in rules]
    expected = [rule for rule, (names, _n) in zip(sheet, rules, strict=True) if names <= {"a", "b"}]
    assert cut("".join(sheet), used_in=["a b"]) == "".join(expected)
