"""The same test on both databases."""

import pytest

from tests.builders import Office, found_office


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow]),
    ]
)
def any_office(request: pytest.FixtureRequest) -> Office:
    """A founded office on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        request.getfixturevalue("app")
        office: Office = request.getfixturevalue("office")
        return office
    request.getfixturevalue("pg")
    return found_office()
