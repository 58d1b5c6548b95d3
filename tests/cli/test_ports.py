"""A port is said to be taken only when it is."""

import errno
import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from election.cli.ports import require_free
from election.settings import Settings, UnusableInstallation

HERE = Settings(data=Path(), database_url="", host="127.0.0.1", port=1)


@pytest.fixture
def taken():
    """A port another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refusal(settings: Settings) -> str:
    with pytest.raises(UnusableInstallation) as refused:
        require_free(settings)
    return str(refused.value)


def test_a_taken_port_is_said_to_be_taken(taken: int) -> None:
    line = refusal(replace(HERE, port=taken))
    assert line.startswith("XUANBAN_PORT: ")
    assert f"{taken} is taken" in line


def test_a_free_port_is_used(taken: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert require_free(replace(HERE, port=free)) is None


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_of_another_machine_is_no_taken_port(host: str) -> None:
    line = refusal(replace(HERE, host=host))
    assert line.startswith("XUANBAN_HOST: ")
    assert "taken" not in line


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "no right"),
        (errno.EADDRINUSE, "taken"),
        (errno.EADDRNOTAVAIL, "XUANBAN_HOST"),
    ],
)
def test_each_reason_has_its_own_words(monkeypatch, number: int, words: str) -> None:
    def bind(_self: socket.socket, _address: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(socket.socket, "bind", bind)
    assert words in refusal(HERE)
