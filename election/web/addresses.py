"""The address of the page that is shown, with other arguments."""

from urllib.parse import urlencode

from flask import request


def this_page(**changes: object) -> str:
    """This page with the arguments it was asked with and these changes: "?day=2021-12-15&page=2".

    A reference relative to the page: nothing in the address can lead to another host, and an
    argument may have any name, also one that `url_for` keeps for itself (`_external`, `endpoint`).
    """
    asked = {name: values for name, values in request.args.lists() if name not in changes}
    return "?" + urlencode({**asked, **changes}, doseq=True)
