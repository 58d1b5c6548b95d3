"""What a visitor of the project meets first is true: hooks, version, changelog, security."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from election import version
from election.cli.main import main
from election.settings import ROOT

HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
_PROGRAMS = Path(sys.executable).parent  # what the hooks call .venv/bin


def test_hooks_fetch_nothing() -> None:
    assert set(re.findall(r"repo: (\S+)", HOOKS)) == {"local"}
    assert len(re.findall("language: system", HOOKS)) == len(re.findall("- id:", HOOKS)) > 0


@pytest.mark.parametrize("entry", re.findall(r"entry: (.+)", HOOKS))
def test_the_command_of_a_hook_exists(entry: str) -> None:
    program, *arguments = entry.split()
    assert program.startswith(".venv/bin/")
    assert (_PROGRAMS / Path(program).name).exists()
    assert [a for a in arguments if a.startswith("scripts/") and not (ROOT / a).exists()] == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"text\n", ""),
        (b"", ""),
        (b"\x89PNG\0", ""),
        (b"ours\n>>>>>>> theirs\n", "line 2"),
        (b"<<<<<<< HEAD\nours\n", "line 1"),
        (b"text", "one line end"),
        (b"text\n\n", "one line end"),
        (b"\0" * 300_001, "larger than 300 kB"),
    ],
)
def test_a_file_is_tidy_or_says_what_is_wrong(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    command = [sys.executable, "scripts/tidy", str(file)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == bool(complaint)
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == bool(complaint)


def test_the_program_says_its_version() -> None:
    done = CliRunner().invoke(main, ["--version"])
    assert (done.exit_code, done.output) == (0, f"xuanban {version()}\n")


def test_the_changelog_names_this_version_with_its_day_below_what_is_to_come() -> None:
    headings = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "Unreleased"
    released = [re.fullmatch(r"([\d.]+) \(([\d-]+)\)", heading) for heading in headings[1:]]
    assert all(released)
    assert released[0]
    assert released[0][1] == version()
    days = [date.fromisoformat(release[2]) for release in released if release]
    assert days == sorted(days, reverse=True)


def test_the_version_in_use_is_a_supported_one() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    series = version().rpartition(".")[0]
    assert f"| {series}.x" in text
