"""Reads: rows in, frames or frozen dataclasses out."""
