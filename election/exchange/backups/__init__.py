"""Backups of the whole office: made, sealed, checked, restored."""
