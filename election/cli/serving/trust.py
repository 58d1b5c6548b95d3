"""The plain page: how another computer comes to trust this office. It has nothing else to give.

Whoever sits between could change this page too, so it shows no code: the computer computes the one
of the file it fetched, and a person compares that with the paper.
"""

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from election.cli.serving.certificates import Certificates

FILE = "xuanban-ca.crt"
_PAGE = Path(__file__).with_name("trust.html")
_IDLE_SECONDS = 15


class _Plain(RequestHandler):
    """One fixed answer."""

    def initialize(self, body: bytes, mime: str) -> None:
        self.body, self.mime = body, mime

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")

    def get(self) -> None:
        self.set_header("Content-Type", self.mime)
        self.finish(self.body)

    head = get


def trust_page(certificates: Certificates) -> HTTPServer:
    """A server of two addresses: the page, and the authority's certificate as a file."""
    certificate = certificates.authority
    page, der = _PAGE.read_bytes(), certificate.public_bytes(Encoding.DER)
    application = Application(
        [
            (r"/", _Plain, {"body": page, "mime": "text/html; charset=utf-8"}),
            (rf"/{FILE}", _Plain, {"body": der, "mime": "application/x-x509-ca-cert"}),
        ]
    )
    return HTTPServer(application, idle_connection_timeout=_IDLE_SECONDS, max_body_size=0)
