"""The packages of the published town of published_town.py, made once per run."""

from pathlib import Path

import pytest

from tests.builders import Office
from tests.exchange.publication.published_town import COUNTY, TOWN, published_town, stored_packages


@pytest.fixture(scope="session")
def packages(
    founded: tuple[Path, Office], tmp_path_factory: pytest.TempPathFactory
) -> dict[int, bytes]:
    return stored_packages(published_town(founded, tmp_path_factory))


@pytest.fixture(scope="session")
def town(packages: dict[int, bytes]) -> bytes:
    return packages[TOWN]


@pytest.fixture(scope="session")
def county(packages: dict[int, bytes]) -> bytes:
    return packages[COUNTY]
