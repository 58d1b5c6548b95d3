"""An election as a whole: its number of deputies, calendar, stages and readiness."""
