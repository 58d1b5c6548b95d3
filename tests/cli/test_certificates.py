"""The office's own certificates: what they may speak for, when they are made, who gets them."""

import hashlib
import shutil
import ssl
import sys
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from election.cli import start
from election.cli.serving import certificates as making
from election.cli.serving.certificates import LIFE, RENEW_BEFORE, certificates_of, code_of
from election.settings import Settings, UnusableInstallation
from tests.builders import AT, Office
from tests.cli.serving import Running, running


@pytest.fixture(autouse=True)
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with one network card."""
    monkeypatch.setattr(making, "_own_numbers", lambda: {"192.168.1.9"})


def settings(data: Path, *trusted: str) -> Settings:
    return Settings(data, "sqlite://", host="0.0.0.0", port=5000, trusted_hosts=trusted)  # noqa: S104


def server(data: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((data / "tls" / "server.crt").read_bytes())


def test_both_are_made_once(tmp_path: Path) -> None:
    first = certificates_of(settings(tmp_path), at=AT)
    before = server(tmp_path)
    again = certificates_of(settings(tmp_path), at=AT)
    assert again.code == first.code
    assert server(tmp_path) == before


def test_the_certificate_is_renewed_before_it_ends_and_the_authority_stays(tmp_path: Path) -> None:
    first = certificates_of(settings(tmp_path), at=AT)
    before = server(tmp_path)
    certificates_of(settings(tmp_path), at=AT + LIFE - RENEW_BEFORE - timedelta(seconds=1))
    assert server(tmp_path) == before
    last = certificates_of(settings(tmp_path), at=AT + LIFE - RENEW_BEFORE + timedelta(seconds=1))
    assert server(tmp_path) != before
    assert last.code == first.code


def test_a_certificate_of_another_authority_is_replaced(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        certificates_of(settings(tmp_path / name), at=AT)
    for suffix in ("crt", "key"):
        shutil.copy(tmp_path / "other/tls" / f"server.{suffix}", tmp_path / "one/tls")
    certificates_of(settings(tmp_path / "one"), at=AT)
    assert server(tmp_path / "one") != server(tmp_path / "other")


def test_a_new_address_gets_a_new_certificate(tmp_path: Path) -> None:
    certificates_of(settings(tmp_path), at=AT)
    certificates_of(settings(tmp_path, "192.168.77.5"), at=AT)
    named = server(tmp_path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "192.168.77.5" in {str(ip) for ip in named.get_values_for_type(x509.IPAddress)}


def test_a_name_the_authority_may_not_speak_for_is_refused(tmp_path: Path) -> None:
    certificates_of(settings(tmp_path, "xuanban.lan"), at=AT)
    with pytest.raises(UnusableInstallation) as refused:
        certificates_of(settings(tmp_path, "xuanban.lan", "bank.example"), at=AT)
    assert "bank.example" in refused.value.zh
    assert "xuanban.lan" not in refused.value.en


def test_the_authority_speaks_for_private_networks_alone(tmp_path: Path) -> None:
    authority = certificates_of(settings(tmp_path, "8.8.8.8"), at=AT).authority
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    networks = [
        n.value for n in limits.value.permitted_subtrees or () if isinstance(n, x509.IPAddress)
    ]
    assert networks
    assert all(network.is_private or network.is_link_local for network in networks)
    named = server(tmp_path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "8.8.8.8" not in {str(ip) for ip in named.get_values_for_type(x509.IPAddress)}


def test_a_damaged_certificate_is_said_in_one_sentence(tmp_path: Path) -> None:
    certificates_of(settings(tmp_path), at=AT)
    (tmp_path / "tls" / "authority.crt").write_text("nothing")
    with pytest.raises(UnusableInstallation) as refused:
        certificates_of(settings(tmp_path), at=AT)
    assert str(tmp_path / "tls") in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_keys_are_the_owners_alone(tmp_path: Path) -> None:
    certificates_of(settings(tmp_path), at=AT)
    assert (tmp_path / "tls").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "tls").iterdir())


def test_who_starts_the_office_reads_the_addresses_for_other_computers(tmp_path, capsys) -> None:
    made = certificates_of(settings(tmp_path), at=AT)
    start._say_where(settings(tmp_path), made)
    words = capsys.readouterr().out
    assert "https://localhost:5000\n" in words  # no browser opens 0.0.0.0
    assert "  http://192.168.1.9:5001/  https://192.168.1.9:5000/\n" in words
    assert made.code in words


def test_without_a_network_no_address_is_promised(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(making, "_own_numbers", lambda: {"192.0.2.2"})
    start._say_where(settings(tmp_path), certificates_of(settings(tmp_path), at=AT))
    words = capsys.readouterr().out
    assert "no address on a local network" in words
    assert "first address" not in words


@pytest.fixture(scope="module")
def network(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """An office that other computers may use."""
    data = tmp_path_factory.mktemp("network") / "data"
    shutil.copytree(founded[0], data)
    with running(data, XUANBAN_HOST="0.0.0.0") as started:  # noqa: S104
        yield started


@pytest.mark.slow
def test_another_computer_fetches_the_certificate_compares_and_trusts(network: Running) -> None:
    plain = HTTPConnection("127.0.0.1", network.port + 1, timeout=30)
    plain.request("GET", "/")
    page = plain.getresponse().read().decode()
    assert 'href="/xuanban-ca.crt"' in page
    plain.request("GET", "/xuanban-ca.crt")
    der = plain.getresponse().read()
    plain.close()
    digest = hashlib.sha256(der).hexdigest()
    code = code_of(x509.load_der_x509_certificate(der))
    assert code.replace(" ", "") == digest[:32]
    pem = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode()
    secure = HTTPSConnection(
        "127.0.0.1", network.port, context=ssl.create_default_context(cadata=pem), timeout=30
    )
    secure.request("GET", "/login")
    answer = secure.getresponse()
    answer.read()
    secure.close()
    assert answer.status == 200
    assert answer.headers["Set-Cookie"].startswith("__Host-xuanban=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= {
        part.strip() for part in answer.headers["Set-Cookie"].split(";")
    }
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.slow
def test_a_network_gets_nothing_in_the_open(network: Running) -> None:
    (connection,) = network.sockets(1, b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n")
    with connection:
        try:
            answer = connection.recv(1000)
        except ConnectionResetError:
            answer = b""
    assert b"HTTP" not in answer


@pytest.mark.slow
def test_the_plain_port_has_nothing_else_to_give(network: Running) -> None:
    plain = HTTPConnection("127.0.0.1", network.port + 1, timeout=30)
    for method, path in (("GET", "/login"), ("GET", "/healthz"), ("POST", "/")):
        plain.request(method, path)
        answer = plain.getresponse()
        answer.read()
        assert answer.status in (404, 405), path
        assert "Set-Cookie" not in answer.headers
    plain.close()


@pytest.mark.slow
def test_this_computer_alone_needs_no_certificate(
    founded: tuple[Path, Office], tmp_path: Path
) -> None:
    shutil.copytree(founded[0], tmp_path / "data")
    with running(tmp_path / "data") as started:
        assert "http://127.0.0.1" in started.words
        assert started.get("/login").headers["Set-Cookie"].startswith("xuanban=")
    assert not (tmp_path / "data" / "tls").exists()
