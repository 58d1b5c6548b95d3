"""The law: pure functions and tables; values in, values out, no clock, no I/O, no database."""
