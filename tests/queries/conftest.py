"""The same test on both databases."""

from tests.models.conftest import any_office

__all__ = ["any_office"]
