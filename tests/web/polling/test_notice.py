"""The notice of the polling places."""

import subprocess
from pathlib import Path
from shutil import which

import pytest
from flask import Flask

from election.rules.access import Role
from tests.actions import small_town as small
from tests.builders import Office
from tests.web.desks import desk


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_notice_names_every_place_of_every_district(
    app: Flask, office: Office, tmp_path: Path
) -> None:
    town = small.build(office)
    browser = desk(app, office, Role.REGISTRAR)
    address = f"/elections/{town.election_id}/polling/notice.pdf"
    assert address in browser.get(f"/elections/{town.election_id}/polling").text
    paper = tmp_path / "notice.pdf"
    paper.write_bytes(browser.get(address).data)
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
    assert [code for code in town.places if code not in text.stdout.decode()] == []
