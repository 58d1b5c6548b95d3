"""`verify`: exit 0, 1, 2, and one line per fault."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from election.cli.verify import command
from election.exchange.publication.verifier.verify import MOST_BYTES, digest
from tests.builders import Office
from tests.exchange.publication.published_town import TOWN, published_town, stored_packages


@pytest.fixture(scope="session")
def town(founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return stored_packages(published_town(founded, tmp_path_factory))[TOWN]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(arguments))
    return done.exit_code, done.output


def test_a_package_that_holds(town: bytes, tmp_path: Path) -> None:
    path = tmp_path / "result-town-v1.zip"
    path.write_bytes(town)
    assert run(str(path)) == (
        0,
        f"成立，包的校验码 / holds, digest of the package: {digest(town)}\n",
    )


def test_a_changed_byte(town: bytes, tmp_path: Path) -> None:
    path = tmp_path / "changed.zip"
    path.write_bytes(town.replace(b"\n", b"\r", 1))
    code, output = run(str(path))
    assert code == 1
    assert len(output.splitlines()) == 1


def test_a_code_that_is_not_in_the_chain(town: bytes, tmp_path: Path) -> None:
    path = tmp_path / "result.zip"
    path.write_bytes(town)
    assert run(str(path), "--head", "0000 " * 8)[0] == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    code, output = run(str(tmp_path / "absent.zip"))
    assert code == 2
    assert "打不开（No such file or directory）" in output


def test_something_that_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "note.zip"
    path.write_text("hello")
    assert run(str(path)) == (
        1,
        "zip: 不是完好的 zip 文件 / no whole zip file (File is not a zip file)\n",
    )


def test_a_file_larger_than_a_package_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    with path.open("wb") as stream:
        stream.truncate(10**12)  # a hole: no disk holds it, and no memory
    code, output = run(str(path))
    assert code == 1
    assert output.startswith(f"zip: 超过{MOST_BYTES}字节")
