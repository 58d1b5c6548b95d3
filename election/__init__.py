"""Xuanban (选办): the software of a township election office."""

import tomllib
from pathlib import Path


def version() -> str:
    """The number of this release as pyproject.toml states it: the program runs from a checkout."""
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    number: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    return number
