"""The server: what `start` runs until it is told to end.

requests: one request from the wire into the application; server: connections, threads, the end;
holding: one server per data folder; certificates: the office's own certificates; trust: the plain
page other computers fetch the authority's certificate from. Why Tornado: decision 0017.
"""

from election.cli.serving.certificates import Certificates, addresses, certificates_of
from election.cli.serving.holding import held
from election.cli.serving.server import serve

__all__ = ["Certificates", "addresses", "certificates_of", "held", "serve"]
