"""What pip and apt do, told while they do it. Only the standard library."""

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# the lines of pip that say which file it fetched, and how large it is
_FETCHED = re.compile(
    r"\s*(?:Downloading|Using cached|Processing) (?:\S*/)?"
    r"(?P<package>\w[\w.]*?)-\d\S*\.(?:whl|tar\.gz)(?!\.metadata)(?: \((?P<size>[\d.]+ \w?B)\))?"
)
_LAST_LINES = 12


def tell_steps(
    command: Sequence[str | Path], folder: Path, say: Callable[[str], None]
) -> tuple[int, str]:
    """Run pip; a numbered line for each package it fetches. Its exit status and last words."""
    lines: list[str] = []
    number = 0
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        for line in pip.stdout or ():
            lines = [*lines[1 - _LAST_LINES :], line.rstrip()]
            if fetched := _FETCHED.match(line):
                number += 1
                say(f"  {number:>3} {fetched['package']} {fetched['size'] or ''}".rstrip())
            elif line.startswith("Installing collected packages"):
                say(f"  写入磁盘，约需一分钟 / {number} packages: writing them, about a minute ...")
    return pip.returncode, "\n".join(lines)


def what_apt_would_do(packages: Sequence[str], env: Mapping[str, str]) -> str | None:
    """How many packages apt would install and how large they are; None when it does not know."""
    trial = ["apt-get", "install", "--assume-no", "--no-install-recommends", *packages]
    done = subprocess.run(trial, env=env, check=False, capture_output=True, text=True)
    figures = re.findall(
        r"^(\d+ upgraded, .*|Need to get .*|After this .*)$", done.stdout, re.MULTILINE
    )
    return f"{' '.join(packages)} ({'; '.join(figures)})" if figures else None


def installed(packages: Sequence[str], env: Mapping[str, str]) -> bool:
    """Install them without a question; whether apt did."""
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    return subprocess.run(install, env=env, check=False, capture_output=True).returncode == 0
