"""What a public answer is made of: a published version, opened once, rendered once.

Nothing here reads a live table but the list of publications, and in which districts a certificate
was withdrawn since. A package never changes, so what is made from it is made once and lies on the
shelf; visitors get it with an ETag and without a cookie.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import ClassVar, Protocol

from flask import abort, g, render_template, url_for
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
    preparation: ClassVar[None] = None  # this is public

    @property
    def latest(self) -> Edition:
        """The version in force."""
        return self.versions[0]

    def page(self, view: str, *, key: str | None = None) -> str:
        """Where a page of this version is; the pages of a version link to each other so."""
        congress_id = self.edition.congress_id
        return url_for(f"publication.{view}", congress_id=congress_id, version=self.asked, key=key)

    def file(self, view: str, *, name: str | None = None) -> str:
        """Where a file of this version is for ever."""
        congress_id, version = self.edition.congress_id, self.edition.version
        return url_for(f"publication.{view}", congress_id=congress_id, version=version, name=name)

    def page_of(self, edition: Edition) -> str:
        """Where the overview of one of the versions is for ever."""
        key, version = edition.congress_id, edition.version
        return url_for("publication.overview", congress_id=key, version=version)

    @property
    def anchor(self) -> str:
        """The check code of the audit chain as printed: 8 groups of 4."""
        return anchor(self.edition.audit_head)


class Shown(Protocol):
    """Whose pages these are, and how they link to each other: what the templates ask."""

    @property
    def edition(self) -> Edition:
        """The version on the page."""

    @property
    def anchor(self) -> str:
        """The check code of the audit chain."""

    def page(self, view: str, *, key: str | None = None) -> str:
        """Where a page of this version is."""

    def file(self, view: str, *, name: str | None = None) -> str:
        """Where a file of this version is."""


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
    return rendered(name, version_view, opened_of(version_view.edition), subject)


def rendered(name: str, version_view: Shown, opened: Opened, subject: str) -> str:
    """A page of a package, published or not; 404 for a subject that is not in it."""
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
