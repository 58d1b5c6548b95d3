"""What `scripts/run` does before anything is installed."""

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from election.settings import ROOT

FILES = ("bootstrap.py", "progress.py", "translations")
MAKE = "from bootstrap import environment; print(environment('requirements.txt'))"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A program folder whose list of packages is empty, so that nothing is fetched."""
    (tmp_path / "scripts").mkdir()
    for name in FILES:
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts")
    for name in ("requirements.txt", "constraints.txt"):
        (tmp_path / name).write_text("# none\n")
    return tmp_path


@pytest.fixture
def bootstrap(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of that folder."""
    monkeypatch.syspath_prepend(str(checkout / "scripts"))
    for name in ("bootstrap", "progress"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return import_module("bootstrap")


def make(checkout: Path) -> subprocess.CompletedProcess[str]:
    """`scripts/run` up to the start of the office."""
    program = [sys.executable, "-c", MAKE]
    here = checkout / "scripts"
    return subprocess.run(program, cwd=here, check=False, capture_output=True, text=True)


@pytest.mark.slow
def test_an_environment_is_made_once_and_made_anew_when_it_was_interrupted(checkout: Path) -> None:
    venv = checkout / ".venv"
    assert make(checkout).returncode == 0
    (venv / "first").touch()
    assert make(checkout).stderr == ""
    (venv / ".unfinished").touch()  # as a kill in the middle leaves it
    again = make(checkout)
    assert again.returncode == 0
    assert "made anew" in again.stderr
    assert not (venv / "first").exists()
    assert not (venv / ".unfinished").exists()


@pytest.mark.slow
def test_an_environment_without_pip_is_made_anew(checkout: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    assert make(checkout).returncode == 0
    python = checkout / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True)


def test_what_pip_could_not_end_is_not_taken_for_whole(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.VENV.mkdir()
    monkeypatch.setattr(bootstrap, "_usable", lambda: True)
    monkeypatch.setattr(bootstrap, "tell_steps", lambda *_: (1, "no space left"))
    with pytest.raises(SystemExit, match="could not be installed"):
        bootstrap.environment("requirements.txt")
    assert bootstrap.UNFINISHED.exists()
    assert not bootstrap.STAMP.exists()


def test_a_python_without_venv_is_told_before_anything_is_removed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.VENV.mkdir()
    monkeypatch.setattr(bootstrap, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap, "apt", lambda *_packages: False)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        bootstrap.environment("requirements.txt")
    assert bootstrap.VENV.exists()


def test_without_a_network_the_folder_of_packages_is_asked_for(bootstrap: ModuleType) -> None:
    with pytest.raises(SystemExit, match="scripts/wheels"):
        bootstrap._install("requirements.txt", offline=True)


def test_offline_no_index_is_asked(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[object]] = []

    def tell_steps(command, *_more) -> tuple[int, str]:
        commands.append(command)
        return 0, ""

    monkeypatch.setattr(bootstrap, "tell_steps", tell_steps)
    bootstrap.WHEELS.mkdir()
    bootstrap._install("requirements.txt", offline=True)
    bootstrap._install("requirements.txt", offline=False)
    assert ["--no-index" in command for command in commands] == [True, False]


PIP = """
print("Collecting pandas<3.2,>=2.3 (from -r requirements.txt (line 18))")
print("  Downloading pandas-3.1.1-cp311-cp311-manylinux_2_24_x86_64.whl.metadata (79 kB)")
print("Processing ./wheels/typst-0.15.0-cp38-abi3-manylinux.whl (from -r requirements.txt)")
print("Downloading pandas-3.1.1-cp311-cp311-manylinux_2_24_x86_64.whl (12.8 MB)")
print("Using cached python_calamine-0.9.1.tar.gz (138 kB)")
print("Installing collected packages: pandas, typst")
raise SystemExit("no space left")
"""


def test_each_package_is_a_line_while_pip_works(bootstrap: ModuleType, tmp_path: Path) -> None:
    lines: list[str] = []
    status, complaints = bootstrap.tell_steps([sys.executable, "-c", PIP], tmp_path, lines.append)
    assert [line.split() for line in lines[:3]] == [
        ["1", "typst"],
        ["2", "pandas", "12.8", "MB"],
        ["3", "python_calamine", "138", "kB"],
    ]
    assert "3 packages" in lines[3]
    assert status == 1
    assert complaints.endswith("no space left")


APT = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in *--assume-no*)
  echo "0 upgraded, 168 newly installed, 0 to remove and 3 not upgraded."
  echo "Need to get 210 MB of archives."
  echo "After this operation, 787 MB of additional disk space will be used."
  exit 1
esac
"""


@pytest.mark.skipif(os.name == "nt", reason="Debian's installer")
def test_what_apt_would_install_is_said_before_it_does(
    bootstrap: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log, installer = tmp_path / "log", tmp_path / "bin" / "apt-get"
    installer.parent.mkdir()
    installer.write_text(APT.format(log=log))
    installer.chmod(0o755)
    monkeypatch.setenv("PATH", str(installer.parent), prepend=os.pathsep)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("NO_APT", raising=False)
    assert bootstrap.apt("chromium")
    line = capsys.readouterr().err
    assert all(part in line for part in ("chromium", "168 newly installed", "787 MB", "NO_APT=1"))
    assert len(log.read_text().splitlines()) == 2
    monkeypatch.setenv("NO_APT", "1")
    assert not bootstrap.apt("chromium")
    assert len(log.read_text().splitlines()) == 2


def test_translations_install_nothing(checkout: Path) -> None:
    program = [sys.executable, "-S", "scripts/translations"]  # -S: a Python without packages
    done = subprocess.run(program, cwd=checkout, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "scripts/run" in done.stderr
    assert not (checkout / ".venv").exists()
