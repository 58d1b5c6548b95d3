"""The office's own certificates: an authority made once, and a certificate for this computer.

A browser trusts neither until the authority's certificate was fetched from the plain page and its
code compared with the paper. The authority can only speak for this network: private addresses and
the names this office has, so that its key, once stolen, opens no bank.
"""

import ipaddress
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from election.keys import write_secret
from election.rules.canonical import anchor
from election.settings import Settings, UnusableInstallation, cannot_use

YEARS_OF_AUTHORITY = timedelta(days=3650)
LIFE, RENEW_BEFORE = timedelta(days=397), timedelta(days=90)
_PRIVATE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)
_PEM, _CA, _SERVER = serialization.Encoding.PEM, "authority", "server"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Subject = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


@dataclass(frozen=True, slots=True)
class Certificates:
    """What a server on the network needs: its context, and the authority to hand out."""

    context: ssl.SSLContext
    authority: x509.Certificate

    @property
    def code(self) -> str:
        """The code of the authority as printed: 8 groups of 4 of its SHA-256."""
        return code_of(self.authority)


def code_of(certificate: x509.Certificate) -> str:
    """The first 128 bits of a certificate's SHA-256, as browsers show it, in groups of four."""
    return anchor(certificate.fingerprint(hashes.SHA256()).hex())


def certificates_of(settings: Settings, *, at: datetime) -> Certificates:
    """The certificates of this installation; made where missing, renewed where old or too narrow.

    Raises UnusableInstallation for files that cannot be used, and for a new name the authority may
    not speak for.
    """
    folder = settings.data / "tls"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        authority = _read(folder, _CA) or _make_authority(folder, names(settings), at)
        _require_names(authority[0], names(settings))
        if not _fits(_read(folder, _SERVER), authority[0], settings, at):
            _make_server(folder, authority, settings, at)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{_SERVER}.crt", folder / f"{_SERVER}.key")
    except (OSError, ValueError, TypeError) as error:
        raise cannot_use(folder, OSError(0, str(error) or type(error).__name__)) from error
    return Certificates(context, authority[0])


def names(settings: Settings) -> list[str]:
    """The names this computer is called by, numbers excepted."""
    listed = ("localhost", socket.gethostname(), settings.host, *settings.trusted_hosts)
    lowered = (name.strip().lower().rstrip(".") for name in listed)
    return sorted({name for name in lowered if name and name.isascii() and _number(name) is None})


def addresses(settings: Settings) -> list[Address]:
    """The numbers this computer is called by, as far as it knows them."""
    listed = {"127.0.0.1", "::1", settings.host, *settings.trusted_hosts, *_own_numbers()}
    numbers = {number for number in map(_number, listed) if number and not number.is_unspecified}
    return sorted(filter(_is_private, numbers), key=lambda number: (number.version, int(number)))


def _own_numbers() -> set[str]:
    """Of each network card by name, and the one that reaches other networks."""
    found: set[str] = set()
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None)
        found = {str(info[4][0]).partition("%")[0] for info in infos}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("10.255.255.255", 9))  # sends nothing
            found.add(probe.getsockname()[0])
    except OSError:
        pass  # no network now: the certificate is renewed when there is one
    return found


def _number(name: str) -> Address | None:
    try:
        return ipaddress.ip_address(name.strip())
    except ValueError:
        return None


def _is_private(number: Address) -> bool:
    return any(number in ipaddress.ip_network(network) for network in _PRIVATE)


def _read(folder: Path, name: str) -> Subject | None:
    """A certificate and its key; None where there is none."""
    if not (folder / f"{name}.crt").exists() or not (folder / f"{name}.key").exists():
        return None
    certificate = x509.load_pem_x509_certificate((folder / f"{name}.crt").read_bytes())
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{name}.key")
    return certificate, key


def _make_authority(folder: Path, dns: Sequence[str], at: datetime) -> Subject:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Xuanban 选办 {socket.gethostname()}"[:60])
    permitted = [
        *map(x509.DNSName, dns),
        *(x509.IPAddress(ipaddress.ip_network(network)) for network in _PRIVATE),
    ]
    builder = (
        _builder(name, name, key, at, YEARS_OF_AUTHORITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
    )
    certificate = builder.sign(key, hashes.SHA256())
    _store(folder, _CA, certificate, key)
    return certificate, key


def _make_server(folder: Path, authority: Subject, settings: Settings, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, signer = authority
    builder = (
        _builder(_name("Xuanban 选办"), issuer.subject, key, at, LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_alternatives(settings), critical=False)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    _store(folder, _SERVER, builder.sign(signer, hashes.SHA256()), key)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))  # other computers' clocks
        .not_valid_after(at + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _alternatives(settings: Settings) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName(
        [
            *map(x509.DNSName, names(settings)),
            *map(x509.IPAddress, addresses(settings)),
        ]
    )


def _fits(
    server: Subject | None, authority: x509.Certificate, settings: Settings, at: datetime
) -> bool:
    """Whether the certificate is this authority's, lasts, and names all this computer is called."""
    if server is None or server[0].not_valid_after_utc - at < RENEW_BEFORE:
        return False
    try:
        server[0].verify_directly_issued_by(authority)
        named = server[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # noqa: BLE001 - whatever is wrong with it, a new one is made
        return False
    return set(_alternatives(settings)) <= set(named)


def _require_names(authority: x509.Certificate, dns: Sequence[str]) -> None:
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    known = {
        name.value for name in limits.permitted_subtrees or () if isinstance(name, x509.DNSName)
    }
    new = [name for name in dns if name not in known]
    if new:
        raise UnusableInstallation(
            "XUANBAN_TRUSTED_HOSTS",
            f"本机的安全证书不能用于新名称（{'、'.join(new)}）；请去掉该名称，"
            "或者删除数据文件夹中的tls文件夹后重新启动，并在每台电脑上重新安装证书",
            f"the authority of this office may not speak for the new name ({', '.join(new)}): "
            "remove the name, or delete the folder tls of the data folder, start again and install "
            "the new certificate on every computer",
        )


def _store(
    folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> None:
    secret = key.private_bytes(
        _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for suffix, content in (("key", secret), ("crt", certificate.public_bytes(_PEM))):
        path = folder / f"{name}.{suffix}"
        path.unlink(missing_ok=True)
        write_secret(path, content)
