"""An election as a whole: its number of deputies, calendar, phases and readiness."""
