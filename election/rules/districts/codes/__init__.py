"""Codes of the stage districts, by subject."""
