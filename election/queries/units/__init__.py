"""Reads of units, the bricks of districts."""
