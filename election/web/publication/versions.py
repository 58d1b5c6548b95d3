"""What a public answer is made of: a published version, opened once, rendered once.

Nothing here reads a live table but the list of publications, and in which districts a certificate
was withdrawn since. A package never changes, so what is made from it is made once and lies on the
shelf; visitors get it with an ETag and without a cookie.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from election.database import db
from election.exchange.publication.package import Opened, open_package
from election.exchange.publication.verifier.verify import digest as sha256_of
from election.queries.publication import Edition, editions, package
from election.queries.results.corrections import withdrawn_since
from election.rules.canonical import anchor
from election.tenant import stay_in
from election.web import shelf
from election.web.publication.pages import PAGES


@dataclass(frozen=True, slots=True)
class VersionView:
    """The version asked for, and all versions there are, the newest first.

    withdrawn: numbers of the districts of which a certificate was withdrawn since the newest.
    """

    edition: Edition
    versions: tuple[Edition, ...]
    asked: int | None
    withdrawn: tuple[int, ...] = ()

    @property
    def latest(self) -> Edition:
        """The version in force."""
        return self.versions[0]

    @property
    def address(self) -> dict[str, int]:
        """The values by which pages of this version link to each other."""
        values = {"congress_id": self.edition.congress_id}
        return values if self.asked is None else {**values, "version": self.asked}

    @property
    def fixed(self) -> dict[str, int]:
        """The values of this version for ever, for files."""
        return {"congress_id": self.edition.congress_id, "version": self.edition.version}

    @property
    def anchor(self) -> str:
        """The check code of the audit chain as printed: 8 groups of 4."""
        return anchor(self.edition.audit_head)


def find(congress_id: int, version: int | None) -> VersionView | None:
    """The version asked for (None: the latest); None when no such thing is published."""
    versions = editions(db.session(), congress_id)
    for edition in versions:
        if version is None or edition.version == version:
            stay_in(db.session(), edition.township_id)
            return VersionView(edition, tuple(versions), version)
    return None


def find_or_404(congress_id: int, version: int | None) -> VersionView:
    """The version asked for, for files."""
    version_view = find(congress_id, version)
    if version_view is None:
        abort(404)
    return version_view


def page(
    name: str, congress_id: int, version: int | None, subject: str = ""
) -> ResponseReturnValue:
    """Answer with a public page; before publication every address says the same."""
    shelf.heed_language_alone()
    version_view = find(congress_id, version)
    if version_view is None:
        return render_template("publication/none.html"), 404
    since = withdrawn_since(db.session(), congress_id, version_view.latest.published_at)
    version_view = replace(version_view, withdrawn=since)
    if not shelf.is_visitor():
        g.may_cache = False
        return _rendered(name, version_view, subject)
    return shelf.page(
        lambda: _rendered(name, version_view, subject), version_view, _is_sample(version_view)
    )


def _rendered(name: str, version_view: VersionView, subject: str) -> str:
    opened = opened_of(version_view.edition)
    view = PAGES[name](opened.frozen, subject)
    if view is None:
        abort(404)
    return render_template(
        f"publication/{name}.html",
        shown=version_view,
        frozen=opened.frozen,
        view=view,
        election_day=date.fromisoformat(opened.frozen.election_day),
    )


def _is_sample(version_view: VersionView) -> bool:
    return opened_of(version_view.edition).frozen.is_sample


def opened_of(edition: Edition) -> Opened:
    """The package of a version, read once."""
    return _opened(edition.id, edition.digest)


@lru_cache(maxsize=8)
def _opened(publication_id: int, digest: str) -> Opened:
    raw = package(db.session(), publication_id)
    if sha256_of(raw) != digest:
        raise RuntimeError(f"the stored package of publication {publication_id} was changed")
    return open_package(raw)
