"""The scripts of the pages in Node.js, which the browser driver's wheel brings along."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright._impl._driver import compute_driver_executable

_RUNNER = Path(__file__).with_name("runner.mjs")


class Scripts:
    """A running Node.js that has loaded the pure modules of static/js."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def __getattr__(self, call: str) -> Any:
        """`scripts.decimal(1, 3, 2)` is that function of the runner; args and answer are JSON."""
        if call.startswith("_"):
            raise AttributeError(call)

        def ask(*args: object) -> Any:
            assert self.process.stdin, self.process.stdout
            self.process.stdin.write(json.dumps({"call": call, "args": args}) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())  # type: ignore[union-attr]
            assert "error" not in answer, answer["error"]
            return answer["value"]

        return ask


def _missing(reason: str) -> NoReturn:
    """Skip with the reason; where the browser and its driver are demanded, fail."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def scripts() -> Iterator[Scripts]:
    """The modules of static/js, callable from Python."""
    node = compute_driver_executable()[0]
    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError as error:
        _missing(f"Node.js of the playwright package does not start: {error}")
    if version.returncode:
        _missing(f"Node.js of the playwright package does not start: {version.stderr[-200:]}")
    with subprocess.Popen(
        [node, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", _RUNNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Scripts(process)
        assert process.stdin
        process.stdin.close()
