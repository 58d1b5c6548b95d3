"""Files that are whole or not there: written beside, on disk, then renamed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes) -> None:
    """The file has this content after a power cut too, or is as it was before."""

    def fill(file: BinaryIO) -> None:
        file.write(content)

    replace_whole(path, fill)


def replace_whole(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Let `fill` write the file beside its place (.tmp), then put it there at once.

    Whatever `fill` raises leaves the old file and removes the new one.
    """
    beside = path.with_name(f"{path.name}.tmp")
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """The names in this folder are on disk (Windows does that by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
