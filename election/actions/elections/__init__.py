"""Acts on the election as a whole: set-up, calendar, stages, readiness."""
