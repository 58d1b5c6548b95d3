"""Files to save: a header every browser can read, Chinese names included."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Response, g, request


def attachment(name: str, plain: str = "file", *, inline: bool = False) -> str:
    """A header every server can send: an ASCII name for old programs, the real one beside it.

    plain: what the file is, in ASCII; said where a Chinese name loses words. inline: the
    browser may show the file in a page; saved, it still has the name.
    """
    path = PurePosixPath(name.replace("/", "-"))
    ascii_name = "-".join(re.findall(r"[A-Za-z0-9._]+", path.stem)).strip(".-")
    if not ascii_name or not name.isascii():
        ascii_name = f"{plain}-{ascii_name}".strip("-")
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{ascii_name}{path.suffix}\"; filename*=UTF-8''{quote(path.name)}"


def download(body: bytes, *, name: str, mime: str, plain: str = "") -> Response:
    """A file to save; the name may be Chinese, plain says in ASCII what it is.

    Without plain it is what the address calls it: allocation for /plans/1/papers/allocation.pdf.
    """
    plain = plain or PurePosixPath(request.path).stem
    response = Response(body, mimetype=mime)
    response.headers["Content-Disposition"] = attachment(name, plain)
    g.keep_cache = False
    return response
