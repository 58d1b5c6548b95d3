"""Benchmarks: one module a subject, each with `measure() -> Iterator[Line]`."""
