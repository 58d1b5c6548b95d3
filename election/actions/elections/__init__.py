"""Acts on the election as a whole: set-up, calendar, phases, readiness."""
